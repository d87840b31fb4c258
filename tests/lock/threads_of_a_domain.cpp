// Started threads: CPython's threading.Thread, by the names of Lib/test/test_threading.py and test_thread.py where they
// apply.
#include <ouro/runtime/threads/guards.h>
#include <ouro/runtime/threads/thread.h>
#include <ouro/runtime/threads/wait_queue.h>
#include <support/error_of.h>

#include <array>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("test_various_ops: threads start, run inside one at a time, and end", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  int running = 0;
  int most = 0;
  std::vector<Thread> threads;
  for (int i = 0; i < 10; ++i) {
    threads.emplace_back(domain, [&] {
      most = std::max(most, ++running);
      safepoint(domain);
      --running;
    });
    CHECK_FALSE(threads.back().ident());
    CHECK_FALSE(threads.back().is_alive());
    threads.back().start();
  }
  for (Thread& thread : threads) {
    CHECK(thread.join());
    CHECK_FALSE(thread.is_alive());
    CHECK(thread.ident());
  }
  CHECK(running == 0);
  CHECK(most >= 1);
}

TEST_CASE("test_start_thread_again, test_joining_inactive_thread: a thread is started once, and joined after that",
          "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  Thread thread(domain, [] {});
  CHECK(error_of([&] { thread.join(); }) == "RuntimeError: cannot join thread before it is started");
  thread.start();
  CHECK(error_of([&] { thread.start(); }) == "RuntimeError: threads can only be started once");
  CHECK(thread.join());
  CHECK(thread.join());
  CHECK(error_of([&] { thread.start(); }) == "RuntimeError: threads can only be started once");
}

TEST_CASE("test_joining_current_thread: a thread cannot join itself", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  std::string error;
  Thread* self = nullptr;
  Thread thread(domain, [&] { error = error_of([&] { self->join(); }); });
  self = &thread;
  thread.start();
  thread.join();
  CHECK(error == "RuntimeError: cannot join current thread");
}

TEST_CASE("test_timeout: a join ends when its patience does", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  WaitQueue gate;
  Thread thread(domain, [&] { gate.wait(domain, Patience::endless()); });
  thread.start();
  CHECK_FALSE(thread.join(1ms));
  CHECK_FALSE(thread.join(-1s));
  CHECK(thread.is_alive());
  while (gate.empty()) domain.gil.yield();
  gate.wake_all(domain);
  CHECK(thread.join(30s));
}

TEST_CASE("test_name, test_daemon_param: names and daemons are set before the start, names also after", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  WaitQueue gate;
  Thread first(domain, [&] { gate.wait(domain, Patience::endless()); });
  Thread second(domain, [] {}, {.name = "reader", .daemon = true});
  CHECK(first.name() == "Thread-1");
  CHECK(second.name() == "reader");
  CHECK(second.daemon());
  second.set_daemon(false);
  CHECK_FALSE(second.daemon());
  first.start();
  CHECK(error_of([&] { first.set_daemon(true); }) == "RuntimeError: cannot set daemon status of active thread");
  while (gate.empty()) domain.gil.yield();
  first.set_name("writer");
  std::string known_as;
  CHECK(domain.threads.with_record(*first.ident(), [&](ThreadState& state) { known_as = state.name(); }));
  CHECK(known_as == "writer");
  CHECK(domain.threads.threads().size() == 2);
  gate.wake_all(domain);
  first.join();
}

TEST_CASE("test_excepthook, test_system_exit: the hook gets what a thread throws, but SystemExit", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  std::vector<std::string> heard;
  domain.thread_list.set_hook(
      [&](const Error& error, const std::string& name) { heard.push_back(name + ": " + error.what()); });
  std::array threads{Thread(domain, [] { raise(ErrorKind::kValueError, "bug"); }, {.name = "one"}),
                     Thread(domain, [] { raise(ErrorKind::kSystemExit, "1"); }, {.name = "two"}),
                     Thread(domain, [] { throw std::runtime_error("foreign"); }, {.name = "three"})};
  for (Thread& thread : threads) {
    thread.start();
    thread.join();
  }
  CHECK(heard == std::vector<std::string>{"one: ValueError: bug", "three: RuntimeError: foreign"});
}

TEST_CASE("What a thread's body holds is dropped on that thread, under the lock", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  struct Probe {
    LockDomain* domain;
    bool* locked;
    ~Probe() { *locked = domain->gil.held_by_this_thread(); }
  };
  bool locked = false;
  Thread thread(domain, [probe = std::make_shared<Probe>(Probe{&domain, &locked})] {});
  locked = false;
  thread.start();
  thread.join();
  CHECK(locked);
}

TEST_CASE("test_threads_join: closing waits for threads that are no daemons", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  bool finished = false;
  Thread thread(domain, [&] {
    const GilRelease released(domain);
    std::this_thread::sleep_for(5ms);
    finished = true;
  });
  thread.start();
  CHECK(domain.close(Clock::now() + 30s));
  CHECK(finished);
  CHECK(error_of([&] { Thread(domain, [] {}).start(); }) == "RuntimeError: can't start new thread: the runtime is closing");
}

