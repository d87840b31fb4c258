// Writes the allocator's statistics as tables for a terminal.
#include <ouro/allocator/watch/stats_report.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace ouro::alloc {

namespace {

[[nodiscard]] std::string grouped(std::size_t number) {
  std::string digits = fmt::format("{}", number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

/// The classes that have pools, as pymalloc shows them: a block that waits in a magazine is available.
void add_classes(std::string& text, const SpaceStats& stats) {
  text += "class   size   num pools   blocks in use  avail blocks\n";
  text += "-----   ----   ---------   -------------  ------------\n";
  for (std::size_t c = 0; c < kSizeClasses; ++c) {
    const ClassStats& of_class = stats.classes[c];
    if (of_class.pools == 0) continue;
    text += fmt::format("{:>5} {:>6} {:>11} {:>15} {:>13}\n", c, of_class.block_bytes, of_class.pools, of_class.allocated,
                        of_class.free + of_class.untouched);
  }
  text += '\n';
}

void add_arenas(std::string& text, const SpaceStats& stats) {
  text += stats_line("# arenas allocated total", stats.arenas_obtained);
  text += stats_line("# arenas reclaimed", stats.arenas_returned);
  text += stats_line("# arenas highwater mark", stats.arenas_peak);
  text += stats_line("# arenas allocated current", stats.arenas_in_use);
  text += stats_line("# of these, kept in reserve", stats.arenas_in_reserve);
  text += stats_line(fmt::format("{} arenas * {} bytes/arena", stats.arenas_in_use, stats.arena_bytes),
                     stats.arenas_in_use * stats.arena_bytes);
  text += stats_line("# bytes in larger runs", stats.large_run_bytes);
  text += '\n';
}

/// Arenas by how full they are, in eighths; the bars are to scale.
void add_fill(std::string& text, const SpaceStats& stats) {
  constexpr std::size_t kSteps = 8, kWidest = 40;
  if (stats.arenas_in_use == 0) return;
  const std::size_t pools = stats.arena_bytes / stats.pool_bytes;
  std::array<std::size_t, kSteps + 1> arenas{};
  for (std::size_t taken = 0; taken <= pools; ++taken)
    arenas[(taken * kSteps + pools - 1) / pools] += stats.arenas_by_pools_taken[taken];
  const std::size_t most = *std::max_element(arenas.begin(), arenas.end());
  text += "pools taken      arenas\n";
  for (std::size_t step = 0; step <= kSteps; ++step) {
    if (arenas[step] == 0) continue;
    const std::string label = step == 0 ? "none" : fmt::format("up to {}/{}", step * pools / kSteps, pools);
    text += fmt::format("{:<14} {:>8}  {:*<{}}\n", label, arenas[step], "", (arenas[step] * kWidest + most - 1) / most);
  }
  text += '\n';
}

void add_bytes(std::string& text, const SpaceStats& stats) {
  const StatsSummary summary = summary_of(stats);
  text += stats_line("# bytes in allocated blocks", summary.live_bytes - stats.run_bytes);
  text += stats_line("# bytes in runs of pages", stats.run_bytes);
  text += stats_line("# bytes in available blocks", summary.free_bytes - stats.cached_bytes);
  text += stats_line("# bytes in cached blocks", stats.cached_bytes);
  text += stats_line("# bytes in untouched blocks", summary.untouched_bytes);
  text += stats_line(fmt::format("{} unused pools * {} bytes", stats.pools_empty, stats.pool_bytes), summary.empty_bytes);
  text += stats_line("# bytes lost to page rests", summary.waste_bytes);
  text += stats_line("Total", summary.live_bytes + summary.free_bytes + summary.untouched_bytes + summary.empty_bytes +
                                  summary.waste_bytes);
  text += '\n';
}

void add_raw(std::string& text, const AllocatorStats& stats) {
  text += fmt::format("raw: requests over {} bytes, from malloc.\n\n", kSmallMax);
  text += stats_line("# blocks allocated total", stats.raw.total_blocks);
  text += stats_line("# blocks allocated current", stats.raw.live_blocks);
  text += stats_line("# bytes highwater mark", stats.raw.peak_bytes);
  text += stats_line("Total", stats.raw.live_bytes);
  text += '\n';
}

void add_whole(std::string& text, const AllocatorStats& stats) {
  const StatsSummary summary = summary_of(stats);
  text += "all of it\n\n";
  text += stats_line("# bytes held", summary.held_bytes);
  text += stats_line("# of these, in live blocks", summary.live_bytes);
  text += stats_line("# retained in unused pools", summary.retained_bytes);
  text += stats_line("# purged in total", summary.purged_bytes);
  text += stats_line("# highwater mark", stats.budget_peak);
  if (stats.budget_limit != 0) text += stats_line("# limit", stats.budget_limit);
  text += fmt::format("{:<35}={:>20.1f}%\n", "fragmentation", summary.fragmentation * 100);
}

}  // namespace

std::string stats_line(std::string_view what, std::size_t number) {
  return fmt::format("{:<35}={:>21}\n", what, grouped(number));
}

std::string stats_report(std::string_view name, const SpaceStats& stats) {
  std::string text = fmt::format("{}: small block threshold = {}, in {} size classes.\n\n", name, kSmallMax, kSizeClasses);
  add_classes(text, stats);
  add_arenas(text, stats);
  add_fill(text, stats);
  add_bytes(text, stats);
  return text;
}

std::string stats_report(const AllocatorStats& stats) {
  std::string text = stats_report("containers", stats.containers);
  text += stats_report("atoms", stats.atoms);
  text += stats_report("buffers", stats.buffers);
  add_raw(text, stats);
  add_whole(text, stats);
  return text;
}

}  // namespace ouro::alloc
