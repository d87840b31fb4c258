// Random operations with the oracle beside every collection.
//
// A round plays a random history in a runtime of its own: nodes of every kind, finalizers and callbacks that hold, link,
// cut, drop, make, watch, allocate, collect and throw. Every collection that the history asks for is compared with the
// oracle, after it the graph's books with the objects, and at the end nothing may be left. Half of the rounds collect by
// themselves too.
//
//   OURO_FUZZ_OPERATIONS   how many operations in all
//   OURO_FUZZ_SEED         the seed of the first round; the next one has the next seed
//
// A round that fails is made short and printed as a test. One that aborts is named by its seed; run it alone with
// OURO_FUZZ_SEED and OURO_FUZZ_SHRINK=1, which plays each try in a child process.
#include <support/broken_law.h>

#include <cstdlib>
#include <string>

#include "random_history.h"
#include <kit/quiet.h>

namespace ouro::test {

namespace {

using testing::Graph;
using testing::History;

Options round_options(bool automatic) {
  Options options = test_options();
  options.unraisable = [](const Error&, std::string_view, const Object&) {};
  options.leak_handler = [](const LeakReport&) {};
  options.thresholds = {automatic ? 7 : 0, 3, 3};
  return options;
}

/// What is wrong with the history, or "".
std::string what_fails(const History& history, bool automatic) {
  Runtime rt(round_options(automatic));
  rt.gc().collect();
  const std::size_t before = rt.count_objects();
  try {
    Graph graph(rt, history.width);
    graph.compare_with_oracle(true);
    testing::play(history, graph);
  } catch (const testing::Failure& failure) {
    return failure.what();
  }
  rt.gc().collect();
  if (const std::size_t left = rt.count_objects(); left != before)
    return std::to_string(left) + " objects are left of " + std::to_string(before) + " before";
  return rt.close().summary() == "no leaks" ? "" : "a leak";
}

bool fails_in_child(const History& history, bool automatic) {
  return !broken_law_of([&] {
            if (!what_fails(history, automatic).empty()) law_broken("fuzz", "the history fails", __FILE__, __LINE__);
          }).empty();
}

/// The shortest history that fails too, as a test.
std::string report(const History& history, bool automatic, bool in_child) {
  const History shortest = testing::shrink(history, [&](const History& part) {
    return in_child ? fails_in_child(part, automatic) : !what_fails(part, automatic).empty();
  });
  return testing::text_of(shortest) + "\n\n" + testing::as_test(shortest, "what fuzzing found");
}

}  // namespace

TEST_CASE("whatever a program does to a graph, the collector frees what the oracle says and nothing else",
          "[proof][law-sound]") {
  const std::uint32_t operations = number_from("OURO_FUZZ_OPERATIONS", kChecks == CheckLevel::kOff ? 1'000'000u : 60'000u);
  const std::uint32_t first_seed = number_from("OURO_FUZZ_SEED", 20'261'126u);
  const bool in_child = number_from("OURO_FUZZ_SHRINK", 0) != 0;
  const HistoryTaste taste;
  std::uint32_t done = 0;
  for (std::uint32_t seed = first_seed; done < operations; ++seed, done += static_cast<std::uint32_t>(taste.steps)) {
    INFO("OURO_FUZZ_SEED=" << seed);
    const History history = HistorySource(seed, taste).history();
    const bool automatic = seed % 2 == 0;
    if (in_child) {
      if (fails_in_child(history, automatic)) FAIL(report(history, automatic, true));
    } else if (const std::string fault = what_fails(history, automatic); !fault.empty()) {
      FAIL(fault << '\n' << report(history, automatic, false));
    }
  }
  CHECK(done >= operations);
}

}  // namespace ouro::test
