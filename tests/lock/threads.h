// What the tests of the lock share: patience, and time as the test sees it.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace ouro::test {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Waits until `condition` holds, for half a minute at most; says whether it does. The machine may be slow and shared.
template <typename Condition>
bool eventually(Condition condition) {
  const Clock::time_point deadline = Clock::now() + 30s;
  while (!condition()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(50us);
  }
  return true;
}

/// How long `action` takes.
template <typename Action>
Clock::duration time_of(Action action) {
  const Clock::time_point begin = Clock::now();
  action();
  return Clock::now() - begin;
}

/// The shortest of several runs: what the action costs when the machine does not interfere.
template <typename Action>
Clock::duration best_time_of(int runs, Action action) {
  Clock::duration best = Clock::duration::max();
  for (int i = 0; i < runs; ++i) best = std::min(best, time_of(action));
  return best;
}

}  // namespace ouro::test
