// Cases of two threads that compute, that wait, and that have a runtime each.
#include <array>
#include <cmath>
#include <vector>

#include "harness.h"
#include "threads_sides.h"

namespace bench {
namespace {

constexpr double kSeconds = 0.6;

/// Steps of about `seconds` of work, found out by doing some.
template <class Threads>
std::size_t steps_for(Threads& side, double seconds) {
  std::size_t steps = 100'000;
  for (;;) {
    const double begin = wall_seconds();
    side.compute(steps);
    const double elapsed = wall_seconds() - begin;
    if (elapsed > 0.02) return static_cast<std::size_t>(static_cast<double>(steps) * seconds / elapsed);
    steps *= 2;
  }
}

/// Runs `work` in two threads that begin at once; returns the seconds until both are done.
template <class Threads, class Work>
double in_two_threads(Threads& side, Work work) {
  const double begin = wall_seconds();
  std::thread other([&] {
    const typename Threads::Inside inside(side);
    work();
  });
  work();
  side.release();
  other.join();
  side.acquire();
  return wall_seconds() - begin;
}

/// The two are measured in turns: a shared machine is not as fast at one moment as at the next.
constexpr auto compute_2 = [](auto& side) {
  constexpr int kRounds = 7;
  const std::size_t steps = steps_for(side, kSeconds / 8);
  std::vector<double> ratios;
  for (int round = 0; round < kRounds; ++round) {
    const double begin = wall_seconds();
    side.compute(2 * steps);
    const double alone = wall_seconds() - begin;
    ratios.push_back(in_two_threads(side, [&] { side.compute(steps); }) / alone);
  }
  return median(std::move(ratios));
};

/// Seconds that a thread computed before the other one did: the median, in ms.
template <class Threads>
double run_length(Threads& side, double interval) {
  side.set_interval(interval);
  std::vector<double> runs;
  double began = wall_seconds();
  std::size_t last = 0;  // guarded by the lock, as the others
  std::size_t next_name = 0;
  const double end = began + 1;
  in_two_threads(side, [&] {
    const std::size_t me = ++next_name;
    while (wall_seconds() < end) {
      if (last != me) {
        const double now = wall_seconds();
        runs.push_back(now - began);
        began = now;
        last = me;
      }
      side.compute(100);
    }
  });
  require(runs.size() > 10, "the threads took turns");
  return median(std::vector<double>(runs.begin() + 2, runs.end() - 1)) * 1e3;
}

constexpr auto run_length_5 = [](auto& side) { return run_length(side, 0.005); };
constexpr auto run_length_half = [](auto& side) { return run_length(side, 0.0005); };

constexpr auto waiting_2 = [](auto& side) {
  const auto wait = [&] {
    for (int i = 0; i < 20; ++i) {
      side.release();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      side.acquire();
    }
  };
  const double begin = wall_seconds();
  wait();
  wait();
  const double one = wall_seconds() - begin;
  return in_two_threads(side, wait) / one;
};

void build_and_collect(int rounds) {
  ouro::Runtime runtime;
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < 20'000; ++i) {
      const auto pair = runtime.list(i);
      pair->append(*pair);
    }
    runtime.gc().collect();
  }
}

std::vector<Side> two_runtimes() {
  return {{kOuroName, Role::kOuro, [](const Settings&) {
             use_all_cores();
             constexpr int kRounds = 60;
             build_and_collect(5);
             const double begin = wall_seconds();
             build_and_collect(kRounds);
             build_and_collect(kRounds);
             const double one = wall_seconds() - begin;
             const double start = wall_seconds();
             std::thread other([] { build_and_collect(kRounds); });
             build_and_collect(kRounds);
             other.join();
             return (wall_seconds() - start) / one;
           }}};
}

}  // namespace

void add_thread_work_cases(Cases& cases) {
  cases.push_back({"threads/compute_2",
                   "x one thread",
                   "two threads that compute, over the same work in one",
                   thread_sides(compute_2),
                   {at_most(1.05)}});
  cases.push_back({"threads/run_length/5ms",
                   "ms",
                   "how long one of them runs before the other does, interval 5 ms",
                   thread_sides(run_length_5),
                   {at_most(5.5)}});
  cases.push_back({"threads/run_length/0.5ms",
                   "ms",
                   "the same with an interval of 0.5 ms",
                   thread_sides(run_length_half),
                   {at_most(0.75)}});
  cases.push_back({"threads/waiting_2",
                   "x one thread",
                   "two threads that wait, over the same waits in one",
                   thread_sides(waiting_2),
                   {at_most(1 / 1.95)}});
  cases.push_back({"threads/runtimes_2",
                   "x one after the other",
                   "two runtimes that build and collect, at once",
                   two_runtimes(),
                   {at_most(1 / 1.9)}});
}

}  // namespace bench
