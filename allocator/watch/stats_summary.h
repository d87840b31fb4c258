// The few numbers one looks at first: where the bytes of an allocator, or of one of its areas, are.
//
//   held = live + free + untouched + waste + empty
//   |        |      |        |         |       pools without a class
//   |        |      |        |         at the end of pools, too short for a block
//   |        |      |        blocks of pools in use that were never written
//   |        |      blocks that were freed and are ready, those in magazines included
//   |        blocks and runs given out
//   taken from the operating system, or from malloc, and not given back
//
// [law-stats] These five add up to what is held.
#pragma once

#include <ouro/allocator/allocator.h>

namespace ouro::alloc {

/// Derived from SpaceStats or AllocatorStats. All but the ratio in bytes.
struct StatsSummary {
  std::size_t held_bytes;
  std::size_t live_bytes;  ///< sizes of the blocks, not of the requests; raw ones are as they were asked for
  std::size_t free_bytes;
  std::size_t untouched_bytes;
  std::size_t waste_bytes;
  std::size_t empty_bytes;
  std::size_t retained_bytes;  ///< of the empty pools, the pages that were used and not given back: what trim() would return
  std::size_t purged_bytes;    ///< pages given back out of arenas that stayed in use, in total
  double fragmentation;        ///< the part of what is held that holds nothing, from 0 to 1: 1 - live / held
};

[[nodiscard]] StatsSummary summary_of(const SpaceStats& stats) noexcept;
[[nodiscard]] StatsSummary summary_of(const AllocatorStats& stats) noexcept;

}  // namespace ouro::alloc
