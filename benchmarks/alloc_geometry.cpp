// Cases that compare two geometries of the same allocator: pools of one page, and CPython's of four.
#include <ouro/allocator/space/space.h>

#include "alloc_patterns.h"
#include "alloc_sides.h"
#include "alloc_space.h"
#include "cases.h"

namespace bench {
namespace {

/// A space alone: all sizes here are small.
template <ouro::alloc::Geometry G>
class SpaceHeap {
 public:
  [[nodiscard]] void* allocate(std::size_t size) noexcept { return space_.allocate(ouro::alloc::size_class_of(size)); }
  void deallocate(void* block, std::size_t size) noexcept { space_.deallocate(block, ouro::alloc::size_class_of(size)); }
  void trim() noexcept { space_.trim(); }

 private:
  ouro::alloc::BasicSpace<G> space_;
};

template <class Work>
void add(Cases& cases, const char* name, const char* unit, const char* what, Work work) {
  cases.push_back({name,
                   unit,
                   what,
                   {heap_side<SpaceHeap<ouro::alloc::kDefaultGeometry>>(kOuroName, Role::kOuro, work),
                    heap_side<SpaceHeap<ouro::alloc::kLargeGeometry>>("16k-pools", Role::kPeer, work)}});
}

}  // namespace

void add_alloc_geometry_cases(Cases& cases) {
  add(cases, "alloc/geometry/burst_512", "ns/pair", "alloc/burst/512 with pools of 4 KiB and of 16 KiB",
      [](auto& heap, const Settings&) { return alloc_bursts(heap, 512); });
  add(cases, "alloc/geometry/replace_2k", "ns/op", "alloc/replace/2k with pools of 4 KiB and of 16 KiB",
      [](auto& heap, const Settings&) { return alloc_replace(heap, 2'000); });
  add(cases, "alloc/geometry/replace_100k", "ns/op", "alloc/replace/100k with pools of 4 KiB and of 16 KiB",
      [](auto& heap, const Settings&) { return alloc_replace(heap, 100'000); });
  add(cases, "alloc/geometry/peak_overhead", "ratio", "alloc/space/peak_overhead with pools of 4 KiB and of 16 KiB",
      [](auto& heap, const Settings&) { return space_peak_overhead(heap); });
  add(cases, "alloc/geometry/random95", "ratio", "alloc/space/random95_trim with pools of 4 KiB and of 16 KiB",
      [](auto& heap, const Settings&) { return space_random95_trim(heap); });
}

}  // namespace bench
