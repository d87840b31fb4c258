// Every small graph, with every choice of roots: the collector frees what a reader with a pencil would not mark.
//
// All nodes of a case are referred to by one list that holds itself. Dropping it leaves them to the collector at once, so
// that what counting alone would free does not hide what the collector does.
#include "exhaustive.h"

namespace ouro::test {

namespace {

/// Checks `graph` with every set of roots.
void check_roots(Pencil& pencil, const SmallGraph& graph) {
  for (unsigned roots = 0; roots < 1U << graph.nodes; ++roots) pencil.check({graph, roots, 0, 0, 0});
}

}  // namespace

TEST_CASE("digraphs of up to five nodes are counted as the theory counts them", "[proof]") {
  CHECK(all_graphs(1).size() == 2);
  CHECK(all_graphs(2).size() == 10);
  CHECK(all_graphs(3).size() == 104);
  CHECK(all_graphs(4).size() == 3044);
}

TEST_CASE("on every digraph of up to four nodes, with every set of roots, exactly the unreachable dies",
          "[proof][claim-G1][law-sound]") {
  QuietFixture world;
  Pencil pencil(world.rt);
  Sampler sampler;
  for (unsigned nodes = 1; nodes <= 4; ++nodes)
    for (const SmallGraph& graph : all_graphs(nodes))
      if (sampler.takes(1, nodes < 4 ? 1 : 13)) check_roots(pencil, graph);
  CHECK(pencil.cases() >= (kChecks == CheckLevel::kOff ? 2 * 2 + 10 * 4 + 104 * 8 + 3044 * 16 : 4000));
}

TEST_CASE("on every digraph of five nodes, with every set of roots, exactly the unreachable dies", "[proof][law-sound]") {
  QuietFixture world;
  Pencil pencil(world.rt);
  if (takes_everything()) {
    const std::vector<SmallGraph> graphs = all_graphs(5);
    CHECK(graphs.size() == 291'968);
    for (const SmallGraph& graph : graphs) check_roots(pencil, graph);
    return;
  }
  // A sample of all numberings: to find the distinct ones takes longer than this.
  constexpr std::uint32_t kStep = kChecks == CheckLevel::kOff ? 9'973 : 349'963;
  for (std::uint32_t edges = 0; edges < 1U << 25; edges += kStep) check_roots(pencil, {5, edges});
  CHECK(pencil.cases() == ((1U << 25) / kStep + 1) * 32);
}

TEST_CASE("whoever has a finalizer and dies, runs it once; whoever resurrects, lives with what it refers to",
          "[proof][claim-G9]") {
  QuietFixture world;
  Pencil pencil(world.rt);
  // Each node has no finalizer, one, or one that resurrects: two sets of bits, disjoint.
  const auto check_finalizers = [&](const SmallGraph& graph, unsigned roots) {
    for (unsigned silent = 0; silent < 1U << graph.nodes; ++silent)
      for (unsigned rising = 0; rising < 1U << graph.nodes; ++rising)
        if ((silent & rising) == 0) pencil.check({graph, roots, silent, rising, 0});
  };
  Sampler sampler;
  for (unsigned nodes = 1; nodes <= 4; ++nodes)
    for (const SmallGraph& graph : all_graphs(nodes))
      for (unsigned roots = 0; roots < 1U << nodes; ++roots)
        if (sampler.takes(nodes < 4 ? 1 : 31, nodes < 4 ? 17 : 1999)) check_finalizers(graph, roots);
  CHECK(pencil.cases() >= (kChecks == CheckLevel::kOff ? 140'000 : 2'000));
}

TEST_CASE("a watched node that is unreachable calls back once, before any finalizer, saved or not", "[proof][rule-105]") {
  QuietFixture world;
  Pencil pencil(world.rt);
  Sampler sampler;
  const auto check_watches = [&](const SmallGraph& graph, unsigned roots, unsigned rising) {
    for (unsigned watched = 1; watched < 1U << graph.nodes; ++watched)
      if (sampler.takes(graph.nodes < 4 ? 1 : 97, graph.nodes < 4 ? 29 : 19'997))
        pencil.check({graph, roots, 0, rising, watched});
  };
  for (unsigned nodes = 1; nodes <= 4; ++nodes)
    for (const SmallGraph& graph : all_graphs(nodes))
      for (unsigned roots = 0; roots < 1U << nodes; ++roots)
        for (unsigned rising = 0; rising < 1U << nodes; ++rising) check_watches(graph, roots, rising);
  CHECK(pencil.cases() >= (kChecks == CheckLevel::kOff ? 160'000 : 2'000));
}

}  // namespace ouro::test
