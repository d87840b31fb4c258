// The same programs under CPython: random operations on instances, lists and dicts with finalizers and weak references.
//
// A history is played by a graph here and by a script there (graph_script.h). After each step both say what it gave, who was
// finalized, called back and freed by it, and after a collection who is alive. Finalizers act on their own node
// only, so that nothing depends on the order in which a collection comes by them.
#include <support/python.h>

#include <algorithm>
#include <sstream>

#include "graph_script.h"
#include "random_history.h"
#include <kit/quiet.h>

namespace ouro::test {

namespace {

using testing::Event;
using testing::Graph;
using testing::History;
using testing::Operation;
using testing::Verb;

std::string joined(Names names, char divider) {
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += divider + name;
  return text;
}

/// "F a", "C w" and "D b": finalized, called back, died.
std::string events_of(const Graph& graph) {
  static constexpr std::string_view kLetters = "FCD";
  Names told;
  for (const Event& event : graph.events())
    told.push_back(kLetters[static_cast<std::size_t>(event.kind)] + std::string(graph.name(event.node)));
  return joined(std::move(told), ' ');
}

/// What the step gave, and what happened.
std::string outcome_of_step(Graph& graph, const Operation& step) {
  graph.forget_events();
  std::string answer;
  try {
    answer = step.verb == Verb::kCollect ? std::to_string(graph.collect(static_cast<int>(step.number)))
                                         : std::to_string(static_cast<int>(graph.apply(step)));
  } catch (const Error&) {
    answer = "error";
  }
  answer += events_of(graph);
  return step.verb == Verb::kCollect ? answer + " |" + joined(graph.alive(), ' ') : answer;
}

/// Plays the history beside what Python said of it, from `line` on.
void compare(Runtime& rt, const History& history, const std::vector<std::string>& python, std::size_t line) {
  Graph graph(rt, history.width);
  graph.compare_with_oracle(true);
  for (std::size_t i = 0; i < history.steps.size(); ++i) {
    INFO("step " << i << ", " << testing::text_of(history.steps[i]) << ", of " << testing::text_of(history));
    REQUIRE(outcome_of_step(graph, history.steps[i]) == python[line + i]);
  }
  graph.check();
}

HistoryTaste taste() {
  HistoryTaste taste;
  taste.steps = 40;
  taste.nodes = 8;
  taste.weak = 3;
  taste.meddling = false;
  taste.scripted = {Verb::kHold, Verb::kClear, Verb::kDrop, Verb::kThrow, Verb::kAllocate, Verb::kCollect};
  taste.kinds = {testing::NodeKind::kInstance, testing::NodeKind::kInstance, testing::NodeKind::kList,
                 testing::NodeKind::kDict};
  return taste;
}

}  // namespace

TEST_CASE("random programs of objects, finalizers, weak references and collections do what they do under CPython",
          "[proof][claim-G1]") {
  if (!have_python_or_skip()) return;
  constexpr std::size_t kPrograms = 400;
  std::vector<History> histories;
  std::string program;
  for (std::size_t i = 0; i < kPrograms; ++i) {
    histories.push_back(HistorySource(static_cast<std::uint32_t>(7'000 + i), taste()).history());
    program += testing::text_of(histories.back()) + "\n";
  }
  const std::vector<std::string> python = python_says(std::string(kGraphScript), program);
  QuietFixture world;
  world.rt.heap().set_unraisable([](const Error&, std::string_view, const Object&) {});
  std::size_t line = 0;
  for (const History& history : histories) {
    REQUIRE(python.size() >= line + history.steps.size());
    compare(world.rt, history, python, line);
    line += history.steps.size();
  }
  CHECK(python.size() == line);
}

}  // namespace ouro::test
