// The patterns that allocators are measured with. A Heap has `allocate(size)` and `deallocate(block, size)`, inline where
// the allocator offers that; the size is a value the compiler cannot know.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <vector>

#include "harness.h"
#include "mixed_block.h"
#include "shuffle.h"

namespace bench {

inline constexpr int kAllocRounds = 5;
inline constexpr std::size_t kLived = 1000;  ///< blocks that pairs and bursts find alive
inline constexpr std::size_t kBurst = 64;
inline constexpr std::size_t kBulkBlocks = 1'000'000;
inline constexpr std::size_t kBulkSize = 64;

/// A block with its first word written, as whoever asked for it would do.
template <class Heap>
[[nodiscard]] void* touched_block(Heap& heap, std::size_t size) {
  void* const block = heap.allocate(size);
  *static_cast<std::size_t*>(block) = size;
  escape(block);
  return block;
}

/// Blocks of one size that stay allocated while it lives, so that a pattern meets a heap in use and not an empty one.
template <class Heap>
class LivedInHeap {
 public:
  LivedInHeap(Heap& heap, std::size_t size) : heap_(heap), size_(size) {
    for (void*& block : blocks_) block = touched_block(heap, size);
  }
  LivedInHeap(const LivedInHeap&) = delete;
  LivedInHeap& operator=(const LivedInHeap&) = delete;
  ~LivedInHeap() {
    for (void* const block : blocks_) heap_.deallocate(block, size_);
  }

 private:
  Heap& heap_;
  std::size_t size_;
  std::array<void*, kLived> blocks_;
};

/// ns for allocating a block and freeing it, one at a time, in a heap in use.
template <class Heap>
double alloc_pairs(Heap& heap, std::size_t known_size) {
  constexpr std::size_t kPairs = 4'000'000;
  const std::size_t size = opaque(known_size);
  const LivedInHeap<Heap> lived(heap, size);
  std::vector<double> rounds;
  for (int round = 0; round < kAllocRounds; ++round) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < kPairs; ++i) heap.deallocate(touched_block(heap, size), size);
    rounds.push_back(watch.nanoseconds() / static_cast<double>(kPairs));
  }
  return median(std::move(rounds));
}

/// ns for allocating and freeing a block when 64 are allocated, then freed in the same order, in a heap in use.
template <class Heap>
double alloc_bursts(Heap& heap, std::size_t known_size) {
  constexpr std::size_t kBursts = 60'000;
  const std::size_t size = opaque(known_size);
  const LivedInHeap<Heap> lived(heap, size);
  std::array<void*, kBurst> blocks;
  std::vector<double> rounds;
  for (int round = 0; round < kAllocRounds; ++round) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < kBursts; ++i) {
      for (void*& block : blocks) block = touched_block(heap, size);
      for (void* const block : blocks) heap.deallocate(block, size);
    }
    rounds.push_back(watch.nanoseconds() / static_cast<double>(kBursts * kBurst));
  }
  return median(std::move(rounds));
}

enum class FreeOrder { kAsAllocated, kReverse, kShuffled };

/// The order in which bulk frees what it allocated.
[[nodiscard]] inline std::vector<std::size_t> bulk_order(FreeOrder order) {
  std::vector<std::size_t> indexes(kBulkBlocks);
  std::iota(indexes.begin(), indexes.end(), std::size_t{0});
  if (order == FreeOrder::kReverse) std::reverse(indexes.begin(), indexes.end());
  return order == FreeOrder::kShuffled ? shuffled_order(kBulkBlocks) : indexes;
}

/// ns for allocating and freeing a block when a million are allocated, then freed. The first round only warms the heap.
template <class Heap>
double alloc_bulk(Heap& heap, FreeOrder order) {
  const std::size_t size = opaque(kBulkSize);
  const std::vector<std::size_t> permutation = bulk_order(order);
  std::vector<void*> allocated(kBulkBlocks);
  std::vector<void*> to_free(kBulkBlocks);
  std::vector<double> rounds;
  for (int round = -1; round < kAllocRounds; ++round) {
    const Stopwatch allocating;
    for (void*& block : allocated) block = touched_block(heap, size);
    double elapsed = allocating.nanoseconds();
    for (std::size_t i = 0; i < kBulkBlocks; ++i) to_free[i] = allocated[permutation[i]];
    const Stopwatch freeing;
    for (void* const block : to_free) heap.deallocate(block, size);
    elapsed += freeing.nanoseconds();
    if (round >= 0) rounds.push_back(elapsed / static_cast<double>(kBulkBlocks));
  }
  return median(std::move(rounds));
}

/// ns for replacing one of `live` blocks, picked at random, by one of another size. The first round only ages the heap.
template <class Heap>
double alloc_replace(Heap& heap, std::size_t live) {
  constexpr std::size_t kReplacements = 1'000'000;
  Random random;
  std::vector<MixedBlock> blocks(live);
  fill_mixed(heap, blocks, random);
  std::vector<double> rounds;
  for (int round = -1; round < kAllocRounds; ++round) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < kReplacements; ++i) {
      const RandomPair dice(random.next());
      MixedBlock& chosen = blocks[scaled(dice.high, live)];
      heap.deallocate(chosen.start, chosen.size);
      chosen = mixed_block(heap, mixed_size(dice.low));
    }
    if (round >= 0) rounds.push_back(watch.nanoseconds() / static_cast<double>(kReplacements));
  }
  for (const MixedBlock& block : blocks) heap.deallocate(block.start, block.size);
  return median(std::move(rounds));
}

}  // namespace bench
