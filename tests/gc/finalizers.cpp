// Finalizers and resurrection (PEP 442; CPython's test_finalization).
#include "toy.h"

namespace ouro::test {

namespace {

/// A ring of `number` toys with finalizers, ids 0, 1, 2 ...; the first is returned.
Ref<Toy> make_ring(ToyWorld& world, std::size_t number) {
  Ref<Toy> first = world.make(world.final, 0);
  Ref<Toy> last = first;
  for (std::size_t i = 1; i < number; ++i) {
    Ref<Toy> next = world.make(world.final, i);
    last->set(0, next.get());
    last = std::move(next);
  }
  last->set(0, first.get());
  return first;
}

}  // namespace

TEST_CASE("an object whose count comes to 0 is finalized once and freed at once", "[gc][claim-C3][rule-57]") {
  ToyWorld world;
  int calls = 0;
  world.on_finalize = [&](Toy&) { ++calls; };
  Ref<Toy> toy = world.make(world.final);
  const Ref<WeakRef> watch = world.watch(*toy);
  toy.reset();
  CHECK(calls == 1);
  CHECK(watch->target == nullptr);
  CHECK(world.alive() == 1);
  CHECK(world.gc.collect() == 0);
  CHECK(calls == 1);
}

TEST_CASE("an object resurrected by its finalizer lives on and is not finalized again", "[gc][law-once][rule-58]") {
  ToyWorld world;
  Ref<Toy> survivor;
  int calls = 0;
  world.on_finalize = [&](Toy& toy) {
    ++calls;
    survivor = share(toy);
  };
  Ref<Toy> toy = world.make(world.final, 7);
  const Ref<WeakRef> watch = world.watch(*toy);
  toy.reset();
  REQUIRE(survivor);
  CHECK(survivor->id == 7);
  CHECK(survivor->refcount == 1);
  CHECK(watch->target == survivor.get());
  CHECK(gc::Collector::is_finalized(*survivor));
  survivor.reset();
  CHECK(calls == 1);
  CHECK(watch->target == nullptr);
}

TEST_CASE("a type outside the collector has no finalized mark and is finalized at each death", "[gc][rule-59][rule-60]") {
  ToyWorld world;
  static int deaths = 0;
  deaths = 0;
  static Object* saved = nullptr;
  saved = nullptr;
  constexpr TypeSlots kSlots{
      .name = "phoenix", .kind = kToyKind, .flags = kFinalizerType, .size = 24, .finalize = [](Object& self) {
        if (++deaths < 3) increment(self), saved = &self;
      }};
  Type phoenix{};
  phoenix.refcount = kImmortalCount;
  phoenix.type = &phoenix;
  phoenix.describe(kSlots, world.heap, nullptr);
  static_cast<void>(make<Object>(phoenix, 24, [](Object&) noexcept {}));
  CHECK(deaths == 1);
  decrement(*saved);
  CHECK(deaths == 2);
  decrement(*saved);
  CHECK(deaths == 3);
}

TEST_CASE("every finalizer of a dead ring runs once, before anything is cleared", "[gc][rule-61][rule-64][rule-72]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<std::uint64_t> finalized;
  world.on_finalize = [&](Toy& toy) {
    finalized.push_back(toy.id);
    REQUIRE(toy.get(0) != nullptr);
    CHECK(toy.get(0)->id == (toy.id + 1) % 3);
  };
  static_cast<void>(make_ring(world, 3));
  CHECK(world.gc.collect() == 3);
  CHECK(finalized.size() == 3);
  CHECK(world.final.finalized == 3);
  CHECK(world.alive() == 0);
}

TEST_CASE("a resurrected ring is whole, its weak references are dead, and its second death is silent",
          "[gc][rule-62][rule-65]") {
  ToyWorld world;
  world.gc.disable();
  int calls = 0;
  std::vector<Ref<Toy>> survivors;
  world.on_finalize = [&](Toy& toy) {
    ++calls;
    survivors.push_back(share(toy));
  };
  Ref<Toy> ring = make_ring(world, 3);
  const Ref<WeakRef> watch = world.watch(*ring);
  ring.reset();
  CHECK(world.gc.collect() == 0);
  CHECK(world.gc.last_report().resurrected == 3);
  CHECK(watch->target == nullptr);
  CHECK(survivors.size() == 3);
  survivors.clear();
  CHECK(world.gc.collect() == 3);
  CHECK(calls == 3);
  CHECK(world.alive() == 1);
}

TEST_CASE("a finalizer that breaks its own cycle frees it", "[gc][law-trash-indexed][rule-63][rule-66]") {
  ToyWorld world;
  world.gc.disable();
  int calls = 0;
  world.on_finalize = [&](Toy& toy) {
    ++calls;
    clear_toy(toy);
  };
  static_cast<void>(make_ring(world, 3));
  world.gc.collect();
  CHECK(calls == 3);
  CHECK(world.alive() == 0);
}

TEST_CASE("resurrection reaches everything the resurrected refers to, and nothing else", "[gc][rule-76][rule-77][rule-78]") {
  ToyWorld world;
  world.gc.disable();
  Ref<Toy> survivor;
  world.on_finalize = [&](Toy& toy) {
    if (toy.id == 1000) survivor = share(toy);
  };
  {
    const Ref<Toy> phoenix = world.make(world.final, 1000);
    const Ref<Toy> cargo = world.make(world.plain, 1001);
    phoenix->set(0, phoenix.get());
    phoenix->set(1, cargo.get());
    cargo->set(0, cargo.get());
  }
  for (int i = 0; i < 100; ++i) {
    const Ref<Toy> loop = world.make(world.final, static_cast<std::uint64_t>(i));
    loop->set(0, loop.get());
  }
  CHECK(world.gc.collect() == 100);
  CHECK(world.gc.stats(2).collected == 100);
  CHECK(world.gc.last_report().resurrected == 2);
  REQUIRE(survivor);
  CHECK(survivor->get(1)->id == 1001);
  CHECK(world.gc.generation_of(*survivor) == 2);
  clear_toy(*survivor);
}

TEST_CASE("of a mixed ring exactly the resurrected and what they reach survive", "[gc][rule-67][rule-69][rule-71]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<Ref<Toy>> survivors;
  std::vector<int> calls(9, 0);
  world.on_finalize = [&](Toy& toy) {
    ++calls[toy.id];
    if (toy.id % 3 == 0) survivors.push_back(share(toy));
    if (toy.id % 3 == 1) clear_toy(toy);  // cuts the ring behind itself
  };
  static_cast<void>(make_ring(world, 9));
  world.gc.collect();
  CHECK(calls == std::vector<int>(9, 1));
  CHECK(survivors.size() == 3);
  for (const auto& survivor : survivors) {
    CHECK(survivor->id % 3 == 0);
    REQUIRE(survivor->get(0) != nullptr);
    CHECK(survivor->get(0)->id == survivor->id + 1);
  }
  CHECK(world.alive() == 6);
}

TEST_CASE("an error in a finalizer goes to the hook; the other finalizers run and all is freed", "[gc][rule-74]") {
  ToyWorld world;
  world.gc.disable();
  int calls = 0;
  world.on_finalize = [&](Toy& toy) {
    ++calls;
    if (toy.id == 1) raise(ErrorKind::kValueError, "no");
    if (toy.id == 2) throw 42;
  };
  static_cast<void>(make_ring(world, 4));
  CHECK(world.gc.collect() == 4);
  CHECK(calls == 4);
  CHECK(world.unraisable ==
        std::vector<std::string>{"finalizer: ValueError: no", "finalizer: SystemError: unknown C++ exception"});
  CHECK(world.alive() == 0);
}

TEST_CASE("a collection inside a finalizer does nothing and returns 0", "[gc][law-one-collection][rule-12]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<std::size_t> inner;
  world.on_finalize = [&](Toy&) { inner.push_back(world.gc.collect()); };
  static_cast<void>(make_ring(world, 2));
  CHECK(world.gc.collect() == 2);
  CHECK(inner == std::vector<std::size_t>{0, 0});
}

TEST_CASE("an object born in a finalizer is young and survives the collection", "[gc][rule-30][rule-79]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.set_thresholds({1, 10, 10});
  std::vector<Ref<Toy>> born;
  world.on_finalize = [&](Toy&) {
    for (int i = 0; i < 5; ++i) born.push_back(world.make());
  };
  static_cast<void>(make_ring(world, 2));
  world.gc.collect();
  CHECK(born.size() >= 5);
  CHECK(world.gc.generation_of(*born.back()) == 0);
  world.verify();
}

TEST_CASE("an object resurrected by a young collection moves up like any survivor", "[gc][rule-31]") {
  ToyWorld world;
  world.gc.disable();
  Ref<Toy> survivor;
  world.on_finalize = [&](Toy& toy) { survivor = share(toy); };
  static_cast<void>(make_ring(world, 1));
  world.gc.collect(0);
  REQUIRE(survivor);
  CHECK(world.gc.generation_of(*survivor) == 1);
  clear_toy(*survivor);
}

TEST_CASE("a finalizer may tie the unreachable into new cycles", "[gc][rule-80]") {
  ToyWorld world;
  world.gc.disable();
  world.on_finalize = [&](Toy& toy) {
    const Ref<Toy> fresh = world.make();
    fresh->set(0, &toy);
    toy.set(1, fresh.get());
  };
  static_cast<void>(make_ring(world, 3));
  CHECK(world.gc.collect() == 0);
  CHECK(world.alive() == 6);
  CHECK(world.gc.collect() == 6);
}

TEST_CASE("objects with a foreign clear are cleared in turn, with the same result as in bulk", "[gc]") {
  for (const bool foreign : {false, true}) {
    ToyWorld world;
    world.gc.disable();
    static_cast<void>(world.make_pair(foreign ? world.foreign : world.plain));
    const Ref<Toy> outside = world.make();
    {
      const Ref<Toy> pair = world.make_pair(foreign ? world.foreign : world.plain);
      pair->set(2, outside.get());
      const Ref<> atom = world.make_atom();
      pair->set(3, static_cast<Toy*>(atom.get()));
    }
    CHECK(outside->refcount == 2);
    CHECK(world.gc.collect() == 4);
    CHECK(world.gc.last_report().in_bulk == !foreign);
    CHECK(outside->refcount == 1);
    CHECK(world.alive() == 1);
  }
}

}  // namespace ouro::test
