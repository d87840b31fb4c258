// Reads, writes and plays histories, and turns them into tests.
#include <ouro/base/error.h>
#include <ouro/testing/detail/words.h>
#include <ouro/testing/history.h>

#include <fmt/format.h>

namespace ouro::testing {

History parse_history(std::string_view text) {
  History history;
  for (const detail::Word& word : detail::split_words(text)) {
    detail::WordCursor cursor(word);
    history.steps.push_back(detail::read_operation(cursor));
    cursor.expect_end();
  }
  return history;
}

std::string text_of(const History& history) {
  std::string text;
  for (const Operation& step : history.steps) text += (text.empty() ? "" : " ") + text_of(step);
  return text;
}

void play(const History& history, Graph& graph) {
  for (const Operation& step : history.steps) {
    try {
      static_cast<void>(graph.apply(step));
    } catch (const Error&) {
      // `throw`, or a lack of memory: the graph is as it was.
    }
    if (step.verb == Verb::kCollect) graph.check();
  }
  graph.check();
}

namespace {

/// The call of a Graph that does the step.
std::string call_of(const Operation& step) {
  switch (step.verb) {
    case Verb::kMake: {
      const std::string spec = text_of(step.spec);
      if (spec == "node") return fmt::format("make(\"{}\")", step.first);
      return fmt::format("make(\"{}\", ouro::testing::parse_spec(\"{}\"))", step.first, spec);
    }
    case Verb::kWatch: {
      const std::string operations = step.spec.operations ? text_of(*step.spec.operations) : "";
      if (operations.empty()) return fmt::format("watch(\"{}\", \"{}\")", step.first, step.second);
      return fmt::format("watch(\"{}\", \"{}\", ouro::testing::parse_operations(\"{}\"))", step.first, step.second,
                         operations);
    }
    case Verb::kLink:
      return fmt::format("link(\"{}\", \"{}\")", step.first, step.second);
    case Verb::kUnlink:
      return fmt::format("unlink(\"{}\", \"{}\")", step.first, step.second);
    case Verb::kHold:
      return fmt::format("hold(\"{}\")", step.first);
    case Verb::kDrop:
      return fmt::format("drop(\"{}\")", step.first);
    case Verb::kClear:
      return fmt::format("clear(\"{}\")", step.first);
    case Verb::kCollect:
      return fmt::format("collect({})", step.number);
    case Verb::kAllocate:
    case Verb::kThrow:
      break;
  }
  return fmt::format("apply(ouro::testing::parse_operations(\"{}\").front())", text_of(step));
}

}  // namespace

std::string as_test(const History& history, std::string_view name) {
  std::string test = fmt::format(
      "TEST_CASE(\"{}\") {{\n"
      "  ouro::Runtime rt;\n"
      "  rt.gc().disable();\n"
      "  ouro::testing::Graph graph(rt, {});\n"
      "  graph.compare_with_oracle(true);\n",
      name, history.width);
  for (const Operation& step : history.steps) test += fmt::format("  graph.{};\n", call_of(step));
  return test + "  graph.check();\n}\n";
}

}  // namespace ouro::testing
