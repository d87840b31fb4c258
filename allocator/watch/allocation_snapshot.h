// What an allocation trace knows at one moment, as data: who allocated what is alive.
//
//   AllocationSnapshot before = trace.snapshot();
//   ...
//   for (const Difference& change : compare(before, trace.snapshot(), GroupBy::kCaller))
//     puts(to_text(change).c_str());             // make_entry(Cache&): size=4855 KiB (+4855 KiB), count=46530 (+46530), ...
//
// A snapshot is a copy: it stays as it is while the program goes on, and may be looked at without the runtime's lock. It
// holds addresses of calls; they become names when somebody asks for text (allocation_text.h) or for groups by caller.
#pragma once

#include <ouro/allocator/memory_hook.h>
#include <ouro/allocator/watch/allocation_site.h>

#include <span>
#include <string>
#include <vector>

namespace ouro::alloc {

/// Where blocks were allocated: the calls, the label in force, the kind of memory.
struct TraceSite {
  CallStack stack;    ///< the innermost call that is not the allocator's own comes first
  std::string label;  ///< of the AllocationSite in force, or empty
  Domain domain;
};

/// One site and what was allocated there. Bytes are as they were asked for.
struct SiteUse {
  TraceSite site;
  std::size_t live_blocks;
  std::size_t live_bytes;
  std::size_t total_blocks;  ///< allocated or resized there since the trace was started or cleared, freed ones included
  std::size_t total_bytes;   ///< their sizes
};

/// The bytes of all traced blocks.
struct TracedMemory {
  std::size_t current;
  std::size_t peak;  ///< the most since the trace was started or cleared, or since reset_peak()
};

/// All sites of a trace, in no order that means anything. No two are the same.
struct AllocationSnapshot {
  std::vector<SiteUse> sites;
  TracedMemory memory{};
  std::size_t lost = 0;  ///< allocations that are missing here because the trace had no memory for them
};

/// Keeps sites, or leaves them out, by name.
struct SiteFilter {
  bool includes;     ///< true: only sites that match; false: only those that do not
  std::string part;  ///< a site matches if this is part of its label or of the name of one of its functions
};

/// The sites that match one of the including filters, if there are any, and none of the excluding ones: tracemalloc's rule.
/// What the snapshot says of all memory is left as it was.
[[nodiscard]] AllocationSnapshot filtered(const AllocationSnapshot& snapshot, std::span<const SiteFilter> filters);

// ---- Statistics ----

/// What blocks are grouped by.
enum class GroupBy : std::uint8_t {
  kSite,    ///< the same calls and the same label
  kCaller,  ///< the innermost function that is not Ouroboros's own, as far as names are known (see caller_of)
  kLabel,
  kDomain,
};

/// A group of blocks.
struct Statistic {
  GroupBy by;
  TraceSite site;  ///< of one of its blocks; what they share is what `by` says
  std::size_t blocks, bytes;
  std::size_t total_blocks, total_bytes;  ///< as in SiteUse
};

/// The groups of a snapshot that have live blocks, most bytes first; equal ones by blocks.
[[nodiscard]] std::vector<Statistic> statistics(const AllocationSnapshot& snapshot, GroupBy by);

/// How a group has changed: `blocks` and `bytes` are those afterwards.
struct Difference {
  GroupBy by;
  TraceSite site;
  std::size_t blocks, bytes;
  std::ptrdiff_t blocks_diff, bytes_diff;
};

/// What has changed from one snapshot to a later one: every group of either, sorted as tracemalloc does, by how much its
/// bytes have changed in either direction, then by bytes, by how much its blocks have changed, by blocks.
[[nodiscard]] std::vector<Difference> compare(const AllocationSnapshot& before, const AllocationSnapshot& after, GroupBy by);

}  // namespace ouro::alloc
