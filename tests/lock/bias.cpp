// Laws: a thread that is favoured is alone with the lock, and its bias ends with whatever comes first.
#include <ouro/base/lock/process_barrier.h>
#include <ouro/runtime/threads/guards.h>
#include <support/catch.h>

#include <atomic>
#include <memory>
#include <random>
#include <thread>

#include <lock/threads.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Takes and drops the lock until it is a habit; says whether it became one.
bool make_a_habit(Gil& gil) {
  for (int i = 0; i < 5'000 && !gil.biased(); ++i) {
    gil.take();
    gil.drop();
  }
  return gil.biased() || !has_process_barrier();
}

}  // namespace

TEST_CASE("A lock that one thread takes again and again favours it, until another thread comes", "[lock][law-bias-alone]") {
  if (!has_process_barrier()) WARN("membarrier(2) is not allowed here, so no thread is favoured");
  Gil gil;
  REQUIRE(make_a_habit(gil));
  gil.take();
  CHECK(gil.held_by_this_thread());
  std::thread other([&] {
    gil.take();
    CHECK(gil.held_by_this_thread());
    CHECK_FALSE(gil.biased());
    gil.drop();
  });
  REQUIRE(eventually([&] { return gil.stats().waits == 1; }));
  CHECK_FALSE(gil.biased());
  gil.drop();
  other.join();
  CHECK(gil.stats().switches == 1);
  CHECK(make_a_habit(gil));
}

TEST_CASE("Nobody gets in beside a favoured thread, whenever it comes", "[lock][law-bias-alone][claim-L1]") {
  Gil gil;
  std::int64_t count = 0;  // guarded by the lock
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> expected{0};
  const auto count_up = [&] {
    gil.take();
    const std::int64_t before = count;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    count = before + 1;
    gil.drop();
    expected.fetch_add(1, std::memory_order_relaxed);
  };
  std::thread favoured([&] {
    while (!stop) count_up();
  });
  std::mt19937 random(7);
  int biases = 0;
  const int enough = has_process_barrier() ? 40 : 0;
  for (const auto begin = Clock::now(); Clock::now() < begin + (biases < enough ? 30s : 100ms);) {
    for (auto spin = random() % 20'000; spin > 0 && !gil.biased(); --spin) std::this_thread::yield();
    biases += gil.biased() ? 1 : 0;
    count_up();
  }
  stop = true;
  favoured.join();
  CHECK(count == expected);
  CHECK(biases >= enough);
}

TEST_CASE("Threads end while they are favoured and while their bias is being ended", "[lock][law-bias-order]") {
  Gil gil;
  std::int64_t rounds = 0;
  for (int round = 0; round < 60; ++round) {
    std::thread favoured([&] {
      for (int i = 0; i < 1'001; ++i) {
        gil.take();
        ++rounds;
        gil.drop();
      }
    });
    if (round % 2 == 0) favoured.join();
    gil.take();
    ++rounds;
    gil.drop();
    if (round % 2 != 0) favoured.join();
  }
  gil.take();
  CHECK(rounds == 60 * 1'002);
  gil.drop();
}

TEST_CASE("A lock may die while it favours a thread that is elsewhere", "[lock][law-bias-order]") {
  auto gil = std::make_unique<Gil>();
  std::atomic<int> step{0};
  std::jthread favoured([&] {
    CHECK(make_a_habit(*gil));
    step = 1;
    while (step != 2) std::this_thread::yield();
    Gil next;  // the bias of the dead one is gone, and this one's can begin
    CHECK(make_a_habit(next));
  });
  while (step != 1) std::this_thread::yield();
  gil.reset();
  step = 2;
}

TEST_CASE("A thread is favoured for the lock it takes most, one at a time", "[lock]") {
  Gil first;
  Gil second;
  REQUIRE(make_a_habit(first));
  first.take();
  REQUIRE(make_a_habit(second));
  CHECK_FALSE(first.biased());
  CHECK(first.held_by_this_thread());
  std::thread other([&] {
    CHECK_FALSE(first.take_if_free());
    CHECK(second.take_if_free());
    second.drop();
  });
  other.join();
  first.drop();
  CHECK(make_a_habit(first));
}

TEST_CASE("Who watches every take, and who draws, ends the bias", "[lock]") {
  struct Runs final : GilObserver {
    void run_ended(const GilRun&) noexcept override { ++count; }
    int count = 0;
  } runs;
  Gil gil;
  REQUIRE(make_a_habit(gil));
  gil.take();
  gil.set_observer(&runs);
  CHECK_FALSE(gil.biased());
  gil.drop();
  for (int i = 0; i < 3'000; ++i) {
    gil.take();
    gil.drop();
  }
  CHECK(runs.count == 3'001);
  CHECK_FALSE(gil.biased());
  gil.take();
  gil.set_observer(nullptr);
  gil.drop();
  CHECK(make_a_habit(gil));
}

TEST_CASE("The child of a fork finds no biases of threads that are not there", "[lock][law-fork-whole]") {
  Gil others;
  Gil mine;
  REQUIRE(make_a_habit(mine));
  std::atomic<int> step{0};
  std::jthread favoured([&] {
    CHECK(make_a_habit(others));
    step = 1;
    while (step != 2) std::this_thread::yield();
  });
  while (step != 1) std::this_thread::yield();
  CHECK(status_of_fork([&] {
          if (others.biased()) return 1;
          others.take();
          others.drop();
          mine.take();
          mine.drop();
          return make_a_habit(others) && !mine.biased() ? 0 : 2;
        }) == 0);
  CHECK(others.biased() == has_process_barrier());
  step = 2;
}

TEST_CASE("A thread may fork while another, inside, makes and ends locks", "[lock][law-bias-order]") {
  LockDomain domain;
  const Attach attached(domain);
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::thread maker([&] {
    const Attach inside(domain);
    while (!stop) {
      for (int i = 0; i < 50; ++i) {
        Gil gil;
        failures += make_a_habit(gil) ? 0 : 1;
      }
      safepoint(domain);
    }
  });
  for (int i = 0; i < 10; ++i) {
    const GilRelease released(domain);
    CHECK(status_of_fork([&] {
            const Attach again(domain);
            Gil gil;
            return make_a_habit(gil) ? 0 : 1;
          }) == 0);
  }
  stop = true;
  {
    const GilRelease released(domain);
    maker.join();
  }
  CHECK(failures == 0);
}
