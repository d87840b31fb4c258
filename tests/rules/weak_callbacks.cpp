// Rules 94 to 104: callbacks of weak references, wherever they stand in relation to what a collection frees
// (CPython: test_weakref, test_gc).
#include <ouro/objects/functions/method.h>

#include <algorithm>

#include "stage.h"

namespace ouro::test {

namespace {

/// A class with a method that tells that it was called.
Ref<Class> class_with_callback(Stage& stage, std::string_view name = "C") {
  const auto type = stage.rt.new_class(name);
  type.attr("cb") = make_function(stage.rt.builtins(), "cb", [&log = stage.log](Object&, Object&) { log("called"); });
  return type;
}

const Scenario kInACycle("94 callback in a cycle", [](Stage& stage, Log& log) {
  {
    const Ref<Class> target = stage.rt.new_class("J");
    const Ref<Class> watching = class_with_callback(stage, "II");
    const Ref<> i = watching();
    i.attr("J") = target;
    i.attr("wr") = make_weakref(*target, i.attr("cb").get().get());
  }
  const bool some = stage.collect() > 0;
  log("collected some {}; then {}", python_bool(some), stage.collect());
});

const Scenario kOneWay("95 callback reachable one way", [](Stage& stage, Log& log) {
  const Ref<Class> type = class_with_callback(stage);
  {
    const Ref<> c1 = type(), c2 = type();
    c2.attr("me") = c2;
    c2.attr("c1") = c1;
    c2.attr("wr") = make_weakref(*c1, c2.attr("cb").get().get());
    c1.attr("me") = c1;
  }
  const std::size_t collected = stage.collect();
  log("collected {}; then {}", collected, stage.collect());
});

const Scenario kTrashReference("96 reference that is trash", [](Stage& stage, Log& log) {
  int calls = 0;
  const Ref<Function> callback = stage.function([&](const Ref<>&) { ++calls; });
  const auto one = stage.new_class("One"), other = stage.new_class("Other");
  {
    const Ref<> c = one(), d = other();
    d.attr("me") = d;
    d.attr("c") = c;
    d.attr("wr") = make_weakref(*c, callback.get());
    c.attr("me") = c;
  }
  const std::size_t collected = stage.collect();
  log("collected {}; called {}", collected + 1, calls);
});

const Scenario kResurrectionAndCallbacks("97 resurrection and callbacks", [](Stage& stage, Log& log) {
  Ref<WeakRef> went;
  {
    const Ref<Class> type = class_with_callback(stage);
    const Ref<> c1 = type(), c2 = type();
    c1.attr("c") = c2, c2.attr("c") = c1;
    c1.attr("wr") = make_weakref(*c2, c1.attr("cb").get().get());
    c2.attr("wr") = make_weakref(*c1, c2.attr("cb").get().get());
    went = stage.watch(type, [&](const Ref<>&) { log("C went away"); });
  }
  log("before");
  stage.collect();
  log("class {}", state_of(went));
});

const Scenario kOnACallback("98 callback on a callback", [](Stage& stage, Log& log) {
  Ref<WeakRef> external;
  {
    const Ref<Class> one = class_with_callback(stage);
    const Ref<> c = one(), d = stage.rt.new_class("D")();
    const Ref<> callback = c.attr("cb");
    c.attr("d") = d;
    c.attr("wr") = make_weakref(*d, callback.get());
    d.attr("wr") = make_weakref(*callback, c.attr("cb").get().get());
    d.attr("c") = c, d.attr("callback") = callback;
    external = stage.watch(callback, [&](const Ref<>&) { log("safe callback called"); });
    log("external {}", python_bool(external->target == callback.get()));
  }
  stage.collect();
  log("external {}", state_of(external));
});

const Scenario kCallbackCollects("99 callback that collects", [](Stage& stage, Log& log) {
  Ref<> a = stage.new_class()();
  const auto watch = stage.watch(a, [&](const Ref<>&) { log("inside {}", stage.collect()); });
  a.reset();
  log("weak {}; then {}", state_of(watch), stage.collect());
});

const Scenario kCollectionMeanwhile("100 collection while a reference is made", [](Stage& stage, Log& log) {
  const auto type = stage.new_class();
  const Ref<Function> callback = stage.function([](const Ref<>&) {});
  std::vector<Ref<>> targets;
  for (int i = 0; i < 20; ++i) targets.push_back(type());
  stage.rt.collector().set_thresholds({1, 10, 10});
  stage.rt.gc().enable();
  std::vector<Ref<WeakRef>> references;
  for (const Ref<>& target : targets) {
    static_cast<void>(stage.make_loop(type));
    references.push_back(make_weakref(*target));
    static_cast<void>(stage.make_loop(type));
    references.push_back(make_weakref(*target, callback.get()));
    static_cast<void>(stage.make_loop(type));
  }
  stage.rt.gc().disable();
  log("shared {}", python_bool(make_weakref(*targets[0]).is(references[0])));
  const auto alive = [&] {
    return std::count_if(references.begin(), references.end(), [](const auto& made) { return made->target != nullptr; });
  };
  log("alive {}", alive());
  targets.clear();
  log("alive {}", alive());
});

const Scenario kTwoDeadObjects("101 two dead objects", [](Stage& stage, Log& log) {
  const auto type = stage.new_class();
  Ref<> a = stage.make_loop(type), b = stage.make_loop(type);
  std::string seen;
  Ref<WeakRef> wa, wb;
  const auto see = [&seen](const Ref<WeakRef>& other) { seen += (seen.empty() ? "" : ", ") + shown(other()); };
  wa = stage.watch(a, [&](const Ref<>&) { see(wb); });
  wb = stage.watch(b, [&](const Ref<>&) { see(wa); });
  a.reset(), b.reset();
  const std::size_t collected = stage.collect();
  log("collected {}; saw [{}]", collected, seen);
});

const Scenario kOldKilledByClearing("102 old object killed by clearing", [](Stage& stage, Log& log) {
  const auto type = stage.new_class();
  Ref<> c0 = stage.make_loop(stage.new_class("Old"));
  stage.collect();
  Ref<> c1 = stage.make_loop(type);
  c1.attr("keep_c0_alive") = c0;
  c0.attr("me").erase();
  Ref<> c2 = stage.make_loop(type);
  const auto c2wr = stage.watch(c2);
  const auto c0wr = stage.watch(c0, [&](const Ref<>&) { log("callback sees {}", state_of(c2wr)); });
  c0.reset(), c1.reset(), c2.reset();
  const std::size_t collected = stage.collect(0);
  log("collected {}; {}", collected, state_of(c0wr));
});

const Scenario kOwnsItsTarget("104 reference that owns its target", [](Stage& stage, Log& log) {
  int calls = 0;
  Ref<> a = stage.make_loop(stage.new_class());
  a.attr("watch") = stage.watch(a, [&](const Ref<>&) { ++calls; });
  a.reset();
  stage.collect();
  log("called {}", calls);
});

}  // namespace

TEST_CASE("a callback that is part of the dead cycle is not called", "[rule-94]") {
  CHECK(kInACycle.told() == "collected some True; then 0");
}

TEST_CASE("a callback that dies with its target, and only reaches it, is not called", "[rule-95]") {
  CHECK(kOneWay.told() == "collected 4; then 0");
}

TEST_CASE("a callback that lives is not called if its reference is garbage", "[rule-96]") {
  CHECK(kTrashReference.told() == "collected 4; called 0");
}

TEST_CASE("of the callbacks around a dead cycle only the one held from outside is called", "[rule-97]") {
  CHECK(kResurrectionAndCallbacks.told() == "before; C went away; class dead");
}

TEST_CASE("a callback on a callback is called if it is held from outside", "[rule-98]") {
  CHECK(kOnACallback.told() == "external True; safe callback called; external dead");
}

TEST_CASE("a callback may collect while its target is being freed", "[rule-99]") {
  CHECK(kCallbackCollects.told() == "inside 0; weak dead; then 0");
}

TEST_CASE("a collection while a weak reference is being made does no harm", "[rule-100]") {
  CHECK(kCollectionMeanwhile.told() == "shared True; alive 40; alive 0");
}

TEST_CASE("the callbacks of two dead objects see neither of them", "[rule-101]") {
  CHECK(kTwoDeadObjects.told() == "collected 2; saw [None, None]");
}

TEST_CASE("the callback of an old object that dies with young garbage sees no garbage", "[rule-102]") {
  CHECK(kOldKilledByClearing.told() == "callback sees dead; collected 2; dead");
}

TEST_CASE("a reference that its target owns dies with it and calls nobody", "[rule-104]") {
  CHECK(kOwnsItsTarget.told() == "called 0");
}

namespace {

/// Holds an object and hides it from the collector.
struct Opaque {
  Untraced<Ref<>> hidden;
  static constexpr std::tuple edges{&Opaque::hidden};
};

}  // namespace

TEST_CASE("weak references from garbage to what the collector cannot see are dead before anything is cleared",
          "[rule-103]") {
  Stage stage;
  int calls = 0;
  const auto plain = stage.new_class();
  const auto opaque = stage.rt.class_<Opaque>("Opaque");
  Ref<WeakRef> from_outside;
  {
    const Ref<> a = stage.make_loop(plain);
    const Ref<> z = plain();
    a.attr("y") = opaque.make(Untraced<Ref<>>{z});
    a.attr("wz") = stage.watch(z, [&](const Ref<>&) { ++calls; });
    from_outside = stage.watch(a);
  }
  stage.collect();
  CHECK(from_outside->target == nullptr);
  CHECK(calls == 0);
  CHECK(stage.rt.heap().weak.targets() == 0);
}

}  // namespace ouro::test
