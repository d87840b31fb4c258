// Statistics as JSON, for whatever keeps time series. docs/statistics.md says of every field what it means, its unit and
// how it is known.
//
//   {"containers": {..., "classes": [{...}], "arenas_by_pools_taken": [...], "summary": {...}}, "atoms": ...,
//    "buffers": ..., "raw": {...}, "domains": {"raw": {...}, "buffers": {...}, "objects": {...}},
//    "budget_used": n, "budget_peak": n, "budget_limit": n, "summary": {...}}
//
// The names are those of the structs' fields. `classes` leaves out those without a pool.
#pragma once

#include <ouro/allocator/watch/stats_summary.h>

#include <string>

namespace ouro::alloc {

/// One JSON object on one line. Memory for the text comes from the general-purpose allocator; may throw std::bad_alloc.
[[nodiscard]] std::string to_json(const AllocatorStats& stats);

}  // namespace ouro::alloc
