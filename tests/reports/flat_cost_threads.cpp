// What a thread costs does not grow with the number of threads, there are or there were.
#include <ouro/objects/weak/finalize.h>
#include <ouro/runtime/thread_dicts.h>
#include <ouro/runtime/threads/guards.h>
#include <ouro/runtime/threads/thread.h>
#include <support/fixture.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <sys/resource.h>

namespace ouro::test {

namespace {

/// Processor seconds of this process, the system's work for it included.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void work(std::size_t steps) {
  volatile std::uint64_t value = 1;
  for (std::size_t i = 0; i < steps; ++i) value = value * 5 + 1;
}

/// Steps of about `microseconds`.
std::size_t steps_for(double microseconds) {
  constexpr std::size_t kSteps = 2'000'000;
  const double begin = cpu_seconds();
  work(kSteps);
  return static_cast<std::size_t>(kSteps * microseconds * 1e-6 / (cpu_seconds() - begin));
}

/// us of processor time for each turn of a pool of `size` threads, and how often the lock changed threads in a turn.
struct PoolCost {
  double microseconds;
  double switches;
};
PoolCost cost_of_pool(std::size_t size, std::size_t steps) {
  constexpr std::size_t kTurns = 12'800;
  Gil gil;
  std::vector<std::thread> threads;
  const double begin = cpu_seconds();
  for (std::size_t i = 0; i < size; ++i)
    threads.emplace_back([&] {
      for (std::size_t turn = 0; turn < kTurns / size; ++turn) {
        const GilGuard inside(gil);
        work(steps);
      }
    });
  for (std::thread& thread : threads) thread.join();
  return {(cpu_seconds() - begin) * 1e6 / kTurns, static_cast<double>(gil.stats().switches) / kTurns};
}

}  // namespace

TEST_CASE("Short turns of a pool cost as much with 32 threads as with 4", "[threads][lock]") {
  if constexpr (kAddressSanitizer || kThreadSanitizer) return;  // their time is not ours
  const std::size_t steps = steps_for(5);
  double least = 100, fewest = 1;
  for (int round = 0; round < 8 && least > 1.3; ++round) {
    const PoolCost few = cost_of_pool(4, steps);
    const PoolCost many = cost_of_pool(32, steps);
    least = std::min(least, many.microseconds / few.microseconds);
    fewest = std::min(fewest, many.switches);
  }
  CHECK(least < 2.5);   // 6 when every thread looked for the lock at each turn; a busy machine adds to either
  CHECK(fewest < 0.5);  // 0.7 when every turn was another thread's
}

TEST_CASE("The dict of a thread that ended is dropped when the next one comes, without a safepoint", "[threads]") {
  Fixture world;
  constexpr int kThreads = 200;
  std::size_t most = 0;
  {
    const GilRelease released(world.rt);
    for (int i = 0; i < kThreads; ++i)
      std::thread([&] {
        const Attach attached(world.rt);
        world.rt.thread_dict()->set("key", *world.rt.list(1));
        most = std::max(most, world.rt.thread_dicts().size());
      }).join();
  }
  CHECK(most <= 2);
  { const Attach again(world.rt); }
  CHECK(world.rt.thread_dicts().size() == 0);
}

TEST_CASE("The dict of a thread that the runtime started goes with it", "[threads]") {
  Fixture world;
  Thread thread(world.rt, [&] { world.rt.thread_dict()->set("key", *world.rt.list(1)); });
  thread.start();
  thread.join();
  CHECK(world.rt.thread_dicts().size() == 0);
}

TEST_CASE("Handles that are dropped without the lock do not pile up where nobody reaches a safepoint", "[threads]") {
  Fixture world;
  std::size_t most = 0;
  {
    const GilRelease released(world.rt);
    for (int i = 0; i < 200; ++i) {
      Global<> outlives;
      std::thread([&] {
        const Attach attached(world.rt);
        outlives = Global<>(world.rt, world.rt.list(1));
        most = std::max(most, world.rt.count_objects());
      }).join();
    }
  }
  CHECK(most <= 4);
}

TEST_CASE("A thread finds its record in one of many runtimes as fast as in the only one", "[threads]") {
  constexpr int kAsked = 20'000;
  const auto cost_of = [](std::size_t others) {
    Runtime rt;
    std::vector<std::unique_ptr<Runtime>> more;  // their records stand before the first one's
    for (std::size_t i = 0; i < others; ++i) more.push_back(std::make_unique<Runtime>());
    const double before = cpu_seconds();
    for (int i = 0; i < kAsked; ++i) CHECK_FALSE(rt.threads().current() == nullptr);
    const double cost = cpu_seconds() - before;
    while (!more.empty()) more.pop_back();
    return cost;
  };
  const double alone = std::min(cost_of(0), cost_of(0));
  CHECK(std::min(cost_of(300), cost_of(300)) < 3 * alone + 0.001);
}

// Each look for the next one began at the newest.
TEST_CASE("What is called at the end of a runtime costs the same however much is not", "[threads][finalize]") {
  const auto cost_of = [](int called, int not_called) {
    Runtime rt;
    const Ref<> watched = rt.new_class("A")();
    const Ref<> function = make_function(rt.builtins(), "f", [] {});
    for (int i = 0; i < called; ++i) static_cast<void>(finalize(watched, function));
    for (int i = 0; i < not_called; ++i) finalize(watched, function)->at_exit = 0;
    const double before = cpu_seconds();
    run_exit_finalizers(rt.builtins());
    return cpu_seconds() - before;
  };
  CHECK(cost_of(2'000, 40'000) < 5 * (cost_of(2'000, 0) + cost_of(0, 40'000)));
}

}  // namespace ouro::test
