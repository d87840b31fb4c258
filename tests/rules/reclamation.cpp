// Section A of the rules: what a collection reclaims and what it returns (CPython: test_gc).
#include <ouro/objects/functions/method.h>

#include "stage.h"

namespace ouro::test {

namespace {

const Scenario kListInItself("1 list in itself", [](Stage& stage, Log& log) {
  Ref<List> a = stage.rt.list();
  a->append(*a);
  a.reset();
  log("collected {}", stage.collect());
});

const Scenario kDictInItself("2 dict in itself", [](Stage& stage, Log& log) {
  Ref<Dict> a = stage.rt.dict();
  a[1] = a;
  a.reset();
  log("collected {}", stage.collect());
});

const Scenario kTupleAndList("3 tuple and list", [](Stage& stage, Log& log) {
  Ref<List> a = stage.rt.list();
  a->append(*stage.rt.tuple(a));
  a.reset();
  log("collected {}", stage.collect());
});

const Scenario kClass("4 class", [](Stage& stage, Log& log) {
  Ref<Class> type = stage.rt.new_class("A");
  type.attr("a") = type;
  type.reset();
  log("something collected {}", stage.collect() > 0 ? "True" : "False");
  log("then {}", stage.collect());
});

const Scenario kInstance("5 instance", [](Stage& stage, Log& log) {
  const auto type = stage.new_class();
  Ref<> a = type();
  a.attr("a") = a;
  a.reset();
  log("collected {}", stage.collect());
});

const Scenario kSeveralBases("6 several bases", [](Stage& stage, Log& log) {
  const auto left = stage.new_class("Left");
  const auto right = stage.new_class("Right");
  const auto both = stage.rt.new_class("Both", {left.get(), right.get()});
  Ref<> a = both();
  a.attr("a") = a;
  a.reset();
  log("collected {}", stage.collect());
  log("then {}", stage.collect());
});

const Scenario kBoundMethod("7 bound method", [](Stage& stage, Log& log) {
  const auto type = stage.new_class();
  type.attr("init") = stage.function([](const Ref<>&) {});
  Ref<> a = type();
  a.attr("init") = a.attr("init").get();
  a.reset();
  log("collected {}", stage.collect());
});

const Scenario kFunctionAndGlobals("8 function and globals", [](Stage& stage, Log& log) {
  Ref<Dict> globals = stage.rt.dict();
  globals->set("f", *make_function(
                        stage.rt.builtins(), "f", [](Dict&) {}, globals));
  globals.reset();
  log("collected {}", stage.collect());
});

const Scenario kReturnedNumber("10 returned number", [](Stage& stage, Log& log) {
  const Ref<List> saved = stage.rt.list();
  const auto plain = stage.new_class();
  const auto phoenix = stage.new_class("Phoenix", [&](const Ref<>& self) { saved->append(self); });
  for (int i = 0; i < 3; ++i) static_cast<void>(stage.make_loop(plain));
  static_cast<void>(stage.make_loop(phoenix));
  log("collected {}", stage.collect());
  log("saved {}", saved->size);
  saved->clear();
  log("then {}", stage.collect());
});

const Scenario kInvalidGeneration("11 invalid generation", [](Stage& stage, Log& log) {
  for (const int generation : {-1, 3}) {
    try {
      stage.collect(generation);
    } catch (const Error& error) {
      log("{}", error.what());
    }
  }
});

const Scenario kCollectionInACollection("12 collection in a collection", [](Stage& stage, Log& log) {
  const auto collecting =
      stage.new_class("Collecting", [&](const Ref<>&) { log("inside a finalizer {}", stage.collect()); });
  const auto plain = stage.new_class();
  Ref<> a = collecting();
  Ref<> b = plain();
  a.attr("b") = b;
  b.attr("a") = a;
  const auto watch = stage.watch(b, [&](const Ref<>&) { log("inside a callback {}", stage.collect()); });
  a.reset();
  b.reset();
  log("outer {}", stage.collect());
});

void drop_list_in_itself(Stage& stage) {
  const Ref<List> a = stage.rt.list();
  a->append(*a);
}

const Scenario kDisabled("13 disabled", [](Stage& stage, Log& log) {
  for (int i = 0; i < 5; ++i) drop_list_in_itself(stage);
  log("enabled {}", stage.rt.gc().is_enabled() ? "True" : "False");
  log("collected {}", stage.collect());
});

const Scenario kOlderGeneration("14 older generation", [](Stage& stage, Log& log) {
  for (int promoted = 0; promoted < 2; ++promoted) {
    Ref<List> a = stage.rt.list();
    a->append(*a);
    stage.collect(promoted);
    a.reset();
    for (int generation = 0; generation < promoted + 2; ++generation) log("{}: {}", generation, stage.collect(generation));
  }
});

const Scenario kHeldByAnOldDeadOne("15 held by an old dead one", [](Stage& stage, Log& log) {
  Ref<List> a = stage.rt.list();
  a->append(*a);
  stage.collect();
  a->append(*stage.rt.list(a));
  a.reset();
  for (int generation = 0; generation < 3; ++generation) log("{}: {}", generation, stage.collect(generation));
});

/// Collects when its scope is left, whatever the reason.
struct CollectAtEnd {
  ~CollectAtEnd() { collected = stage.collect(); }
  Stage& stage;
  std::size_t& collected;
};

const Scenario kPendingException("16 pending exception", [](Stage& stage, Log& log) {
  const auto raising = stage.new_class("Raising", [](const Ref<>&) { raise(ErrorKind::kValueError, "in a finalizer"); });
  static_cast<void>(stage.make_loop(raising));
  std::size_t collected = 99;
  try {
    const CollectAtEnd guard{stage, collected};
    raise(ErrorKind::kKeyError, "'pending'");
  } catch (const Error& error) {
    log("caught {}", error.what());
  }
  log("collected {}", collected);
  log("unraisable {}", stage.fixture.unraisable.at(0).substr(11));
});

void boom(Stage& stage, Log& log, int patience) {
  const auto type = stage.new_class("Boom");
  type.attr("__getattr__") = make_function(stage.rt.builtins(), "__getattr__", [patience](Object& self, Object&) {
    const Ref<> boom = share(self);
    boom.attr("x") = boom.attr("x").as<int>() + 1;
    if (boom.attr("x").as<int>() > patience) boom.attr("attr").erase();
    raise(ErrorKind::kAttributeError, "gone");
  });
  Ref<> a = type();
  Ref<> b = type();
  a.attr("x") = 0, b.attr("x") = 0;
  a.attr("attr") = b, b.attr("attr") = a;
  a.reset();
  b.reset();
  log("collected {}", stage.collect());
  log("garbage {}", stage.rt.gc().last_report().uncollectable);
}

const Scenario kBoom("17 boom", [](Stage& stage, Log& log) { boom(stage, log, 0), boom(stage, log, 1); });

const Scenario kFunctionSeenWhenCleared("18 function seen when cleared", [](Stage& stage, Log& log) {
  Ref<> seen, late;
  const auto late_class = stage.new_class("Late", [&](const Ref<>& self) { seen = self.attr("ref").get()(); });
  const auto cyclic = stage.new_class("Cyclic", [&](const Ref<>& self) {
    self.attr("late").attr("ref") = stage.watch(self.attr("func").get());
    late.reset();
  });
  late = late_class();
  Ref<List> module = stage.rt.list();
  Ref<> func = make_function(
      stage.rt.builtins(), "func", [](List&) {}, module);
  Ref<> cycle = cyclic();
  module->append(*cycle);
  cycle.attr("late") = late;
  cycle.attr("func") = func;
  cycle.reset(), func.reset(), module.reset();
  stage.collect();
  REQUIRE(seen);
  log("printed {}", text(*repr(*seen)).starts_with("<function func at ") ? "function" : text(*repr(*seen)));
  CHECK_THROWS_AS(seen(), Error);
});

}  // namespace

TEST_CASE("a list that contains itself is one object collected", "[rule-1]") {
  CHECK(kListInItself.told() == "collected 1");
}

TEST_CASE("a dict that contains itself is one object collected", "[rule-2]") {
  CHECK(kDictInItself.told() == "collected 1");
}

TEST_CASE("a tuple and a list that contain each other are two objects collected", "[rule-3]") {
  CHECK(kTupleAndList.told() == "collected 2");
}

TEST_CASE("a dropped class is garbage that a collection finds", "[rule-4]") {
  CHECK(kClass.told() == "something collected True; then 0");
}

TEST_CASE("an instance that refers to itself counts as one, its attributes included", "[rule-5]") {
  CHECK(kInstance.told() == "collected 1");
}

TEST_CASE("an instance of a class with several bases is collected at once", "[rule-6]") {
  CHECK(kSeveralBases.told() == "collected 1; then 0");
}

TEST_CASE("a bound method stored on the object it is bound to is a cycle of two", "[rule-7]") {
  CHECK(kBoundMethod.told() == "collected 2");
}

TEST_CASE("a function in the dict that it keeps is a cycle of two", "[rule-8]") {
  CHECK(kFunctionAndGlobals.told() == "collected 2");
}

TEST_CASE("a collection returns what it collected, not what a finalizer saved", "[rule-10]") {
  CHECK(kReturnedNumber.told() == "collected 3; saved 1; then 1");
}

TEST_CASE("a generation that does not exist is a ValueError", "[rule-11]") {
  CHECK(kInvalidGeneration.told() == "ValueError: invalid generation; ValueError: invalid generation");
}

TEST_CASE("a collection inside a collection returns 0 and the outer one completes", "[rule-12]") {
  CHECK(kCollectionInACollection.told() == "inside a callback 0; inside a finalizer 0; outer 2");
}

TEST_CASE("a disabled collector collects when it is told to", "[rule-13]") {
  CHECK(kDisabled.told() == "enabled False; collected 5");
}

TEST_CASE("a collection leaves alone the dead cycles of older generations", "[rule-14]") {
  CHECK(kOlderGeneration.told() == "0: 0; 1: 1; 0: 0; 1: 0; 2: 1");
}

TEST_CASE("a young object that only an old dead one holds waits for the old one's collection", "[rule-15]") {
  CHECK(kHeldByAnOldDeadOne.told() == "0: 0; 1: 0; 2: 2");
}

TEST_CASE("an exception on its way up passes through a collection unharmed", "[rule-16]") {
  CHECK(kPendingException.told() == "caught KeyError: 'pending'; collected 1; unraisable ValueError: in a finalizer");
}

TEST_CASE("a collection calls no attribute hook to find out about finalizers", "[rule-17]") {
  CHECK(kBoom.told() == "collected 2; garbage 0; collected 2; garbage 0");
}

TEST_CASE("a function seen after its clear is damaged but can be printed and refuses calls", "[rule-18]") {
  CHECK(kFunctionSeenWhenCleared.told() == "printed function");
}

}  // namespace ouro::test
