// Lock, RLock, Condition, Semaphore, Event and Barrier: CPython's threading, by the names of Lib/test/lock_tests.py.
#include <functional>
#include <string>
#include <vector>

#include <threads/thread_fixture.h>

namespace ouro::test {

TEST_CASE("test_acquire_release, test_try_acquire, test_acquire_contended: a lock is one thread's at a time", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.lock();
  auto& lock = in<sync::Lock>(object);
  CHECK_FALSE(lock.locked());
  CHECK(lock.acquire());
  CHECK(lock.locked());
  CHECK_FALSE(lock.acquire(false));
  int inside = 0;
  for (int i = 0; i < 3; ++i)
    w.start([&] {
      lock.acquire();
      ++inside;
      w.rt.safepoint();
      lock.release();
    });
  CHECK_FALSE(lock.acquire(true, 0.002));
  CHECK(inside == 0);
  lock.release();
  w.join();
  CHECK(inside == 3);
  CHECK_FALSE(lock.locked());
}

TEST_CASE("test_timeout, test_unacquired_release: what a lock refuses, in Python's words", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.lock();
  auto& lock = in<sync::Lock>(object);
  CHECK(error_of([&] { lock.release(); }) == "RuntimeError: release unlocked lock");
  CHECK(error_of([&] { lock.acquire(false, 1); }) == "ValueError: can't specify a timeout for a non-blocking call");
  CHECK(error_of([&] { lock.acquire(true, -2); }) == "ValueError: timeout value must be positive");
  CHECK(error_of([&] { lock.acquire(true, 1e300); }) == "OverflowError: timestamp too large to convert to C _PyTime_t");
  CHECK(lock.acquire(true, -1));
  lock.release();
}

TEST_CASE("test_different_thread: a lock may be released by another thread, an RLock may not", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.lock();
  const auto other = w.sync.rlock();
  auto& lock = in<sync::Lock>(object);
  auto& rlock = in<sync::RLock>(other);
  lock.acquire();
  rlock.acquire();
  std::string refused;
  w.start([&] {
    lock.release();
    refused = error_of([&] { rlock.release(); });
  });
  w.join();
  CHECK_FALSE(lock.locked());
  CHECK(refused == "RuntimeError: cannot release un-acquired lock");
  rlock.release();
}

TEST_CASE("test_reacquire: an RLock is taken again by its owner and released as often", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.rlock();
  auto& lock = in<sync::RLock>(object);
  for (std::size_t i = 1; i <= 3; ++i) {
    CHECK(lock.acquire());
    CHECK(lock.depth() == i);
  }
  bool taken = true;
  w.start([&] { taken = lock.acquire(false); });
  w.join();
  CHECK_FALSE(taken);
  for (int i = 0; i < 3; ++i) lock.release();
  CHECK(error_of([&] { lock.release(); }) == "RuntimeError: cannot release un-acquired lock");
  w.start([&] {
    taken = lock.acquire(false);
    lock.release();
  });
  w.join();
  CHECK(taken);
}

TEST_CASE("test_notify: a condition wakes as many as it is told, and they go on with the lock", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.condition();
  auto& condition = in<sync::Condition>(object);
  int woken = 0;
  for (int i = 0; i < 5; ++i)
    w.start([&] {
      condition.acquire();
      condition.wait();
      ++woken;
      condition.release();
    });
  w.until([&] { return condition.waiting() == 5; });
  const auto notify = [&](std::size_t count) {
    condition.acquire();
    condition.notify(count);
    condition.release();
  };
  notify(2);
  w.until([&] { return woken == 2; });
  CHECK(condition.waiting() == 3);
  condition.acquire();
  condition.notify_all();
  CHECK(woken == 2);  // they need the lock
  condition.release();
  w.join();
  CHECK(woken == 5);
}

TEST_CASE("test_unacquired_wait, test_unacquired_notify, test_timeout: a condition needs its lock", "[threads]") {
  ThreadFixture w;
  const auto lock = w.sync.lock();
  const auto object = w.sync.condition(lock);
  auto& condition = in<sync::Condition>(object);
  CHECK(error_of([&] { condition.wait(); }) == "RuntimeError: cannot wait on un-acquired lock");
  CHECK(error_of([&] { condition.notify(); }) == "RuntimeError: cannot notify on un-acquired lock");
  condition.acquire();
  CHECK_FALSE(condition.wait(0.001));
  CHECK_FALSE(condition.wait(-1.0));
  CHECK(in<sync::Lock>(lock).locked());
  condition.release();
  CHECK(error_of([&] { static_cast<void>(w.sync.condition(w.rt.list())); }) ==
        "AttributeError: 'list' object has no attribute 'acquire'");
}

TEST_CASE("test_waitfor, test_waitfor_timeout: a condition waits until a predicate holds", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.condition();
  auto& condition = in<sync::Condition>(object);
  int state = 0;
  bool reached = false;
  w.start([&] {
    condition.acquire();
    condition.acquire();  // twice: the wait gives both up
    reached = condition.wait_for([&] { return state == 3; });
    condition.release();
    condition.release();
  });
  w.until([&] { return condition.waiting() == 1; });
  for (int i = 0; i < 3; ++i) {
    condition.acquire();
    ++state;
    condition.notify();
    condition.release();
  }
  w.join();
  CHECK(reached);
  condition.acquire();
  CHECK_FALSE(condition.wait_for([] { return false; }, 0.002));
  condition.release();
}

TEST_CASE("test_acquire_contended: a semaphore lets as many in as it counts", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.semaphore(2);
  auto& semaphore = in<sync::Semaphore>(object);
  int inside = 0;
  int most = 0;
  for (int i = 0; i < 6; ++i)
    w.start([&] {
      semaphore.acquire();
      most = std::max(most, ++inside);
      w.rt.safepoint();
      --inside;
      semaphore.release();
    });
  w.join();
  CHECK(most <= 2);
  CHECK(semaphore.value() == 2);
}

TEST_CASE("test_constructor, test_release_unacquired, test_multirelease: what semaphores refuse", "[threads]") {
  ThreadFixture w;
  CHECK(error_of([&] { static_cast<void>(w.sync.semaphore(-1)); }) == "ValueError: semaphore initial value must be >= 0");
  const auto object = w.sync.bounded_semaphore();
  auto& bounded = in<sync::Semaphore>(object);
  CHECK(error_of([&] { bounded.release(); }) == "ValueError: Semaphore released too many times");
  CHECK(error_of([&] { bounded.release(0); }) == "ValueError: n must be one or more");
  CHECK(error_of([&] { bounded.acquire(false, 1); }) == "ValueError: can't specify timeout for non-blocking acquire");
  CHECK(bounded.acquire());
  CHECK_FALSE(bounded.acquire(false));
  CHECK_FALSE(bounded.acquire(true, 0.001));
  bounded.release();
}

TEST_CASE("test_is_set, test_notify, test_set_and_clear: an event lets everybody through once it is set", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.event();
  auto& event = in<sync::Event>(object);
  CHECK_FALSE(event.is_set());
  CHECK_FALSE(event.wait(0.001));
  std::size_t started = 0;
  std::size_t through = 0;
  for (int i = 0; i < 4; ++i)
    w.start([&] {
      ++started;
      through += event.wait() ? 1 : 0;
    });
  w.until([&] { return started == 4; });
  event.set();
  event.clear();  // those that were woken go through all the same
  w.join();
  CHECK(through == 4);
  CHECK_FALSE(event.is_set());
}

TEST_CASE("test_barrier, test_action: threads pass a barrier together, and one of them acts for all", "[threads]") {
  ThreadFixture w;
  int acted = 0;
  const auto action = make_function(w.rt.builtins(), "action", [&acted = acted] { ++acted; });
  const auto object = w.sync.barrier(3, action);
  auto& barrier = in<sync::Barrier>(object);
  std::vector<std::int64_t> places;
  int arrived = 0;
  for (int i = 0; i < 3; ++i)
    w.start([&] {
      for (int round = 1; round <= 4; ++round) {
        ++arrived;
        places.push_back(barrier.wait());
        if (arrived < 3 * round || acted < round) std::abort();
      }
    });
  w.join();
  CHECK(acted == 4);
  CHECK(places.size() == 12);
  CHECK(barrier.parties() == 3);
  CHECK(barrier.waiting() == 0);
}

TEST_CASE("test_abort, test_reset, test_wait_timeout: a broken barrier refuses until it is reset", "[threads]") {
  ThreadFixture w;
  const auto object = w.sync.barrier(2);
  auto& barrier = in<sync::Barrier>(object);
  CHECK(error_of([&] { barrier.wait(0.001); }) == "BrokenBarrierError");
  CHECK(barrier.broken());
  CHECK(error_of([&] { barrier.wait(); }) == "BrokenBarrierError");
  barrier.reset();
  CHECK_FALSE(barrier.broken());
  std::string error;
  w.start([&] { error = error_of([&] { barrier.wait(); }); });
  w.until([&] { return barrier.waiting() == 1; });
  barrier.reset();
  w.join();
  CHECK(error == "BrokenBarrierError");
  CHECK_FALSE(barrier.broken());
  w.start([&] { error = error_of([&] { barrier.wait(); }); });
  w.until([&] { return barrier.waiting() == 1; });
  barrier.abort();
  w.join();
  CHECK(barrier.broken());
}

TEST_CASE("A barrier whose action fails is broken, and the error is that thread's", "[threads]") {
  ThreadFixture w;
  const auto action = make_function(w.rt.builtins(), "action", [] { raise(ErrorKind::kValueError, "no"); });
  const auto object = w.sync.barrier(1, action);
  auto& barrier = in<sync::Barrier>(object);
  CHECK(error_of([&] { barrier.wait(); }) == "ValueError: no");
  CHECK(barrier.broken());
}

TEST_CASE("Scripts see the methods, the context manager and the constructors", "[threads]") {
  ThreadFixture w;
  const Ref<> lock_class = w.sync.lock_class;
  const Ref<> lock = lock_class();
  CHECK(from_object<bool>(lock.attr("acquire")()));
  CHECK_FALSE(from_object<bool>(lock.attr("acquire")(false)));
  CHECK(from_object<bool>(lock.attr("locked")()));
  static_cast<void>(lock.attr("__exit__")(nullptr, nullptr, nullptr));
  CHECK(from_object<bool>(lock.attr("__enter__")()));
  const Ref<> semaphore = Ref<>(w.sync.semaphore_class)(1);
  CHECK(from_object<bool>(semaphore.attr("acquire")()));
  CHECK_FALSE(from_object<bool>(semaphore.attr("acquire")(false)));
  const Ref<> event = Ref<>(w.sync.event_class)();
  static_cast<void>(event.attr("set")());
  CHECK(from_object<bool>(event.attr("wait")(0)));
  const Ref<> barrier = Ref<>(w.sync.barrier_class)(1);
  CHECK(from_object<std::int64_t>(barrier.attr("wait")()) == 0);
  CHECK(from_object<std::int64_t>(Ref<>(barrier.attr("parties"))) == 1);
}

TEST_CASE("A cycle through a condition's lock or a barrier's action is collected", "[threads]") {
  ThreadFixture w;
  {
    const auto box = w.rt.list();
    const auto action = make_function(
        w.rt.builtins(), "action", [](List&) {}, box);
    box->append(*w.sync.barrier(2, action));
    const auto queue = w.sync.queue();
    in<sync::Queue>(queue).put(queue);
  }
  CHECK(w.rt.gc().collect() >= 4);
}

}  // namespace ouro::test
