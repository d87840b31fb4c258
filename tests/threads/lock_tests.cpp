// More of Lib/test/lock_tests.py: timeouts, scopes, weak references, barriers of one, aborts and resets.
#include <ouro/objects/weak/weakref.h>
#include <support/broken_law.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include <threads/thread_fixture.h>

namespace ouro::test {

TEST_CASE("test_reacquire, test_state_after_timeout: a Lock is taken once, and is as it was after a wait in vain",
          "[threads]") {
  ThreadFixture w;
  const Ref<> object = w.sync.lock();
  auto& lock = in<sync::Lock>(object);
  lock.acquire();
  bool waited_in_vain = false;
  bool twice = false;
  w.start([&] {
    waited_in_vain = !lock.acquire(true, 0.001);
    lock.acquire();  // waits for the main thread
    twice = true;
    lock.release();
  });
  w.until([&] { return waited_in_vain && lock.waiting() == 1; });
  CHECK_FALSE(twice);
  lock.release();
  w.join();
  CHECK(twice);
  CHECK(lock.acquire(true, 0));
  lock.release();
}

TEST_CASE("test_try_acquire_contended: who may not wait is told whether another thread has it", "[threads]") {
  ThreadFixture w;
  const Ref<> lock = w.sync.lock();
  const Ref<> rlock = w.sync.rlock();
  const Ref<> semaphore = w.sync.semaphore(2);
  std::vector<bool> taken;
  const auto try_all = [&] {
    for (const Ref<>& one : {lock, rlock, semaphore}) {
      taken.push_back(ask(one, "acquire", false));
      if (taken.back()) do_call(one, "release");
    }
  };
  for (const Ref<>& one : {lock, rlock, semaphore, semaphore}) do_call(one, "acquire");
  w.start(try_all);
  w.join();
  CHECK(taken == std::vector<bool>{false, false, false});
  for (const Ref<>& one : {lock, rlock, semaphore}) do_call(one, "release");
  w.start(try_all);
  w.join();
  CHECK(taken == std::vector<bool>{false, false, false, true, true, true});
}

TEST_CASE("test_acquire_destroy: a lock that is held, or waited for in vain, may be dropped", "[threads]") {
  ThreadFixture w;
  for (const Ref<>& one : {w.sync.lock(), w.sync.rlock(), w.sync.condition(), w.sync.semaphore()}) {
    CHECK(ask(one, "acquire"));
    if (native_cast<sync::RLock>(*one) == nullptr && native_cast<sync::Condition>(*one) == nullptr)
      CHECK_FALSE(ask(one, "acquire", true, 0.001));
  }
}

TEST_CASE("test_with: a lock is released at the end of a scope, also by an error", "[threads]") {
  ThreadFixture w;
  const Ref<> lock = w.sync.lock();
  const Ref<> semaphore = w.sync.semaphore(1);
  const Ref<> condition = w.sync.condition(w.sync.lock());
  try {
    const sync::Holding held(in<sync::Lock>(lock));
    CHECK(in<sync::Lock>(lock).locked());
    throw std::runtime_error("leaves");
  } catch (const std::runtime_error&) {}
  CHECK_FALSE(in<sync::Lock>(lock).locked());
  for (const Ref<>& one : {lock, semaphore, condition}) {
    CHECK(ask(one, "__enter__"));
    CHECK_FALSE(ask(one, "acquire", false));
    do_call(one, "__exit__", nullptr, nullptr, nullptr);
    CHECK(ask(one, "acquire", false));
    do_call(one, "release");
  }
}

TEST_CASE("test_weakref_exists, test_weakref_deleted: a weak reference to a lock dies with it", "[threads]") {
  ThreadFixture w;
  Ref<> lock = w.sync.lock();
  const auto weak = make_weakref(*lock);
  CHECK(Ref<>(weak)().is(lock));
  lock.reset();
  CHECK(is_none(*Ref<>(weak)()));
}

TEST_CASE("test_acquire: a condition's lock is the one it was given", "[threads]") {
  ThreadFixture w;
  const Ref<> lock = w.sync.lock();
  const Ref<> condition = w.sync.condition(lock);
  CHECK(ask(condition, "acquire"));
  CHECK(in<sync::Lock>(lock).locked());
  CHECK_FALSE(ask(condition, "acquire", false));
  do_call(condition, "release");
  CHECK_FALSE(in<sync::Lock>(lock).locked());
  do_call(lock, "acquire");
  CHECK_FALSE(ask(condition, "acquire", false));
  do_call(lock, "release");
  const Ref<> own = w.sync.condition();
  CHECK(ask(own, "acquire"));
  CHECK(ask(own, "acquire"));  // an RLock
  do_call(own, "release");
  do_call(own, "release");
}

TEST_CASE("test_timeout: waits for an event or a condition end in time, and say which it was", "[threads]") {
  ThreadFixture w;
  const Ref<> event = w.sync.event();
  CHECK_FALSE(ask(event, "wait", 0));
  CHECK_FALSE(ask(event, "wait", 0.001));
  do_call(event, "set");
  CHECK(ask(event, "wait", 0));
  CHECK(ask(event, "wait"));
  const Ref<> condition = w.sync.condition();
  do_call(condition, "acquire");
  CHECK_FALSE(ask(condition, "wait", 0.001));
  const Ref<> predicate = make_function(w.rt.builtins(), "predicate", [] { return 7; });
  CHECK(from_object<int>(condition.attr("wait_for")(predicate)) == 7);
  do_call(condition, "release");
}

TEST_CASE("test_multirelease, test_default_value: a release of three lets three in", "[threads]") {
  ThreadFixture w;
  const Ref<> one = Ref<>(w.sync.semaphore_class)();
  CHECK(in<sync::Semaphore>(one).value() == 1);
  const Ref<> object = w.sync.semaphore(0);
  auto& semaphore = in<sync::Semaphore>(object);
  int inside = 0;
  for (int i = 0; i < 5; ++i)
    w.start([&] {
      semaphore.acquire();
      ++inside;
    });
  w.until([&] { return semaphore.waiting() == 5; });
  semaphore.release(3);
  w.until([&] { return inside == 3; });
  CHECK(semaphore.waiting() == 2);
  semaphore.release(2);
  w.join();
  CHECK(inside == 5);
  CHECK(semaphore.value() == 0);
  semaphore.release();  // of one that is not bounded, by whoever likes
  CHECK(semaphore.value() == 1);
}

TEST_CASE("test_wait_return: each thread at a barrier has a number of its own", "[threads]") {
  ThreadFixture w;
  const Ref<> object = w.sync.barrier(4);
  auto& barrier = in<sync::Barrier>(object);
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < 4; ++i) w.start([&] { numbers.push_back(barrier.wait()); });
  w.join();
  std::ranges::sort(numbers);
  CHECK(numbers == std::vector<std::int64_t>{0, 1, 2, 3});
}

