#include "report.h"

#include <fmt/format.h>

#include <iterator>

namespace bench {
namespace {

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
  return fmt::format("{{\"case\": \"{}\", \"unit\": \"{}\", \"ouro\": {:.6g}, \"peers\": {{{}}},{} {}}}", row.name, row.unit,
                     row.ouro(), peers, floor, best);
}

}  // namespace

void print_head(std::FILE* output) {
  fmt::print(output, "{:<26} {:<12} {:>9} {:>7}   {}\n", "case", "unit", "ouro", "ratio", "others (ratio)");
}

void print_row(const Row& row, std::FILE* output) {
  const Row::Cell* const best = row.best_peer();
  const std::string ratio = best != nullptr ? fmt::format("{:.2f}", row.ratio(*best)) : "-";
  std::string others;
  for (const Row::Cell& cell : row.cells)
    if (cell.role != Role::kOuro)
      fmt::format_to(std::back_inserter(others), "  {} {:.4g} ({:.2f})", cell.side, cell.median, row.ratio(cell));
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
