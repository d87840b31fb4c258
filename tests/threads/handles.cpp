// Laws: global-one-count, global-drop, nested-apart. Handles for any thread, dicts of threads, and long operations.
#include <ouro/runtime/threads/timeline.h>
#include <support/fixture.h>
#include <support/json.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace ouro::test {

TEST_CASE("A global handle is copied and dropped on any thread, and owns one count", "[threads][law-global-one-count]") {
  Fixture world;
  const auto list = world.rt.list(1);
  Global<List> global(world.rt, list);
  CHECK(list->refcount == 2);
  {
    const GilRelease released(world.rt);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([copy = global] {
        std::vector<Global<List>> copies(100, copy);
        copies.resize(50);
      });
  }
  CHECK(list->refcount == 2);
  CHECK(global.get().is(list));
  global.reset();
  CHECK(list->refcount == 1);
  CHECK_FALSE(global);
  CHECK_FALSE(Global<>().get());
}

TEST_CASE("What is dropped without the lock is dropped at the next safepoint", "[threads][law-global-drop]") {
  Fixture world;
  const auto list = world.rt.list(1);
  Global<List> global(world.rt, list);
  std::thread([moved = std::move(global)]() mutable { moved.reset(); }).join();
  CHECK(list->refcount == 2);
  world.rt.safepoint();
  CHECK(list->refcount == 1);
}

TEST_CASE("A global handle that outlives its runtime is empty, and may be dropped anywhere", "[threads][law-global-drop]") {
  auto rt = std::make_unique<Runtime>(test_options());
  Global<> kept(*rt, rt->list(1));
  Global<> dropped(*rt, rt->list(2));
  std::thread([moved = std::move(dropped)] {}).join();
  CHECK(rt->close().empty());
  CHECK_FALSE(kept.get());
  rt.reset();
  std::thread([moved = std::move(kept)] {}).join();
}

TEST_CASE("Between close and the end of its runtime a global handle is empty, and no thread starts", "[threads]") {
  Runtime rt(test_options());
  Global<> kept(rt, rt.list(1));
  Global<> moved(rt, rt.list(2));
  Thread late(rt, [] {});
  CHECK(rt.close().empty());
  std::thread([handle = std::move(moved)]() mutable { handle.reset(); }).join();
  CHECK_FALSE(kept.get());
  CHECK_THROWS_WITH(late.start(), "RuntimeError: can't start new thread: the runtime is closing");
  CHECK_FALSE(late.is_alive());
  std::thread([&rt] {
    if (Attach::try_attach(rt)) std::abort();
  }).join();
}

TEST_CASE("Each thread has a dict of its own, which ends with it", "[threads]") {
  Fixture world;
  const auto mine = world.rt.thread_dict();
  mine->set("who", *world.rt.str("main"));
  const auto watched = world.rt.list();
  Thread other(world.rt, [&] {
    const auto its = world.rt.thread_dict();
    CHECK(its->size == 0);
    its->set("holds", *watched);
  });
  other.start();
  other.join();
  CHECK(watched->refcount == 1);
  CHECK(mine->size == 1);
}

TEST_CASE("test_threading_local: a variable has another value in each thread", "[threads]") {
  Fixture world;
  std::optional<ThreadLocal> local(std::in_place, world.rt);
  local->set(*world.rt.from(1));
  std::string missing;
  Thread other(world.rt, [&] {
    try {
      static_cast<void>(local->get());
    } catch (const Error& error) {
      missing = error.what();
    }
    local->set(*world.rt.from(2));
    CHECK(from_object<int>(local->get()) == 2);
    local->erase();
    local->erase();
    CHECK_FALSE(local->find());
  });
  other.start();
  other.join();
  CHECK(missing == "AttributeError: this thread has no value of the variable");
  CHECK(from_object<int>(local->get()) == 1);
  local.reset();
  CHECK(world.rt.thread_dict()->size == 0);
}

