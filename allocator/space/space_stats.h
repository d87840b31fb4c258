// What a space can say about itself. Everything here is computed by a walk when asked for: the paths of allocation and
// release keep no counters. What is counted in total (arenas, bytes from the system) is counted where the system is asked.
//
// [law-stats] Blocks add up to pools, pools and runs to arenas; nothing is negative, and no peak is below what is.
#pragma once

#include <ouro/allocator/space/arena.h>
#include <ouro/allocator/space/size_class.h>

namespace ouro::alloc {

/// The pools and blocks of one size class.
struct ClassStats {
  std::size_t block_bytes;  ///< the size of a block
  std::size_t pools;        ///< pools of the class, used or full
  std::size_t allocated;    ///< blocks given out
  std::size_t free;         ///< blocks ready to be given out
  std::size_t cached;       ///< of these, the ones in the magazine
  std::size_t untouched;    ///< blocks whose memory was not touched yet
  std::size_t waste_bytes;  ///< of the pools, what is too short for a block
};

/// A space at one moment. Sizes in bytes.
struct SpaceStats {
  std::array<ClassStats, kSizeClasses> classes;
  std::size_t pool_bytes;         ///< the size of one pool
  std::size_t arena_bytes;        ///< the size of one arena
  std::size_t arenas_in_use;      ///< divided into pools, those kept in reserve included
  std::size_t arenas_in_reserve;  ///< of these, wholly empty ones kept for the next rise
  std::size_t arenas_peak;        ///< the most that were ever in use
  std::size_t arenas_obtained;    ///< taken from the operating system, in total
  std::size_t arenas_returned;    ///< given back to it, in total
  /// Arenas in use by how many of their pools are taken, from none to all: how well the heap is packed.
  std::array<std::size_t, kMaxPoolsPerArena + 1> arenas_by_pools_taken;
  std::size_t pools_used;        ///< with room
  std::size_t pools_full;        ///< without
  std::size_t pools_empty;       ///< of the arenas in use
  std::size_t runs;              ///< blocks of whole pages
  std::size_t run_bytes;         ///< their pages
  std::size_t large_run_bytes;   ///< of these, the pages outside the arenas in use
  std::size_t allocated_blocks;  ///< blocks and runs given out
  std::size_t allocated_bytes;   ///< their sizes
  std::size_t cached_bytes;      ///< blocks that wait in magazines
  std::size_t retained_bytes;    ///< pages of empty pools that were used and not given back
  std::size_t purged_bytes;      ///< pages of arenas in use that were given back, in total
  std::size_t peak_bytes;        ///< the most that held_bytes() ever was
  std::size_t obtained_bytes;    ///< arenas and large runs taken from the operating system, in total
  std::size_t reserved_bytes;    ///< addresses

  /// Bytes taken from the operating system and not given back, as far as arenas and runs go.
  [[nodiscard]] std::size_t held_bytes() const noexcept { return arenas_in_use * arena_bytes + large_run_bytes; }
};

}  // namespace ouro::alloc
