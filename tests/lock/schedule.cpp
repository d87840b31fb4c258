// Deterministic schedules: the same seed switches at the same safepoints.
#include <ouro/runtime/threads/guards.h>
#include <ouro/runtime/threads/thread.h>
#include <ouro/runtime/threads/wait_queue.h>
#include <support/catch.h>

#include <array>
#include <set>
#include <string>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Runs `work(name)` in two threads under a schedule, and waits for both.
template <typename Work>
void two_scheduled_threads(LockDomain& domain, std::uint64_t seed, Work work) {
  const Attach attached(domain);
  domain.gil.set_schedule(seed);
  Thread one(domain, [&] { work('a'); });
  Thread two(domain, [&] { work('b'); });
  one.start();
  two.start();
  one.join();
  two.join();
}

/// What two threads that do `steps` steps each wrote, in the order in which they ran.
std::string trace_of(std::uint64_t seed, int steps) {
  LockDomain domain;
  std::string trace;
  two_scheduled_threads(domain, seed, [&](char name) {
    for (int i = 0; i < steps; ++i) {
      trace += name;
      safepoint(domain);
    }
  });
  return trace;
}

/// How many of 20 increments by two threads were lost; `section` is entered around load and store.
template <typename Section>
int lost_updates(std::uint64_t seed, Section section) {
  LockDomain domain;
  int x = 0;
  two_scheduled_threads(domain, seed, [&](char) {
    for (int i = 0; i < 10; ++i)
      section(domain, [&] {
        const int loaded = x;
        safepoint(domain);
        x = loaded + 1;
      });
  });
  return 20 - x;
}

/// A lock for one test: a flag and those who wait for it.
struct Mutex {
  bool taken = false;
  WaitQueue waiters;
  template <typename Action>
  void with(LockDomain& domain, Action action) {
    while (taken) static_cast<void>(waiters.wait(domain, Patience::endless()));
    taken = true;
    action();
    taken = false;
    waiters.wake(domain, 1);
  }
};

}  // namespace

TEST_CASE("The same seed gives the same order of steps, and another seed another", "[lock][claim-L10]") {
  std::set<std::string> traces;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const std::string trace = trace_of(seed, 12);
    CHECK(trace.size() == 24);
    CHECK(trace == trace_of(seed, 12));
    traces.insert(trace);
  }
  CHECK(traces.size() >= 7);
}

// Ten turns each that never meet are one in half a million orders; a hundred seeds all have a meeting.
TEST_CASE("A seed loses updates within ten increments, the same number each time", "[lock][claim-L10]") {
  const auto bare = [](LockDomain&, auto step) { step(); };
  for (std::uint64_t seed = 1; seed <= 8; ++seed) CHECK(lost_updates(seed, bare) == lost_updates(seed, bare));
  int seeds_that_lose = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) seeds_that_lose += lost_updates(seed, bare) > 0 ? 1 : 0;
  CHECK(seeds_that_lose >= 99);
}

TEST_CASE("No seed loses an update that a lock surrounds", "[lock][claim-L10]") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Mutex mutex;
    CHECK(lost_updates(seed, [&](LockDomain& domain, auto step) { mutex.with(domain, step); }) == 0);
  }
}

TEST_CASE("Threads that wait for each other keep to the schedule", "[lock][claim-L10]") {
  const auto trace = [](std::uint64_t seed) {
    LockDomain domain;
    Mutex mutex;
    std::string steps;
    two_scheduled_threads(domain, seed, [&](char name) {
      for (int i = 0; i < 10; ++i) {
        mutex.with(domain, [&] {
          steps += name;
          safepoint(domain);
        });
        safepoint(domain);
      }
    });
    return steps;
  };
  for (std::uint64_t seed = 1; seed <= 8; ++seed) CHECK(trace(seed) == trace(seed));
}

TEST_CASE("A schedule draws among all numbers alike", "[lock]") {
  GilSchedule schedule;
  schedule.start(7);
  std::array<int, 3> counts{};
  for (int i = 0; i < 3000; ++i) ++counts[schedule.draw(3)];
  for (const int count : counts) CHECK((count > 900 && count < 1100));
}

TEST_CASE("An observer hears of every run, in order and without overlap", "[lock][claim-L11]") {
  struct Runs : GilObserver {
    void run_ended(const GilRun& run) noexcept override { runs.push_back(run); }
    std::vector<GilRun> runs;
  };
  LockDomain domain;
  Runs heard;
  heard.runs.reserve(1000);
  const Attach attached(domain);
  domain.gil.set_observer(&heard);
  Thread other(domain, [&] {
    for (int i = 0; i < 10; ++i) {
      const GilRelease released(domain);
    }
  });
  other.start();
  other.join();
  domain.gil.set_observer(nullptr);
  const std::size_t count = heard.runs.size();
  CHECK(count >= 12);
  for (std::size_t i = 0; i < count; ++i) CHECK(heard.runs[i].began <= heard.runs[i].ended);
  for (std::size_t i = 1; i < count; ++i) CHECK(heard.runs[i - 1].ended <= heard.runs[i].began);
  { const GilRelease released(domain); }
  CHECK(heard.runs.size() == count);
}
