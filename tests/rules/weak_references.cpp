// Section E of the rules: weak references and their callbacks, wherever they stand in relation to what dies
// (CPython: test_weakref, test_gc).
#include <ouro/objects/functions/method.h>

#include "stage.h"

namespace ouro::test {

namespace {

const Scenario kNewestFirst("89 callbacks newest first", [](Stage& stage, Log& log) {
  const auto type = stage.new_class();
  for (const bool cyclic : {false, true}) {
    std::vector<int> order;
    std::size_t alive = 0, seen = 0;
    std::vector<Ref<WeakRef>> watches;
    Ref<> a = type();
    if (cyclic) a.attr("me") = a;
    for (int i = 1; i <= 3; ++i) {
      watches.push_back(stage.watch(a, [&, i](const Ref<>&) {
        order.push_back(i);
        for (const auto& watch : watches) ++seen, alive += watch->target != nullptr;
      }));
    }
    a.reset();
    stage.collect();
    log("order {}; alive {} of {}", numbers(order), alive, seen);
  }
});

const Scenario kAnotherReference("90 another reference called in a callback", [](Stage& stage, Log& log) {
  Ref<> a = stage.new_class()();
  const auto first = stage.watch(a);
  const auto second = stage.watch(a, [&](const Ref<>&) { log("the other gives {}", shown(first())); });
  a.reset();
  log("second {}", state_of(second));
});

const Scenario kCallbackAttribute("91 callback attribute", [](Stage& stage, Log& log) {
  const Ref<> none = stage.rt.none();
  for (const bool cyclic : {false, true}) {
    Ref<> a = cyclic ? stage.make_loop(stage.new_class()) : stage.new_class()();
    std::string given;
    Ref<WeakRef> watch;
    const auto callback_is_none = [&] { return python_bool(watch.attr("__callback__").get().is(none)); };
    watch = stage.watch(a, [&](const Ref<>& reference) {
      given = fmt::format("[({}, {})]", python_bool(reference.is(watch)), callback_is_none());
    });
    log("before {}", callback_is_none());
    a.reset();
    stage.collect();
    log("given {}; after {}", given, callback_is_none());
  }
});

const Scenario kSharing("92 sharing", [](Stage& stage, Log& log) {
  const Ref<> a = stage.new_class()();
  const Ref<> none = stage.rt.none();
  const Ref<Function> callback = stage.function([](const Ref<>&) {});
  Ref<WeakRef> first = make_weakref(*a);
  log("without {}; None {}", python_bool(make_weakref(*a).is(first)), python_bool(make_weakref(*a, none.get()).is(first)));
  Ref<WeakRef> own = make_weakref(*a, callback.get());
  log("with {}, {}", python_bool(own.is(first)), python_bool(make_weakref(*a, callback.get()).is(own)));
  first.reset(), own.reset();
  first = make_weakref(*a);
  log("again {}", python_bool(make_weakref(*a).is(first)));
});

/// Drops what it holds when its scope is left, whatever the reason.
struct Held {
  Ref<> object;
};

const Scenario kPendingException("93 pending exception and callback", [](Stage& stage, Log& log) {
  Ref<> a = stage.new_class()();
  const auto watch = stage.watch(a, [](const Ref<>&) { raise(ErrorKind::kRuntimeError, "in a callback"); });
  try {
    const Held held{std::move(a)};
    raise(ErrorKind::kKeyError, "'pending'");
  } catch (const Error& error) {
    log("unraisable {}", stage.fixture.unraisable.at(0).substr(25));
    log("caught {}", error.what());
  }
  log("weak {}", state_of(watch));
});

const Scenario kOrder("105 order of finalizer and callback", [](Stage& stage, Log& log) {
  Ref<WeakRef> watch;
  const auto type = stage.new_class("Final", [&](const Ref<>&) { log("finalizer sees {}", state_of(watch)); });
  const auto watched = [&](Ref<> a) { watch = stage.watch(a, [&](const Ref<>&) { log("callback"); }); };
  watched(type());
  log("by collection");
  watched(stage.make_loop(type));
  stage.collect();
});

const Scenario kWithoutACallback("105 reference without a callback", [](Stage& stage, Log& log) {
  Ref<WeakRef> watch;
  Ref<> a = stage.make_loop(stage.new_class("Final", [&](const Ref<>&) { log("finalizer sees {}", state_of(watch)); }));
  watch = stage.watch(a);
  a.reset();
  stage.collect();
  log("then {}", state_of(watch));
});

int calls_in_a_chain(Stage& stage, int depth) {
  int calls = 0;
  const auto type = stage.new_class("Parent");
  const Ref<Function> callback = stage.function([&](const Ref<>&) { ++calls; });
  Ref<> chain = type();
  for (int i = 0; i < depth; ++i) {
    Ref<> parent = type();
    parent.attr("child") = chain;
    parent.attr("weak") = make_weakref(*chain, callback.get());
    chain = std::move(parent);
  }
  chain.reset();
  return calls;
}

const Scenario kDyingParents("106 references to dying parents", [](Stage& stage, Log& log) {
  log("nearly all called {}", python_bool(calls_in_a_chain(stage, 100) >= 98));
});

const Scenario kEqualityAndHash("110 equality and hash", [](Stage& stage, Log& log) {
  const auto type = stage.new_class("Equal");
  type.attr("__eq__") = make_function(stage.rt.builtins(), "__eq__", [](Object&, Object&) { return true; });
  type.attr("__hash__") = make_function(stage.rt.builtins(), "__hash__", [](Object&) { return 42; });
  Ref<> a = type(), b = type();
  const auto ra = make_weakref(*a), rb = make_weakref(*b);
  log("live {}, {}; hash {}", python_bool(ra == rb), python_bool(ra != rb), hash(*ra));
  a.reset(), b.reset();
  log("dead {}, {}, {}; hash {}", python_bool(ra == rb), python_bool(ra != rb), python_bool(ra == Ref<WeakRef>(ra)),
      hash(*ra));
  try {
    static_cast<void>(hash(*rb));
  } catch (const Error& error) {
    log("{}", error.what());
  }
});

}  // namespace

TEST_CASE("all weak references are dead before the first callback, and callbacks go newest first by any death",
          "[rule-89]") {
  CHECK(kNewestFirst.told() == "order 3,2,1; alive 0 of 9; order 3,2,1; alive 0 of 9");
}

TEST_CASE("a callback that calls another reference to the same object gets None", "[rule-90]") {
  CHECK(kAnotherReference.told() == "the other gives None; second dead");
}

TEST_CASE("a callback gets its reference, whose callback is None by then if the target dies by its count", "[rule-91]") {
  CHECK(kCallbackAttribute.told() ==
        "before False; given [(True, True)]; after True; before False; given [(True, False)]; after False");
}

TEST_CASE("references without a callback are one and the same, those with one never", "[rule-92]") {
  CHECK(kSharing.told() == "without True; None True; with False, False; again True");
}

TEST_CASE("an exception on its way up passes a callback that fails", "[rule-93]") {
  CHECK(kPendingException.told() == "unraisable RuntimeError: in a callback; caught KeyError: 'pending'; weak dead");
}

TEST_CASE("by the count the finalizer goes first, in a cycle the callback", "[rule-105]") {
  CHECK(kOrder.told() == "finalizer sees alive; callback; by collection; callback; finalizer sees dead");
  CHECK(kWithoutACallback.told() == "finalizer sees dead; then dead");
  Options options;
  options.compat = gc::Compat::kPy313;
  CHECK(kWithoutACallback.told(options) == "finalizer sees dead; then dead");
  options.compat = gc::Compat::kPy315;
  CHECK(kWithoutACallback.told(options) == "finalizer sees alive; then dead");
  CHECK(kOrder.told(options) == kOrder.told());
}

TEST_CASE("a chain of references to dying parents leaves none behind", "[rule-106]") {
  CHECK(kDyingParents.told() == "nearly all called True");
  Stage stage;
  CHECK(calls_in_a_chain(stage, 100) == 100);
  CHECK(calls_in_a_chain(stage, 1000) == 1000);
  CHECK(stage.rt.heap().weak.targets() == 0);
}

TEST_CASE("dead references are equal to themselves only and keep a hash that was asked for", "[rule-110]") {
  CHECK(kEqualityAndHash.told() ==
        "live True, False; hash 42; dead False, True, True; hash 42; TypeError: weak object has gone away");
}

TEST_CASE("clearing a thousand weak references allocates nothing", "[rule-107]") {
  Stage stage;
  const auto type = stage.new_class();
  const Ref<Function> callback = stage.function([](const Ref<>&) {});
  std::vector<Ref<WeakRef>> watches;
  for (const bool cyclic : {false, true}) {
    Ref<> target = cyclic ? stage.make_loop(type) : type();
    for (int i = 0; i < 1000; ++i) watches.push_back(make_weakref(*target, callback.get()));
    for (std::size_t i = 0; i < watches.size(); i += 2) watches[i] = watches[i + 1];
    stage.rt.heap().memory.faults().fail_from(1);
    target.reset();
    stage.collect();
    stage.rt.heap().memory.faults().clear();
    for (const auto& watch : watches) CHECK(watch->target == nullptr);
    watches.clear();
  }
  CHECK(stage.fixture.unraisable.empty());
}

}  // namespace ouro::test
