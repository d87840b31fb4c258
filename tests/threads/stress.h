// What the stress tests share: how long, by which seed, and a line now and then when they go on for minutes.
#pragma once

#include <support/helpers.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

namespace ouro::test {

using StressClock = std::chrono::steady_clock;

/// How long each test goes on.
inline StressClock::duration stress_duration() {
  const std::chrono::duration<double> seconds(number_from("OURO_STRESS_SECONDS", 0.4));
  return std::chrono::duration_cast<StressClock::duration>(seconds);
}

inline std::uint32_t stress_seed() {
  static const auto seed = number_from("OURO_STRESS_SEED", std::random_device{}() % 1'000'000);
  return seed;
}

/// A thread's own chance.
class Chance {
 public:
  explicit Chance(std::uint32_t who) : engine_(stress_seed() * 31 + who) {}
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  bool one_in(int limit) { return below(limit) == 0; }
  void sleep() { std::this_thread::sleep_for(std::chrono::microseconds(below(200))); }
  /// Seconds of patience, mostly too few.
  double patience() { return below(300) * 1e-6; }

 private:
  std::mt19937 engine_;
};

/// Counts steps, and writes a line on standard error every ten seconds.
class Progress {
 public:
  explicit Progress(const char* what) noexcept : what_(what) {}

  void step() noexcept {
    ++steps_;
    if (StressClock::now() < next_.load(std::memory_order_relaxed)) return;
    const std::unique_lock locked(mutex_, std::try_to_lock);
    if (!locked || StressClock::now() < next_.load(std::memory_order_relaxed)) return;
    next_ = StressClock::now() + std::chrono::seconds(10);
    const std::chrono::duration<double> passed = StressClock::now() - begin_;
    const std::chrono::duration<double> all = stress_duration();
    std::fprintf(stderr, "%s: %.0f of %.0f s, %llu steps, seed %u\n", what_, passed.count(), all.count(),
                 static_cast<unsigned long long>(steps_.load()), stress_seed());
  }

 private:
  const char* what_;
  std::atomic<std::uint64_t> steps_{0};
  const StressClock::time_point begin_ = StressClock::now();
  std::atomic<StressClock::time_point> next_{begin_ + std::chrono::seconds(10)};
  std::mutex mutex_;
};

}  // namespace ouro::test
