// Laws: locks of different runtimes do not touch each other; locks-in-order.
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <array>
#include <atomic>
#include <memory>
#include <thread>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("A thread may be inside several runtimes and leave them in any order", "[lock]") {
  std::array<LockDomain, 3> domains;
  std::array<std::unique_ptr<Attach>, 3> attached;
  for (const std::size_t i : {1U, 0U, 2U}) attached[i] = std::make_unique<Attach>(domains[i]);
  CHECK(attached[0]->state().depth() == 1);
  CHECK(&attached[0]->state() != &attached[1]->state());
  for (const std::size_t i : {1U, 2U, 0U}) {
    CHECK(domains[i].gil.held_by_this_thread());
    attached[i].reset();
    CHECK_FALSE(domains[i].gil.held_by_this_thread());
  }
}

TEST_CASE("Two runtimes run at the same time", "[lock]") {
  LockDomain here;
  LockDomain there;
  std::atomic<bool> called{false};
  std::atomic<bool> answered{false};
  const Attach attached(here);
  std::jthread other([&] {
    const Attach worker(there);
    while (!called) std::this_thread::yield();
    answered = true;
  });
  called = true;
  CHECK(eventually([&] { return answered.load(); }));
  CHECK(here.gil.stats().waits == 0);
}

TEST_CASE("Threads inside two runtimes in opposite order do not block each other", "[lock][law-locks-in-order]") {
  std::array<LockDomain, 2> domains;
  for (LockDomain& domain : domains) domain.gil.set_switch_interval(50us);
  std::array<long, 2> counters{};
  constexpr int kRounds = 2'000;
  const auto work = [&](std::size_t first) {
    for (int i = 0; i < kRounds; ++i) {
      const Attach outer(domains[first]);
      safepoint(domains[first]);
      const Attach inner(domains[1 - first]);
      safepoint(domains[first]);
      ++counters[0];
      ++counters[1];
      safepoint(domains[1 - first]);
      if (i % 7 == 0) {
        const GilRelease released(domains[first]);
        std::this_thread::yield();
      }
      if (i % 11 == 0) domains[first].gil.yield();
    }
  };
  {
    std::jthread one(work, 0);
    std::jthread two(work, 1);
  }
  CHECK(counters[0] == 2 * kRounds);
  CHECK(counters[1] == 2 * kRounds);
}

TEST_CASE("Waiting for a lock drops those of higher address meanwhile, and no other", "[lock][law-locks-in-order]") {
  std::array<Gil, 3> gils;
  Gil& low = gils[0];
  Gil& middle = gils[1];
  Gil& high = gils[2];
  std::atomic<int> step{0};
  std::atomic<bool> low_was_free{true};
  std::jthread holder([&] {
    const GilGuard guard(middle);
    step = 1;
    while (step != 2) std::this_thread::yield();
  });
  while (step != 1) std::this_thread::yield();
  high.take();
  low.take();
  std::jthread visitor([&] {
    const GilGuard guard(high);
    low_was_free = low.take_if_free();
    step = 2;
  });
  middle.take();
  CHECK(step == 2);
  CHECK_FALSE(low_was_free);
  for (Gil* gil : {&middle, &high, &low}) {
    CHECK(gil->held_by_this_thread());
    gil->drop();
  }
}
