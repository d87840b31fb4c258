// gc_refs: the working copy of the counts, beside the heap.
//
// For every granule of the container space one number, all zero between collections. During one:
//
//   kNegative  < 0   not a candidate (untracked, or of an older generation), reached by an edge
//   0                a candidate for whose count the edges seen so far account in full: tentatively unreachable
//   1 .. kTraversed-1  reached, its own edges not followed yet
//   kTraversed       reached and followed
//
// The sum of count minus edges commutes, so counts may be added and edges subtracted in any order, in one pass.
#pragma once

#include <ouro/allocator/side_table.h>

#include <cstdint>
#include <limits>

namespace ouro::gc {

/// A number per granule. Its pages are given back after a full collection of a large heap.
class GcRefs {
 public:
  static constexpr std::int32_t kReached = 1;
  static constexpr std::int32_t kTraversed = std::numeric_limits<std::int32_t>::max();
  /// Counts from here on are not worked with: the object is taken as reached. It takes 8 GiB of slots to refer to it so
  /// often.
  static constexpr std::uint32_t kTooMany = 1U << 30;

  explicit GcRefs(std::size_t granules) noexcept : numbers_(granules) {}
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(numbers_); }

  [[nodiscard]] std::int32_t& operator[](std::size_t granule) noexcept { return numbers_[granule]; }
  [[nodiscard]] std::int32_t operator[](std::size_t granule) const noexcept { return numbers_[granule]; }
  void prefetch(std::size_t granule) const noexcept { __builtin_prefetch(numbers_.data() + granule, 1); }

  /// Makes the numbers of the first `granules` zero again. A small table is wiped, a large one's memory goes back.
  void reset(std::size_t granules) noexcept;
  /// Prepares for a collection that uses the first `granules`.
  void prepare(std::size_t granules) noexcept;

  [[nodiscard]] std::size_t resident() const noexcept { return numbers_.resident(); }

 private:
  /// Up to this many numbers stay in memory between collections: 2 MiB, for 16 MiB of containers.
  static constexpr std::size_t kKept = std::size_t{1} << 19;

  alloc::SideTable<std::int32_t> numbers_;
  std::size_t advised_ = 0;
};

}  // namespace ouro::gc
