// Who is compared in the cases of the allocator.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "alloc_heaps.h"
#include "cases.h"
#include "floor_heap.h"
#if OURO_BENCH_PYTHON
#include "cpython_side.h"
#endif

namespace bench {

/// A side that runs `work(heap, settings)` on a fresh Heap.
template <class Heap, class Work>
[[nodiscard]] Side heap_side(std::string name, Role role, Work work, std::string preload = {}) {
  const auto measure = [work](const Settings& settings) {
    Heap heap;
    return work(heap, settings);
  };
  return {std::move(name), role, measure, std::move(preload)};
}

/// Ouroboros as `OuroSideHeap`, and every peer that is installed.
template <class OuroSideHeap, class Work>
[[nodiscard]] std::vector<Side> allocator_peers(Work work) {
  std::vector<Side> sides;
  sides.push_back(heap_side<OuroSideHeap>(kOuroName, Role::kOuro, work));
#if OURO_BENCH_PYTHON
  sides.push_back(heap_side<CPythonHeap>(cpython_name(), Role::kPeer, work));
#endif
  sides.push_back(heap_side<MallocHeap>("glibc", Role::kPeer, work));
#ifdef OURO_BENCH_MIMALLOC
  sides.push_back(heap_side<MallocHeap>("mimalloc", Role::kPeer, work, OURO_BENCH_MIMALLOC));
#endif
#ifdef OURO_BENCH_JEMALLOC
  sides.push_back(heap_side<MallocHeap>("jemalloc", Role::kPeer, work, OURO_BENCH_JEMALLOC));
#endif
#ifdef OURO_BENCH_TCMALLOC
  sides.push_back(heap_side<MallocHeap>("tcmalloc", Role::kPeer, work, OURO_BENCH_TCMALLOC));
#endif
  return sides;
}

/// The same and the floor.
template <class OuroSideHeap = OuroHeap, class FloorSideHeap = FloorHeap, class Work>
[[nodiscard]] std::vector<Side> allocator_sides(Work work) {
  std::vector<Side> sides = allocator_peers<OuroSideHeap>(work);
  sides.push_back(heap_side<FloorSideHeap>("floor", Role::kFloor, work));
  return sides;
}

}  // namespace bench
