// Laws: threads switch at safepoints only, as often as the switch interval says; forced-switch.
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Runs a thread that holds the lock and passes safepoints, and measures how long a take beside it takes.
Clock::duration take_beside_a_computing_thread(Gil& gil) {
  std::atomic<bool> running{false};
  std::atomic<bool> stop{false};
  std::thread computing([&] {
    const GilGuard guard(gil);
    running = true;
    while (!stop) gil.safepoint();
  });
  while (!running) std::this_thread::yield();
  const Clock::duration waited = time_of([&] { gil.take(); });
  stop = true;
  gil.drop();
  computing.join();
  return waited;
}

/// Two threads compute side by side until each has had `turns` of them; returns the time it took.
Clock::duration two_threads_take_turns(Gil& gil, int turns) {
  std::atomic<int> most_patient{0};
  const auto work = [&] {
    const GilGuard guard(gil);
    const std::uint64_t begin = gil.stats().switches;
    while (gil.stats().switches - begin < static_cast<std::uint64_t>(turns) && most_patient == 0) gil.safepoint();
    most_patient = 1;
  };
  return time_of([&] {
    std::thread other(work);
    work();
    other.join();
  });
}

}  // namespace

TEST_CASE("The switch interval is five milliseconds, or what it was set to", "[lock][claim-L3]") {
  Gil gil;
  CHECK(gil.switch_interval() == 5ms);
  gil.set_switch_interval(1us);
  CHECK(gil.switch_interval() == 1us);
  gil.set_switch_interval(std::chrono::microseconds::max());
  CHECK(gil.switch_interval() == std::chrono::microseconds::max());
}

TEST_CASE("A wait of the longest interval ends when the lock is dropped", "[lock][law-registered-waiter]") {
  Gil gil;
  gil.set_switch_interval(std::chrono::microseconds::max());
  gil.take();
  std::jthread other([&] { const GilGuard guard(gil); });
  REQUIRE(eventually([&] { return gil.stats().waits > 0; }));
  gil.drop();
}

TEST_CASE("A computing thread hands over at a safepoint after about one switch interval", "[lock][claim-L3]") {
  Gil gil;
  Clock::duration shortest = Clock::duration::max();
  CHECK(eventually([&] {
    shortest = std::min(shortest, take_beside_a_computing_thread(gil));
    return shortest < 20ms;
  }));
  CHECK(shortest >= 5ms);
  CHECK(gil.stats().drop_requests > 0);
}

TEST_CASE("A shorter switch interval hands over sooner", "[lock][claim-L3]") {
  Gil gil;
  gil.set_switch_interval(100ms);
  CHECK(take_beside_a_computing_thread(gil) >= 100ms);
  gil.set_switch_interval(200us);
  CHECK(eventually([&] { return take_beside_a_computing_thread(gil) < 50ms; }));
}

TEST_CASE("Threads switch no more often than the switch interval says", "[lock][claim-L3]") {
  Gil gil;
  gil.set_switch_interval(10ms);
  CHECK(two_threads_take_turns(gil, 8) >= 7 * 10ms);
}

TEST_CASE("A thread that passes no safepoint is not interrupted, however often it is asked", "[lock][claim-L3]") {
  Gil gil;
  gil.set_switch_interval(1ms);
  std::atomic<bool> other_ran{false};
  gil.take();
  std::jthread other([&] {
    const GilGuard guard(gil);
    other_ran = true;
  });
  REQUIRE(eventually([&] { return gil.stats().drop_requests >= 3; }));
  CHECK(gil.drop_requested());
  CHECK_FALSE(other_ran);
  gil.safepoint();
  CHECK(other_ran);
  CHECK_FALSE(gil.drop_requested());
  gil.drop();
}

TEST_CASE("A safepoint does nothing while nobody asks", "[lock]") {
  Gil gil;
  gil.take();
  for (int i = 0; i < 1000; ++i) gil.safepoint();
  gil.yield();
  CHECK(gil.held_by_this_thread());
  CHECK(gil.stats() == GilStats{});
  gil.drop();
  CHECK_FALSE(gil.held_by_this_thread());
}

