// Section D of the rules: finalizers and resurrection (PEP 442; CPython: test_finalization, test_gc).
#include "finalized.h"

namespace ouro::test {

namespace {

const Scenario kFinalizer("57 finalizer", [](Stage& stage, Log& log) {
  Finalized world(stage);
  Ref<> a = stage.make(world.simple(stage));
  const auto watch = stage.watch(a);
  a.reset();
  log("called {}; weak {}", world.calls.size(), state_of(watch));
  log("collected {}; called {}", stage.collect(), world.calls.size());
});

const Scenario kResurrectionByCount("58 resurrection by count", [](Stage& stage, Log& log) {
  Finalized world(stage);
  Ref<> a = stage.make(world.resurrector(stage), 7);
  const auto watch = stage.watch(a);
  a.reset();
  log("called {}; survivors {}; weak {}", world.calls.size(), numbers(numbers_of(world.survivors)), state_of(watch));
  world.survivors->clear();
  log("called {}; weak {}", world.calls.size(), state_of(watch));
});

const Scenario kSelfCycle("61 self-cycle", [](Stage& stage, Log& log) {
  Finalized world(stage);
  Ref<> a = stage.make_loop(world.simple(stage));
  const auto watch = stage.watch(a);
  a.reset();
  log("called {}", world.calls.size());
  const std::size_t collected = stage.collect();
  log("collected {}; called {}; weak {}", collected, world.calls.size(), state_of(watch));
  log("collected {}; called {}", stage.collect(), world.calls.size());
});

const Scenario kResurrectedSelfCycle("62 resurrected self-cycle", [](Stage& stage, Log& log) {
  Finalized world(stage);
  Ref<> a = stage.make_loop(world.resurrector(stage), 7);
  const auto watch = stage.watch(a);
  a.reset();
  const std::size_t collected = stage.collect();
  log("collected {}; survivors {}; weak {}", collected, numbers(numbers_of(world.survivors)), state_of(watch));
  world.survivors->clear();
  log("collected {}; called {}", stage.collect(), world.calls.size());
});

const Scenario kSuicidalSelfCycle("63 suicidal self-cycle", [](Stage& stage, Log& log) {
  Finalized world(stage);
  const Ref<> none = stage.rt.none();
  Ref<> a = stage.make_loop(stage.new_class("Suicidal", world.noting([&](const Ref<>& self) { self.attr("me") = none; })));
  const auto watch = stage.watch(a);
  a.reset();
  const std::size_t collected = stage.collect();
  log("collected {}; called {}; weak {}", collected, world.calls.size(), state_of(watch));
  log("collected {}; called {}", stage.collect(), world.calls.size());
});

const Scenario kBeforeAnyClear("72 before any clear", [](Stage& stage, Log& log) {
  std::string seen;
  const auto type = stage.new_class("Whole", [&](const Ref<>& self) {
    const bool whole = self.attr("next").attr("next").attr("next").get().is(self) && self.attr("cargo")[0] == "cargo";
    seen += seen.empty() ? "" : ", ";
    seen += whole ? "True" : "False";
  });
  Ref<> a = type(), b = type(), c = type();
  a.attr("next") = b, b.attr("next") = c, c.attr("next") = a;
  for (Ref<>* const x : {&a, &b, &c}) x->attr("cargo") = stage.rt.list("cargo", *x);
  a.reset(), b.reset(), c.reset();
  const std::size_t collected = stage.collect();
  log("collected {}; whole [{}]", collected, seen);
});

/// A ring by `next`, the numbers counted from 0.
void make_ring(Stage& stage, const Ref<Class>& type, int size) {
  const Ref<> first = stage.make(type, 0, {"next"});
  Ref<> last = first;
  for (int i = 1; i < size; ++i) {
    const Ref<> node = stage.make(type, i, {"next"});
    last.attr("next") = node;
    last = node;
  }
  last.attr("next") = first;
}

const Scenario kOrder("73 order of a young ring", [](Stage& stage, Log& log) {
  Finalized world(stage);
  make_ring(stage, world.simple(stage), 4);
  const std::size_t collected = stage.collect(0);
  log("collected {}; order {}", collected, numbers(world.calls));
});

const Scenario kErrorInAFinalizer("74 error in a finalizer", [](Stage& stage, Log& log) {
  Finalized world(stage);
  std::vector<Ref<WeakRef>> watches;
  const auto failing = stage.new_class("Failing", world.noting([](const Ref<>& self) {
    if (self.attr("number") == 1) raise(ErrorKind::kValueError, "no");
  }));
  {
    std::vector<Ref<>> ring;
    for (int i = 0; i < 3; ++i) ring.push_back(stage.make(failing, i, {"next"}));
    for (std::size_t i = 0; i < 3; ++i) ring[(i + 2) % 3].attr("next") = ring[i];
    for (const Ref<>& x : ring) watches.push_back(stage.watch(x));
  }
  const std::size_t collected = stage.collect();
  log("unraisable {}", stage.fixture.unraisable.at(0).substr(11));
  std::size_t alive = 0;
  for (const auto& watch : watches) alive += watch->target != nullptr;
  log("collected {}; called {}; weak {}", collected, world.calls.size(), alive);
});

const Scenario kOnlyOnce("75 only once", [](Stage& stage, Log& log) {
  Finalized world(stage);
  static_cast<void>(stage.make_loop(world.resurrector(stage)));
  for (int i = 0; i < 3; ++i) {
    stage.collect();
    const bool survived = world.survivors->size != 0;
    const bool finalized = survived && gc::Collector::is_finalized(world.survivors->get(0));
    log("called {}, finalized {}", world.calls.size(), !survived ? "None" : finalized ? "True" : "False");
    world.survivors->clear();
  }
});

const Scenario kCargo("76 cargo of the resurrected", [](Stage& stage, Log& log) {
  Finalized world(stage);
  Ref<> lazarus = stage.make(world.resurrector(stage), 1);
  Ref<> cargo = stage.make_loop(stage.new_class(), 2);
  const Object* const address = cargo.get();
  lazarus.attr("cargo") = cargo, cargo.attr("lazarus") = lazarus;
  lazarus.reset(), cargo.reset();
  log("collected {}", stage.collect());
  {
    const Ref<> saved = world.survivors->pop();
    const Ref<> found = saved.attr("cargo").get();
    log("same cargo {}, {}", found.get() == address ? "True" : "False", found.attr("number").as<int>());
  }
  log("collected {}", stage.collect());
});

const Scenario kBlocksNobody("77 resurrection blocks nobody", [](Stage& stage, Log& log) {
  Finalized world(stage);
  const auto plain = stage.new_class();
  const gc::GenerationStats before = stage.rt.collector().stats(2);
  for (int i = 0; i < 100; ++i) static_cast<void>(stage.make_loop(plain));
  static_cast<void>(stage.make_loop(world.resurrector(stage)));
  log("collected {}", stage.collect());
  const gc::GenerationStats after = stage.rt.collector().stats(2);
  log("stats {}, {}", after.collected - before.collected, after.uncollectable - before.uncollectable);
  world.survivors->clear();
  log("collected {}", stage.collect());
});

const Scenario kSubset("78 subset", [](Stage& stage, Log& log) {
  Finalized world(stage);
  const auto plain = stage.new_class();
  {
    const Ref<> before = stage.make_loop(plain);
    const Ref<> saved = stage.make_loop(world.resurrector(stage), 1);
    const Ref<> behind = stage.make_loop(plain, 2);
    before.attr("next") = saved, saved.attr("next") = behind;
  }
  log("collected {}", stage.collect());
  log("behind {}", share(world.survivors->get(0)).attr("next").attr("number").as<int>());
  world.survivors->clear();
  log("collected {}", stage.collect());
});

const Scenario kAllocation("79 allocation in a finalizer", [](Stage& stage, Log& log) {
  int calls = 0;
  const auto allocate = [&stage] {
    for (int i = 0; i < 10; ++i) static_cast<void>(stage.rt.list(stage.rt.list()));
  };
  const auto type = stage.new_class("Allocating", [&](const Ref<>&) { ++calls, allocate(); });
  stage.rt.collector().set_thresholds({1, 10, 10});
  stage.rt.gc().enable();
  static_cast<void>(stage.make_loop(type));
  allocate();
  stage.collect();
  stage.rt.gc().disable();
  log("called {}", calls);
});

const Scenario kMutation("80 mutation by a finalizer", [](Stage& stage, Log& log) {
  const Ref<> none = stage.rt.none();
  const auto plain = stage.new_class();
  const auto type = stage.new_class("B", [&](const Ref<>& self) { self.attr("attr") = none; });
  {
    const Ref<> a = plain();
    const Ref<> b = type();
    b.attr("x") = plain();
    a.attr("attr") = b, b.attr("attr") = a;
  }
  log("collected {}", stage.collect());
  log("then {}", stage.collect());
});

const Scenario kOldKilledByClearing("81 old object killed by clearing", [](Stage& stage, Log& log) {
  Ref<WeakRef> c2wr;
  const auto loop = stage.new_class("Loop");
  const auto old = stage.new_class("Old", [&](const Ref<>&) { log("finalizer sees {}", state_of(c2wr)); });
  Ref<> d0 = stage.make_loop(old);
  stage.collect();
  Ref<> c1 = stage.make_loop(loop);
  c1.attr("keep_d0_alive") = d0;
  d0.attr("me").erase();
  Ref<> c2 = stage.make_loop(loop);
  c2wr = stage.watch(c2);
  d0.reset(), c1.reset(), c2.reset();
  log("collected {}", stage.collect(0));
});

const Scenario kReferenceMade("87 reference made by a finalizer", [](Stage& stage, Log& log) {
  std::vector<Ref<WeakRef>> made;
  const auto type = stage.new_class("Making", [&](const Ref<>& self) { made.push_back(stage.watch(self)); });
  static_cast<void>(type());
  log("by count {}", state_of(made.at(0)));
  static_cast<void>(stage.make_loop(type));
  stage.collect();
  log("by collection {}", state_of(made.at(1)));
});

const Scenario kMadeWhileCollecting("88 reference made while collecting", [](Stage& stage, Log& log) {
  const auto plain = stage.new_class();
  const auto making = stage.new_class(
      "Making", [&](const Ref<>& self) { self.attr("late").attr("ref") = stage.watch(self.attr("target").get()); });
  const auto late_class = stage.new_class("Late", [&](const Ref<>& self) {
    log("late finalizer sees {}", self.attr("ref").get()().is(stage.rt.none()) ? "dead" : "alive");
  });
  Ref<> late = late_class();
  stage.collect();
  Ref<> target = stage.make_loop(plain);
  Ref<> a = stage.make_loop(making);
  a.attr("late") = late;
  a.attr("target") = target;
  a.reset(), target.reset(), late.reset();
  stage.collect(0);
});

}  // namespace

TEST_CASE("a finalizer is called once, when the object dies by its count", "[rule-57]") {
  CHECK(kFinalizer.told() == "called 1; weak dead; collected 0; called 1");
}

TEST_CASE("an object that its finalizer saves keeps its weak references, and is not finalized again", "[rule-58]") {
  CHECK(kResurrectionByCount.told() == "called 1; survivors 7; weak alive; called 1; weak dead");
}

TEST_CASE("a finalizer in a self-cycle is called once, by the collection", "[rule-61]") {
  CHECK(kSelfCycle.told() == "called 0; collected 1; called 1; weak dead; collected 0; called 1");
}

TEST_CASE("a self-cycle that its finalizer saves has no weak references left, and its second death is silent", "[rule-62]") {
  CHECK(kResurrectedSelfCycle.told() == "collected 0; survivors 7; weak dead; collected 1; called 1");
}

TEST_CASE("a finalizer may break its own cycle", "[rule-63]") {
  CHECK(kSuicidalSelfCycle.told() == "collected 0; called 1; weak dead; collected 0; called 1");
}

TEST_CASE("all finalizers run before anything is cleared, and each sees the whole graph", "[rule-72]") {
  CHECK(kBeforeAnyClear.told() == "collected 6; whole [True, True, True]");
}

TEST_CASE("the finalizers of young objects run in the order in which these were made", "[rule-73]") {
  CHECK(kOrder.told() == "collected 4; order 0,1,2,3");
}

TEST_CASE("an error in a finalizer is unraisable, the other finalizers run and the object is freed", "[rule-74]") {
  CHECK(kErrorInAFinalizer.told() == "unraisable ValueError: no; collected 3; called 3; weak 0");
}

TEST_CASE("an object is finalized once in its life, however often it is saved", "[rule-75]") {
  CHECK(kOnlyOnce.told() == "called 1, finalized True; called 1, finalized None; called 1, finalized None");
}

TEST_CASE("what a saved object refers to is saved with it", "[rule-76]") {
  CHECK(kCargo.told() == "collected 0; same cargo True, 2; collected 2");
}

TEST_CASE("an object that is saved keeps nobody else alive", "[rule-77]") {
  CHECK(kBlocksNobody.told() == "collected 100; stats 100, 0; collected 1");
}

TEST_CASE("after the finalizers only what is still unreachable is cleared", "[rule-78]") {
  CHECK(kSubset.told() == "collected 1; behind 2; collected 2");
}

TEST_CASE("a finalizer that allocates does not make the collector recurse", "[rule-79]") {
  CHECK(kAllocation.told() == "called 1");
}

TEST_CASE("a finalizer may change other dead objects", "[rule-80]") { CHECK(kMutation.told() == "collected 0; then 0"); }

TEST_CASE("the finalizer of an old object that dies with young garbage sees no garbage", "[rule-81]") {
  CHECK(kOldKilledByClearing.told() == "finalizer sees dead; collected 2");
}

TEST_CASE("a weak reference made in a finalizer is dead when the object is", "[rule-87]") {
  CHECK(kReferenceMade.told() == "by count dead; by collection dead");
}

TEST_CASE("a weak reference that a finalizer makes to garbage dies with it, from 3.13 on before any", "[rule-88]") {
  CHECK(kMadeWhileCollecting.told() == "late finalizer sees alive");
  Options options;
  options.compat = gc::Compat::kPy313;
  CHECK(kMadeWhileCollecting.told(options) == "late finalizer sees dead");
  options.compat = gc::Compat::kPy315;
  CHECK(kMadeWhileCollecting.told(options) == "late finalizer sees dead");
}

}  // namespace ouro::test
