// Reads, writes and plays traces, and turns them into tests.
#include <ouro/base/error.h>
#include <ouro/testing/detail/words.h>
#include <ouro/testing/trace.h>

#include <fmt/format.h>

namespace ouro::testing {

Trace parse_trace(std::string_view text) {
  Trace trace;
  for (const detail::Word& word : detail::split_words(text)) {
    detail::WordCursor cursor(word);
    trace.steps.push_back(detail::read_operation(cursor));
    cursor.expect_end();
  }
  return trace;
}

std::string text_of(const Trace& trace) {
  std::string text;
  for (const Operation& step : trace.steps) text += (text.empty() ? "" : " ") + text_of(step);
  return text;
}

void play(const Trace& trace, Graph& graph) {
  for (const Operation& step : trace.steps) {
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
      const std::string plan = text_of(step.plan);
      if (plan == "node") return fmt::format("make(\"{}\")", step.first);
      return fmt::format("make(\"{}\", ouro::testing::parse_plan(\"{}\"))", step.first, plan);
    }
    case Verb::kWatch: {
      const std::string operations = step.plan.operations ? text_of(*step.plan.operations) : "";
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

std::string as_test(const Trace& trace, std::string_view name) {
  std::string test = fmt::format(
      "TEST_CASE(\"{}\") {{\n"
      "  ouro::Runtime rt;\n"
      "  rt.gc().disable();\n"
      "  ouro::testing::Graph graph(rt, {});\n"
      "  graph.compare_with_oracle(true);\n",
      name, trace.width);
  for (const Operation& step : trace.steps) test += fmt::format("  graph.{};\n", call_of(step));
  return test + "  graph.check();\n}\n";
}

}  // namespace ouro::testing
