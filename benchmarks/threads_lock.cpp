// Cases of the lock itself: what it costs to take and drop it, alone and in turns, and what a safepoint costs.
#include <ouro/runtime/runtime.h>

#include "harness.h"
#include "threads_sides.h"

namespace bench {
namespace {

constexpr std::size_t kPairs = 2'000'000;
constexpr std::size_t kTurns = 3'000;
constexpr std::size_t kSafepoints = 50'000'000;
constexpr std::size_t kRuntimes = 300;

constexpr auto release_acquire = [](auto& side) {
  const Stopwatch watch;
  for (std::size_t i = 0; i < kPairs; ++i) {
    side.release();
    side.acquire();
  }
  return watch.nanoseconds() / static_cast<double>(kPairs);
};

/// A callback from outside that comes in and leaves again, on a thread that was here before.
constexpr auto attach = [](auto& side) {
  constexpr std::size_t kCalls = kPairs / 4;
  using Inside = typename std::remove_reference_t<decltype(side)>::Inside;
  side.release();
  const Stopwatch watch;
  for (std::size_t i = 0; i < kCalls; ++i) const Inside inside(side);
  const double elapsed = watch.nanoseconds();
  side.acquire();
  return elapsed / static_cast<double>(kCalls);
};

/// ns a turn: two threads release and acquire until the other one has had its turn, each in its turn.
constexpr auto pingpong = [](auto& side) {
  std::size_t turn = 0;  // guarded by the lock
  const auto take_turns = [&](std::size_t who) {
    while (turn < kTurns) {
      if (turn % 2 == who) ++turn;
      side.release();
      side.acquire();
    }
  };
  std::thread other([&] {
    const typename std::remove_reference_t<decltype(side)>::Inside inside(side);
    take_turns(1);
  });
  const double begin = wall_seconds();
  take_turns(0);
  const double elapsed = wall_seconds() - begin;
  side.release();
  other.join();
  side.acquire();
  return elapsed * 1e9 / static_cast<double>(kTurns);
};

std::vector<Side> safepoint_sides() {
  return {{kOuroName, Role::kOuro, [](const Settings&) {
             ouro::Runtime runtime;
             const Stopwatch watch;
             for (std::size_t i = 0; i < kSafepoints; ++i) {
               runtime.safepoint();
               escape(&runtime);
             }
             return watch.nanoseconds() / static_cast<double>(kSafepoints);
           }}};
}

std::vector<Side> create_sides() {
  return {{kOuroName, Role::kOuro, [](const Settings&) {
             const Stopwatch watch;
             for (std::size_t i = 0; i < kRuntimes; ++i) {
               ouro::Runtime runtime;
               escape(&runtime);
             }
             return watch.nanoseconds() / static_cast<double>(kRuntimes) / 1e3;
           }}};
}

std::vector<Side> size_sides() {
  return {{kOuroName, Role::kOuro, [](const Settings&) {
             constexpr std::size_t kAlive = 16;
             { const ouro::Runtime first; }
             std::vector<std::unique_ptr<ouro::Runtime>> alive;
             const double before = resident_bytes();
             for (std::size_t i = 0; i < kAlive; ++i) alive.push_back(std::make_unique<ouro::Runtime>());
             const double grown = resident_bytes() - before;
             while (!alive.empty()) alive.pop_back();
             return grown / static_cast<double>(kAlive) / 1024;
           }}};
}

}  // namespace

void add_thread_lock_cases(Cases& cases) {
  cases.push_back({"threads/release_acquire",
                   "ns/pair",
                   "giving the lock up and taking it back, alone",
                   thread_sides(release_acquire),
                   {best_peer_over(4)}});
  cases.push_back(
      {"threads/attach", "ns/call", "coming in from outside and leaving again, on a known thread", thread_sides(attach)});
  cases.push_back({"threads/pingpong",
                   "ns/turn",
                   "two threads give the lock to each other",
                   thread_sides(pingpong),
                   {best_peer_over(1 / 1.2)}});
  cases.push_back({"threads/safepoint", "ns", "a safepoint at which nobody asks", safepoint_sides(), {at_most(1)}});
  cases.push_back({"threads/runtime_create", "us", "making and ending a runtime", create_sides(), {at_most(100)}});
  cases.push_back({"threads/runtime_size", "KiB", "resident memory of one more runtime", size_sides(), {at_most(600)}});
}

}  // namespace bench
