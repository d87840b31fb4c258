// The patterns that measure memory. What counts is how much the resident memory of the process grew since the start; the
// program's own tables are written before that.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "harness.h"
#include "mixed_block.h"
#include "shuffle.h"

namespace bench {

inline constexpr std::size_t kManyBlocks = 2'000'000;
inline constexpr std::size_t kChurnPeak = 1'000'000;
inline constexpr std::size_t kChurnLeft = 100'000;
inline constexpr std::size_t kChurnTurns = 16;

/// How much more memory this process has than when the object was made.
class Growth {
 public:
  [[nodiscard]] double bytes() const { return resident_bytes() - start_; }

 private:
  double start_ = resident_bytes();
};

/// A rise to kManyBlocks blocks of mixed sizes, and a fall in random order.
template <class Heap>
class Tide {
 public:
  explicit Tide(Heap& heap) : heap_(heap) { bytes_ = fill_mixed(heap, blocks_, random_); }

  [[nodiscard]] const Growth& growth() const noexcept { return growth_; }
  [[nodiscard]] double live_bytes() const noexcept { return static_cast<double>(bytes_); }
  /// Frees blocks, each as likely as any other, until `left` are left.
  void fall_to(std::size_t left) {
    for (; live_ > left; --live_) {
      const MixedBlock& block = blocks_[order_[live_ - 1]];
      heap_.deallocate(block.start, block.size);
      bytes_ -= block.size;
    }
  }

 private:
  Heap& heap_;
  Random random_;
  std::vector<MixedBlock> blocks_ = std::vector<MixedBlock>(kManyBlocks);
  std::vector<std::size_t> order_ = shuffled_order(kManyBlocks);
  Growth growth_;  // after the tables, before the blocks
  std::size_t live_ = kManyBlocks;
  std::size_t bytes_ = 0;
};

/// Growth over the bytes that were asked for, at the peak.
template <class Heap>
double space_peak_overhead(Heap& heap) {
  const Tide tide(heap);
  return tide.growth().bytes() / tide.live_bytes();
}

/// Growth over growth at the peak, when a random twentieth is left and the heap was trimmed.
template <class Heap>
double space_random95_trim(Heap& heap) {
  Tide tide(heap);
  const double peak = tide.growth().bytes();
  tide.fall_to(kManyBlocks / 20);
  heap.trim();
  return tide.growth().bytes() / peak;
}

/// MiB of growth when all is freed and the heap was trimmed.
template <class Heap>
double space_free_all(Heap& heap) {
  Tide tide(heap);
  tide.fall_to(0);
  heap.trim();
  return tide.growth().bytes() / (1 << 20);
}

/// Growth over live bytes after an ebb with churn: picks blocks at random, frees one of kChurnTurns, replaces the others by
/// blocks of other sizes, until kChurnLeft of kChurnPeak are left; then the heap was trimmed.
template <class Heap>
double space_churn_trim(Heap& heap) {
  Random random;
  std::vector<MixedBlock> blocks(kChurnPeak);
  const Growth growth;
  std::size_t bytes = fill_mixed(heap, blocks, random);
  while (blocks.size() > kChurnLeft) {
    const RandomPair dice(random.next());
    MixedBlock& chosen = blocks[scaled(dice.high, blocks.size())];
    heap.deallocate(chosen.start, chosen.size);
    bytes -= chosen.size;
    if (dice.low % kChurnTurns != 0) {
      chosen = mixed_block(heap, mixed_size(dice.low));
      bytes += chosen.size;
    } else {
      chosen = blocks.back();
      blocks.pop_back();
    }
  }
  heap.trim();
  return growth.bytes() / static_cast<double>(bytes);
}

}  // namespace bench