TEST_CASE("A thread that yields gets the lock back only after a waiter had it", "[lock][law-forced-switch]") {
  Gil gil;
  constexpr int kRounds = 300;
  for (int round = 0; round < kRounds; ++round) {
    std::atomic<bool> other_ran{false};
    gil.take();
    const std::uint64_t waits = gil.stats().waits;
    std::jthread other([&] {
      const GilGuard guard(gil);
      other_ran = true;
    });
    REQUIRE(eventually([&] { return gil.stats().waits > waits; }));
    // The count of waits rises a moment before the waiter registers; a yield in between finds nobody.
    while (!other_ran && gil.stats().switches == static_cast<std::uint64_t>(2 * round)) gil.yield();
    CHECK(other_ran);
    gil.drop();
  }
}

TEST_CASE("A thread that drops on request and retakes at once lets the waiter go first", "[lock][law-forced-switch]") {
  Gil gil;
  gil.set_switch_interval(500us);
  std::atomic<bool> other_ran{false};
  gil.take();
  std::jthread other([&] {
    const GilGuard guard(gil);
    other_ran = true;
  });
  REQUIRE(eventually([&] { return gil.drop_requested(); }));
  gil.drop();
  gil.take();
  CHECK(other_ran);
  CHECK(gil.stats().forced_switches == 1);
  gil.drop();
}

TEST_CASE("A holder that keeps dropping and retaking the lock does not put a waiter off", "[lock]") {
  Gil gil;
  std::atomic<bool> stop{false};
  std::atomic<bool> running{false};
  std::jthread busy([&] {
    const GilGuard guard(gil);
    running = true;
    while (!stop) {
      const GilRelease released(gil);
    }
  });
  while (!running) std::this_thread::yield();
  for (int i = 0; i < 10; ++i) {
    const GilGuard guard(gil);
    CHECK(gil.held_by_this_thread());
  }
  stop = true;
}

TEST_CASE("Others run while a thread waits outside the runtime", "[lock][claim-L8]") {
  Gil gil;
  std::promise<void> done;
  gil.take();
  std::jthread other([&] {
    const GilGuard guard(gil);
    done.set_value();
  });
  {
    const GilRelease released(gil);
    CHECK_FALSE(gil.held_by_this_thread());
    CHECK(done.get_future().wait_for(30s) == std::future_status::ready);
  }
  CHECK(gil.held_by_this_thread());
  gil.drop();
}

TEST_CASE("A released lock is held again after an exception", "[lock]") {
  Gil gil;
  gil.take();
  const auto blocking_call_that_fails = [&] {
    const GilRelease released(gil);
    throw std::runtime_error("connection reset");
  };
  CHECK_THROWS_AS(blocking_call_that_fails(), std::runtime_error);
  CHECK(gil.held_by_this_thread());
  gil.drop();
}

TEST_CASE("Computing in two threads is no faster than in one, and pays for the switches", "[lock][claim-L6]") {
  Gil gil;
  gil.set_switch_interval(1ms);
  const auto compute = [&] {
    const GilGuard guard(gil);
    for (int i = 0; i < 20'000'000 / (kThreadSanitizer || kAddressSanitizer ? 20 : 1); ++i) gil.safepoint();
  };
  const auto no_faster = [&] {
    const Clock::duration one_after_the_other = best_time_of(5, [&] {
      compute();
      compute();
    });
    const Clock::duration side_by_side = best_time_of(5, [&] {
      std::thread other(compute);
      compute();
      other.join();
    });
    return side_by_side * 4 > one_after_the_other * 3;
  };
  CHECK(eventually([&] { return no_faster() && gil.stats().forced_switches > 0; }));
}

TEST_CASE("Waiting outside the runtime in two threads takes half the time", "[lock][claim-L7]") {
  LockDomain domain;
  const auto wait = [&] {
    const Attach attached(domain);
    for (int i = 0; i < 4; ++i) {
      const GilRelease released(domain);
      std::this_thread::sleep_for(10ms);
    }
  };
  CHECK(time_of([&] {
          wait();
          wait();
        }) >= 80ms);
  CHECK(eventually([&] {
    return time_of([&] {
             std::thread other(wait);
             wait();
             other.join();
           }) < 60ms;
  }));
}
