// Laws: a closed lock refuses new threads without making them wait; a waiter that leaves takes no wake-up with it.
#include <ouro/base/error.h>
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("A closed lock refuses at once", "[lock]") {
  Gil gil;
  CHECK_FALSE(gil.closed());
  REQUIRE(gil.try_take());
  gil.drop();
  gil.close();
  CHECK(gil.closed());
  bool taken = false;
  CHECK(best_time_of(20, [&] { taken = taken || gil.try_take(); }) < 1ms);
  CHECK_FALSE(taken);
  gil.close();
  CHECK_FALSE(gil.try_take());
}

TEST_CASE("A thread that waits for a lock is refused when the lock closes", "[lock]") {
  const auto refusal_time = [] {
    Gil gil;
    gil.set_switch_interval(60s);
    gil.take();
    std::atomic<bool> taken{true};
    Clock::time_point refused;
    std::thread waiter([&] {
      taken = gil.try_take();
      refused = Clock::now();
    });
    CHECK(eventually([&] { return gil.stats().waits > 0; }));
    const Clock::time_point closed = Clock::now();
    gil.close();
    waiter.join();
    CHECK_FALSE(taken);
    CHECK(gil.held_by_this_thread());
    return refused - closed;
  };
  Clock::duration best = refusal_time();
  for (int i = 0; i < 30 && best >= 1ms; ++i) best = std::min(best, refusal_time());
  CHECK(best < 1ms);
}

TEST_CASE("A thread inside gets the lock back after it was closed", "[lock]") {
  Gil gil;
  gil.take();
  {
    const GilRelease released(gil);
    gil.close();
  }
  CHECK(gil.held_by_this_thread());
  gil.yield();
  CHECK(gil.held_by_this_thread());
}

TEST_CASE("A refused waiter passes its wake-up on", "[lock]") {
  for (int round = 0; round < 200; ++round) {
    Gil gil;
    gil.set_switch_interval(3600s);  // a lost wake-up would be felt
    gil.take();
    std::jthread refusable([&] {
      if (gil.try_take()) gil.drop();
    });
    std::jthread patient([&] { const GilGuard guard(gil); });
    REQUIRE(eventually([&] { return gil.stats().waits == 2; }));
    std::jthread closing([&] { gil.close(); });
    gil.drop();
  }
}

TEST_CASE("A thread that yields is not left behind when its only waiter gives up", "[lock][law-forced-switch]") {
  // CPython's gh-96387: a thread asked for the lock and ended; the holder, having dropped it on request, waited for ever for
  // that thread to take it.
  for (int round = 0; round < 400; ++round) {
    Gil gil;
    gil.set_switch_interval(1us);
    gil.take();
    std::jthread waiter([&] {
      if (gil.try_take()) gil.drop();
    });
    REQUIRE(eventually([&] { return gil.stats().waits > 0; }));
    std::jthread closing([&] { gil.close(); });
    for (int i = 0; i < 3; ++i) gil.yield();
    gil.drop();
  }
}

TEST_CASE("Once closing has begun an attach is refused within a millisecond, whoever holds the lock", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  std::atomic<bool> inside{false};
  std::atomic<bool> leave{false};
  std::jthread computing([&] {
    const Attach worker(domain);
    inside = true;
    while (!domain.gil.closed()) domain.gil.yield();
    while (!leave) std::this_thread::yield();  // holds the lock and reaches no safepoint
  });
  while (!inside) domain.gil.yield();
  std::vector<Clock::duration> times(201);
  bool refused = true;
  std::jthread outside([&] {
    while (!domain.gil.closed()) std::this_thread::sleep_for(50us);
    for (Clock::duration& time : times) time = time_of([&] { refused = refused && !Attach::try_attach(domain); });
    leave = true;
  });
  CHECK(domain.close(Clock::now() + 60s));
  outside.join();
  CHECK(refused);
  std::nth_element(times.begin(), times.begin() + 100, times.end());
  CHECK(times[100] < 1ms);
}

TEST_CASE("Closing a runtime refuses threads outside and waits for those inside", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  std::atomic<bool> inside{false};
  std::atomic<bool> leave{false};
  std::jthread other([&] {
    const Attach worker(domain);
    inside = true;
    const Attach nested(domain);
    while (!leave) {
      const GilRelease released(domain);
      std::this_thread::sleep_for(100us);
    }
  });
  while (!inside) domain.gil.yield();
  CHECK(domain.threads.attached() == 2);
  CHECK_FALSE(domain.close(Clock::now() + 5ms));
  CHECK(domain.gil.held_by_this_thread());
  leave = true;
  bool alone = false;
  CHECK(time_of([&] { alone = domain.close(Clock::now() + 60s); }) < 30s);
  CHECK(alone);
  CHECK(domain.gil.held_by_this_thread());
  CHECK(domain.threads.attached() == 1);
}

TEST_CASE("A thread outside a closing runtime gets an empty guard or RuntimeError, and one inside nests", "[lock]") {
  LockDomain domain;
  const Attach attached(domain);
  domain.gil.close();
  std::jthread([&] {
    const Attach refused = Attach::try_attach(domain);
    if (refused) std::abort();
  }).join();
  std::string message;
  std::jthread([&] {
    try {
      const Attach refused(domain);
    } catch (const Error& error) {
      message = error.what();
    }
  }).join();
  CHECK(message == "RuntimeError: can't attach a thread: the runtime is closing");
  CHECK(domain.threads.threads().size() == 1);
  const Attach nested(domain);
  CHECK(attached.state().depth() == 2);
  const GilRelease released(domain);
  CHECK(Attach::try_attach(domain));
}
