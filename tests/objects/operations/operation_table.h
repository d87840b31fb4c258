// The table of operations (operations.table) as data: types, their attributes, and the calls of these that are compared.
#pragma once

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

/// An attribute of a type or a function of a module: how it is called, or why it is not there.
struct Operation {
  std::string name;
  std::vector<std::string> calls;
  std::string missing;  ///< empty: it is there
};

/// A type or a module.
struct OperationRows {
  bool is_module = false;
  std::string name;
  std::string expression;
  std::vector<std::string> makers;  ///< expressions of its objects
  std::vector<std::string> also;    ///< attributes that CPython's type has not
  std::string why_also;
  std::vector<Operation> operations;
};

/// What stands for a word in a call.
struct ArgumentKind {
  std::vector<std::string> values;
  bool is_closed = false;  ///< nothing else is given in its place
};

/// Answers that differ, and why: a pattern of "maker : call => theirs => ours", and how the page shows it.
struct KnownDifference {
  std::string pattern, shown, reason;
};

struct OperationTable {
  std::map<std::string, ArgumentKind> kinds;
  std::vector<OperationRows> rows;
  std::vector<KnownDifference> known;

  /// What all types have from `object`.
  [[nodiscard]] const OperationRows& every() const { return rows.front(); }
};

/// The parts of a text between separators.
inline std::vector<std::string> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos;) {
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.emplace_back(text);
  return parts;
}

/// Reads a line of the table into it.
inline void read_table_line(OperationTable& table, const std::string& line) {
  const std::size_t space = line.find(' ');
  const std::string first = line.substr(0, space);
  const auto after = [&](std::string_view separator) { return line.substr(line.find(separator) + separator.size()); };
  const auto name = [&](std::string_view separator) { return line.substr(space + 1, line.find(separator) - space - 1); };
  if (first == "kind") {
    std::string kind = name(" = ");
    const bool is_closed = kind.ends_with('!');
    if (is_closed) kind.pop_back();
    table.kinds[kind] = {parts_of(after(" = "), " ; "), is_closed};
  } else if (first == "type" || first == "functions") {
    table.rows.push_back({first == "functions", name(" = "), after(" = "), {}, {}, {}, {}});
  } else if (first == "differs") {
    const std::vector<std::string> parts = parts_of(line.substr(space + 1), "  ;;  ");
    table.known.push_back({parts.at(0), parts.at(1), parts.at(2)});
  } else if (first == "also") {
    table.rows.back().also = parts_of(name(" - "), " ");
    table.rows.back().why_also = after(" - ");
  } else if (line.starts_with("x = ")) {
    table.rows.back().makers = parts_of(after(" = "), " ; ");
  } else if (line.find(" : ") == space) {
    table.rows.back().operations.push_back({first, parts_of(after(" : "), " ; "), {}});
  } else if (line.find(" - ") == space) {
    table.rows.back().operations.push_back({first, {}, after(" - ")});
  } else {
    throw std::runtime_error("no line of the table of operations: " + line);
  }
}

inline OperationTable read_operation_table(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  OperationTable table;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') read_table_line(table, line);
  return table;
}

}  // namespace ouro::test
