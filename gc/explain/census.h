// The census: who lives in a heap, how many of each type, and who refers to whom.
//
// Found by walking the areas of the allocator, so it needs no list of objects, sees untracked ones too, and costs nothing
// until it is asked for. Linear in the heap. None of it changes a count or makes an object.
// May throw MemoryError.
#pragma once

#include <ouro/gc/collector.h>

#include <cstdio>
#include <span>
#include <string>
#include <vector>

namespace ouro::gc {

/// The live objects of one type.
struct TypeCensus {
  std::string name;
  std::size_t objects = 0;
  std::size_t bytes = 0;  ///< of the objects themselves, without buffers
};

/// The live objects by type, most bytes first. Objects of classes that share a name are counted apart, those whose teardown
/// has begun not at all.
[[nodiscard]] std::vector<TypeCensus> census(const Heap& heap);

/// The number of live objects.
[[nodiscard]] std::size_t count_objects(const Heap& heap) noexcept;

/// Every tracked object of `generation`, or of all (-1), in address order; frozen ones are of none. Those that the running
/// collection has found unreachable are left out. Borrowed.
[[nodiscard]] std::vector<Object*> get_objects(const Collector& collector, int generation = -1);

/// The objects that own a reference to any of the targets, tracked or not, each once, in address order. Borrowed. Exact
/// (claim G11); those whose teardown has begun, or that the running collection has found unreachable, are none.
[[nodiscard]] std::vector<Object*> get_referrers(const Heap& heap, std::span<const Object* const> targets);
[[nodiscard]] std::vector<Object*> get_referrers(const Heap& heap, const Object& target);

/// The references that `object` owns, in its own order. Borrowed.
[[nodiscard]] std::vector<Object*> get_referents(const Object& object);

}  // namespace ouro::gc
