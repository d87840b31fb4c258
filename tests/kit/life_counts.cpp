// Life counts, the requirements on an object's life, and the oracle.
#include <kit/quiet.h>

namespace ouro::test {

using testing::Graph;
using testing::LifeCounts;

TEST_CASE("life counts say how many of each type live, and two of them say what happened between", "[kit]") {
  QuietFixture world;
  const auto Foo = world.rt.new_class("Foo");
  Foo.attr("__del__") = make_function(world.rt.builtins(), "Foo.__del__", [](Object&) {});
  const Ref<> first = Foo();
  const LifeCounts before(world.rt);
  CHECK(before.of("Foo").alive == 1);
  Ref<> second = Foo();
  second.attr("self") = second;
  const Ref<List> list = world.rt.list();
  const LifeCounts between(world.rt);
  CHECK((between - before).of("Foo").alive == 1);
  CHECK((between - before).of("Foo").made == 1);
  CHECK((between - before).of("list").alive == 1);
  second.reset();
  CHECK(world.rt.gc().collect() == 1);
  const LifeCounts change = LifeCounts(world.rt) - between;
  CHECK(change.of("Foo").alive == -1);
  CHECK(change.of("Foo").finalized == 1);
  CHECK(change.of("Foo").freed == 1);
  CHECK(change.text().starts_with("Foo: alive -1, made 0, finalized 1, freed 1\n"));
  CHECK((LifeCounts(world.rt) - LifeCounts(world.rt)).text() == "nothing\n");
}

TEST_CASE("lives that begin and end between two life counts are counted where types count them", "[kit]") {
  QuietFixture world;
  const LifeCounts before(world.rt);
  for (int i = 0; i < 5; ++i) static_cast<void>(world.rt.list());
  const LifeCounts change = LifeCounts(world.rt) - before;
  CHECK(change.of("list").alive == 0);
  CHECK(change.of("list").made == (LifeCounts::kCountsLives ? 5 : 0));
  CHECK(change.of("list").freed == (LifeCounts::kCountsLives ? 5 : 0));
}

TEST_CASE("a class that died between two life counts has lost all its objects", "[kit]") {
  QuietFixture world;
  Ref<Class> Foo = world.rt.new_class("Foo");
  Ref<> object = Foo();
  const LifeCounts before(world.rt);
  object.reset();
  Foo.reset();
  world.rt.gc().collect();
  CHECK((LifeCounts(world.rt) - before).of("Foo").alive == -1);
  CHECK((LifeCounts(world.rt) - before).of("Foo").freed == 1);
}

TEST_CASE("what is required to be collected is collected, however many collections it takes", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "a->b->a a.finalizer=link:b:c,hold:b b.finalizer root->c");
  const Weak<> watch(*graph.object("b"));
  testing::require_alive(watch);
  CHECK_THROWS_AS(testing::require_collected(world.rt, watch), testing::Failure);
  graph.clear("b");
  graph.drop("b");
  testing::require_collected(world.rt, watch);
  CHECK(failure_of([&] { testing::require_alive(watch); }) == "the object is dead");
}

TEST_CASE("a cycle that nothing holds is collected when it is required to be", "[kit]") {
  QuietFixture world;
  Graph graph(world.rt, "a->b->a b.finalizer=resurrect");
  const Weak<> watch(*graph.object("a"));
  CHECK_THROWS_AS(testing::require_collected(world.rt, watch), testing::Failure);
  CHECK(watch.expired());  // before the finalizer ran, which saved the object all the same
  const Weak<> again(*graph.object("a"));
  graph.drop("b");
  testing::require_collected(world.rt, again);
  CHECK(graph.alive().empty());
}

TEST_CASE("what is not collected is explained by its count and its holders", "[kit]") {
  QuietFixture world;
  Ref<List> target = world.rt.list();
  const Ref<List> holder = world.rt.list(target, target);
  const Weak<List> watch(target);
  const std::string why = failure_of([&] { testing::require_collected(world.rt, watch); });
  INFO(why);
  CHECK(why.starts_with("alive after 1 collection: list at "));
  CHECK(why.find("count 3, 2 edges seen (list [0], list [1]), 1 reference from outside: held from outside") !=
        std::string::npos);
  target.reset();
  holder->clear();
  testing::require_collected(world.rt, watch);
}

TEST_CASE("nothing can be required to be collected while a collection runs", "[kit]") {
  QuietFixture world;
  Runtime& rt = world.rt;
  const Ref<List> list = rt.list();
  const Weak<List> watch(list);
  std::string said;
  const auto Foo = rt.new_class("Foo");
  Foo.attr("__del__") = make_function(rt.builtins(), "Foo.__del__",
                                      [&](Object&) { said = failure_of([&] { testing::require_collected(rt, watch); }); });
  Ref<> foo = Foo();
  foo.attr("self") = foo;
  foo.reset();
  rt.gc().collect();
  CHECK(said == "require_collected was called while a collection runs, which starts no other");
}

TEST_CASE("the oracle names what a collection of a generation will find", "[kit][law-sound]") {
  QuietFixture world;
  Graph graph(world.rt, "root->a old->old root->old");
  graph.collect(0);
  graph.build("young->young old->young root->live->live");
  graph.drop("old");
  CHECK(graph.unreachable(0).empty());
  CHECK(graph.unreachable(1) == Names{"old", "young"});
  CHECK(graph.collect(0) == 0);
  CHECK(testing::unreachable(world.rt, 0).empty());
  CHECK(graph.collect(1) == 2);
  CHECK(graph.unreachable().empty());
}

}  // namespace ouro::test
