// Graphs from text and back, operations on them, and the books they keep.
#include <kit/quiet.h>

namespace ouro::test {

using testing::Graph;

TEST_CASE("a graph is built from a text, and written as one", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->a->b b->a  # a cycle, held\n root->a c.list b->c");
  CHECK(graph.alive() == Names{"a", "b", "c"});
  CHECK(graph.holds(graph.id("a")) == 2);
  CHECK(graph.text() == "root->a root->a b c c.list a->b b->a b->c");
  graph.check();
  Graph again(world.rt, graph.text());
  CHECK(again.text() == graph.text());
  again.check();
}

TEST_CASE("a graph's text has what its nodes are and what their finalizers and callbacks do", "[kit]") {
  QuietFixture world;
  const std::string text =
      "root->a a.instance a.finalizer=resurrect,collect:0 b b.finalizer root->d d.dict root->w "
      "w.callback=drop:a a->b d->b w~>a";
  Graph graph(world.rt, text);
  CHECK(graph.text() == text);
  graph.check();
}

TEST_CASE("a cycle without a handle dies by one collection, by count what no cycle holds", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->keep keep->leaf a->b->a b->tail single->other");
  CHECK(graph.alive() == Names{"keep", "leaf", "a", "b", "tail"});
  CHECK(graph.unreachable() == Names{"a", "b", "tail"});
  CHECK(graph.collect() == 3);
  CHECK(graph.alive() == Names{"keep", "leaf"});
  graph.drop("keep");
  CHECK(graph.alive().empty());
}

TEST_CASE("every kind of node takes part in a cycle", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->n n->i->l->d->n i.instance l.list d.dict i.finalizer");
  CHECK(graph.collect() == 0);
  graph.check();
  graph.drop("n");
  CHECK(graph.alive() == Names{"n", "i", "l", "d"});
  CHECK(graph.collect() == 4);
  CHECK(graph.alive().empty());
  CHECK(graph.calls("i") == 1);
}

TEST_CASE("a finalizer saves its node and what that refers to, once", "[kit][rule-76]") {
  QuietFixture world;
  Graph graph(world.rt, "a->b->a b.finalizer=resurrect b->cargo other->other");
  CHECK(graph.collect() == 1);
  CHECK(graph.alive() == Names{"a", "b", "cargo"});
  CHECK(graph.text() == "a root->b cargo a->b b->a b->cargo");
  graph.drop("b");
  CHECK(graph.collect() == 3);
  CHECK(graph.calls("b") == 1);
}

TEST_CASE("an operation reaches what its node or a handle leads to, and nothing else", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "a->a a->near far->far a.finalizer=hold:near,hold:far,hold:held,link:held:near root->held");
  CHECK(graph.collect() == 2);
  CHECK(graph.text() == "root->near root->held root->held held->near");
  graph.check();
}

TEST_CASE("an error in a finalizer goes to the unraisable hook", "[kit][rule-74]") {
  QuietFixture world;
  Graph graph(world.rt, "a->a a.finalizer=throw b->b b.finalizer");
  CHECK(graph.collect() == 2);
  CHECK(graph.calls("b") == 1);
  REQUIRE(world.unraisable.size() == 1);
  CHECK(world.unraisable[0] == "finalizer: RuntimeError: thrown by an operation");
}

TEST_CASE("a weak reference calls back when its target dies, unless it dies too", "[kit][rule-96]") {
  QuietFixture world;
  Graph graph(world.rt, "a->a a.weak inside~>a a->inside");
  CHECK(graph.collect() == 2);
  CHECK(graph.calls("a_weak") == 1);
  CHECK(graph.calls("inside") == 0);
  CHECK(graph.is_alive("a_weak"));
  CHECK_FALSE(graph.is_alive("inside"));
}

TEST_CASE("events tell finalizers, callbacks and deaths in their order", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "a->a a.finalizer a.weak");
  graph.forget_events();
  graph.collect();
  std::string told;
  for (const testing::Event& event : graph.events())
    told += std::string(graph.name(event.node)) + std::to_string(static_cast<int>(event.kind)) + ' ';
  CHECK(told == "a_weak1 a0 a2 ");
}

