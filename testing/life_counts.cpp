// Counts the objects of a runtime by type, and compares two counts.
#include <ouro/objects/core/kind.h>
#include <ouro/runtime/runtime.h>
#include <ouro/testing/life_counts.h>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace ouro::testing {

namespace {

LifeCounts::Row row_of(const Type& type) {
  const auto as_signed = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  return {&type, std::string(type.name), 0, as_signed(type.made), as_signed(type.finalized), as_signed(type.freed)};
}

bool is_same(const LifeCounts::Row& one, const LifeCounts::Row& other) {
  return one.type == other.type && one.name == other.name;
}

/// Later less earlier. Where lives are not counted, the living tell what they can.
LifeCounts::Row minus(LifeCounts::Row row, const LifeCounts::Row& earlier) {
  row.alive -= earlier.alive;
  row.finalized -= earlier.finalized;
  row.made = LifeCounts::kCountsLives ? row.made - earlier.made : std::max<std::int64_t>(0, row.alive);
  row.freed = LifeCounts::kCountsLives ? row.freed - earlier.freed : std::max<std::int64_t>(0, -row.alive);
  return row;
}

}  // namespace

LifeCounts::LifeCounts(const Runtime& rt) {
  Heap& heap = const_cast<Runtime&>(rt).heap();
  std::unordered_map<const Type*, Row> types;
  const auto row = [&](const Type& type) -> Row& { return types.try_emplace(&type, row_of(type)).first->second; };
  for_each_immortal_type(*heap.builtins->immortals, row);
  heap.for_each_object([&](Object& object) {
    ++row(*object.type).alive;
    if (kind_of(object) == Kind::kType) row(static_cast<const Type&>(object));
  });
  for (auto& [type, counted] : types) {
    if constexpr (!kCountsLives) counted.made = counted.alive;
    rows_.push_back(std::move(counted));
  }
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
}

LifeCounts LifeCounts::operator-(const LifeCounts& earlier) const {
  LifeCounts change;
  change.is_difference_ = true;
  const auto find = [](const std::vector<Row>& rows, const Row& row) {
    return std::find_if(rows.begin(), rows.end(), [&](const Row& other) { return is_same(row, other); });
  };
  for (const Row& row : rows_) {
    const auto before = find(earlier.rows_, row);
    change.rows_.push_back(minus(row, before == earlier.rows_.end() ? Row{} : *before));
  }
  for (const Row& gone : earlier.rows_) {
    if (find(rows_, gone) != rows_.end()) continue;
    change.rows_.push_back({gone.type, gone.name, -gone.alive, 0, 0, gone.alive});
  }
  std::sort(change.rows_.begin(), change.rows_.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
  return change;
}

LifeCounts::Row LifeCounts::of(std::string_view name) const {
  Row sum{nullptr, std::string(name)};
  for (const Row& row : rows_) {
    if (row.name != name) continue;
    sum.type = row.type;
    sum.alive += row.alive;
    sum.made += row.made;
    sum.finalized += row.finalized;
    sum.freed += row.freed;
  }
  return sum;
}

std::string LifeCounts::text() const {
  std::string text;
  for (const Row& row : rows_) {
    if (row.alive == 0 && row.made == 0 && row.finalized == 0 && row.freed == 0) continue;
    const std::string alive = is_difference_ ? fmt::format("{:+}", row.alive) : fmt::format("{}", row.alive);
    text +=
        fmt::format("{}: alive {}, made {}, finalized {}, freed {}\n", row.name, alive, row.made, row.finalized, row.freed);
  }
  return text.empty() ? "nothing\n" : text;
}

}  // namespace ouro::testing