TEST_CASE("Two threads that recurse do not share their depth", "[threads][law-nested-apart]") {
  Fixture world({.schedule_seed = 3});
  world.rt.gc().set_stress(false);
  Ref<> left = world.rt.list();
  Ref<> right = world.rt.list();
  for (int i = 0; i < 700; ++i) {
    left = world.rt.list(left);
    right = world.rt.list(right);
  }
  int equals = 0;
  const auto work = [&] { equals += equal(*left, *right) ? 1 : 0; };
  Thread one(world.rt, work);
  Thread two(world.rt, work);
  const std::uint64_t before = world.rt.gil().stats().switches;
  one.start();
  two.start();
  one.join();
  two.join();
  CHECK(equals == 2);
  CHECK(world.rt.gil().stats().switches > before + 100);  // they took turns while they were deep
}

TEST_CASE("A long sort and a deep comparison reach safepoints", "[threads]") {
  Fixture world;
  world.rt.gc().set_stress(false);
  int made = 0;
  const auto ask = [&] { world.rt.attention().call_soon([&] { ++made; }); };
  const auto list = world.rt.list();
  for (int i = 0; i < 20'000; ++i) list->append(*world.rt.from((i * 7919) % 20'011));
  ask();
  list->sort();
  CHECK(made == 1);
  const auto one = world.rt.list(world.rt.list(1));
  const auto other = world.rt.list(world.rt.list(1));
  ask();
  CHECK(equal(*one, *other));
  CHECK(made == 2);
  for (std::int64_t i = 0; i < 20'000; ++i) list->set(i, *world.rt.from((i * 7919) % 20'011));
  world.rt.attention().interrupt();
  CHECK_THROWS_AS(list->sort(), Error);
  CHECK(list->size == 20'000);
}

TEST_CASE("sum, min, any and the repr of containers reach safepoints", "[threads]") {
  Fixture world;
  const auto list = world.rt.list(1, 2, 3);
  int made = 0;
  const auto ask = [&] { world.rt.attention().call_soon([&] { ++made; }); };
  ask();
  static_cast<void>(sum(*list));
  CHECK(made == 1);
  ask();
  static_cast<void>(min_of(*list));
  CHECK(made == 2);
  ask();
  CHECK(any_of(*list));
  CHECK(made == 3);
  ask();
  CHECK(text(*repr(*list)) == "[1, 2, 3]");
  CHECK(made == 4);
  world.rt.attention().interrupt();
  CHECK_THROWS_AS(sum(*list), Error);
}

TEST_CASE("Collections that come due at safepoints wait for one", "[threads]") {
  Fixture world({.compat = gc::Compat::kPy313});
  world.rt.gc().set_stress(false);
  world.rt.gc().set_threshold(10);
  const auto collections = [&] { return world.rt.gc().get_stats()[0]["collections"].as<int>(); };
  const int before = collections();
  for (int i = 0; i < 50; ++i) static_cast<void>(world.rt.list(i));
  std::vector<Ref<>> kept;
  for (int i = 0; i < 50; ++i) kept.push_back(world.rt.list(world.rt.list()));
  CHECK(collections() == before);
  world.rt.safepoint();
  CHECK(collections() == before + 1);
}

TEST_CASE("A small sort of numbers is not interrupted", "[threads]") {
  Fixture world;
  const auto list = world.rt.list(3, 1, 2);
  world.rt.attention().interrupt();
  list->sort();
  CHECK(from_object<int>(list->get(0)) == 1);
  CHECK_THROWS_AS(world.rt.safepoint(), Error);
}

TEST_CASE("A timeline writes a row for each thread and a bar for each run", "[threads][claim-L11]") {
  Fixture world;
  const Timeline timeline(world.rt);
  Thread other(world.rt, [&] { const GilRelease released(world.rt); }, {.name = "reader"});
  other.start();
  other.join();
  const boost::json::value trace = parse_json(timeline.to_json());
  const auto& events = trace.at("traceEvents").as_array();
  std::size_t bars = 0;
  for (const auto& event : events) bars += event.at("ph").as_string() == "X" ? 1 : 0;
  CHECK(bars == timeline.runs().size());
  CHECK(bars >= 3);
  CHECK(events.size() > bars);
  CHECK(timeline.left_out() == 0);
}

}  // namespace ouro::test
