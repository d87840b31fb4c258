// gc_refs: the working copy of the counts, beside the heap.
//
// For every granule of the container space one number, all zero between collections. During one:
//
//    31      30       29      28        27       26 .. 0
//   +-----+--------+------+---------+----------+---------------------------+
//   |  0  | holder | leaf | reached | followed | count less edges seen     |   a candidate
//   +-----+--------+------+---------+----------+---------------------------+
//   |  1  |  negative: an object that is no candidate, reached by edges    |
//   +-----+----------------------------------------------------------------+
//
//   holder, leaf   the candidate refers to containers, or to none; one of the two is set
//   the count      not 0: referred to from outside, so it lives
//   reached        lives because something that lives refers to it
//   followed       its own edges have been looked at
//
// So a candidate that nothing has reached is exactly kHolder or kLeaf. The sum of count minus edges commutes: counts may be
// added and edges subtracted in any order, in one pass.
#pragma once

#include <ouro/allocator/space/side_table.h>

#include <cstdint>
#include <limits>

namespace ouro::gc {

/// A number per granule. Its pages are given back after a full collection of a large heap.
class GcRefs {
 public:
  static constexpr std::int32_t kHolder = 1 << 30;
  static constexpr std::int32_t kLeaf = 1 << 29;
  static constexpr std::int32_t kReached = 1 << 28;
  static constexpr std::int32_t kFollowed = 1 << 27;
  static constexpr std::int32_t kCount = kFollowed - 1;
  /// A number that no counting produces: the object is in the unreachable set.
  static constexpr std::int32_t kInTrash = std::numeric_limits<std::int32_t>::min();
  /// Counts from here on are not worked with: the object is taken as reached. It takes half a gigabyte of slots to refer to
  /// it so often.
  static constexpr std::uint32_t kTooMany = 1U << 26;

  /// A candidate that nothing has reached.
  [[nodiscard]] static bool is_unreached(std::int32_t number) noexcept { return number == kHolder || number == kLeaf; }
  /// A candidate that lives and whose edges have not been followed.
  [[nodiscard]] static bool is_pending(std::int32_t number) noexcept {
    return number > kHolder && (number & kFollowed) == 0;
  }
  /// False if more edges to a candidate were counted than its count allows: then the difference has borrowed from the flags.
  [[nodiscard]] static bool is_covered(std::int32_t number) noexcept {
    return number >= kLeaf && static_cast<std::uint32_t>(number & kCount) < kTooMany;
  }
  /// A candidate that lives.
  [[nodiscard]] static bool is_reached(std::int32_t number) noexcept { return number > 0 && !is_unreached(number); }

  // Law gc-refs-bits: the flags are bits of their own above the count, and a count that is worked with cannot reach them,
  // even when an edge to an object that is no candidate any more has been taken from it.
  static_assert(kHolder > kLeaf && kLeaf > kReached && kReached > kFollowed && kFollowed == kCount + 1, "gc-refs-bits");
  static_assert((kHolder & kLeaf) == 0 && (kReached & kFollowed) == 0 && (kHolder | kLeaf | kReached | kFollowed) > 0,
                "gc-refs-bits");
  static_assert(kTooMany <= std::uint32_t{kCount}, "gc-refs-bits");
  static_assert(kInTrash < 0 && kInTrash < -kCount, "gc-refs-bits");

  explicit GcRefs(std::size_t granules) noexcept : numbers_(granules) {}
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(numbers_); }

  [[nodiscard]] std::int32_t& operator[](std::size_t granule) noexcept { return numbers_[granule]; }
  [[nodiscard]] std::int32_t operator[](std::size_t granule) const noexcept { return numbers_[granule]; }
  [[nodiscard]] std::int32_t* data() noexcept { return numbers_.data(); }

  /// Makes the numbers of the first `granules` zero again. A small table is wiped, a large one's memory goes back.
  void reset(std::size_t granules) noexcept;
  /// Between collections: gives back the memory of the first `granules`, which are all that were used.
  void trim(std::size_t granules) noexcept { numbers_.purge(0, granules); }
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
