// Generations: when a collection is due, and of what.
//
// Three generations, as in CPython up to 3.13. Generation 0 counts containers made less containers freed (the heap does the
// counting); generations 1 and 2 count collections of the generation below. A generation is due when its count exceeds its
// threshold, and the oldest one that is due is collected together with all younger ones.
//
// Law quarter-rule: a full collection waits until the objects that reached the oldest generation since the last one number
// a quarter of those that were there then. Without it, building a large graph would cost quadratic time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ouro::gc {

inline constexpr int kGenerations = 3;
inline constexpr int kOldest = kGenerations - 1;

/// What has happened to one generation since the runtime began (`gc.get_stats()`).
struct GenerationStats {
  std::uint64_t collections = 0;
  std::uint64_t collected = 0;
  std::uint64_t uncollectable = 0;
};

/// Thresholds and counts. Plain arithmetic: it knows no object.
class Generations {
 public:
  /// Three numbers, as Python has them: a threshold may be negative, which is below every count.
  using Thresholds = std::array<std::int32_t, kGenerations>;
  static constexpr Thresholds kDefaultThresholds{700, 10, 10};

  [[nodiscard]] const Thresholds& thresholds() const noexcept { return thresholds_; }
  void set_thresholds(const Thresholds& thresholds) noexcept { thresholds_ = thresholds; }
  /// Collections of generation `generation - 1` since the last of `generation`, for 1 and 2.
  [[nodiscard]] std::uint32_t count(int generation) const noexcept { return counts_[index(generation)]; }
  [[nodiscard]] const GenerationStats& stats(int generation) const noexcept { return stats_[index(generation)]; }

  /// The oldest generation whose count exceeds its threshold, or -1. `young_count` is the heap's count of generation 0.
  [[nodiscard]] int due(std::uint32_t young_count) const noexcept {
    for (int generation = kOldest; generation > 0; --generation) {
      if (std::int64_t{counts_[index(generation)]} <= thresholds_[index(generation)]) continue;
      if (generation == kOldest && quarter_rule_postpones()) continue;
      return generation;
    }
    return std::int64_t{young_count} > thresholds_[0] ? 0 : -1;
  }

  /// A collection of `generation` begins: its count and the younger ones start again, the next older one's rises.
  void begin(int generation) noexcept {
    for (int younger = 1; younger <= generation; ++younger) counts_[index(younger)] = 0;
    if (generation < kOldest) ++counts_[index(generation + 1)];
  }
  /// Everything is frozen: counting starts again.
  void forget_counts() noexcept { counts_ = {}; }
  /// `survivors` objects moved up from, or stayed in, the collected generation.
  void survived(int generation, std::size_t survivors) noexcept {
    if (generation == kOldest) {
      pending_ = 0;
      long_lived_ = survivors;
    } else if (generation == kOldest - 1) {
      pending_ += survivors;
    }
  }
  /// A collection has ended.
  void end(int generation, std::size_t collected, std::size_t uncollectable) noexcept {
    GenerationStats& stats = stats_[index(generation)];
    ++stats.collections;
    stats.collected += collected;
    stats.uncollectable += uncollectable;
  }

  /// Objects that reached the oldest generation since the last full collection, and those that were there then.
  [[nodiscard]] std::size_t long_lived_pending() const noexcept { return pending_; }
  [[nodiscard]] std::size_t long_lived_total() const noexcept { return long_lived_; }
  [[nodiscard]] bool quarter_rule_postpones() const noexcept { return pending_ < long_lived_ / 4; }

 private:
  static constexpr std::size_t index(int generation) noexcept { return static_cast<std::size_t>(generation); }

  Thresholds thresholds_ = kDefaultThresholds;
  std::array<std::uint32_t, kGenerations> counts_{};  ///< [0] is unused: the heap counts
  std::array<GenerationStats, kGenerations> stats_{};
  std::size_t pending_ = 0;
  std::size_t long_lived_ = 0;
};

}  // namespace ouro::gc
