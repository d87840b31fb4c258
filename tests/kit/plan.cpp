// Plans: collections and failing allocations at places that are written down.
#include <kit/quiet.h>

namespace ouro::test {

using testing::Graph;
using testing::Plan;

TEST_CASE("a collection comes before the container it was scheduled for", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "a->a b->b");
  {
    const Plan plan(graph, "container:3=collect:0");
    const Ref<> first = world.rt.list();
    const Ref<> second = world.rt.list();
    CHECK(graph.alive() == Names{"a", "b"});
    const Ref<> third = world.rt.list();
    CHECK(graph.alive().empty());
    CHECK(world.rt.collector().generation_of(*second) == 1);
    CHECK(world.rt.collector().generation_of(*third) == 0);
    CHECK(plan.containers() == 3);
    CHECK(plan.actions() == 1);
  }
  CHECK_FALSE(world.rt.gc().is_enabled());
  CHECK_FALSE(world.rt.collector().is_stressed());
}

TEST_CASE("while a plan stands nothing else triggers a collection", "[kit]") {
  QuietFixture world;
  world.rt.gc().enable();
  world.rt.collector().set_thresholds({5, 1, 1});
  const auto collections = [&] {
    return world.rt.collector().stats(0).collections + world.rt.collector().stats(2).collections;
  };
  const std::uint64_t before = collections();
  {
    const Plan plan(world.rt, "every:40=collect:2");
    const Ref<List> all = world.rt.list();
    for (int i = 0; i < 99; ++i) all->append(world.rt.list());
    CHECK(plan.containers() == 100);
    CHECK(collections() == before + 2);
  }
  CHECK(world.rt.gc().is_enabled());
  const Ref<List> all = world.rt.list();
  for (int i = 0; i < 99; ++i) all->append(world.rt.list());
  CHECK(world.rt.collector().stats(0).collections > 1);
}

TEST_CASE("the allocation that is scheduled to fail fails", "[kit]") {
  QuietFixture world;
  const Plan plan(world.rt, "allocation:2=fail:2");
  const Ref<> first = world.rt.list();
  CHECK(failure_of([&] { static_cast<void>(world.rt.list()); }) == "MemoryError");
  CHECK(failure_of([&] { static_cast<void>(world.rt.list()); }) == "MemoryError");
  const Ref<> last = world.rt.list();
  CHECK(plan.failures() == 2);
}

TEST_CASE("a plan gives finalizers other operations", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "a->a a.finalizer b->b root->b root->plain");
  const Plan plan(graph, "a.finalizer=resurrect,drop:b");
  CHECK(graph.collect() == 0);
  CHECK(graph.alive() == Names{"a", "b", "plain"});
  CHECK(graph.collect() == 1);
  CHECK(failure_of([&] { const Plan wrong(graph, "plain.finalizer=resurrect"); }) == "plain has no finalizer");
}

TEST_CASE("operations run in the middle of building", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->a root->victim victim->victim");
  const Plan plan(graph, "container:2=drop:victim,collect:0,throw # the third is told to nobody");
  const Ref<List> list = world.rt.list();
  CHECK(graph.is_alive("victim"));
  list->append(world.rt.list());
  CHECK_FALSE(graph.is_alive("victim"));
  REQUIRE(world.unraisable.size() == 1);
  CHECK(world.unraisable[0] == "plan: RuntimeError: thrown by an operation");
}

TEST_CASE("a mistake in a plan is named with line and column", "[kit]") {
  QuietFixture world;
  const auto mistake = [&](std::string_view text) { return failure_of([&] { const Plan wrong(world.rt, text); }); };
  CHECK(mistake("container=3") == "line 1, column 10: 'container' begins no word of a plan");
  CHECK(mistake("\ncontainer:x=collect") == "line 2, column 11: a number is missing");
  CHECK(mistake("container:0=collect") == "line 1, column 12: the first container is number 1");
  CHECK(mistake("allocation:3=collect") == "line 1, column 13: '=fail' is missing");
  CHECK(mistake("a.finalizer=throw") == "line 1, column 13: a plan without a graph has no nodes");
}

TEST_CASE("a graph is built or nothing is changed, whichever allocation fails", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "root->first first.list");
  const std::size_t failures = testing::fail_each_allocation(world.rt, [&] {
    graph.make("n", testing::parse_spec("instance:finalizer=resurrect"));
    graph.check();
  });
  CHECK(failures >= 2);
  CHECK(graph.alive() == Names{"first", "n"});
  graph.check();
  CHECK(failure_of([&] { testing::fail_each_allocation(world.rt, [] { raise(ErrorKind::kTypeError, "mine"); }); }) ==
        "TypeError: mine");
}

}  // namespace ouro::test
