// The report: rows as a table for people and as JSON for programs.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "harness.h"

namespace bench {

/// Prints the line of column heads.
void print_head(std::FILE* output);

/// Prints one row: case, unit, Ouroboros, ratio to the best peer, then every other side with its ratio in parentheses, and
/// last what the row says of its bars: "bars: best peer >= 4: 4.2 met, floor <= 1.3: 1.41 missed".
void print_row(const Row& row, std::FILE* output);

/// The rows as a JSON array, one object a line:
/// {"case": .., "unit": .., "ouro": x, "peers": {name: y, ..}, "floor": z?, "best_peer": name, "best_peer_ratio": y / x,
///  "bars": [{"against": name, "at_least" or "at_most": limit, "value": v, "met": true or false}, ..]}.
/// A row without peers has null for the best one; a row without a floor has no such member. "against" is "best peer", the
/// begin of a peer's name, "floor" or "ouro", whose own cost is meant; a value is null if that side was not there.
[[nodiscard]] std::string to_json(const std::vector<Row>& rows);

}  // namespace bench
