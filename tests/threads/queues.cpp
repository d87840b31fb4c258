// Queue, LifoQueue and PriorityQueue: CPython's queue, by the names of Lib/test/test_queue.py.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <threads/thread_fixture.h>

namespace ouro::test {

namespace {

std::vector<int> drain(sync::Queue& queue) {
  std::vector<int> all;
  while (!queue.empty()) all.push_back(from_object<int>(queue.get()));
  return all;
}

}  // namespace

TEST_CASE("test_basic: items come out first in first, last in first, or least first", "[threads]") {
  Fixture world;
  const sync::Classes sync(world.rt);
  const auto order_of = [&](sync::Order order) {
    const auto queue = sync.queue(0, order);
    for (const int item : {3, 1, 4, 1, 5, 9, 2, 6}) in<sync::Queue>(queue).put(world.rt.from(item));
    return drain(in<sync::Queue>(queue));
  };
  CHECK(order_of(sync::Order::kFirstIn) == std::vector<int>{3, 1, 4, 1, 5, 9, 2, 6});
  CHECK(order_of(sync::Order::kLastIn) == std::vector<int>{6, 2, 9, 5, 1, 4, 1, 3});
  CHECK(order_of(sync::Order::kLeast) == std::vector<int>{1, 1, 2, 3, 4, 5, 6, 9});
}

TEST_CASE("test_negative_timeout_raises_exception, test_nowait: what queues refuse, in Python's words", "[threads]") {
  Fixture world;
  const sync::Classes sync(world.rt);
  const auto object = sync.queue(1);
  sync::Queue& queue = in<sync::Queue>(object);
  const auto item = world.rt.from(1);
  CHECK(error_of([&] { static_cast<void>(queue.get(false)); }) == "Empty");
  CHECK(error_of([&] { static_cast<void>(queue.get(true, 0.001)); }) == "Empty");
  CHECK(error_of([&] { static_cast<void>(queue.get(true, -1)); }) == "ValueError: 'timeout' must be a non-negative number");
  queue.put(item);
  CHECK(queue.full());
  CHECK(error_of([&] { queue.put(item, false); }) == "Full");
  CHECK(error_of([&] { queue.put(item, true, 0.001); }) == "Full");
  CHECK(error_of([&] { queue.put(item, true, -1); }) == "ValueError: 'timeout' must be a non-negative number");
  queue.task_done();
  CHECK(error_of([&] { queue.task_done(); }) == "ValueError: task_done() called too many times");
}

TEST_CASE("test_queue_join, test_many_threads: every item put is got once, and join waits for the last", "[threads]") {
  Fixture world;
  const sync::Classes sync(world.rt);
  const auto object = sync.queue(4);
  sync::Queue& queue = in<sync::Queue>(object);
  constexpr int kItems = 60;
  std::int64_t sum = 0;
  std::vector<Thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back(world.rt, [&] {
      for (;;) {
        const Ref<> item = queue.get();
        const int value = from_object<int>(item);
        if (value >= 0) sum += value;
        world.rt.safepoint();
        queue.task_done();
        if (value < 0) return;
      }
    });
  for (Thread& thread : threads) thread.start();
  for (int i = 0; i < kItems; ++i) queue.put(world.rt.from(i));
  queue.join();
  CHECK(sum == kItems * (kItems - 1) / 2);
  for (int t = 0; t < 3; ++t) queue.put(world.rt.from(-1));
  for (Thread& thread : threads) thread.join();
  CHECK(queue.empty());
}

TEST_CASE("test_queue_task_done, test_shrinking_queue: a queue counts what is not done with, and may be made smaller",
          "[threads]") {
  ThreadFixture w;
  const Ref<> queue = w.sync.queue(3);
  for (int i = 0; i < 3; ++i) do_call(queue, "put_nowait", i);
  CHECK(error_of([&] { do_call(queue, "put_nowait", 4); }) == "Full");
  queue.attr("maxsize") = 2;
  CHECK(error_of([&] { do_call(queue, "put_nowait", 4); }) == "Full");
  for (int i = 0; i < 3; ++i) {
    do_call(queue, "get");
    do_call(queue, "task_done");
  }
  CHECK(error_of([&] { do_call(queue, "task_done"); }) == "ValueError: task_done() called too many times");
  do_call(queue, "join");
}

TEST_CASE("test_order, test_many_threads_nonblock, test_references: a SimpleQueue hands on what it got and keeps nothing",
          "[threads]") {
  ThreadFixture w;
  const Ref<> queue = Ref<>(w.sync.simple_queue_class)();
  const auto item = w.rt.list();
  for (int i = 0; i < 3; ++i) do_call(queue, "put", item, true, 0.001);
  CHECK(item->refcount == 4);
  for (int i = 0; i < 3; ++i) CHECK(queue.attr("get")().is(item));
  CHECK(item->refcount == 1);
  CHECK(ask(queue, "empty"));
  CHECK(error_of([&] { do_call(queue, "get_nowait"); }) == "Empty");
  CHECK(error_of([&] { do_call(queue, "get", true, -1); }) == "ValueError: 'timeout' must be a non-negative number");
  CHECK(error_of([&] { do_call(queue, "task_done"); }) ==
        "AttributeError: 'SimpleQueue' object has no attribute 'task_done'");
  std::vector<int> got;
  int fed = 0;
  for (int t = 0; t < 2; ++t) {
    w.start([&] {
      for (int i = 0; i < 20; ++i) do_call(queue, "put", fed++);
    });
    w.start([&] {
      for (int i = 0; i < 20; ++i) got.push_back(from_object<int>(queue.attr("get")()));
    });
  }
  w.join();
  std::ranges::sort(got);
  CHECK(got.size() == 40);
  CHECK(std::ranges::adjacent_find(got) == got.end());
}

TEST_CASE("test_reentrancy: a finalizer may put into the queue that it interrupts", "[threads]") {
  ThreadFixture w;
  w.rt.gc().set_threshold(3);
  const Ref<> queue = w.sync.simple_queue();
  const auto type = w.rt.new_class("Feeds");
  const auto feed = make_function(
      w.rt.builtins(), "Feeds.__del__", [](Object& target, Object&) { do_call(share(target), "put", "dead"); }, queue);
  set_class_attribute(*type, *intern(w.rt.builtins(), "__del__"), feed.get());
  for (int i = 0; i < 50; ++i) {
    Ref<> made = Ref<>(type)();
    made.attr("self") = made;
    made.reset();
    do_call(queue, "put", w.rt.list(w.rt.list(i)));
  }
  static_cast<void>(w.rt.gc().collect());
  CHECK(from_object<int>(queue.attr("qsize")()) == 100);
  while (!ask(queue, "empty")) do_call(queue, "get");
}

TEST_CASE("A queue that is shut down gives out what it has, and then refuses", "[threads]") {
  // test_shutdown_* of CPython 3.13.
  ThreadFixture w;
  const Ref<> queue = w.sync.queue(2);
  do_call(queue, "put", 1);
  do_call(queue, "put", 2);
  std::string refused;
  w.start([&] { refused = error_of([&] { do_call(queue, "put", 3); }); });
  w.until([&] { return in<sync::Queue>(queue).waiting() == 1; });
  do_call(queue, "shutdown");
  w.join();
  CHECK(refused == "ShutDown");
  CHECK(from_object<int>(queue.attr("get")()) == 1);
  CHECK(from_object<int>(queue.attr("get_nowait")()) == 2);
  CHECK(error_of([&] { do_call(queue, "get"); }) == "ShutDown");
  CHECK(error_of([&] { do_call(queue, "get_nowait"); }) == "ShutDown");
  CHECK(error_of([&] { do_call(queue, "put", 1); }) == "ShutDown");
  const Ref<> other = w.sync.queue();
  do_call(other, "put", 1);
  w.start([&] { do_call(other, "join"); });
  do_call(other, "shutdown", true);
  w.join();
  CHECK(ask(other, "empty"));
}

TEST_CASE("test_failing_queue: what cannot be compared leaves a priority queue with all its items", "[threads]") {
  Fixture world;
  const sync::Classes sync(world.rt);
  const auto object = sync.queue(0, sync::Order::kLeast);
  sync::Queue& queue = in<sync::Queue>(object);
  queue.put(world.rt.from(2));
  CHECK(error_of([&] { queue.put(world.rt.str("x")); }) ==
        "TypeError: '<' not supported between instances of 'str' and 'int'");
  CHECK(queue.size() == 2);
}

TEST_CASE("Scripts put and get", "[threads]") {
  Fixture world;
  const sync::Classes sync(world.rt);
  const Ref<> queue = Ref<>(sync.queue_class)(2);
  static_cast<void>(queue.attr("put")(7));
  static_cast<void>(queue.attr("put_nowait")(8));
  CHECK(from_object<bool>(queue.attr("full")()));
  CHECK(from_object<int>(queue.attr("qsize")()) == 2);
  CHECK(from_object<int>(queue.attr("get")()) == 7);
  CHECK(from_object<int>(queue.attr("get_nowait")()) == 8);
  CHECK(error_of([&] { static_cast<void>(queue.attr("get")(false)); }) == "Empty");
}

}  // namespace ouro::test