TEST_CASE("what cannot be done to a graph is a failure that says so", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->a l.list root->l", 2);
  CHECK(failure_of([&] { graph.link("a", "b"); }) == "there is no node 'b'");
  CHECK(failure_of([&] { graph.make("a"); }) == "a exists");
  CHECK(failure_of([&] { graph.make("self"); }) == "'self' is no name for a node");
  CHECK(failure_of([&] { graph.watch("w", "l"); }) == "l: no weak reference to a list");
  CHECK(failure_of([&] { graph.make("m", testing::parse_spec("list:finalizer")); }) == "m: a list has no finalizer");
  CHECK(failure_of([&] { graph.unlink("a", "l"); }) == "a does not refer to l");
  graph.link("a", "l");
  graph.link("a", "l");
  CHECK(failure_of([&] { graph.link("a", "l"); }) == "a has no place left");
  graph.drop("a");
  CHECK(failure_of([&] { graph.hold("a"); }) == "a is dead");
  CHECK(failure_of([&] { graph.drop("a"); }) == "there is no handle to a");
  CHECK(failure_of([&] { const Graph wide(world.rt, 40); }) == "ValueError: an instance has no 40 places");
}

TEST_CASE("a mistake in a text is named with line and column, and nothing is built", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, 2);
  const auto mistake = [&](std::string_view text) { return failure_of([&] { graph.build(text); }); };
  CHECK(mistake("a->b\n  b->") == "line 2, column 6: a name is missing");
  CHECK(mistake("a->b b=>c") == "line 1, column 7: '->', '~>' or '.' is missing");
  CHECK(mistake("a.colour") == "line 1, column 3: 'colour' is no attribute of a node");
  CHECK(mistake("a.finalizer=jump") == "line 1, column 13: 'jump' is no operation");
  CHECK(mistake("a.finalizer=collect:7") == "line 1, column 22: there are generations 0, 1 and 2");
  CHECK(mistake("a.finalizer=drop") == "line 1, column 17: ':' and a name are missing");
  CHECK(mistake("a->b->root") == "line 1, column 7: nothing refers to 'root'");
  CHECK(mistake("root") == "line 1, column 5: '->' is missing behind 'root'");
  CHECK(mistake("a->b a->c\na->d") == "line 2, column 5: a has 2 places for references, all taken");
  CHECK(mistake("w~>a w~>b") == "line 1, column 10: w is a weak reference already");
  CHECK(mistake("a.list,") == "line 1, column 7: ',' does not belong here");
  CHECK(graph.alive().empty());
}

TEST_CASE("the books notice a reference that was forged", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->a a->b");
  graph.check();
  const Ref<> forged = Ref<>::share(graph.object("b"));
  CHECK(failure_of([&] { graph.check(); }) == "b has a count of 2, but 1 handles and edges lead to it");
}

TEST_CASE("a node may outlive its graph", "[kit]") {
  QuietFixture world;
  Ref<> kept;
  {
    Graph graph(world.rt, "root->a->b->a a.finalizer=resurrect");
    kept = Ref<>::share(graph.object("a"));
  }
  CHECK(kept->refcount == 1);
  const Weak<> watch(kept);
  kept.reset();
  CHECK(watch.expired());
}

TEST_CASE("a graph leaves nothing behind", "[kit]") {
  QuietFixture world;
  const std::size_t before = world.rt.count_objects();
  { Graph graph(world.rt, "root->a->b->a x->x x.finalizer=resurrect x.weak l.list l->l y.instance y->y"); }
  world.rt.gc().collect();
  CHECK(world.rt.count_objects() == before);
}

TEST_CASE("a graph that was forgotten can be built again", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->a->b->a");
  graph.forget();
  CHECK(graph.alive().empty());
  graph.build("root->a a.list");
  CHECK(graph.text() == "root->a a.list");
}

}  // namespace ouro::test
