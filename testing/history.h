// Histories: what was done to a graph, step by step, to be done again.
//
//   History history;                                    History history = parse_history("make:a link:a:a drop:a collect");
//   graph.record(&history.steps);                     Graph graph(rt, history.width);
//   ... the test ...                                play(history, graph);
//   text_of(history)                                  "make:a link:a:a drop:a collect:2"
//
// A history is a list of operations (operations.h), so every part of one is one too, and a failing history can be made short
// (shrink.h) and printed as a C++ test.
#pragma once

#include <ouro/testing/graph.h>
#include <ouro/testing/operations.h>

#include <string>
#include <string_view>

namespace ouro::testing {

struct History {
  Operations steps{};
  std::size_t width = 8;  ///< of the graph: places of a node
};

/// Reads words that white space divides; `#` begins a comment. Failure with line and column.
[[nodiscard]] History parse_history(std::string_view text);
/// The steps on one line.
[[nodiscard]] std::string text_of(const History& history);

/// Does the steps. Those that cannot be done are left out (operations.h). An error that a step throws is dropped, a Failure
/// passes on. At the end, and after every collection, the graph is checked.
void play(const History& history, Graph& graph);

/// A test case in C++ that does the steps in a runtime of its own. `name` is a sentence.
[[nodiscard]] std::string as_test(const History& history, std::string_view name);

}  // namespace ouro::testing
