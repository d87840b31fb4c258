// Cases of the allocator: small blocks, one size at a time.
//
// Ouroboros and the floor are inlined into the loop, as their callers have them; CPython's and malloc's functions are called
// in their shared library, as their callers have them. mimalloc, jemalloc and tcmalloc replace malloc by being preloaded.
#include "alloc_patterns.h"
#include "cases.h"
#if OURO_BENCH_PYTHON
#include "cpython_side.h"
#endif

#include <ouro/allocator/allocator.h>

#include <fmt/core.h>

#include <cstdlib>
#include <memory>

namespace bench {
namespace {

constexpr std::array<std::size_t, 3> kSizes{16, 64, 512};

/// Ouroboros, as the maker of an object without references calls it.
class OuroHeap {
 public:
  [[nodiscard]] void* allocate(std::size_t size) noexcept { return allocator_.allocate_atom(size); }
  void deallocate(void* block, std::size_t size) noexcept { allocator_.free_atom(block, size); }

 private:
  ouro::alloc::Allocator allocator_;
};

/// The malloc of the process, whoever provides it.
class MallocHeap {
 public:
  [[nodiscard]] void* allocate(std::size_t size) noexcept { return std::malloc(size); }
  void deallocate(void* block, std::size_t) noexcept { std::free(block); }
};

/// The floor: one free list for each 8-byte class, cut from chunks that are never given back.
class FloorHeap {
 public:
  [[nodiscard]] void* allocate(std::size_t size) noexcept {
    Block*& head = free_[(size + 7) / 8];
    if (head == nullptr) return cut((size + 7) / 8 * 8);
    return std::exchange(head, head->next);
  }
  void deallocate(void* block, std::size_t size) noexcept {
    Block*& head = free_[(size + 7) / 8];
    head = ::new (block) Block{head};
  }

 private:
  struct Block {
    Block* next;
  };
  static constexpr std::size_t kChunk = 1 << 20;

  [[gnu::noinline]] void* cut(std::size_t size) {
    if (left_ < size) {
      chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kChunk));
      next_ = chunks_.back().get();
      left_ = kChunk;
    }
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }

  std::array<Block*, 65> free_{};
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
};

/// A side that runs `work(heap)` on a fresh Heap.
template <class Heap, class Work>
Side heap_side(std::string name, Role role, Work work, std::string preload = {}) {
  const auto measure = [work](const Settings&) {
    Heap heap;
    return work(heap);
  };
  return {std::move(name), role, measure, std::move(preload)};
}

template <class Work>
std::vector<Side> allocator_sides(Work work) {
  std::vector<Side> sides;
  sides.push_back(heap_side<OuroHeap>(kOuroName, Role::kOuro, work));
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
  sides.push_back(heap_side<FloorHeap>("floor", Role::kFloor, work));
  return sides;
}

}  // namespace

void add_alloc_cases(Cases& cases) {
  for (const std::size_t size : kSizes)
    cases.push_back({fmt::format("alloc/pair/{}", size), "ns/pair",
                     "allocate and free one block at a time beside a thousand live ones",
                     allocator_sides([size](auto& heap) { return alloc_pairs(heap, size); })});
  for (const std::size_t size : kSizes)
    cases.push_back({fmt::format("alloc/burst/{}", size), "ns/pair",
                     "allocate 64 blocks, then free them in the same order, beside a thousand live ones",
                     allocator_sides([size](auto& heap) { return alloc_bursts(heap, size); })});
  cases.push_back({"alloc/bulk/order", "ns/pair", "allocate a million blocks of 64 bytes, then free them in the same order",
                   allocator_sides([](auto& heap) { return alloc_bulk(heap, FreeOrder::kAsAllocated); })});
  cases.push_back({"alloc/bulk/shuffled", "ns/pair", "the same, freed in random order",
                   allocator_sides([](auto& heap) { return alloc_bulk(heap, FreeOrder::kShuffled); })});
}

}  // namespace bench
