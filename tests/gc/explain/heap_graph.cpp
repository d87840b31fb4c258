// The heap as a graph: what every answer about it stands on.
#include <ouro/gc/check/check_edges.h>
#include <ouro/gc/explain/heap_graph.h>

#include <algorithm>

#include <gc/toy.h>

namespace ouro::test {

TEST_CASE("the graph has a node for every object and tells counts from references", "[answers][heap-graph]") {
  ToyWorld world;
  const Ref<Toy> a = world.make_pair(world.plain);
  const Ref<> atom = world.make_atom();
  a->set(1, atom.get());
  a->set(2, atom.get());
  const gc::HeapGraph graph(world.heap);
  CHECK(graph.size() == 3);
  const auto node = graph.find(a.get());
  const auto other = graph.find(a->get(0));
  const auto leaf = graph.find(atom.get());
  CHECK(&graph.object(node) == a.get());
  CHECK(graph.find(&world) == gc::HeapGraph::kNone);
  CHECK(graph.targets(node).size() == 3);
  CHECK(graph.seen(node) == 1);
  CHECK(graph.from_outside(node) == 1);
  CHECK(graph.from_outside(other) == 0);
  CHECK(graph.seen(leaf) == 2);
  CHECK(graph.from_outside(leaf) == 1);
  CHECK(graph.holders(leaf) == std::vector{node});
  CHECK(graph.roots().size() == 2);
  a->set(0, nullptr);
}

TEST_CASE("cycles are the strongly connected components that have a way back", "[answers][heap-graph]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<Toy> a = world.make_pair(world.plain);
  const Ref<Toy> b = world.make_pair(world.plain);
  a->set(1, b.get());  // from one cycle to another, and not back
  const Ref<Toy> self = world.make();
  self->set(3, self.get());
  const Ref<Toy> alone = world.make();
  alone->set(0, a.get());
  {
    const gc::HeapGraph graph(world.heap);
    const auto cycles = graph.cycles();
    REQUIRE(cycles.size() == 3);
    std::size_t members = 0;
    for (const auto& cycle : cycles) {
      members += cycle.size();
      CHECK(std::ranges::find(cycle, graph.find(alone.get())) == cycle.end());
    }
    CHECK(members == 5);
  }
  b->get(0)->set(1, a.get());  // and back: one component of four
  const gc::HeapGraph graph(world.heap);
  const auto cycles = graph.cycles();
  CHECK(cycles.size() == 2);
  CHECK(std::max(cycles[0].size(), cycles[1].size()) == 4);
  for (const Ref<Toy>& toy : {a, b, self}) clear_toy(*toy);
}

TEST_CASE("a ring of a hundred thousand objects is one cycle, found without recursion", "[answers][heap-graph]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<Toy> first = world.make();
  Toy* last = first.get();
  for (int i = 1; i < 100'000; ++i) {
    const Ref<Toy> next = world.make();
    last->set(0, next.get());
    last = next.get();
  }
  last->set(0, first.get());
  const gc::HeapGraph graph(world.heap);
  const auto cycles = graph.cycles();
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].size() == 100'000);
  const std::vector sources{graph.find(first.get())};
  CHECK(graph.shortest_path(sources, graph.find(last)).size() == 100'000);
  last->set(0, nullptr);
}

TEST_CASE("an object that is being torn down is a node without edges", "[answers][heap-graph]") {
  ToyWorld world;
  world.gc.disable();
  std::size_t looked = 0;
  world.on_finalize = [&](Toy&) {
    const gc::HeapGraph graph(world.heap);
    for (gc::HeapGraph::Node node = 0; node < graph.size(); ++node)
      if (graph.is_dying(node)) looked += graph.targets(node).empty() ? 1 : 1000;
    alloc::Report findings;
    gc::check_edges(world.heap, findings);
    CHECK(findings.clean());
  };
  {
    const Ref<Toy> outer = world.make();
    const Ref<Toy> inner = world.make(world.final);
    outer->set(0, inner.get());
  }
  CHECK(looked >= 1);
  CHECK(looked < 1000);
}

}  // namespace ouro::test
