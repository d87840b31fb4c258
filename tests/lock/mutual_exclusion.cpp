// Law: two threads never run object code of one runtime at once.
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("A plain counter that several threads count under the lock loses no update", "[lock][claim-L1]") {
  constexpr int kThreads = 4;
  constexpr int kRounds = 100'000;
  Gil gil;
  gil.set_switch_interval(100us);
  long counter = 0;
  std::latch start(kThreads);
  std::vector<std::jthread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      start.arrive_and_wait();
      for (int i = 0; i < kRounds; ++i) {
        const GilGuard guard(gil);
        counter = counter + 1;
      }
    });
  threads.clear();
  CHECK(counter == long{kThreads} * kRounds);
}

TEST_CASE("Threads are alone inside, whichever way they come in and wherever they switch", "[lock][claim-L1]") {
  LockDomain domain;
  domain.gil.set_switch_interval(100us);
  std::atomic<int> inside{0};
  std::atomic<int> collisions{0};
  const auto alone = [&] {
    if (inside.fetch_add(1) != 0) ++collisions;
    for (int spin = 0; spin < 20; ++spin)
      if (inside.load() != 1) ++collisions;
    inside.fetch_sub(1);
  };
  std::latch start(4);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      for (int i = 0; i < 5'000; ++i) {
        const Attach attached(domain);
        alone();
        if ((i + t) % 3 == 0) domain.gil.yield();
        alone();
        safepoint(domain);
        alone();
        if ((i + t) % 5 == 0) {
          const GilRelease released(domain);
          std::this_thread::yield();
        }
        alone();
      }
    });
  threads.clear();
  CHECK(collisions == 0);
  CHECK(domain.gil.stats().switches > 0);
}

TEST_CASE("Reference counts kept without the lock lose updates, and keep them with it", "[lock][claim-L2]") {
  Gil gil;
  gil.set_switch_interval(100us);
  // The load and the store of an increment, each relaxed: what `++refcount` is for the machine.
  std::atomic<int> count{0};
  const auto add = [&] { count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); };
  constexpr int kTimes = 200'000;
  const auto lost = [&](bool locked) {
    count = 0;
    std::atomic<int> ready{0};
    const auto work = [&] {
      ++ready;
      while (ready.load() < 2) std::this_thread::yield();
      if (locked) gil.take();
      for (int i = 0; i < kTimes; ++i) {
        add();
        if (locked) gil.safepoint();
      }
      if (locked) gil.drop();
    };
    std::thread other(work);
    work();
    other.join();
    return 2 * kTimes - count;
  };
  CHECK(lost(/*locked=*/true) == 0);
  if (std::thread::hardware_concurrency() > 1) CHECK(eventually([&] { return lost(/*locked=*/false) > 0; }));
}

TEST_CASE("An update is lost when a switch falls between its load and its store", "[lock][claim-L4]") {
  Gil gil;
  int x = 0;
  gil.take();
  const int loaded = x;
  std::thread other([&] {
    const GilGuard guard(gil);
    x = x + 1;
  });
  REQUIRE(eventually([&] { return gil.stats().waits > 0; }));
  while (gil.stats().switches == 0) gil.yield();
  x = loaded + 1;
  gil.drop();
  other.join();
  CHECK(x == 1);
}
