// Prints rows as a table, and writes them as JSON.
#include "report.h"

#include <fmt/format.h>

#include <iterator>

namespace bench {
namespace {

/// "floor <= 1.3: 1.41 missed"
std::string verdict_text(const Verdict& verdict) {
  const std::string bar = fmt::format("{} {} {}", verdict.against, verdict.is_least ? ">=" : "<=", verdict.limit);
  if (!verdict.value) return bar + ": not measured";
  return fmt::format("{}: {:.4g} {}", bar, *verdict.value, verdict.met() ? "met" : "missed");
}

std::string verdict_json(const Verdict& verdict) {
  const std::string value = verdict.value ? fmt::format("{:.4g}", *verdict.value) : "null";
  return fmt::format("{{\"against\": \"{}\", \"{}\": {}, \"value\": {}, \"met\": {}}}", verdict.against,
                     verdict.is_least ? "at_least" : "at_most", verdict.limit, value, verdict.met());
}

/// `text` of every bar of the row.
template <class Text>
std::string bars_of(const Row& row, Text text) {
  std::string bars;
  for (const Verdict& verdict : verdicts(row)) bars += (bars.empty() ? "" : ", ") + text(verdict);
  return bars;
}

std::string json_row(const Row& row) {
  std::string peers;
  std::string floor;
  for (const Row::Cell& cell : row.cells) {
    if (cell.role == Role::kPeer)
      fmt::format_to(std::back_inserter(peers), "{}\"{}\": {:.6g}", peers.empty() ? "" : ", ", cell.side, cell.median);
    if (cell.role == Role::kFloor) floor = fmt::format(" \"floor\": {:.6g},", cell.median);
  }
  std::string best = "\"best_peer\": null, \"best_peer_ratio\": null";
  if (const Row::Cell* const peer = row.best_peer())
    best = fmt::format("\"best_peer\": \"{}\", \"best_peer_ratio\": {:.4g}", peer->side, row.ratio(*peer));
  return fmt::format("{{\"case\": \"{}\", \"unit\": \"{}\", \"ouro\": {:.6g}, \"peers\": {{{}}},{} {}, \"bars\": [{}]}}",
                     row.name, row.unit, row.ouro(), peers, floor, best, bars_of(row, verdict_json));
}

}  // namespace

void print_head(std::FILE* output) {
  fmt::print(output, "{:<26} {:<12} {:>9} {:>7}   {}\n", "case", "unit", "ouro", "ratio", "others (ratio)   bars");
}

void print_row(const Row& row, std::FILE* output) {
  const Row::Cell* const best = row.best_peer();
  const std::string ratio = best != nullptr ? fmt::format("{:.2f}", row.ratio(*best)) : "-";
  std::string others;
  for (const Row::Cell& cell : row.cells)
    if (cell.role != Role::kOuro)
      fmt::format_to(std::back_inserter(others), "  {} {:.4g} ({:.2f})", cell.side, cell.median, row.ratio(cell));
  if (!row.bars.empty()) others += "   bars: " + bars_of(row, verdict_text);
  fmt::print(output, "{:<26} {:<12} {:>9.4g} {:>7} {}\n", row.name, row.unit, row.ouro(), ratio, others);
  std::fflush(output);
}

std::string to_json(const std::vector<Row>& rows) {
  std::string text = "[";
  for (const Row& row : rows)
    fmt::format_to(std::back_inserter(text), "{}\n  {}", &row == rows.data() ? "" : ",", json_row(row));
  return text + "\n]\n";
}

}  // namespace bench
