// The arenas that have an empty pool, the fullest first.
//
//   bucket 1   -> arena 7 <-> arena 2          arenas with one empty pool: they serve first
//   bucket 2   -> arena 9
//   ...
//   bucket 64  -> arena 4                      wholly empty: they serve last
//
// Serving from the fullest lets the emptiest drain until they can be given back. There is a list for each number of empty
// pools and a bitmap of the lists that are not empty: every operation takes constant time.
//
// [law-usable] An arena in use is in the list of its number of empty pools, and in none if it has no empty pool.
#pragma once

#include <ouro/allocator/space/arena.h>
#include <ouro/allocator/space/geometry.h>
#include <ouro/allocator/space/side_table.h>

#include <bit>

namespace ouro::alloc {

/// Buckets of arenas by number of empty pools. Owns nothing: the links are in the records.
class UsableArenas {
 public:
  explicit UsableArenas(SideTable<Arena>& arenas) noexcept : arenas_(arenas) { heads_.fill(kNoArena); }

  /// Files an arena under its nfreepools; does nothing if that is 0.
  void insert(std::uint32_t arena) noexcept;
  /// Takes out an arena that was filed under its present nfreepools; does nothing if that is 0.
  void remove(std::uint32_t arena) noexcept;

  /// The arena with the fewest, but not no, empty pools; kNoArena if there is none.
  [[nodiscard]] std::uint32_t fullest() const noexcept {
    return nonempty_ == 0 ? kNoArena : heads_[static_cast<unsigned>(std::countr_zero(nonempty_)) + 1];
  }
  /// The first arena of the bucket with `nfreepools` empty pools; kNoArena if there is none.
  [[nodiscard]] std::uint32_t first_with(unsigned nfreepools) const noexcept { return heads_[nfreepools]; }
  /// An arena in which `pools` empty pools lie side by side, the fullest that was found; kNoArena if none was found among
  /// the first `tries` arenas that have as many at all.
  [[nodiscard]] std::uint32_t fullest_with_adjacent(unsigned pools, std::size_t tries) const noexcept;

 private:
  template <Geometry G>
  friend struct SpaceInspector;

  SideTable<Arena>& arenas_;
  std::uint64_t nonempty_ = 0;  ///< bit k - 1: bucket k has an arena
  std::array<std::uint32_t, kMaxPoolsPerArena + 1> heads_;
};

/// The lowest position at which `bitmap` has `count` set bits side by side; 64 if there is none.
[[nodiscard]] unsigned find_adjacent(std::uint64_t bitmap, unsigned count) noexcept;

}  // namespace ouro::alloc
