// Works out where the bytes of an area are: live, free, untouched, waste, empty.
#include <ouro/allocator/watch/stats_summary.h>

namespace ouro::alloc {

namespace {

[[nodiscard]] double fragmentation_of(std::size_t live, std::size_t held) noexcept {
  return held == 0 ? 0.0 : 1.0 - static_cast<double>(live) / static_cast<double>(held);
}

}  // namespace

StatsSummary summary_of(const SpaceStats& stats) noexcept {
  StatsSummary result{};
  result.held_bytes = stats.held_bytes();
  result.live_bytes = stats.allocated_bytes;
  for (const ClassStats& of_class : stats.classes) {
    result.free_bytes += of_class.free * of_class.block_bytes;
    result.untouched_bytes += of_class.untouched * of_class.block_bytes;
    result.waste_bytes += of_class.waste_bytes;
  }
  result.empty_bytes = stats.pools_empty * stats.pool_bytes;
  result.retained_bytes = stats.retained_bytes;
  result.purged_bytes = stats.purged_bytes;
  result.fragmentation = fragmentation_of(result.live_bytes, result.held_bytes);
  return result;
}

StatsSummary summary_of(const AllocatorStats& stats) noexcept {
  // What malloc adds to a request is not known here: the raw allocator counts as held what was asked for.
  StatsSummary result{};
  result.held_bytes = result.live_bytes = stats.raw.live_bytes;
  for (const SpaceStats* area : {&stats.containers, &stats.atoms, &stats.buffers}) {
    const StatsSummary of_area = summary_of(*area);
    result.held_bytes += of_area.held_bytes;
    result.live_bytes += of_area.live_bytes;
    result.free_bytes += of_area.free_bytes;
    result.untouched_bytes += of_area.untouched_bytes;
    result.waste_bytes += of_area.waste_bytes;
    result.empty_bytes += of_area.empty_bytes;
    result.retained_bytes += of_area.retained_bytes;
    result.purged_bytes += of_area.purged_bytes;
  }
  result.fragmentation = fragmentation_of(result.live_bytes, result.held_bytes);
  return result;
}

}  // namespace ouro::alloc
