// Pauses: how long collections kept everybody waiting.
#pragma once

#include <ouro/base/standard/basic_algorithm.h>
#include <ouro/base/standard/clock.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace ouro::gc {

/// A histogram with four buckets to each doubling of the time, so that a quantile is exact to 19 %. Constant size.
class PauseHistogram {
 public:
  using Duration = std::chrono::nanoseconds;
  static constexpr std::size_t kBucketsPerDoubling = 4;
  static constexpr std::size_t kBuckets = 40 * kBucketsPerDoubling;  ///< the last one begins at about 15 minutes

  void add(Duration pause) noexcept {
    ++buckets_[bucket_of(pause)];
    ++count_;
    total_ += pause;
    longest_ = std::max(longest_, pause);
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] Duration total() const noexcept { return total_; }
  [[nodiscard]] Duration longest() const noexcept { return longest_; }
  /// The time that a share `q` (0 to 1) of the pauses did not exceed, as the end of its bucket, the longest pause at most.
  /// Zero if there was none.
  [[nodiscard]] Duration quantile(double q) const noexcept {
    const auto rank = static_cast<std::uint64_t>(q * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      seen += buckets_[bucket];
      if (buckets_[bucket] != 0 && (seen > rank || seen == count_)) return std::min(longest_, beginning_of(bucket + 1));
    }
    return Duration{0};
  }
  /// Pauses per bucket; bucket b holds those from `beginning_of(b)` up to `beginning_of(b + 1)`.
  [[nodiscard]] const std::array<std::uint64_t, kBuckets>& buckets() const noexcept { return buckets_; }
  [[nodiscard]] static constexpr Duration beginning_of(std::size_t bucket) noexcept {
    const std::uint64_t power = std::uint64_t{1} << (bucket / kBucketsPerDoubling);
    return Duration(static_cast<std::int64_t>(power + power * (bucket % kBucketsPerDoubling) / kBucketsPerDoubling));
  }
  [[nodiscard]] static constexpr std::size_t bucket_of(Duration pause) noexcept {
    const auto ns = static_cast<std::uint64_t>(std::max<Duration::rep>(pause.count(), 1));
    const auto doublings = static_cast<std::size_t>(std::bit_width(ns)) - 1;
    const std::size_t quarter = doublings >= 2 ? (ns >> (doublings - 2)) & 3 : (ns << (2 - doublings)) & 3;
    return std::min(kBuckets - 1, doublings * kBucketsPerDoubling + quarter);
  }

 private:
  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  Duration total_{0};
  Duration longest_{0};
};

}  // namespace ouro::gc
