// Death by count: at once, to any depth, in any order.
#include "toy.h"

namespace ouro::test {

namespace {

Ref<Toy> nest(ToyWorld& world, Type& type, std::size_t depth) {
  Ref<Toy> head = world.make(type, 0);
  for (std::size_t i = 1; i < depth; ++i) {
    Ref<Toy> outer = world.make(type, i);
    outer->set(0, head.get());
    head = std::move(outer);
  }
  return head;
}

}  // namespace

TEST_CASE("an object is reclaimed the moment its last reference goes", "[gc][claim-C3][claim-C4]") {
  ToyWorld world;
  world.gc.disable();
  const std::size_t before = world.alive();
  Ref<Toy> toy = world.make();
  const Ref<Toy> other = toy;
  CHECK(toy->refcount == 2);
  toy.reset();
  CHECK(world.alive() == before + 1);
}

TEST_CASE("a nest of any depth is dropped in constant stack", "[gc][rule-111]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  const std::size_t depth = kChecks == CheckLevel::kOff ? 2'000'000 : 200'000;
  Ref<Toy> head = nest(world, world.plain, depth);
  CHECK(world.alive() == depth);
  head.reset();
  CHECK(world.alive() == 0);
}

TEST_CASE("finalizers of a nest run from the outside in, and may collect", "[gc][rule-111]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<std::uint64_t> order;
  world.on_finalize = [&](Toy& toy) {
    order.push_back(toy.id);
    if (order.size() % 17 == 0) world.gc.collect();
  };
  Ref<Toy> head = nest(world, world.final, 150);
  head.reset();
  REQUIRE(order.size() == 150);
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(order[i] == 149 - i);
}

TEST_CASE("an object under teardown is invisible to the collector", "[gc][law-built-then-tracked][rule-113]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<std::size_t> tracked;
  world.on_finalize = [&](Toy& toy) {
    if (toy.id == 2) tracked.push_back(gc::get_objects(world.gc).size());
  };
  Ref<Toy> outer = world.make(world.plain, 1);
  outer->set(0, world.make(world.final, 2).get());
  outer.reset();
  CHECK(tracked == std::vector<std::size_t>{1});
}

TEST_CASE("a count that overflows makes its object immortal instead of freeing it", "[gc][law-immortal-unwritten]") {
  ToyWorld world;
  Object object{0x7FFF'FFFF, 0, &world.plain};
  increment(object);
  CHECK(is_immortal(object));
  decrement(object);
  CHECK(object.refcount == 0x8000'0000);
}

TEST_CASE("a full heap refuses the next object, and serves again when something dies", "[gc]") {
  ToyWorld world({.memory_limit = 1 << 20, .space = {.reservation_bytes = 64 << 20}});
  world.gc.set_stress(false);
  world.gc.disable();
  std::vector<Ref<Toy>> toys;
  const auto fill = [&] {
    for (;;) toys.push_back(world.make());
  };
  CHECK_THROWS_AS(fill(), Error);
  const std::size_t most = toys.size();
  CHECK(most > 5000);
  CHECK_THROWS_WITH(world.make(), "MemoryError");
  CHECK(world.alive() == most);
  world.verify();
  toys.pop_back();
  toys.push_back(world.make());
  CHECK(toys.size() == most);
  toys.clear();
  world.gc.collect();
  CHECK(world.alive() == 0);
}

TEST_CASE("who refers to an object is found exactly, untracked holders included", "[gc][claim-G11][rule-37][rule-39]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<Toy> target = world.make(1);
  const Ref<Toy> holder = world.make(2);
  const Ref<Toy> hidden = world.make(world.fixed, 3);
  holder->set(1, target.get());
  hidden->set(0, target.get());
  world.heap.tracking.untrack(*hidden);
  const std::vector<Object*> referrers = gc::get_referrers(world.heap, *target);
  CHECK(referrers == std::vector<Object*>{holder.get(), hidden.get()});
  CHECK(gc::get_referents(*holder) == std::vector<Object*>{target.get()});
  const auto census = gc::census(world.heap);
  REQUIRE(census.size() == 2);
  CHECK(census[0].name == "plain");
  CHECK(census[0].objects == 2);
}

}  // namespace ouro::test
