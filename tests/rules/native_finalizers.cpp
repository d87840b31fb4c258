// Finalizers of types outside the collector, and the finalizers of old (`tp_del`): rules 59, 60, 82 to 86, 47 and 118
// (CPython: test_finalization).

#include <regex>

#include "stage.h"

namespace ouro::test {

namespace {

/// How often finalizers of either kind were called.
struct Calls {
  int dels = 0, tp_dels = 0;
};

Ref<Class> legacy_class(Stage& stage, Act act) {
  const auto type = stage.new_class("Old");
  type.attr("__tp_del__") = stage.function(std::move(act));
  return type;
}
Ref<Class> both_class(Stage& stage, Calls& calls) {
  const auto type = legacy_class(stage, [&](const Ref<>&) { ++calls.tp_dels; });
  type.attr("__del__") = stage.function([&](const Ref<>&) { ++calls.dels; });
  return type;
}

void log_calls(Log& log, const Calls& calls, const Ref<WeakRef>& watch) {
  log("del {}, tp_del {}, weak {}", calls.dels, calls.tp_dels, state_of(watch));
}

/// Takes the only object out of the garbage list, its cycle cut.
void cut_garbage(Stage& stage, const char* attribute) {
  List& garbage = stage.rt.gc().garbage();
  REQUIRE(garbage.size == 1);
  share(garbage.get(0)).attr(attribute) = stage.rt.none();
  garbage.clear();
}

const Scenario kInACycle("82 legacy finalizer in a cycle", [](Stage& stage, Log& log) {
  List& garbage = stage.rt.gc().garbage();
  Ref<> a = stage.make_loop(legacy_class(stage, [](const Ref<>&) {}));
  static_cast<void>(stage.make_loop(stage.new_class()));
  const Object* const address = a.get();
  a.reset();
  const std::size_t collected = stage.collect();
  log("collected {}; garbage {}, the one {}", collected, garbage.size, python_bool(&garbage.get(0) == address));
  const std::size_t again = stage.collect();
  log("again {}; garbage {}", again, garbage.size);
  cut_garbage(stage, "me");
  log("then {}", stage.collect());
});

const Scenario kReached("83 reached from a legacy finalizer", [](Stage& stage, Log& log) {
  gc::Collector& gc = stage.rt.collector();
  {
    const Ref<> a = legacy_class(stage, [](const Ref<>&) {})();
    a.attr("me") = a;
    a.attr("cargo") = stage.make_loop(stage.new_class());
    const Ref<> b = stage.new_class()();
    b.attr("me") = b;
    b.attr("a") = a;
  }
  const gc::GenerationStats before = gc.stats(2);
  const std::size_t returned = gc.collect();
  log("collected {}, uncollectable {}", gc.stats(2).collected - before.collected,
      gc.stats(2).uncollectable - before.uncollectable);
  log("returned {}, garbage {}", returned, stage.rt.gc().garbage().size);
  cut_garbage(stage, "me");
  log("then {}", gc.collect());
});

const Scenario kBothFinalizers("84 both finalizers", [](Stage& stage, Log& log) {
  Calls calls;
  Ref<> a = both_class(stage, calls)();
  const auto watch = stage.watch(a);
  a.reset();
  log_calls(log, calls, watch);
  stage.collect();
  log_calls(log, calls, watch);
});

const Scenario kSaves("85 legacy finalizer that saves", [](Stage& stage, Log& log) {
  Calls calls;
  bool saves = true;
  const Ref<List> saved = stage.rt.list();
  const auto type = legacy_class(stage, [&](const Ref<>& self) {
    if (!saves) return;
    ++calls.tp_dels;
    saved->append(self);
  });
  type.attr("__del__") = stage.function([&](const Ref<>&) { ++calls.dels; });
  Ref<> a = type();
  const auto watch = stage.watch(a);
  a.reset();
  log_calls(log, calls, watch);
  saved->pop().reset();
  log_calls(log, calls, watch);
  log("saved {}", saved->size);
  saves = false;
  saved->clear();
});

const Scenario kSelfCycle("86 legacy finalizer in a self-cycle", [](Stage& stage, Log& log) {
  Calls calls;
  Ref<> a = stage.make_loop(both_class(stage, calls));
  const auto watch = stage.watch(a);
  a.reset();
  stage.collect();
  log_calls(log, calls, watch);
  log("garbage {}", stage.rt.gc().garbage().size);
  cut_garbage(stage, "me");
  log_calls(log, calls, watch);
});

const Scenario kEmptied("47 garbage emptied by a callback", [](Stage& stage, Log& log) {
  const auto type = legacy_class(stage, [](const Ref<>&) {});
  for (int i = 0; i < 2; ++i) {
    const Ref<> a = type(), b = type();
    a.attr("partner") = b, b.attr("partner") = a;
  }
  static_cast<void>(stage.make_loop(stage.new_class()));
  List& garbage = stage.rt.gc().garbage();
  const Ref<> none = stage.rt.none();
  stage.rt.gc().callbacks().append(make_function(stage.rt.builtins(), "cleaning", [&](std::string_view phase, Dict& info) {
    if (phase != "stop") return;
    log("collected {}, uncollectable {}", from_object<int>(info.get("collected")),
        from_object<int>(info.get("uncollectable")));
    for (Object& kept : Ref<List>::share(&garbage)) share(kept).attr("partner") = none;
    garbage.clear();
  }));
  stage.collect();
  log("garbage {}", garbage.size);
  stage.collect();
  stage.rt.gc().callbacks().clear();
});

const Scenario kPrinted("49 uncollectable objects on standard error", [](Stage& stage, Log& log) {
  std::vector<std::string> lines;
  stage.rt.collector().set_debug_output([&](std::string_view line) { lines.emplace_back(line); });
  stage.rt.gc().set_debug(gc::kDebugUncollectable);
  static_cast<void>(stage.make_loop(legacy_class(stage, [](const Ref<>&) {})));
  stage.collect();
  stage.rt.gc().set_debug(0);
  stage.rt.collector().set_debug_output({});
  for (const std::string& line : lines) log("{}", std::regex_replace(line, std::regex("0x[0-9a-f]+"), "ADDRESS"));
  cut_garbage(stage, "me");
});

/// A native class without references, so that the collector never sees its objects.
struct Outside {
  int number = 0;
  static constexpr std::tuple edges{&Outside::number};
};

}  // namespace

TEST_CASE("the finalizer of a type outside the collector is called when the object dies", "[rule-59]") {
  Stage stage;
  int calls = 0;
  const auto type = stage.rt.class_<Outside>("Outside");
  type.type().attr("__del__") = stage.function([&](const Ref<>&) { ++calls; });
  Ref<> a = type.make();
  const auto watch = stage.watch(a);
  CHECK_FALSE(stage.rt.heap().memory.is_container(a.get()));
  a.reset();
  CHECK(calls == 1);
  CHECK(watch->target == nullptr);
}

TEST_CASE("an object outside the collector has no finalized mark: saved, it is finalized again", "[rule-60]") {
  Stage stage;
  int calls = 0;
  Ref<> saved;
  const auto type = stage.rt.class_<Outside>("Outside");
  type.type().attr("__del__") = stage.function([&](const Ref<>& self) {
    if (++calls < 3) saved = self;
  });
  Ref<> a = type.make(7);
  const auto watch = stage.watch(a);
  a.reset();
  CHECK(calls == 1);
  CHECK(watch->target == saved.get());
  CHECK_FALSE(gc::Collector::is_finalized(*saved));
  saved.reset();
  CHECK(calls == 2);
  saved.reset();
  CHECK(calls == 3);
  CHECK(watch->target == nullptr);
}

TEST_CASE("a dead cycle with a legacy finalizer is put into the garbage list, the rest is freed", "[rule-82]") {
  CHECK(kInACycle.told() == "collected 2; garbage 1, the one True; again 0; garbage 1; then 0");
}

TEST_CASE("what a legacy finalizer reaches is uncollectable but not listed, what reaches it is freed", "[rule-83]") {
  CHECK(kReached.told() == "collected 1, uncollectable 2; returned 3, garbage 1; then 1");
}

TEST_CASE("an object with both finalizers has both called", "[rule-84]") {
  CHECK(kBothFinalizers.told() == "del 1, tp_del 1, weak dead; del 1, tp_del 1, weak dead");
}

TEST_CASE("a legacy finalizer is called at each death", "[rule-85]") {
  CHECK(kSaves.told() == "del 1, tp_del 1, weak dead; del 1, tp_del 2, weak dead; saved 1");
}

TEST_CASE("in a self-cycle a legacy finalizer is not called, and weak references live", "[rule-86]") {
  CHECK(kSelfCycle.told() == "del 0, tp_del 0, weak alive; garbage 1; del 1, tp_del 1, weak dead");
}

TEST_CASE("a callback may empty the garbage list when the collection stops", "[rule-47]") {
  CHECK(kEmptied.told() == "collected 1, uncollectable 4; garbage 0; collected 0, uncollectable 0");
}

TEST_CASE("uncollectable objects are printed one by one", "[rule-49]") {
  CHECK(kPrinted.told() == "gc: uncollectable <Old ADDRESS>");
}

}  // namespace ouro::test
