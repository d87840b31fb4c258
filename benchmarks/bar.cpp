// Compares a row's numbers with its bars.
#include "bar.h"

#include "harness.h"

namespace bench {
namespace {

/// The side that `bar` compares with; null if there is none.
const Row::Cell* other_side(const Row& row, const Bar& bar) {
  if (bar.kind == Bar::Kind::kBestPeer) return row.best_peer();
  for (const Row::Cell& cell : row.cells) {
    if (bar.kind == Bar::Kind::kFloor && cell.role == Role::kFloor) return &cell;
    if (bar.kind == Bar::Kind::kPeer && cell.role == Role::kPeer && cell.side.starts_with(bar.peer)) return &cell;
  }
  return nullptr;
}

Verdict verdict(const Row& row, const Bar& bar) {
  const Row::Cell* const other = other_side(row, bar);
  const std::optional<double> ratio = other != nullptr ? std::optional(row.ratio(*other)) : std::nullopt;
  switch (bar.kind) {
    case Bar::Kind::kBestPeer:
      return {"best peer", true, bar.limit, ratio};
    case Bar::Kind::kPeer:
      return {bar.peer, true, bar.limit, ratio};
    case Bar::Kind::kFloor:
      return {"floor", false, bar.limit, ratio ? std::optional(1 / *ratio) : std::nullopt};
    case Bar::Kind::kCost:
      break;
  }
  return {"ouro", false, bar.limit, row.ouro()};
}

}  // namespace

std::vector<Verdict> verdicts(const Row& row) {
  std::vector<Verdict> all;
  for (const Bar& bar : row.bars) all.push_back(verdict(row, bar));
  return all;
}

}  // namespace bench
