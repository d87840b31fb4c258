// GilState: what a lock consists of, by whom it belongs to.
//
//   line 1   the taker and dropper     word, who holds it, since when
//   line 2   everybody, read mostly    why a safepoint has something to do; the dials
//   line 3.. the mutex                 queue, schedule, bias, counters: touched only when somebody waits
//
//   word:  | number of registered waiters (30 bits) | biased (1 bit) | held (1 bit) |
#pragma once

#include <ouro/base/lock/gil_queue.h>
#include <ouro/base/lock/gil_schedule.h>
#include <ouro/base/lock/gil_stats.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace ouro {
class Gil;
}

namespace ouro::detail {

struct GilBias;
struct GilHabit;

/// The locks this thread holds, highest address first; mostly none or one. Its own address names the thread. It lives in one
/// source file, and initial-exec keeps the access to one instruction.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local Gil* held_locks;

/// The members of a Gil.
class GilState {
 protected:
  using ThreadMark = Gil* const*;

  static constexpr std::uint32_t kHeld = 1;
  static constexpr std::uint32_t kBiased = 2;
  static constexpr std::uint32_t kWaiter = 4;
  static constexpr std::uint32_t kDrop = 1;     ///< a waiter asked
  static constexpr std::uint32_t kDraw = 2;     ///< there is a schedule; never cleared
  static constexpr std::uint32_t kCall = 4;     ///< the handler is to be called
  static constexpr std::uint32_t kCollect = 8;  ///< a collection waits for a safepoint
  /// Takes in a row that are enough of a habit: what a bias saves in as many more is about what it costs to end one.
  static constexpr std::uint32_t kBiasAfter = 1000;
  static constexpr std::int64_t kDefaultIntervalUs = 5000;
  static constexpr std::int64_t kDefaultMinRunUs = 50;
  static constexpr int kUnknownProcessor = -1;
  /// A lock that is held for so short a time is worth looking for from the start; a longer look costs more than a sleep.
  static constexpr Nanoseconds kShortHold = 2'000;
  /// A thread that drops the lock and comes back at once keeps its turn, unless somebody asks, for this many times
  /// `min_run`: what it costs to change threads is then a small part of the turn.
  static constexpr std::int64_t kRunsOfATurn = 8;
  static constexpr std::size_t kCacheLine = 64;

  explicit GilState(Nanoseconds birth) noexcept : birth_(birth) {}
  ~GilState() = default;

  // Written by takers and droppers.
  alignas(kCacheLine) std::atomic<std::uint32_t> word_{0};
  std::uint32_t streak_{0};                  ///< belongs to the holder: takes in a row by one thread, nobody waiting
  std::atomic<ThreadMark> holder_{nullptr};  ///< null when free; only the holder writes it
  ThreadMark last_holder_{nullptr};          ///< belongs to the holder
  Gil* next_held_{nullptr};                  ///< belongs to the holder: its next lower lock
  std::atomic<std::uint64_t> switches_{0};   ///< written by the holder only
  /// When the holder got the lock; 0: before anybody waited, so its turn counts from the first waiter's arrival.
  std::atomic<Nanoseconds> run_began_{0};
  /// Where the holder was when it got the lock from another thread; unknown until it has woken up.
  std::atomic<int> holder_processor_{kUnknownProcessor};

  // Read at every safepoint, written a few hundred times a second.
  alignas(kCacheLine) std::atomic<std::uint32_t> attention_{0};  ///< why a safepoint has something to do
  std::atomic<bool> closed_{false};                              ///< written under the mutex
  std::atomic<std::int64_t> interval_us_{kDefaultIntervalUs};
  std::atomic<std::int64_t> min_run_us_{kDefaultMinRunUs};
  void (*switch_handler_)(void*, const void*, const void*) noexcept {nullptr};  ///< belongs to the holder
  void* switch_context_{nullptr};
  void (*handler_)(void* context){nullptr};
  void* handler_context_{nullptr};
  void (*collect_)(void* context) noexcept {nullptr};  ///< belongs to the holder
  void* collect_context_{nullptr};

  // Belongs to the mutex. The counters are atomic for `stats()` alone.
  alignas(kCacheLine) std::mutex mutex_;
  GilBias* bias_{nullptr};  ///< of the thread that may take the lock by a plain store
  GilQueue queue_;
  GilSchedule schedule_;
  /// How many announced threads have come into the queue, or will not come. The holder sleeps on it.
  std::atomic<std::uint32_t> arrivals_{0};
  GilObserver* observer_{nullptr};
  bool torn_{false};             ///< forked while another thread was inside
  bool watched_{false};          ///< the word counts one waiter more than there are
  Nanoseconds turn_began_{0};    ///< when the holder's turn began; a resumed turn began earlier than its run
  Nanoseconds hold_began_{0};    ///< when the holder took the lock last, in a run of several holds
  Nanoseconds typical_hold_{0};  ///< how long the lock was held of late by those who dropped it before they were asked
  bool (*barred_)(void* context) noexcept {nullptr};  ///< is the running thread one that never comes in again?
  void* barred_context_{nullptr};
  const Nanoseconds birth_;  ///< tells this lock from an earlier one at its address
  std::atomic<std::uint64_t> forced_{0};
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> waits_{0};
  std::atomic<std::uint64_t> interruptions_{0};
};

}  // namespace ouro::detail