TEST_CASE("test_single_thread, test_default_timeout: a barrier of one opens at once, and has a patience of its own",
          "[threads]") {
  ThreadFixture w;
  const Ref<> alone = w.sync.barrier(1);
  CHECK(from_object<int>(alone.attr("wait")()) == 0);
  CHECK(from_object<int>(alone.attr("wait")()) == 0);
  const Ref<> impatient = Ref<>(w.sync.barrier_class)(2, nullptr, 0.001);
  CHECK(error_of([&] { do_call(impatient, "wait"); }) == "BrokenBarrierError");
  CHECK(truth(*Ref<>(impatient.attr("broken"))));
}

TEST_CASE("test_abort_and_reset: a barrier that was broken under its waiters serves again after a reset", "[threads]") {
  ThreadFixture w;
  const Ref<> object = w.sync.barrier(3);
  auto& barrier = in<sync::Barrier>(object);
  int broken = 0;
  for (int i = 0; i < 2; ++i) w.start([&] { broken += error_of([&] { barrier.wait(); }) == "BrokenBarrierError" ? 1 : 0; });
  w.until([&] { return barrier.waiting() == 2; });
  barrier.abort();
  w.join();
  CHECK(broken == 2);
  barrier.reset();
  int passed = 0;
  for (int i = 0; i < 3; ++i)
    w.start([&] {
      barrier.wait();
      ++passed;
    });
  w.join();
  CHECK(passed == 3);
}

TEST_CASE("test_print_exception, test_custom_excepthook_fail: without a hook an error is printed, and a hook's own too",
          "[threads]") {
  const auto printed_by = [](ThreadHook hook) {
    return broken_law_of([&] {
      Runtime rt(test_options({.thread_hook = hook}));
      Thread thread(rt, [] { raise(ErrorKind::kZeroDivisionError, "division by zero"); }, {.name = "bad"});
      thread.start();
      thread.join();
      std::abort();  // so that what was printed comes back
    });
  };
  CHECK_THAT(printed_by({}), ContainsSubstring("Exception in thread bad:\nZeroDivisionError: division by zero"));
  CHECK_THAT(printed_by([](const Error&, const std::string&) { raise(ErrorKind::kValueError, "the hook's own"); }),
             ContainsSubstring("Exception in threading.excepthook:\nValueError: the hook's own"));
}

}  // namespace ouro::test
