// The numbers of the allocator: how big a pool and an arena are, and which requests are small.
//
//   arena 256 KiB  [pool|pool|pool| ... 64 pools ... |pool]
//   pool    4 KiB  [block|block|block| ... one size ... |rest]
//
// The numbers are a template parameter of `BasicSpace`, so that a test can have arenas of four pools, which fill and drain
// after a handful of requests.
#pragma once

#include <ouro/base/config.h>

#include <bit>

namespace ouro::alloc {

/// The sizes a space is built from, in bytes. A structural type: it can be a template argument.
struct Geometry {
  std::size_t pool_bytes = 4096;         ///< one page of virtual memory: the unit that is given back by trim()
  std::size_t arena_bytes = 256 * 1024;  ///< the unit that is taken from and given back to the operating system
  std::size_t small_max = 512;           ///< the largest request that is served with a block
  std::size_t quantum = 8;               ///< the distance of two neighbouring size classes
  std::size_t min_block = 8;             ///< the smallest block

  [[nodiscard]] constexpr unsigned pools_per_arena() const noexcept {
    return static_cast<unsigned>(arena_bytes / pool_bytes);
  }
  [[nodiscard]] constexpr unsigned classes() const noexcept { return static_cast<unsigned>(small_max / quantum); }
  /// Words of a bitmap with one bit for every block that a pool may hold.
  [[nodiscard]] constexpr std::size_t bitmap_words() const noexcept { return (pool_bytes / min_block + 63) / 64; }

  /// The law [law-geometry]: powers of two, at most 64 pools in an arena (one bitmap word), at most 64 classes, and a pool
  /// of the largest class still holds several blocks.
  [[nodiscard]] constexpr bool is_sound() const noexcept {
    return std::has_single_bit(pool_bytes) && std::has_single_bit(arena_bytes) && std::has_single_bit(quantum) &&
           pools_per_arena() >= 1 && pools_per_arena() <= 64 && classes() >= 1 && classes() <= 64 &&
           small_max % quantum == 0 && quantum >= sizeof(void*) && min_block == quantum && pool_bytes / small_max >= 2 &&
           pool_bytes <= 65536;
  }
};

/// What a runtime uses: arenas of 256 KiB, pools of one page, 64 classes 8 bytes apart.
inline constexpr Geometry kDefaultGeometry{};
/// CPython's from 3.10 on: fewer, larger pools. Measured beside the default in docs/allocator.md.
inline constexpr Geometry kLargeGeometry{.pool_bytes = 16 * 1024, .arena_bytes = 1024 * 1024};
/// What tests use to reach every arena transition quickly: four pools in an arena.
inline constexpr Geometry kTinyGeometry{.arena_bytes = 4 * 4096};

static_assert(kDefaultGeometry.is_sound() && kLargeGeometry.is_sound() && kTinyGeometry.is_sound());
static_assert(kDefaultGeometry.pools_per_arena() == 64 && kTinyGeometry.pools_per_arena() == 4);
static_assert(kDefaultGeometry.classes() == 64);

}  // namespace ouro::alloc
