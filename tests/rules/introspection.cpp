// Section C of the rules, first part: what the view of the collector tells about objects (CPython: test_gc).
#include <algorithm>

#include "stage.h"

namespace ouro::test {

namespace {

bool has(const Ref<List>& objects, const Object& x) {
  return std::any_of(objects->view().begin(), objects->view().end(), [&](const Object* y) { return y == &x; });
}
bool is_listed(Stage& stage, const Object& x) { return has(stage.rt.gc().get_objects(), x); }
bool is_listed(Stage& stage, const Object& x, int generation) { return has(stage.rt.gc().get_objects(generation), x); }

const Scenario kAllObjects("35 all objects", [](Stage& stage, Log& log) {
  auto& gc = stage.rt.gc();
  const Ref<> x = stage.rt.list(), atoms = stage.rt.tuple(1, 2);
  {
    const Ref<List> result = gc.get_objects();
    log("list {}, result {}", python_bool(has(result, *x)), python_bool(has(result, *result)));
  }
  gc.collect(0);
  log("untracked {}", python_bool(is_listed(stage, *atoms)));
  gc.freeze();
  log("frozen {}", python_bool(is_listed(stage, *x)));
  gc.unfreeze();
  log("unfrozen {}", python_bool(is_listed(stage, *x)));
});

const Scenario kObjectsOfAGeneration("36 objects of a generation", [](Stage& stage, Log& log) {
  const Ref<> x = stage.rt.list();
  const auto where = [&] {
    log("[{}, {}, {}]", python_bool(is_listed(stage, *x, 0)), python_bool(is_listed(stage, *x, 1)),
        python_bool(is_listed(stage, *x, 2)));
  };
  where();
  stage.collect(0);
  where();
  stage.collect(1);
  where();
  log("all {}", python_bool(is_listed(stage, *x)));
  for (const int wrong : {3, 1000, -1000}) {
    try {
      static_cast<void>(stage.rt.gc().get_objects(wrong));
    } catch (const Error& error) {
      log("{}", name_of(error.kind()));
    }
  }
});

std::string sorted_ints(const Ref<List>& objects) {
  std::vector<int> values;
  for (Object& object : objects) values.push_back(from_object<int>(object));
  return fmt::format("[{}]", fmt::join(sorted(values), ", "));
}

const Scenario kReferents("37 referents", [](Stage& stage, Log& log) {
  auto& gc = stage.rt.gc();
  const Ref<List> alist = stage.rt.list(1, 3, 5);
  const Ref<Dict> adict = stage.rt.dict({{5, 7}});
  log("{}", sorted_ints(gc.get_referents({alist.get()})));
  log("{}", sorted_ints(gc.get_referents({adict.get()})));
  log("{}", sorted_ints(gc.get_referents({alist.get(), adict.get()})));
  const Ref<> one = stage.rt.from(1), a = stage.rt.str("a"), half = stage.rt.from(2.5);
  std::vector<std::string> types;
  const Ref<> empty = stage.rt.list(), full = stage.rt.list(stage.rt.list(), stage.rt.dict());
  const Ref<List> found_in_all = gc.get_referents({empty.get(), one.get(), a.get(), half.get(), full.get()});
  for (Object& found : found_in_all) types.push_back(fmt::format("'{}'", found.type->name));
  std::sort(types.begin(), types.end());
  log("[{}]", fmt::join(types, ", "));
  log("{}", shown(gc.get_referents({one.get(), a.get(), half.get()})));
});

const Scenario kUntracked("38 untracked", [](Stage& stage, Log& log) {
  const Ref<> atoms = stage.rt.tuple(1, 2, 3);
  stage.collect();
  log("tracked {}; {}", python_bool(stage.rt.gc().is_tracked(*atoms)),
      sorted_ints(stage.rt.gc().get_referents({atoms.get()})));
});

const Scenario kReferrers("39 referrers", [](Stage& stage, Log& log) {
  const Ref<> x = stage.new_class()();
  const Ref<List> alist = stage.rt.list(x);
  const Ref<Dict> adict = stage.rt.dict({{"x", x}});
  const Ref<List> found = stage.rt.gc().get_referrers({x.get()});
  log("list {}, dict {}", python_bool(has(found, *alist)), python_bool(has(found, *adict)));
  log("nobody {}", shown(stage.rt.gc().get_referrers({stage.rt.list().get()})));
});

const Scenario kTracked("40 tracked", [](Stage& stage, Log& log) {
  Runtime& rt = stage.rt;
  const auto table = [&](std::string_view name, const std::vector<Ref<>>& objects) {
    std::vector<std::string_view> tracked;
    for (const Ref<>& object : objects) tracked.push_back(python_bool(rt.gc().is_tracked(*object)));
    log("{} [{}]", name, fmt::join(tracked, ", "));
  };
  const auto plain = stage.new_class();
  table("atoms", {rt.from(1), rt.from(1.5), rt.from("a"), rt.none(), rt.from(true), rt.from("a longer text")});
  table("containers", {rt.list(), rt.list(1), rt.dict({{1, rt.list()}}), rt.tuple(rt.list()), plain(), plain});
});

const Scenario kFinalized("41 finalized", [](Stage& stage, Log& log) {
  const auto finalized = [](const Object& object) { return python_bool(gc::Collector::is_finalized(object)); };
  Ref<> saved;
  Ref<> a = stage.new_class("Phoenix", [&](const Ref<>& self) {
    log("inside {}", finalized(*self));
    saved = self;
  })();
  log("before {}", finalized(*a));
  a.reset();
  log("after {}", finalized(*saved));
  log("others {}, {}", finalized(*stage.rt.from(3)), finalized(*stage.rt.list()));
});

const Scenario kStatistics("42 statistics", [](Stage& stage, Log& log) {
  gc::Collector& gc = stage.rt.collector();
  const auto plain = stage.new_class();
  const auto difference = [&](int generation) {
    const std::array<gc::GenerationStats, 3> before{gc.stats(0), gc.stats(1), gc.stats(2)};
    static_cast<void>(stage.make_loop(plain)), static_cast<void>(stage.make_loop(plain));
    gc.collect(generation);
    std::vector<std::string> differences;
    for (int g = 0; g < 3; ++g) {
      const gc::GenerationStats &a = gc.stats(g), &b = before[static_cast<std::size_t>(g)];
      differences.push_back(fmt::format("[{}, {}, {}]", a.collections - b.collections, a.collected - b.collected,
                                        a.uncollectable - b.uncollectable));
    }
    log("[{}]", fmt::join(differences, ", "));
  };
  difference(0);
  difference(2);
  log("{}", gc::kGenerations);
});

const Scenario kFreeze("52 freeze", [](Stage& stage, Log& log) {
  gc::Collector& gc = stage.rt.collector();
  Ref<> a = stage.make_loop(stage.new_class());
  const auto watch = stage.watch(a);
  gc.freeze();
  CHECK(gc.counts()[0] == 0);
  log("some {}, counts ({}, {})", python_bool(gc.freeze_count() > 0), gc.counts()[1], gc.counts()[2]);
  a.reset();
  for (int generation = 0; generation < 3; ++generation) gc.collect(generation);
  log("after collections {}", state_of(watch));
  gc.unfreeze();
  gc.collect();
});

const Scenario kUnfreeze("53 unfreeze", [](Stage& stage, Log& log) {
  gc::Collector& gc = stage.rt.collector();
  gc.freeze();
  Ref<> a = stage.make_loop(stage.new_class());
  gc.freeze();
  const auto watch = stage.watch(a);
  gc.unfreeze();
  log("count {}, old {}", gc.freeze_count(), python_bool(gc.generation_of(*a) == 2));
  a.reset();
  for (int generation = 0; generation < 3; ++generation) {
    gc.collect(generation);
    log("c({}) {}", generation, state_of(watch));
  }
});

const Scenario kFrozenObject("54 frozen object", [](Stage& stage, Log& log) {
  Ref<> a = stage.new_class()();
  const auto watch = stage.watch(a);
  stage.rt.gc().freeze();
  a.reset();
  log("{}", state_of(watch));
  stage.rt.gc().unfreeze();
});

}  // namespace

TEST_CASE("the list of all objects has the tracked and unfrozen ones, itself excepted", "[rule-35]") {
  CHECK(kAllObjects.told() == "list True, result False; untracked False; frozen False; unfrozen True");
}

TEST_CASE("the objects of one generation can be listed, and of no other number", "[rule-36]") {
  CHECK(kObjectsOfAGeneration.told() ==
        "[True, False, False]; [False, True, False]; [False, False, True]; all True; ValueError; ValueError; ValueError");
}

TEST_CASE("referents are what the objects own references to, and atoms own none", "[rule-37]") {
  CHECK(kReferents.told() == "[1, 3, 5]; [5, 7]; [1, 3, 5, 5, 7]; ['dict', 'list']; []");
}

TEST_CASE("an object that is not tracked can be asked for its referents", "[rule-38]") {
  CHECK(kUntracked.told() == "tracked False; [1, 2, 3]");
}

TEST_CASE("referrers are found exactly, untracked and frozen ones too", "[rule-39]") {
  CHECK(kReferrers.told() == "list True, dict True; nobody []");
  Stage stage;
  auto& gc = stage.rt.gc();
  const Ref<> text = stage.rt.str("a text of its own");
  const Ref<> untracked = stage.rt.tuple(text, 1);
  stage.collect();
  REQUIRE_FALSE(gc.is_tracked(*untracked));
  CHECK(has(gc.get_referrers({text.get()}), *untracked));
  const Ref<> x = stage.rt.list(), frozen = stage.rt.list(x);
  gc.freeze();
  CHECK(has(gc.get_referrers({x.get()}), *frozen));
  gc.unfreeze();
}

TEST_CASE("referrers that are dying are not found", "[rule-39]") {
  // Their headers are links of a list while they wait; to count a reference there lost all that waited behind.
  Stage stage;
  const Ref<> target = stage.rt.str("a text that many refer to");
  std::size_t calls = 0, found = 0;
  const auto looking = stage.new_class("Looking", [&](const Ref<>&) {
    ++calls;
    const Ref<List> referrers = stage.rt.gc().get_referrers({target.get()});
    for (Object& referrer : referrers) found += referrer.refcount < 1000;
  });
  Ref<> nest = stage.rt.none();
  for (int i = 0; i < 200; ++i) nest = stage.rt.list(nest, target, i % 50 == 0 ? looking() : Ref<>(target));
  nest.reset();
  CHECK(calls == 4);
  CHECK(target->refcount == 1);
  CHECK(gc::count_objects(stage.rt.heap()) < 30);
}

TEST_CASE("containers are tracked, atoms never", "[rule-40]") {
  CHECK(kTracked.told() ==
        "atoms [False, False, False, False, False, False]; containers [True, True, True, True, True, True]");
}

TEST_CASE("an object counts as finalized when its finalizer has returned", "[rule-41]") {
  CHECK(kFinalized.told() == "before False; inside False; after True; others False, False");
}

TEST_CASE("statistics of each generation count its own collections only", "[rule-42]") {
  CHECK(kStatistics.told() == "[[1, 2, 0], [0, 0, 0], [0, 0, 0]]; [[0, 0, 0], [0, 0, 0], [1, 2, 0]]; 3");
}

TEST_CASE("a frozen cycle is found by no collection, and freezing zeroes the counts", "[rule-52]") {
  CHECK(kFreeze.told() == "some True, counts (0, 0); after collections alive");
}

TEST_CASE("what is unfrozen is old, and only a full collection frees it", "[rule-53]") {
  CHECK(kUnfreeze.told() == "count 0, old True; c(0) alive; c(1) alive; c(2) dead");
}

TEST_CASE("a frozen object dies by its count like any other", "[rule-54]") { CHECK(kFrozenObject.told() == "dead"); }

}  // namespace ouro::test