TEST_CASE("test_daemon_threads_shutdown: a daemon is asked to leave, whether it computes or waits", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  WaitQueue never;
  std::array<bool, 2> left{};
  const auto leave_after = [&](std::size_t which, auto action) {
    try {
      action();
    } catch (const Error& error) {
      left[which] = error.is(ErrorKind::kSystemExit);
      throw;
    }
  };
  bool computes = false;
  Thread computing(domain,
                   [&] {
                     leave_after(0, [&] {
                       computes = true;
                       for (;;) safepoint(domain);
                     });
                   },
                   {.daemon = true});
  Thread waiting(domain, [&] { leave_after(1, [&] { never.wait(domain, Patience::endless()); }); }, {.daemon = true});
  computing.start();
  waiting.start();
  while (never.empty() || !computes) domain.gil.yield();
  CHECK(domain.close(Clock::now() + 30s));
  CHECK(left == std::array{true, true});
  CHECK(error_of([&] { never.wait(domain, Patience::endless()); }) == "SystemExit: the runtime is closing");
}

TEST_CASE("Waiters are woken in the order in which they came, each once", "[lock][law-woken-once]") {
  LockDomain domain;
  const Attach attached(domain);
  WaitQueue queue;
  std::vector<int> order;
  std::vector<Thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back(domain, [&, i] {
      queue.wait(domain, Patience::endless());
      order.push_back(i);
    });
    threads.back().start();
    while (queue.size() != static_cast<std::size_t>(i) + 1) domain.gil.yield();
  }
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(queue.wake(domain, 1) == 1);
    while (order.size() != i + 1) domain.gil.yield();
  }
  CHECK(order == std::vector<int>{0, 1});
  CHECK(queue.size() == 2);
  CHECK(queue.wake_all(domain) == 2);
  for (Thread& thread : threads) thread.join();
  CHECK(order.size() == 4);
}

TEST_CASE("A wake-up is not given to a waiter that has given up", "[lock][law-woken-once]") {
  LockDomain domain;
  const Attach attached(domain);
  WaitQueue queue;
  int woken = 0;
  Thread patient(domain, [&] { woken += queue.wait(domain, Patience::endless()) ? 1 : 0; });
  for (int round = 0; round < 50; ++round) {
    const bool in_time = queue.wait(domain, Patience(1us));
    CHECK_FALSE(in_time);
    CHECK(queue.empty());
  }
  patient.start();
  while (queue.empty()) domain.gil.yield();
  CHECK(queue.wake(domain, 5) == 1);
  patient.join();
  CHECK(woken == 1);
}

TEST_CASE("test_reinit_tls_after_fork: the child of a fork is alone, its lock works, and it may start threads",
          "[lock][law-fork-whole]") {
  LockDomain domain;
  const Attach attached(domain);
  WaitQueue gate;
  Thread other(domain, [&] { gate.wait(domain, Patience::endless()); });
  other.start();
  while (gate.empty()) domain.gil.yield();
  const int status = status_of_fork([&] {
    if (domain.threads.attached() != 1 || domain.threads.threads().size() != 1 || other.is_alive() || !gate.empty())
      return 1;
    { const GilRelease released(domain); }
    if constexpr (kThreadSanitizer) return 0;  // it starts no thread after a fork
    int ran = 0;
    Thread mine(domain, [&] { ++ran; });
    mine.start();
    mine.join();
    return ran == 1 && domain.close(Clock::now() + 20s) ? 0 : 2;
  });
  CHECK(status == 0);
  gate.wake_all(domain);
  other.join();
}

TEST_CASE("A thread that waits outside forks a runtime between two safepoints of the others", "[lock][law-fork-whole]") {
  LockDomain domain;
  const Attach attached(domain);
  std::array<int, 2> twins{};
  std::atomic<bool> stop{false};
  Thread writer(domain, [&] {
    while (!stop) {
      ++twins[0];
      for (int spin = 0; spin < 50; ++spin) std::atomic_signal_fence(std::memory_order_seq_cst);
      ++twins[1];
      safepoint(domain);
    }
  });
  writer.start();
  for (int i = 0; i < 5; ++i) {
    const GilRelease released(domain);
    CHECK(status_of_fork([&] {
            const Attach again(domain);
            return twins[0] == twins[1] ? 0 : 1;
          }) == 0);
  }
  stop = true;
  writer.join();
}

TEST_CASE("A runtime that another thread was in the middle of is closed in the child", "[lock][law-fork-whole]") {
  LockDomain domain;
  { const Attach acquainted(domain); }  // a record, but outside
  std::atomic<bool> inside{false};
  std::atomic<bool> leave{false};
  std::jthread other([&] {
    const Attach attached(domain);
    inside = true;
    while (!leave) std::this_thread::yield();
  });
  while (!inside) std::this_thread::yield();
  CHECK(status_of_fork([&] { return Attach::try_attach(domain) ? 1 : 0; }) == 0);
  leave = true;
}
