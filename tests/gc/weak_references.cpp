// Weak references and their callbacks, in every position relative to the dead.
#include "toy.h"

namespace ouro::test {

TEST_CASE("callbacks run newest first, when every weak reference is dead already",
          "[gc][law-weak-first][rule-89][rule-90]") {
  for (const bool cyclic : {false, true}) {
    ToyWorld world;
    world.gc.disable();
    std::vector<int> order;
    std::array<Ref<WeakRef>, 3> watches;
    std::vector<std::function<void(WeakRef&)>> actions(3);
    for (int i = 0; i < 3; ++i)
      actions[static_cast<std::size_t>(i)] = [&, i, cyclic](WeakRef& self) {
        order.push_back(i);
        CHECK((self.callback != nullptr) == cyclic);  // a collection leaves it, as in CPython
        for (const auto& watch : watches) CHECK(watch->target == nullptr);
      };
    Ref<Toy> target = world.make();
    if (cyclic) target->set(0, target.get());
    for (std::size_t i = 0; i < 3; ++i) watches[i] = world.watch(*target, &actions[i]);
    target.reset();
    world.gc.collect();
    CHECK(order == std::vector<int>{2, 1, 0});
  }
}

TEST_CASE("a callback is not called if its weak reference died first", "[gc]") {
  ToyWorld world;
  int calls = 0;
  std::function<void(WeakRef&)> action = [&](WeakRef&) { ++calls; };
  Ref<Toy> target = world.make();
  static_cast<void>(world.watch(*target, &action));
  target.reset();
  CHECK(calls == 0);
  CHECK(world.heap.weak.targets() == 0);
}

TEST_CASE("a callback whose weak reference is part of the trash is not called", "[gc][rule-94][rule-96][rule-98]") {
  ToyWorld world;
  world.gc.disable();
  int inside = 0, outside = 0;
  std::function<void(WeakRef&)> inner = [&](WeakRef&) { ++inside; };
  std::function<void(WeakRef&)> outer = [&](WeakRef&) { ++outside; };
  Ref<WeakRef> watch;
  {
    const Ref<Toy> a = world.make_pair(world.plain);
    const Ref<WeakRef> own = world.watch(*a->get(0), &inner);
    a->set(1, static_cast<Toy*>(static_cast<Object*>(own.get())));
    watch = world.watch(*a, &outer);
  }
  CHECK(world.gc.collect() == 3);
  CHECK(inside == 0);
  CHECK(outside == 1);
  CHECK(watch->target == nullptr);
}

TEST_CASE("in a cycle weak references die before finalizers run, in a death by count after", "[gc][rule-105]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<std::string> events;
  Ref<WeakRef> watch;
  world.on_finalize = [&](Toy&) { events.push_back(watch->target == nullptr ? "finalizer, dead" : "finalizer, alive"); };
  std::function<void(WeakRef&)> action = [&](WeakRef&) { events.push_back("callback"); };
  {
    Ref<Toy> toy = world.make(world.final);
    toy->set(0, toy.get());
    watch = world.watch(*toy, &action);
  }
  world.gc.collect();
  CHECK(events == std::vector<std::string>{"callback", "finalizer, dead"});
  events.clear();
  {
    const Ref<Toy> toy = world.make(world.final);
    watch = world.watch(*toy, &action);
  }
  CHECK(events == std::vector<std::string>{"finalizer, alive", "callback"});
}

TEST_CASE("a callback that collects while its target dies frees nothing twice", "[gc][rule-99]") {
  ToyWorld world;
  std::size_t collected = 99;
  std::function<void(WeakRef&)> action = [&](WeakRef&) { collected = world.gc.collect(); };
  Ref<Toy> target = world.make();
  const Ref<WeakRef> watch = world.watch(*target, &action);
  target.reset();
  CHECK(collected == 0);
  CHECK(world.alive() == 1);
}

TEST_CASE("callbacks of two dead objects both see the other dead", "[gc][rule-101]") {
  ToyWorld world;
  world.gc.disable();
  Ref<WeakRef> one, two;
  int calls = 0;
  std::function<void(WeakRef&)> action = [&](WeakRef&) {
    ++calls;
    CHECK(one->target == nullptr);
    CHECK(two->target == nullptr);
  };
  {
    const Ref<Toy> pair = world.make_pair(world.plain);
    one = world.watch(*pair, &action);
    two = world.watch(*pair->get(0), &action);
  }
  CHECK(world.gc.collect() == 2);
  CHECK(calls == 2);
}

TEST_CASE("an error in a callback goes to the hook and the collection goes on", "[gc][rule-93]") {
  ToyWorld world;
  world.gc.disable();
  std::function<void(WeakRef&)> action = [](WeakRef&) { raise(ErrorKind::kRuntimeError, "oops"); };
  Ref<WeakRef> watch;
  {
    const Ref<Toy> pair = world.make_pair(world.plain);
    watch = world.watch(*pair, &action);
  }
  CHECK(world.gc.collect() == 2);
  CHECK(world.unraisable == std::vector<std::string>{"weak reference callback: RuntimeError: oops"});
  CHECK(world.alive() == 2);  // the reference and its callback
}

TEST_CASE("a weak reference made by a finalizer to the dying is dead afterwards", "[gc][rule-87]") {
  ToyWorld world;
  world.gc.disable();
  std::vector<Ref<WeakRef>> late;
  world.on_finalize = [&](Toy& toy) { late.push_back(world.watch(toy)); };
  static_cast<void>(world.make_pair(world.final));
  CHECK(world.gc.collect() == 2);
  REQUIRE(late.size() == 2);
  for (const auto& watch : late) CHECK(watch->target == nullptr);
  static_cast<void>(world.make(world.final));
  CHECK(late.back()->target == nullptr);
}

TEST_CASE("a thousand weak references to one object die together and cost no allocation", "[gc][rule-107]") {
  ToyWorld world;
  Ref<Toy> target = world.make();
  std::vector<Ref<WeakRef>> watches;
  for (int i = 0; i < 1000; ++i) watches.push_back(world.watch(*target));
  for (std::size_t i = 0; i < watches.size(); i += 2) watches[i].reset();
  world.heap.memory.faults().fail_from(1);
  target.reset();
  world.heap.memory.faults().clear();
  for (std::size_t i = 1; i < watches.size(); i += 2) CHECK(watches[i]->target == nullptr);
}

}  // namespace ouro::test
