// What can be set: debug lines, deferred finalizers, the version whose rules hold, and what pauses are remembered.
#include <ouro/gc/listener.h>

#include <thread>

#include "toy.h"

namespace ouro::test {

namespace {

using Lines = std::vector<std::string>;

/// Collects the debug lines of a world.
Lines& listen(ToyWorld& world, unsigned flags, Lines& lines) {
  world.gc.set_debug(flags);
  world.gc.set_debug_output([&lines](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

/// A garbage list and the events, as the floor above keeps them.
struct Listener final : gc::CollectionListener {
  explicit Listener(ToyWorld& world) : world_(world) { world_.gc.set_listener(this); }
  ~Listener() override { world_.gc.set_listener(nullptr); }
  void collection_starts(const gc::CollectionReport& report) noexcept override {
    events.push_back("start " + std::to_string(report.collected));
  }
  void collection_stops(const gc::CollectionReport& report) noexcept override {
    events.push_back("stop " + std::to_string(report.collected) + " " + std::to_string(report.uncollectable));
    world_.gc.collect();  // does nothing: a collection is running
  }
  void keep_garbage(Object& object) noexcept override { garbage.push_back(Ref<>::share(object)); }
  void observer_failed() noexcept override { events.emplace_back("observer failed"); }

  Lines events;
  std::vector<Ref<>> garbage;

 private:
  ToyWorld& world_;
};

std::string line_of(const char* verdict, const Object& object) {
  char line[64];
  std::snprintf(line, sizeof line, "gc: %s <plain %p>", verdict, static_cast<const void*>(&object));
  return line;
}

}  // namespace

TEST_CASE("with kDebugStats each collection says what it found, in CPython's lines", "[gc][rule-48]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  const Ref<Toy> kept = world.make();
  static_cast<void>(world.make_pair(world.plain));
  Lines lines;
  listen(world, gc::kDebugStats, lines);
  world.gc.collect();
  world.gc.set_debug(0);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == "gc: collecting generation 2...");
  CHECK(lines[1] == "gc: objects in each generation: 3 0 0");
  CHECK(lines[2] == "gc: objects in permanent generation: 0");
  CHECK_THAT(lines[3], StartsWith("gc: done, 2 unreachable, 0 uncollectable, 0.") && EndsWith("s elapsed"));
}

TEST_CASE("with kDebugCollectable each unreachable object has a line", "[gc][rule-49]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  Toy* const first = world.make_pair(world.plain).get();
  Toy* const second = first->get(0);
  Lines lines;
  listen(world, gc::kDebugCollectable, lines);
  const Lines expected{line_of("collectable", *first), line_of("collectable", *second)};
  CHECK(world.gc.collect() == 2);
  CHECK(lines == expected);
  world.gc.set_debug(0);
}

TEST_CASE("with kDebugSaveAll the unreachable go to the garbage list, finalized and without weak references",
          "[gc][rule-50]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  int finalized = 0;
  world.on_finalize = [&](Toy&) { ++finalized; };
  {
    Listener listener(world);
    Toy* const dead = world.make_pair(world.final).get();
    const Ref<WeakRef> watch = world.watch(*dead);
    world.gc.set_debug(gc::kDebugSaveAll);
    CHECK(world.gc.collect() == 2);
    CHECK(listener.garbage.size() == 2);
    CHECK(finalized == 2);
    CHECK(watch->target == nullptr);
    CHECK(world.gc.generation_of(*dead) == 2);
    world.gc.set_debug(0);
    listener.garbage.clear();
    CHECK(world.gc.collect() == 2);
    CHECK(finalized == 2);
  }
}

TEST_CASE("a cycle with a legacy finalizer is set aside with all it reaches, and only the finalizer's owner is listed",
          "[gc][rule-82][rule-83]") {
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.disable();
  Listener listener(world);
  Lines lines;
  listen(world, gc::kDebugUncollectable, lines);
  int calls = 0;
  world.on_finalize = [&](Toy&) { ++calls; };
  Ref<Toy> legacy = world.make_pair(world.legacy);
  Toy* const owner = legacy.get();
  Toy* const plain_behind = world.make().release();
  owner->edges[1] = plain_behind;
  Toy* const second = owner->get(0);
  static_cast<void>(world.make_pair(world.plain));
  second->set(0, nullptr);  // the second one is only reached
  owner->set(2, owner);
  legacy = {};
  const int generation = GENERATE(0, 1, 2);
  CHECK(world.gc.collect(generation) == 2 + 3);
  CHECK(world.gc.last_report().collected == 2);
  CHECK(world.gc.last_report().uncollectable == 3);
  CHECK(lines.size() == 3);
  REQUIRE(listener.garbage.size() == 2);  // the pair are both of the legacy type
  CHECK(calls == 0);
  CHECK(world.gc.stats(generation).uncollectable == 3);
  CHECK(world.gc.generation_of(*plain_behind) == std::min(generation + 1, 2));
  world.gc.set_debug(0);
  owner->set(2, nullptr);
  listener.garbage.clear();
  CHECK(calls == 2);  // dying by count, each is finalized
  CHECK(listener.events.back() == "stop 2 3");
}

TEST_CASE("a legacy finalizer runs at every death", "[gc][rule-85]") {
  ToyWorld world;
  Ref<Toy> saved;
  int calls = 0;
  world.on_finalize = [&](Toy& toy) {
    if (++calls < 3) saved = Ref<Toy>::share(toy);
  };
  saved = world.make(world.legacy);
  for (int i = 0; i < 3; ++i) saved = {};
  CHECK(calls == 3);
  CHECK(world.alive() == 0);
}

TEST_CASE("deferred finalizers and callbacks run when they are asked for, and not inside a collection", "[gc][rule-121]") {
  ToyWorld world({}, {.defers_finalizers = true});
  world.gc.set_stress(false);
  world.gc.disable();
  Lines order;
  world.on_finalize = [&](Toy& toy) { order.push_back("finalize " + std::to_string(toy.id)); };
  std::function<void(WeakRef&)> action = [&](WeakRef& reference) {
    order.push_back(reference.target == nullptr ? "callback" : "callback with a target");
  };
  const Ref<WeakRef> watch = world.watch(*world.make_pair(world.final), &action);
  CHECK(world.gc.collect() == 0);  // the queue keeps them
  CHECK(order.empty());
  CHECK(world.gc.deferred() == 3);
  CHECK(world.gc.last_report().resurrected == 2);
  CHECK(world.gc.run_deferred() == 3);
  CHECK(order == Lines{"callback", "finalize 1", "finalize 2"});
  CHECK(world.gc.collect() == 2);
  CHECK(world.gc.run_deferred() == 0);
}

TEST_CASE("what is deferred when the collector ends is run then", "[gc][rule-121]") {
  int finalized = 0;
  {
    ToyWorld world({}, {.defers_finalizers = true});
    world.on_finalize = [&](Toy&) { ++finalized; };
    static_cast<void>(world.make_pair(world.final));
    world.gc.collect();
    CHECK(finalized == 0);
    world.gc.run_deferred();
  }
  CHECK(finalized == 2);
}

TEST_CASE("which version's rules hold is chosen, with its thresholds and its timing", "[gc][rule-19][rule-34]") {
  ToyWorld old({}, {.compat = gc::Compat::kPy311});
  CHECK(old.gc.thresholds() == gc::Generations::Thresholds{700, 10, 10});
  CHECK(old.gc.timing() == gc::Timing::kAtAllocation);
  ToyWorld middle({}, {.compat = gc::Compat::kPy313});
  CHECK(middle.gc.thresholds() == gc::Generations::Thresholds{2000, 10, 10});
  CHECK(middle.gc.timing() == gc::Timing::kAtSafepoint);
  ToyWorld chosen({}, {.compat = gc::Compat::kPy315, .timing = gc::Timing::kAtAllocation});
  CHECK(chosen.gc.timing() == gc::Timing::kAtAllocation);
  CHECK(chosen.gc.compat() == gc::Compat::kPy315);
}

TEST_CASE("a finalizer in a cycle finds weak references dead, from 3.15 on only those with a callback", "[gc][rule-105]") {
  const gc::Compat compat = GENERATE(gc::Compat::kPy311, gc::Compat::kPy313, gc::Compat::kPy315);
  ToyWorld world({}, {.compat = compat});
  world.gc.set_stress(false);
  world.gc.disable();
  int called = 0;
  std::function<void(WeakRef&)> action = [&](WeakRef&) { ++called; };
  Toy* const toy = world.make_pair(world.final).get();
  const Ref<WeakRef> plain = world.watch(*toy);
  const Ref<WeakRef> watching = world.watch(*toy, &action);
  bool plain_alive = false;
  bool watching_alive = true;
  world.on_finalize = [&](Toy&) {
    plain_alive = plain->target != nullptr;
    watching_alive = watching->target != nullptr;
    CHECK(called == 1);
  };
  CHECK(world.gc.collect() == 2);
  CHECK(plain_alive == (compat == gc::Compat::kPy315));
  CHECK_FALSE(watching_alive);
  CHECK(plain->target == nullptr);
  CHECK(called == 1);
}

TEST_CASE("a weak reference that a finalizer makes is dead afterwards, and from 3.13 on its callback is not called",
          "[gc][rule-87][rule-88]") {
  const gc::Compat compat = GENERATE(gc::Compat::kPy311, gc::Compat::kPy313, gc::Compat::kPy315);
  ToyWorld world({}, {.compat = compat});
  world.gc.set_stress(false);
  world.gc.disable();
  int called = 0;
  std::function<void(WeakRef&)> action = [&](WeakRef&) { ++called; };
  Ref<WeakRef> late;
  world.on_finalize = [&](Toy& toy) {
    if (!late) late = world.watch(toy, &action);
  };
  static_cast<void>(world.make_pair(world.final));
  CHECK(world.gc.collect() == 2);
  CHECK(late->target == nullptr);
  CHECK(called == (compat == gc::Compat::kPy311 ? 1 : 0));
}

TEST_CASE("pauses are remembered by generation, with quantiles", "[gc]") {
  gc::PauseHistogram histogram;
  using std::chrono::nanoseconds;
  CHECK(histogram.quantile(0.5) == nanoseconds(0));
  for (int i = 1; i <= 100; ++i) histogram.add(nanoseconds(i * 1000));
  CHECK(histogram.count() == 100);
  CHECK(histogram.longest() == nanoseconds(100'000));
  CHECK(histogram.total() == nanoseconds(5'050'000));
  CHECK(histogram.quantile(0.5) >= nanoseconds(50'000));
  CHECK(histogram.quantile(0.5) <= nanoseconds(62'000));
  CHECK(histogram.quantile(1) == nanoseconds(100'000));
  for (std::size_t bucket = 8; bucket + 1 < gc::PauseHistogram::kBuckets; ++bucket)
    CHECK(gc::PauseHistogram::bucket_of(gc::PauseHistogram::beginning_of(bucket)) == bucket);
  ToyWorld world;
  world.gc.set_stress(false);
  world.gc.collect(1);
  CHECK(world.gc.pauses(1).count() == 1);
  CHECK(world.gc.pauses(1).total() == world.gc.last_report().pause);
  CHECK(world.gc.pauses(2).count() == 0);
}

}  // namespace ouro::test
