// Cases of a pool: threads that come in for short turns, one after the other, all at once. What counts is the processor time
// of a turn, which is work; a pool that spends more on changing threads the larger it is does less of it.
#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "harness.h"
#include "threads_sides.h"
#include <sys/resource.h>

namespace bench {
namespace {

constexpr double kTurnMicroseconds = 5;
constexpr std::size_t kTurns = 40'000;
constexpr std::array<std::size_t, 6> kPools{1, 4, 8, 16, 32, 64};

/// Processor seconds of all threads of this process, the system's work for them included.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void work(std::size_t steps) {
  std::uint64_t value = 1;
  for (std::size_t i = 0; i < steps; ++i) value = opaque(value) * 5 + 1;
}

/// Steps that take as long as a turn does.
std::size_t steps_of_a_turn() {
  constexpr std::size_t kSteps = 20'000'000;
  work(kSteps / 10);
  const Stopwatch watch;
  work(kSteps);
  return static_cast<std::size_t>(static_cast<double>(kSteps) * kTurnMicroseconds * 1e3 / watch.nanoseconds());
}

/// us of processor time a turn. A thread is in the pool for some turns before the clock starts.
template <class Threads>
double pool(Threads& side, std::size_t size) {
  const std::size_t steps = steps_of_a_turn();
  std::atomic<std::size_t> ready{0};
  std::atomic<bool> begin{false};
  const auto take_turns = [&](std::size_t turns) {
    for (std::size_t i = 0; i < turns; ++i) {
      const typename Threads::Inside inside(side);
      work(steps);
    }
  };
  side.release();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < size; ++i)
    threads.emplace_back([&] {
      take_turns(20);
      ++ready;
      begin.wait(false);
      take_turns(kTurns / size);
    });
  while (ready != size) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const double before = cpu_seconds();
  begin = true;
  begin.notify_all();
  for (std::thread& thread : threads) thread.join();
  const double used = cpu_seconds() - before;
  side.acquire();
  return used * 1e6 / static_cast<double>(kTurns / size * size);
}

std::vector<Side> pool_sides(std::size_t size) {
  std::vector<Side> sides = thread_sides([size](auto& side) { return pool(side, size); });
  if (size == 1) return sides;
  sides.push_back({"one thread", Role::kFloor, [](const Settings&) {
                     use_all_cores();
                     OuroThreads side;
                     return pool(side, 1);
                   }});
  return sides;
}

}  // namespace

void add_thread_pool_cases(Cases& cases) {
  for (const std::size_t size : kPools)
    cases.push_back(
        {"threads/pool/" + std::to_string(size), "us/turn",
         "processor time of a turn of 5 us, of threads that come in for one after the other", pool_sides(size),
         size == 1 ? std::vector<Bar>{best_peer_over(1)} : std::vector<Bar>{best_peer_over(1), within_floor(1.3)}});
}

}  // namespace bench
