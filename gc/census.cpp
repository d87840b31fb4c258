#include <ouro/gc/census.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>

namespace ouro::gc {

std::vector<TypeCensus> census(const Heap& heap) {
  boost::unordered_flat_map<const Type*, TypeCensus> by_type;
  heap.for_each_object([&](const Object& object) {
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

std::vector<Object*> get_objects(const Collector& collector, int generation) {
  if (generation < -1 || generation > kOldest) raise(ErrorKind::kValueError, "invalid generation");
  std::vector<Object*> result;
  collector.heap().tracking.for_each_tracked([&](Object& object) {
    if (collector.is_frozen(object)) return;
    if (generation == -1 || collector.generation_of(object) == generation) result.push_back(&object);
  });
  return result;
}

std::vector<Object*> get_referrers(const Heap& heap, const Object& target) {
  std::vector<Object*> result;
  heap.for_each_object([&](Object& object) {
    bool refers = false;
    for_each_edge(object, [&](const Object& edge) { refers |= &edge == &target; });
    if (refers) result.push_back(&object);
  });
  return result;
}

std::vector<Object*> get_referents(const Object& object) {
  std::vector<Object*> result;
  for_each_edge(object, [&](Object& target) { result.push_back(&target); });
  return result;
}

}  // namespace ouro::gc
