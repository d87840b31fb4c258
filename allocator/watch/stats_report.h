// Statistics for a terminal, in the manner of CPython's sys._debugmallocstats(): a table of classes and the sums for each
// area, then the requests over 512 bytes and all of it. What the lines mean stands in docs/statistics.md.
#pragma once

#include <ouro/allocator/watch/stats_summary.h>

#include <string>
#include <string_view>

namespace ouro::alloc {

/// Everything; many lines, each with its end. May throw std::bad_alloc, as the two below.
[[nodiscard]] std::string stats_report(const AllocatorStats& stats);
/// One area: the part of the report that is headed by `name`.
[[nodiscard]] std::string stats_report(std::string_view name, const SpaceStats& stats);

/// "# bytes in allocated blocks        =            3,492,064\n": a line of the report.
[[nodiscard]] std::string stats_line(std::string_view what, std::size_t number);

}  // namespace ouro::alloc
