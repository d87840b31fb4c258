// Three generations: when a collection happens, of what, and where survivors go.
#include "toy.h"

namespace ouro::test {

namespace {

/// The collections of each generation so far.
std::array<std::uint64_t, 3> collections(const ToyWorld& world) {
  return {world.gc.stats(0).collections, world.gc.stats(1).collections, world.gc.stats(2).collections};
}

}  // namespace

TEST_CASE("a new container starts in generation 0 and survivors move up", "[gc][claim-G4][rule-29]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<Toy> toy = world.make();
  CHECK(world.gc.generation_of(*toy) == 0);
  world.gc.collect(0);
  CHECK(world.gc.generation_of(*toy) == 1);
  world.gc.collect(0);
  CHECK(world.gc.generation_of(*toy) == 1);
  world.gc.collect(1);
  CHECK(world.gc.generation_of(*toy) == 2);
  world.gc.collect(2);
  CHECK(world.gc.generation_of(*toy) == 2);
}

TEST_CASE("a collection of one generation includes all younger ones and no older", "[gc][claim-G5][rule-14]") {
  ToyWorld world;
  world.gc.disable();
  const auto drop_pair = [&](int promotions) {
    Ref<Toy> pair = world.make_pair(world.plain);
    for (int generation = 0; generation < promotions; ++generation) world.gc.collect(generation);
  };
  drop_pair(2);
  drop_pair(1);
  drop_pair(0);
  CHECK(world.gc.collect(0) == 2);
  CHECK(world.alive() == 4);
  drop_pair(0);
  CHECK(world.gc.collect(1) == 4);
  CHECK(world.alive() == 2);
  CHECK(world.gc.collect(2) == 2);
}

TEST_CASE("a young object that only an old dead one refers to waits for the old one's collection", "[gc][rule-15]") {
  ToyWorld world;
  world.gc.disable();
  {
    const Ref<Toy> old = world.make_pair(world.plain);
    world.gc.collect(2);
    old->set(1, world.make().get());
  }
  CHECK(world.gc.collect(0) == 0);
  CHECK(world.alive() == 3);
  CHECK(world.gc.collect(2) == 3);
}

TEST_CASE("the count of generation 0 is containers made less containers freed", "[gc][claim-G10][rule-20]") {
  ToyWorld world;
  if (world.gc.is_stressed()) return;
  const auto before = world.gc.counts()[0];
  {
    const Ref<Toy> a = world.make();
    const Ref<Toy> b = world.make();
    const Ref<> atom = world.make_atom();
    CHECK(world.gc.counts()[0] == before + 2);
  }
  CHECK(world.gc.counts()[0] == before);
}

TEST_CASE("a collection zeroes its own and younger counts and adds one to the next older", "[gc][rule-22]") {
  ToyWorld world;
  world.gc.disable();
  using Counts = gc::Generations::Thresholds;
  world.gc.collect(2);
  CHECK(world.gc.counts() == Counts{0, 0, 0});
  world.gc.collect(0);
  CHECK(world.gc.counts() == Counts{0, 1, 0});
  world.gc.collect(0);
  CHECK(world.gc.counts() == Counts{0, 2, 0});
  world.gc.collect(1);
  CHECK(world.gc.counts() == Counts{0, 0, 1});
  world.gc.collect(2);
  CHECK(world.gc.counts() == Counts{0, 0, 0});
}

TEST_CASE("allocation 701 collects generation 0, and the new object takes no part", "[gc][claim-G6][rule-23]") {
  ToyWorld world;
  world.gc.set_stress(false);
  std::vector<Ref<Toy>> toys;
  for (int i = 0; i < 700; ++i) toys.push_back(world.make());
  CHECK(collections(world) == std::array<std::uint64_t, 3>{0, 0, 0});
  toys.push_back(world.make());
  CHECK(collections(world) == std::array<std::uint64_t, 3>{1, 0, 0});
  CHECK(world.gc.last_report().candidates == 700);
  CHECK(world.gc.generation_of(*toys.back()) == 0);
  CHECK(world.gc.generation_of(*toys.front()) == 1);
}

TEST_CASE("with survivors only, the first full collection falls on allocation 93233", "[gc][rule-24]") {
  ToyWorld world;
  world.gc.set_stress(false);
  std::vector<Ref<Toy>> toys;
  while (collections(world)[2] == 0 && toys.size() < 100'000) toys.push_back(world.make());
  CHECK(toys.size() == 701U * (11 * 12 + 1));
}

TEST_CASE("a full collection waits until a quarter as many objects as it kept have grown old",
          "[gc][law-quarter-rule][rule-25]") {
  gc::Generations generations;
  generations.survived(2, 1000);
  for (int i = 0; i < 11; ++i) generations.begin(1);
  generations.survived(1, 249);
  CHECK(generations.due(0) == -1);
  generations.survived(1, 1);
  CHECK(generations.due(0) == 2);
  generations.begin(2);
  generations.survived(2, 1250);
  CHECK(generations.long_lived_pending() == 0);
  CHECK(generations.long_lived_total() == 1250);
}

TEST_CASE("the oldest generation that is due is collected", "[gc][rule-24]") {
  gc::Generations generations;
  CHECK(generations.due(700) == -1);
  CHECK(generations.due(701) == 0);
  for (int i = 0; i < 11; ++i) generations.begin(0);
  CHECK(generations.due(701) == 1);
  CHECK(generations.count(1) == 11);
}

TEST_CASE("a disabled collector does nothing by itself but collects when told to", "[gc][claim-G7][rule-13][rule-28]") {
  ToyWorld world;
  world.gc.disable();
  CHECK_FALSE(world.gc.is_enabled());
  for (int i = 0; i < 10'000; ++i) static_cast<void>(world.make_pair(world.plain));
  CHECK(collections(world) == std::array<std::uint64_t, 3>{0, 0, 0});
  CHECK(world.alive() == 20'000);
  CHECK(world.gc.collect() == 20'000);
  CHECK(world.alive() == 0);
}

TEST_CASE("a threshold of 0 turns automatic collection off", "[gc][claim-G10][rule-26]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.set_thresholds({0, 10, 10});
  for (int i = 0; i < 2000; ++i) static_cast<void>(world.make_pair(world.plain));
  CHECK(collections(world)[0] == 0);
  world.gc.set_thresholds({5, 10, 10});
  static_cast<void>(world.make());
  CHECK(collections(world)[0] == 1);
  CHECK(world.gc.thresholds()[0] == 5);
}

TEST_CASE("automatic collection keeps a program that makes cycles small", "[gc][claim-G9]") {
  ToyWorld world;
  for (int i = 0; i < 20'000; ++i) {
    static_cast<void>(world.make_pair(world.plain));
    if (i % 1000 == 0) REQUIRE(world.alive() <= 1500);
  }
}

TEST_CASE("a generation that does not exist cannot be collected", "[gc][rule-11]") {
  ToyWorld world;
  CHECK_THROWS_WITH(world.gc.collect(3), "ValueError: invalid generation");
  CHECK_THROWS_WITH(world.gc.collect(-1), "ValueError: invalid generation");
}

TEST_CASE("collection at safepoints waits until it is asked for", "[gc][rule-34]") {
  Gil gil;
  gil.take();
  {
    Heap heap(gil, {});
    gc::Collector collector(heap, {.timing = gc::Timing::kAtSafepoint});
    Type plain{};
    plain.refcount = kImmortalCount;
    plain.type = &plain;
    plain.describe(kPlainSlots, heap, nullptr);
    const auto make_dead_ring = [&] {
      const Ref<Toy> toy = make<Toy>(plain, sizeof(Toy), [](Toy& made) noexcept { made.edges.fill(nullptr); });
      toy->set(0, toy.get());
    };
    for (int i = 0; i < 2000; ++i) make_dead_ring();
    CHECK(collector.stats(0).collections == 0);
    CHECK(collector.is_due());
    collector.collect_if_due();
    CHECK(collector.stats(0).collections == 1);
    CHECK_FALSE(collector.is_due());
    CHECK(gc::count_objects(heap) == 0);
  }
  gil.drop();
}

TEST_CASE("only containers are tracked, and a container of atoms may cease to be", "[gc][claim-G2][claim-G3][rule-114]") {
  ToyWorld world;
  world.gc.disable();
  const Ref<> atom = world.make_atom();
  CHECK_FALSE(world.gc.is_tracked(*atom));
  const Ref<Toy> of_atoms = world.make(world.fixed);
  of_atoms->set(0, atom.get());
  const Ref<Toy> of_toys = world.make(world.fixed);
  of_toys->set(0, of_atoms.get());
  CHECK(world.gc.is_tracked(*of_atoms));
  world.gc.collect(0);
  CHECK_FALSE(world.gc.is_tracked(*of_atoms));
  world.gc.collect();
  CHECK_FALSE(world.gc.is_tracked(*of_toys));
  world.verify();
}

}  // namespace ouro::test
