// Laws: turn-for-turn, due-order. A thread that waits outside and comes back is not kept behind one that computes.
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A thread that computes until it is told to stop, and has let the test's thread have the lock once before.
class Computing {
 public:
  explicit Computing(Gil& gil) : gil_(gil), thread_([this] { run(); }) {
    while (!running_) std::this_thread::yield();
    gil.take();  // the first time: asks after an interval, so the thread yields until this is over
    acquainted_ = true;
    gil.drop();
  }
  ~Computing() {
    stop_ = true;
    thread_.join();
  }
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  /// Waits until the thread runs: a lock that it has not taken yet is anybody's.
  void expect_steps() const {
    const std::uint64_t before = steps_;
    REQUIRE(eventually([&] { return steps_ != before; }));
  }

 private:
  void run() {
    const GilGuard guard(gil_);
    running_ = true;
    while (!acquainted_) gil_.yield();
    while (!stop_) {
      ++steps_;
      gil_.safepoint();
    }
  }

  Gil& gil_;
  std::atomic<bool> running_{false};
  std::atomic<bool> acquainted_{false};
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> steps_{0};
  std::thread thread_;
};

}  // namespace

TEST_CASE("A thread that comes back interrupts a computing one long before the interval is over", "[lock][claim-L9]") {
  Gil gil;
  gil.set_switch_interval(3600s);  // a thread that had to wait for it would be missed
  {
    const Computing computing(gil);
    for (int i = 0; i < 20; ++i) {
      computing.expect_steps();
      const GilGuard guard(gil);
      CHECK(gil.held_by_this_thread());
    }
  }
  CHECK(gil.stats().interruptions >= 15);  // a few takes may find the lock free
}

TEST_CASE("An interrupted thread goes on with its turn before one that waits for a whole turn", "[lock][law-due-order]") {
  Gil gil;
  gil.set_switch_interval(3600s);
  std::atomic<bool> patient_ran{false};
  std::thread patient;
  {
    const Computing computing(gil);
    computing.expect_steps();
    const std::uint64_t waits = gil.stats().waits;
    patient = std::thread([&] {
      const GilGuard guard(gil);
      patient_ran = true;
    });
    REQUIRE(eventually([&] { return gil.stats().waits > waits; }));
    for (int i = 0; i < 10; ++i) {
      { const GilGuard guard(gil); }
      const std::uint64_t before = computing.steps();
      REQUIRE(eventually([&] { return computing.steps() > before + 1000; }));
      CHECK_FALSE(patient_ran);
    }
  }
  patient.join();
  CHECK(patient_ran);
}

TEST_CASE("A thread asks after the holder has run as long as its own last turn took", "[lock][law-turn-for-turn]") {
  Gil gil;
  gil.set_switch_interval(3600s);
  const Computing computing(gil);
  gil.take();
  std::this_thread::sleep_for(30ms);
  Clock::time_point dropped = Clock::now();
  gil.drop();
  computing.expect_steps();
  gil.take();
  CHECK(Clock::now() - dropped >= 30ms);
  gil.drop();
  CHECK(eventually([&] {
    computing.expect_steps();
    dropped = Clock::now();
    gil.take();
    gil.drop();
    return Clock::now() - dropped < 20ms;
  }));
}

TEST_CASE("A returning thread lets the holder run for min_run at least", "[lock][law-turn-for-turn]") {
  Gil gil;
  gil.set_switch_interval(3600s);
  CHECK(gil.min_run() == 50us);
  const Computing computing(gil);
  gil.set_min_run(20ms);
  gil.take();
  const Clock::time_point dropped = Clock::now();
  gil.drop();
  computing.expect_steps();
  gil.take();
  CHECK(Clock::now() - dropped >= 20ms);
  gil.drop();
}

TEST_CASE("A thread that never waited before asks after a whole interval", "[lock][law-turn-for-turn]") {
  Gil gil;
  gil.set_switch_interval(20ms);
  std::atomic<bool> running{false};
  std::atomic<bool> stop{false};
  std::thread computing([&] {
    const GilGuard guard(gil);
    running = true;
    while (!stop) gil.safepoint();
  });
  while (!running) std::this_thread::yield();
  CHECK(time_of([&] { gil.take(); }) >= 20ms);
  stop = true;
  gil.drop();
  computing.join();
}

TEST_CASE("Waiters stand in order of their due time, those that asked before all others", "[lock][law-due-order]") {
  GilQueue queue;
  std::array<GilWaiter, 4> waiters;
  for (std::size_t i = 0; i < 4; ++i) waiters[i].due = std::array{30, 10, 20, 10}[i];
  for (GilWaiter& waiter : waiters) queue.insert(waiter);
  const auto order = [&] {
    std::vector<std::ptrdiff_t> places;
    queue.for_each([&](GilWaiter& waiter) { places.push_back(&waiter - waiters.data()); });
    return places;
  };
  CHECK(order() == std::vector<std::ptrdiff_t>{1, 3, 2, 0});
  queue.mark_asked(waiters[0]);
  queue.mark_asked(waiters[2]);
  CHECK(order() == std::vector<std::ptrdiff_t>{2, 0, 1, 3});
  queue.remove(waiters[0]);
  queue.remove(waiters[3]);
  CHECK(order() == std::vector<std::ptrdiff_t>{2, 1});
  CHECK(queue.front() == &waiters[2]);
}
