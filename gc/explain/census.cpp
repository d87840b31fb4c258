// Counts objects by type, and finds who refers to whom.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/gc/detail/dying.h>
#include <ouro/gc/explain/census.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>

namespace ouro::gc {

namespace {

[[nodiscard]] bool is_trash(const Object& object) noexcept { return (object.flags & kTrashFlag) != 0; }

std::vector<TypeCensus> count_by_type(const Heap& heap) {
  boost::unordered_flat_map<const Type*, TypeCensus> by_type;
  const detail::Dying dying = detail::find_dying(heap);
  heap.for_each_object([&](const Object& object) {
    if (dying.contains(&object)) return;
    TypeCensus& entry = by_type[object.type];
    ++entry.objects;
    entry.bytes += block_bytes(object);
  });
  std::vector<TypeCensus> result;
  result.reserve(by_type.size());
  for (auto& [type, entry] : by_type) {
    entry.name = type->name;
    result.push_back(std::move(entry));
  }
  return result;
}

// The header of one that waits for its teardown is a link, in which no reference may be counted.
std::vector<Object*> find_referrers(const Heap& heap, std::span<const Object* const> targets) {
  const boost::unordered_flat_set<const Object*> wanted(targets.begin(), targets.end());
  const detail::Dying dying = detail::find_dying(heap);
  std::vector<Object*> result;
  heap.for_each_object([&](Object& object) {
    if (dying.contains(&object) || is_trash(object)) return;
    bool refers = false;
    for_each_edge(object, [&](const Object& target) { refers = refers || wanted.contains(&target); });
    if (refers) result.push_back(&object);
  });
  return result;
}

}  // namespace

std::vector<TypeCensus> census(const Heap& heap) {
  std::vector<TypeCensus> result = or_out_of_memory([&] { return count_by_type(heap); });
  std::sort(result.begin(), result.end(), [](const TypeCensus& a, const TypeCensus& b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.name < b.name;
  });
  return result;
}

std::size_t count_objects(const Heap& heap) noexcept {
  std::size_t number = 0;
  heap.for_each_object([&](const Object&) { ++number; });
  return number;
}

// Law deleted-unlisted: what a running collection has found unreachable must not be found again. CPython's generations do
// not have it either.
std::vector<Object*> get_objects(const Collector& collector, int generation) {
  if (generation < -1 || generation > kOldest) raise(ErrorKind::kValueError, "invalid generation");
  std::vector<Object*> result;
  const auto note = [&](Object& object) {
    if (collector.is_frozen(object) || is_trash(object)) return;
    if (generation == -1 || collector.generation_of(object) == generation) result.push_back(&object);
  };
  return or_out_of_memory([&] {
    collector.heap().tracking.for_each_tracked(note);
    return std::move(result);
  });
}

std::vector<Object*> get_referrers(const Heap& heap, std::span<const Object* const> targets) {
  return or_out_of_memory([&] { return find_referrers(heap, targets); });
}

std::vector<Object*> get_referrers(const Heap& heap, const Object& target) {
  const Object* const wanted = &target;
  return get_referrers(heap, std::span(&wanted, 1));
}

std::vector<Object*> get_referents(const Object& object) {
  return or_out_of_memory([&] {
    std::size_t edges = 0;  // an exception may not leave a traversal
    for_each_edge(object, [&](const Object&) { ++edges; });
    std::vector<Object*> result;
    result.reserve(edges);
    for_each_edge(object, [&](Object& target) { result.push_back(&target); });
    return result;
  });
}

}  // namespace ouro::gc
