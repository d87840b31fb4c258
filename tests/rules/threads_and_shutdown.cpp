// Section F of the rules, second part: the end of a runtime, deferred finalizers, threads (CPython: test_gc; PEP 556).
#include <future>
#include <thread>

#include "stage.h"

namespace ouro::test {

TEST_CASE("finalizers in cycles run when the runtime closes", "[rule-119]") {
  int in_cycles = 0, alone = 0;
  {
    Stage stage;
    const auto cyclic = stage.new_class("Cyclic", [&](const Ref<>&) { ++in_cycles; });
    const auto plain = stage.new_class("Alone", [&](const Ref<>&) { ++alone; });
    for (int i = 0; i < 3; ++i) stage.make_loop(cyclic).attr("other") = plain();
    CHECK(in_cycles == 0);
  }
  CHECK(in_cycles == 3);
  CHECK(alone == 3);
}

TEST_CASE("what a finalizer makes while the runtime closes is collected too", "[rule-119]") {
  int calls = 0;
  {
    Stage stage;
    Ref<Class> type;
    type = stage.new_class("Heir", [&](const Ref<>&) {
      if (++calls < 5) static_cast<void>(stage.make_loop(type));
    });
    static_cast<void>(stage.make_loop(type));
    stage.rt.close();
    CHECK(calls == 5);
  }
}

TEST_CASE("uncollectable objects at the end are counted or listed, and kept quiet about with save-all", "[rule-118]") {
  const std::string counted = "gc: 2 uncollectable objects at shutdown";
  const auto said_at_close = [](unsigned flags) {
    std::vector<std::string> lines;
    Stage stage;
    stage.rt.collector().set_debug_output([&](std::string_view line) { lines.emplace_back(line); });
    const auto type = stage.new_class("X");
    type.attr("__repr__") = make_function(stage.rt.builtins(), "__repr__", [](Object&) { return "<X>"; });
    for (int i = 0; i < 2; ++i) stage.rt.gc().garbage().append(stage.make_loop(type));
    stage.rt.gc().set_debug(flags);
    stage.rt.close();
    return lines;
  };
  CHECK(said_at_close(0) == std::vector{counted + "; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them"});
  CHECK(said_at_close(gc::kDebugUncollectable) == std::vector{counted, std::string("      [<X>, <X>]")});
  CHECK(said_at_close(gc::kDebugSaveAll).empty());
}

namespace {

/// A lock that is not recursive, as a library has it around its own data.
struct Locked {
  bool held = false;
  int refused = 0;

  bool take() {
    if (held) return ++refused, false;  // a real lock would never be had
    return held = true;
  }
};

/// A program that takes the lock and allocates inside; the finalizers of garbage that is lying about want it too.
int run_locked_program(Stage& stage, Locked& lock) {
  int finalized = 0;
  const auto type = stage.new_class("Logging", [&](const Ref<>&) {
    if (!lock.take()) return;
    ++finalized;
    lock.held = false;
  });
  for (int i = 0; i < 3; ++i) static_cast<void>(stage.make_loop(type));
  std::vector<Ref<List>> kept;
  stage.rt.gc().enable();
  REQUIRE(lock.take());
  for (int i = 0; i < 2000; ++i) kept.push_back(stage.rt.list());
  lock.held = false;
  stage.rt.gc().disable();
  stage.rt.gc().run_deferred_finalizers();
  return finalized;
}

}  // namespace

TEST_CASE("a finalizer runs inside whatever code a collection interrupts, unless it is deferred", "[rule-121]") {
  Locked lock;
  {
    Stage stage;
    CHECK(run_locked_program(stage, lock) == 0);
    CHECK(lock.refused == 3);
  }
  lock = {};
  Options options;
  options.deferred_finalizers = true;
  Stage stage(options);
  CHECK(run_locked_program(stage, lock) == 3);
  CHECK(lock.refused == 0);
  stage.collect();
}

TEST_CASE("a finalizer runs on the thread whose allocation triggered the collection", "[rule-121]") {
  Stage stage;
  std::thread::id seen;
  const auto type = stage.new_class("Seeing", [&](const Ref<>&) { seen = std::this_thread::get_id(); });
  static_cast<void>(stage.make_loop(type));
  std::thread::id worker;
  {
    const GilRelease outside(stage.rt);
    std::thread thread([&] {
      const Attach inside(stage.rt);
      worker = std::this_thread::get_id();
      stage.collect();
    });
    thread.join();
  }
  CHECK(seen == worker);
}

TEST_CASE("while a finalizer has given the lock up, another thread's collection does nothing and its objects are safe",
          "[rule-122]") {
  Stage stage;
  std::promise<void> inside_finalizer, others_done;
  const auto type = stage.new_class("Yielding", [&](const Ref<>&) {
    const GilRelease outside(stage.rt);
    inside_finalizer.set_value();
    others_done.get_future().wait();
  });
  const auto plain = stage.new_class();
  static_cast<void>(stage.make_loop(type));
  for (int i = 0; i < 10; ++i) static_cast<void>(stage.make_loop(plain));
  std::size_t inner = 99;
  std::vector<Ref<List>> kept;
  std::thread other([&] {
    inside_finalizer.get_future().wait();
    {
      const Attach inside(stage.rt);
      for (int i = 0; i < 1000; ++i) {
        kept.push_back(stage.rt.list(i));
        static_cast<void>(stage.make_loop(plain));
      }
      inner = stage.collect();
    }
    others_done.set_value();
  });
  CHECK(stage.collect() == 11);
  {
    const GilRelease outside(stage.rt);
    other.join();
  }
  CHECK(inner == 0);
  for (int i = 0; i < 1000; ++i) CHECK(from_object<int>(kept[static_cast<std::size_t>(i)]->get(0)) == i);
  CHECK(stage.collect() == 1000);
}

}  // namespace ouro::test
