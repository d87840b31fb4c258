// What an allocator can say about itself: its areas, what lies with the general-purpose allocator, the domains, the budget.
// docs/statistics.md tells every field.
#pragma once

#include <ouro/allocator/raw_allocator.h>
#include <ouro/allocator/space/space_stats.h>

namespace ouro::alloc {

/// What one domain has given out, and what it took for that from the floor below.
struct DomainStats {
  std::size_t live_blocks;
  std::size_t live_bytes;   ///< sizes of the blocks, not of the requests
  std::size_t held_bytes;   ///< taken from the floor below and not given back
  std::size_t peak_bytes;   ///< the most that was held; of several areas: the sum of their peaks
  std::size_t total_bytes;  ///< taken from the floor below, ever
};

/// The allocator at one moment.
struct AllocatorStats {
  SpaceStats containers, atoms, buffers;  ///< the three areas
  RawStats raw;
  DomainStats raw_domain;      ///< requests over 512 bytes, large containers excepted
  DomainStats buffers_domain;  ///< item arrays and tables up to 512 bytes
  DomainStats objects_domain;  ///< containers of any size, atoms up to 512 bytes
  std::size_t budget_used, budget_peak, budget_limit;
};

}  // namespace ouro::alloc
