// Does an allocator take and give back an arena with every step across the arena's end?
//
//   live blocks   base                       base + kPositions * kStep
//                  |----|----|----|-- ... --|
//                   ~~~~      one position: a wave of kWave blocks, allocated and freed again and again
//                      ~~~~   the next, kStep blocks further: half a wave, so that some wave has each arena's end within
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "harness.h"

namespace bench {

/// A stack of live blocks that grows and shrinks in waves.
template <class Heap>
class Oscillation {
 public:
  static constexpr std::size_t kSize = 64;
  static constexpr std::size_t kStep = 128;
  static constexpr std::size_t kWave = 2 * kStep;
  static constexpr std::size_t kPositions = 512;  ///< 4 MiB of blocks: the end of several arenas of any allocator
  static constexpr std::size_t kBase = 16 * 1024;
  static constexpr std::size_t kSweeps = 15;
  static constexpr int kWavesPerRound = 8;

  explicit Oscillation(Heap& heap) : heap_(heap), blocks_(kBase + kPositions * kStep + kWave) { rise(kBase); }

  /// The dearest position over the median one. A position's cost is the median of one round in each sweep over all of them:
  /// a neighbour who disturbs for a while disturbs one sweep, while an arena that comes and goes does so in most.
  [[nodiscard]] double worst_over_median() {
    for (std::size_t sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::vector<double>& rounds : rounds_) {
        rounds.push_back(round());
        rise(kStep);
      }
      fall(kPositions * kStep);
    }
    std::vector<double> positions;
    for (std::vector<double>& rounds : rounds_) positions.push_back(median(std::move(rounds)));
    const double worst = *std::max_element(positions.begin(), positions.end());
    return worst / median(std::move(positions));
  }

 private:
  [[nodiscard]] double round() {
    wave();  // the first one may take an arena, and the last position's may have given one back
    const std::size_t before = arena_traffic();
    const Stopwatch watch;
    for (int i = 0; i < kWavesPerRound; ++i) wave();
    const double elapsed = watch.nanoseconds();
    require(arena_traffic() == before, "in steady state no arena is taken or given back");
    return elapsed;
  }
  void wave() {
    rise(kWave);
    fall(kWave);
  }
  void rise(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      void* const block = heap_.allocate(size_);
      *static_cast<std::size_t*>(block) = i;
      blocks_[live_++] = block;
    }
  }
  void fall(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) heap_.deallocate(blocks_[--live_], size_);
  }
  /// How often the heap took or gave back an arena; 0 if it does not say.
  [[nodiscard]] std::size_t arena_traffic() const {
    if constexpr (requires { heap_.arena_traffic(); }) return heap_.arena_traffic();
    return 0;
  }

  Heap& heap_;
  std::size_t size_ = opaque(kSize);
  std::vector<void*> blocks_;
  std::size_t live_ = 0;
  std::vector<std::vector<double>> rounds_ = std::vector<std::vector<double>>(kPositions);  ///< by position
};

}  // namespace bench
