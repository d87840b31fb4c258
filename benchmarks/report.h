// The report: rows as a table for people and as JSON for programs.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "harness.h"

namespace bench {

/// Prints the line of column heads.
void print_head(std::FILE* output);

/// Prints one row: case, unit, Ouroboros, ratio to the best peer, then every other side with its ratio in parentheses.
void print_row(const Row& row, std::FILE* output);

/// The rows as a JSON array, one object a line:
/// {"case": .., "unit": .., "ouro": x, "peers": {name: y, ..}, "floor": z?, "best_peer": name, "best_peer_ratio": y / x}.
/// A row without peers has null for the last two; a row without a floor has no such member.
[[nodiscard]] std::string to_json(const std::vector<Row>& rows);

}  // namespace bench
