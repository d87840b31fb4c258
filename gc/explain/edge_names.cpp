// Names the edges from one object to another.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/objects/model/type.h>

#include <fmt/format.h>

namespace ouro::gc {

namespace {

/// Calls `function(target, number)` for each edge, numbered as `TypeSlots::edge_name` counts.
template <class F>
void for_each_numbered_edge(const Object& holder, F&& function) {
  const Type& type = *holder.type;
  if (type.edges.shape == EdgeLayout::Shape::kCustom) {
    std::size_t number = 0;
    const auto report = [&](const Object& target) { function(target, number++); };
    type.slots->traverse(holder, Visitor(report));
    return;
  }
  const EdgeRun run = edge_run(holder, type.edges);
  for (std::size_t i = 0; i < run.count; ++i)
    if (run.first[i] != nullptr) function(*run.first[i], i);
}

/// The numbers are taken first: a traversal must not be left by an exception.
std::vector<std::size_t> numbers_of_edges(const Object& holder, const Object& target, std::size_t most) {
  std::vector<std::size_t> numbers;
  numbers.reserve(most);
  for_each_numbered_edge(holder, [&](const Object& edge, std::size_t number) {
    if (&edge == &target && numbers.size() < most) numbers.push_back(number);
  });
  return numbers;
}

bool owns_hidden(const Object& holder, const Object& target) {
  if (holder.type->slots->hidden == nullptr) return false;
  bool found = false;
  const auto look = [&](const Object& atom) { found |= &atom == &target; };
  holder.type->slots->hidden(holder, Visitor(look));
  return found;
}

}  // namespace

std::vector<std::string> edge_names(const Object& holder, const Object& target, std::size_t most) {
  const Type& type = *holder.type;
  std::vector<std::string> names;
  for (const std::size_t number : numbers_of_edges(holder, target, most))
    names.push_back(type.slots->edge_name != nullptr ? type.slots->edge_name(holder, number) : fmt::format("[{}]", number));
  if (type.has(kOwnsType) && holder.type == &target) names.emplace_back(".__class__");
  if (owns_hidden(holder, target)) names.emplace_back("(hidden)");
  return names;
}

std::string edge_name(const Object& holder, const Object& target) {
  const std::vector<std::string> names = edge_names(holder, target, 1);
  return names.empty() ? std::string() : names.front();
}

std::string name_and_address(std::string_view type, const void* address) { return fmt::format("{} at {}", type, address); }

}  // namespace ouro::gc
