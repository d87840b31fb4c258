// An arena: 64 pools that are taken from the operating system together and given back together.
//
//   address ->  |pool 0|pool 1|pool 2|pool 3|pool 4| ... |pool 63|
//   freepools       0      0      1      0      1    ...     1       one bit a pool, 1 = empty
//                                             ^ first_untouched: from here on no pool was ever carved
//
// The record is not in the arena but in a side table, so that an arena given back leaves nothing behind.
//
// [law-arena-bitmap] A pool's bit is set if and only if its header says empty; nfreepools is the number of set bits.
// [law-arena-untouched] All pools from first_untouched on are empty and their pages hold no memory.
#pragma once

#include <ouro/allocator/space/pool.h>

#include <array>

namespace ouro::alloc {

inline constexpr std::uint32_t kNoArena = ~std::uint32_t{0};
inline constexpr unsigned kMaxPoolsPerArena = 64;

/// What a record of the arena table stands for.
enum class ArenaState : std::uint8_t {
  kUnused = 0,  ///< nothing: addresses without memory
  kInUse,       ///< an arena divided into pools
  kRun,         ///< the first arena of a run longer than an arena
  kRunTail,     ///< a further arena of such a run
};

/// The record of an arena. A zero record is that of an unused one.
struct Arena {
  std::byte* base;                ///< its address
  std::uint64_t freepools;        ///< bitmap of empty pools
  std::uint64_t dirty;            ///< bitmap of pools whose page may be in memory
  std::uint64_t idle;             ///< bitmap of pools that have been empty since the space last aged
  std::uint32_t prev;             ///< the arena before this one in its bucket of usable arenas
  std::uint32_t next;             ///< the arena after it
  std::uint32_t run_head;         ///< kRun, kRunTail: the arena the run starts at
  std::uint16_t first_untouched;  ///< pools from here on were not carved yet
  std::uint16_t nfreepools;       ///< number of empty pools
  std::uint16_t ntotalpools;      ///< number of pools
  ArenaState state;
};
static_assert(sizeof(Arena) <= 56);

/// One pool of an arena, as shown to who looks.
struct PoolCell {
  PoolState state;          ///< a pool without a free or untouched block shows as full
  std::uint8_t size_class;  ///< of a used or full pool
  std::uint16_t allocated;  ///< blocks given out
  std::uint16_t free;       ///< blocks ready to be given out
  std::uint16_t untouched;  ///< blocks not made ready yet
};

/// An arena, as shown to who looks: enough to draw the board of its pools.
struct ArenaView {
  const std::byte* base;
  unsigned pools_not_carved;
  unsigned nfreepools;
  unsigned ntotalpools;
  std::array<PoolCell, kMaxPoolsPerArena> pools;  ///< the first ntotalpools of them
};

}  // namespace ouro::alloc
