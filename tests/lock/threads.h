// What the tests of the lock share: patience, time as the test sees it, and forks.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

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

/// The exit status of `child` run in a fork, or -1 if it was killed or took half a minute.
template <typename Action>
int status_of_fork(Action child) {
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(30);
    std::_Exit(child());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace ouro::test
