// What is reachable lives, what is not is freed: exhaustively on small graphs, at random on larger ones.
#include <ouro/gc/check/oracle.h>

#include <random>

#include "toy.h"

namespace ouro::test {

namespace {

/// A graph of up to four nodes: bit `from * n + to` of `edges`, bit `node` of `roots`.
struct SmallGraph {
  unsigned nodes, edges, roots;

  [[nodiscard]] bool has_edge(unsigned from, unsigned to) const { return (edges >> (from * nodes + to) & 1U) != 0; }
  /// The nodes that a reader with a pencil would mark.
  [[nodiscard]] unsigned reachable() const {
    unsigned marked = roots;
    for (unsigned round = 0; round < nodes; ++round)
      for (unsigned from = 0; from < nodes; ++from)
        for (unsigned to = 0; to < nodes; ++to)
          if ((marked >> from & 1U) != 0 && has_edge(from, to)) marked |= 1U << to;
    return marked;
  }
};

/// Builds the graph, drops all handles but the roots', collects, and compares what is left.
void check_graph(ToyWorld& world, const SmallGraph& graph) {
  std::array<Ref<Toy>, 4> toys;
  std::array<Toy*, 4> borrowed{};
  for (unsigned i = 0; i < graph.nodes; ++i) borrowed[i] = (toys[i] = world.make(i)).get();
  for (unsigned from = 0; from < graph.nodes; ++from)
    for (unsigned to = 0; to < graph.nodes; ++to)
      if (graph.has_edge(from, to)) borrowed[from]->set(to, borrowed[to]);
  for (unsigned i = 0; i < graph.nodes; ++i)
    if ((graph.roots >> i & 1U) == 0) toys[i].reset();
  const std::size_t alive = world.alive();
  const std::size_t collected = world.gc.collect();
  const auto expected = static_cast<std::size_t>(std::popcount(graph.reachable()));
  if (world.alive() != expected || alive - collected != expected) {
    FAIL("graph of " << graph.nodes << " nodes, edges " << graph.edges << ", roots " << graph.roots);
  }
  for (unsigned i = 0; i < graph.nodes; ++i)
    if (toys[i]) clear_toy(*toys[i]);
}

std::size_t check_all_graphs(ToyWorld& world, unsigned nodes, unsigned stride) {
  std::size_t graphs = 0;
  const unsigned all_edges = 1U << (nodes * nodes);
  for (unsigned edges = 0; edges < all_edges; edges += stride)
    for (unsigned roots = 0; roots < 1U << nodes; ++roots, ++graphs) check_graph(world, {nodes, edges, roots});
  return graphs;
}

}  // namespace

TEST_CASE("on every graph of up to three nodes exactly the unreachable is freed", "[gc][claim-G1][law-sound]") {
  ToyWorld world;
  CHECK(check_all_graphs(world, 1, 1) == 4);
  CHECK(check_all_graphs(world, 2, 1) == 64);
  CHECK(check_all_graphs(world, 3, 1) == 4096);
}

TEST_CASE("on every graph of four nodes exactly the unreachable is freed", "[gc][law-sound]") {
  ToyWorld world;
  // Checking builds verify the whole heap after each of the million collections, so they take a part of the graphs that no
  // pattern of edges falls through: 241 is a prime.
  const unsigned stride = kChecks == CheckLevel::kOff ? 1 : 241;
  const std::size_t graphs = check_all_graphs(world, 4, stride);
  CHECK(graphs == ((65536U + stride - 1) / stride) * 16U);
}

TEST_CASE("on ten thousand random graphs the collector and the oracle agree", "[gc][law-sound]") {
  ToyWorld world;
  world.gc.disable();
  std::mt19937 random(20261122);
  const int rounds = kChecks == CheckLevel::kOff ? 10000 : 500;
  for (int round = 0; round < rounds; ++round) {
    const std::size_t nodes = 1 + random() % 60;
    std::vector<Ref<Toy>> handles;
    for (std::size_t i = 0; i < nodes; ++i) handles.push_back(world.make(random() % 3 == 0 ? world.final : world.plain, i));
    std::vector<Toy*> toys;
    for (const auto& handle : handles) toys.push_back(handle.get());
    const std::size_t edges = random() % (2 * nodes);
    for (std::size_t i = 0; i < edges; ++i) toys[random() % nodes]->set(random() % Toy::kEdges, toys[random() % nodes]);
    if (random() % 2 == 0) world.gc.collect(static_cast<int>(random() % 2));
    for (auto& handle : handles)
      if (random() % 4 != 0) handle.reset();
    const std::size_t dead = gc::unreachable_by_oracle(gc::get_objects(world.gc)).size();
    REQUIRE(world.gc.collect() == dead);
    REQUIRE(gc::unreachable_by_oracle(gc::get_objects(world.gc)).empty());
    handles.clear();
    world.gc.collect();
    REQUIRE(world.alive() == 0);
  }
}

TEST_CASE("a ring of a hundred thousand objects lives by one handle and dies by one collection", "[gc]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  Ref<Toy> first = world.make();
  Ref<Toy> last = first;
  for (int i = 1; i < 100'000; ++i) {
    Ref<Toy> next = world.make();
    last->set(0, next.get());
    last = std::move(next);
  }
  last->set(0, first.get());
  last.reset();
  CHECK(world.gc.collect() == 0);
  CHECK(world.gc.last_report().reached == 100'000);
  CHECK(world.gc.last_report().roots == 1);
  first.reset();
  CHECK(world.alive() == 100'000);
  CHECK(world.gc.collect() == 100'000);
  CHECK(world.gc.last_report().in_bulk);
  CHECK(world.alive() == 0);
}

TEST_CASE("an object reached only through its referrers in the wrong address order lives", "[gc]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  // Each object refers to the one made before it, so every reference leads to the left of the scan.
  Ref<Toy> head = world.make();
  for (int i = 0; i < 50'000; ++i) {
    Ref<Toy> next = world.make();
    next->set(0, head.get());
    head = std::move(next);
  }
  CHECK(world.gc.collect() == 0);
  CHECK(world.gc.last_report().reached == 50'001);
  CHECK(world.gc.last_report().roots == 1);
}

TEST_CASE("a collection subtracts each reference between containers once", "[gc]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<Toy> a = world.make();
  const Ref<Toy> b = world.make();
  const Ref<> atom = world.make_atom();
  a->set(0, b.get());
  a->set(1, b.get());
  a->set(2, atom.get());
  b->set(0, a.get());
  CHECK(world.gc.collect() == 0);
  CHECK(world.gc.last_report().candidates == 2);
  CHECK(world.gc.last_report().edges_subtracted == 3);
  CHECK(world.gc.last_report().counts_added == 5);
  clear_toy(*a);
}

}  // namespace ouro::test
