// Rule 108: weakref.finalize (CPython: test_weakref).
#include <ouro/objects/weak/finalize.h>

#include "stage.h"

namespace ouro::test {

namespace {

/// A function that logs its arguments and returns the number of them.
Ref<> logging(Stage& stage, std::string_view before = "", std::string_view after = "") {
  return make_function(stage.rt.builtins(), "log",
                       [&log = stage.log, before, after](Builtins& builtins, const Arguments& given) {
                         if (!before.empty()) {
                           log("{}{}{}", before, text(*repr(*make_tuple(builtins, given.positional))), after);
                         } else {
                           log("{}", text(static_cast<Str&>(*given.positional[0])));
                         }
                       });
}

std::string detached(const std::optional<Finalize::Subject>& subject) { return subject ? "something" : "None"; }

const Scenario kFinalize("108 finalize", [](Stage& stage, Log& log) {
  const auto type = stage.new_class("Thing");
  const Ref<> print = logging(stage);
  Ref<> a = type();
  Ref<Finalize> f = finalize(a, logging(stage, "called with "), 1, 2);
  log("alive {}, at exit {}", python_bool(f.attr("alive").as<bool>()), python_bool(f.attr("atexit").as<bool>()));
  log("peek {}, {}", python_bool(f->peek()->object.is(a)), shown(f->peek()->arguments));
  a.reset();
  log("alive {}; again {}; peek {}; detach {}", python_bool(f->is_alive()), shown(f()), detached(f->peek()),
      detached(f->detach()));
  a = type();
  f = finalize(a, print, "by hand");
  const std::string returned = shown(f());
  log("returns {}; again {}", returned, shown(f()));
  f = finalize(a, print, "detached");
  const auto subject = f->detach();
  log("detach {}, {}, alive {}; again {}", python_bool(subject->object.is(a)), shown(subject->arguments),
      python_bool(f->is_alive()), detached(f->detach()));
});

const Scenario kNewestFirst("108 newest first", [](Stage& stage, Log& log) {
  const auto type = stage.new_class("Thing");
  const Ref<> print = logging(stage);
  Ref<> a = type();
  for (const char* const name : {"0", "1", "2"}) static_cast<void>(finalize(a, print, name));
  a.reset();
  a = stage.make_loop(type);
  static_cast<void>(finalize(a, print, "by collection"));
  a.reset();
  const std::size_t collected = stage.collect();  // the object, and the weak reference that its callback lets go
  log("collected {}", collected);
});

const Scenario kAtExit("108 at exit", [](Stage& stage, Log& log) {
  const Ref<> a = stage.new_class("Thing")();
  const Ref<> print = logging(stage);
  const Ref<> failing = stage.function([&](const Ref<>&) { log("failing"), raise(ErrorKind::kValueError, "at exit"); });
  const Ref<> adding = stage.function([&](const Ref<>&) { log("adding"), static_cast<void>(finalize(a, print, "added")); });
  static_cast<void>(finalize(a, print, "first"));
  finalize(a, print, "not at exit").attr("atexit") = false;
  static_cast<void>(finalize(a, failing, 0));
  static_cast<void>(finalize(a, adding, 0));
  static_cast<void>(finalize(a, print, "last"));
  run_exit_finalizers(stage.rt.builtins());
  CHECK_FALSE(finalize(a, print, "too late")->is_alive());
});

}  // namespace

TEST_CASE("a finalize calls its function once, when the object dies, by hand, or not at all once detached",
          "[rule-108][law-finalize-once]") {
  CHECK(kFinalize.told() ==
        "alive True, at exit True; peek True, (1, 2); called with (1, 2); alive False; again None; peek None; detach None; "
        "by hand; returns None; again None; detach True, ('detached',), alive False; again None");
}

TEST_CASE("the finalizes of an object are called newest first", "[rule-108]") {
  CHECK(kNewestFirst.told() == "2; 1; 0; by collection; collected 2");
}

TEST_CASE("finalizes that are left at the end are called newest first, those they make included", "[rule-108]") {
  CHECK(kAtExit.told() == "last; adding; added; failing; first");
}

TEST_CASE("a runtime that closes calls its finalizes and forgets those that want no call", "[rule-108]") {
  std::string order;
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Thing");
  const Ref<> a = type();
  const auto noting = [&](char letter) {
    return make_function(rt.builtins(), "note", [&order, letter] { order += letter; });
  };
  static_cast<void>(finalize(a, noting('a')));
  finalize(a, noting('b')).attr("atexit") = false;
  static_cast<void>(finalize(a, noting('c')));
  CHECK(finalize_count(rt.builtins()) == 3);
  rt.close();
  CHECK(order == "ca");
  CHECK(finalize_count(rt.builtins()) == 0);
}

}  // namespace ouro::test
