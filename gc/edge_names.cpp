#include <ouro/gc/edge_names.h>
#include <ouro/objects/model/type.h>

#include <fmt/format.h>

namespace ouro::gc {

namespace {

constexpr std::size_t kNone = ~std::size_t{0};

/// The number of the first edge to `target` as `TypeSlots::edge_name` counts, or kNone.
std::size_t number_of_edge(const Object& holder, const Object& target) {
  const Type& type = *holder.type;
  if (type.edges.shape != EdgeLayout::Shape::kCustom) {
    const EdgeRun run = edge_run(holder, type.edges);
    for (std::size_t i = 0; i < run.count; ++i)
      if (run.first[i] == &target) return i;
    return kNone;
  }
  std::size_t reported = 0;
  std::size_t found = kNone;
  const auto look = [&](const Object& edge) {
    if (&edge == &target && found == kNone) found = reported;
    ++reported;
  };
  type.slots->traverse(holder, Visitor(look));
  return found;
}

bool owns_hidden(const Object& holder, const Object& target) {
  if (holder.type->slots->hidden == nullptr) return false;
  bool found = false;
  const auto look = [&](const Object& atom) { found |= &atom == &target; };
  holder.type->slots->hidden(holder, Visitor(look));
  return found;
}

}  // namespace

std::string edge_name(const Object& holder, const Object& target) {
  const Type& type = *holder.type;
  const std::size_t number = number_of_edge(holder, target);
  if (number != kNone)
    return type.slots->edge_name != nullptr ? type.slots->edge_name(holder, number) : fmt::format("[{}]", number);
  if (type.has(kOwnsType) && holder.type == &target) return ".__class__";
  return owns_hidden(holder, target) ? "(hidden)" : "";
}

std::string name_and_address(std::string_view type, const void* address) { return fmt::format("{} at {}", type, address); }

}  // namespace ouro::gc
