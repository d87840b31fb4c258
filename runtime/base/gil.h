// The lock: one mutex that guards every object of a runtime.
//
// Two threads never run object code of one runtime at the same time, so counts need no atomic arithmetic and no object needs
// a lock of its own. The lock is CPython's: a holder keeps it until it blocks or somebody asks for it, a waiter asks when
// one switch interval has passed, and the holder answers at its next safepoint. A runtime owns one; several run in parallel.
//
//   holder           waiter
//   ------           ------
//   run              take(): register in the word, sleep one interval
//   safepoint        ... interval over: set drop_requested
//   safepoint: seen
//   yield(): drop -> wakes, takes the lock
//   (waits until     run
//    it is taken)
//
//   word:  | number of registered waiters (31 bits) | held (1 bit) |
//   Nobody waits: take is one compare-and-swap 0 -> 1 and drop one 1 -> 0. Somebody waits: both go through the mutex.
//
// Laws
//   lock-held: a thread that holds the lock does not take it again.
//   lock-not-held: only the holder drops, yields or releases.
//   registered-waiter: while a waiter is registered, the held bit is set only under the mutex. So a drop cannot miss a waiter.
//   forced-switch: a thread that dropped on request does not get the lock back before another thread had it, unless every
//     waiter has left. A waiter that leaves says so; nobody waits for one that is gone (CPython's gh-96387).
//   locks-in-order: a thread waits for a lock only while every other lock it holds has a lower address, so threads inside
//     several runtimes cannot block each other for ever. It drops the higher ones meanwhile: to wait for one runtime's lock
//     is a safepoint of the others.
#pragma once

#include <ouro/runtime/base/assert.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace ouro {

class Gil;

namespace detail {
/// The locks this thread holds, highest address first; mostly none or one. Its own address names the thread. It lives in one
/// source file, and initial-exec keeps the access to one instruction.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local Gil* held_locks;
}  // namespace detail

/// What a lock has done since it was made.
struct GilStats {
  std::uint64_t switches = 0;         ///< the lock went to another thread than the one before
  std::uint64_t forced_switches = 0;  ///< ... because the thread before was asked to drop it, or yielded
  std::uint64_t drop_requests = 0;    ///< a waiter's interval ran out and it asked the holder
  std::uint64_t waits = 0;            ///< a take that could not be served at once

  friend bool operator==(const GilStats&, const GilStats&) = default;
};

/// The lock of one runtime. Not recursive; see `Attach` for nesting. Destroy it, held or free, when no other thread can
/// reach it.
class Gil {
 public:
  /// What `sys.getswitchinterval()` says at first.
  static constexpr std::chrono::microseconds kDefaultSwitchInterval{5000};

  Gil() noexcept = default;
  ~Gil();
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

  /// True if the calling thread holds the lock. Two loads, no ordering: the answer for one's own thread is always exact.
  [[nodiscard]] bool held_by_this_thread() const noexcept { return holder_.load(std::memory_order_relaxed) == self(); }
  /// True if a waiter asked the holder to drop the lock. One relaxed load.
  [[nodiscard]] bool drop_requested() const noexcept { return drop_requested_.load(std::memory_order_relaxed); }

  /// Answers a waiter's request, if there is one. The place where threads switch: loop back edges, calls, long loops.
  void safepoint() noexcept {
    if (drop_requested()) [[unlikely]]
      yield();
  }

  /// Takes the lock, waiting as long as that needs. Works on a closed lock too: threads inside must be able to leave.
  void take() noexcept;
  /// Takes the lock like `take()`, unless `close()` has begun: then returns false at once, from a wait as well.
  [[nodiscard]] bool try_take() noexcept;
  /// Takes the lock if it is free and nobody waits for it. Never waits.
  [[nodiscard]] bool take_if_free() noexcept;
  /// Gives the lock up and wakes a waiter. Never waits.
  void drop() noexcept;
  /// Drops and retakes the lock. If somebody waits, the caller gets it back only after another thread had it.
  void yield() noexcept;

  /// How long a waiter waits before it asks the holder to drop. Accuracy is that of the system's timers.
  [[nodiscard]] std::chrono::microseconds switch_interval() const noexcept {
    return std::chrono::microseconds(interval_us_.load(std::memory_order_relaxed));
  }
  /// Sets the switch interval; waits under way keep the old one. `interval` must be positive: callers raise the ValueError.
  void set_switch_interval(std::chrono::microseconds interval) noexcept;

  /// Refuses every `try_take()` from now on, waiting ones included. Any thread may call it, any number of times.
  void close() noexcept;
  /// True once `close()` has begun.
  [[nodiscard]] bool closed() const noexcept { return closed_.load(std::memory_order_acquire); }

  /// The counters, each exact when the caller holds the lock.
  [[nodiscard]] GilStats stats() const noexcept;

 private:
  using Clock = std::chrono::steady_clock;
  using ThreadMark = Gil* const*;

  static constexpr std::uint32_t kHeld = 1;
  static constexpr std::uint32_t kWaiter = 2;
  static constexpr std::size_t kCacheLine = 64;

  [[nodiscard]] static ThreadMark self() noexcept { return &detail::held_locks; }
  [[nodiscard]] std::uint32_t waiters() const noexcept { return word_.load(std::memory_order_relaxed) / kWaiter; }
  void expect_held(const char* call) const noexcept;
  void expect_not_held(const char* call) const noexcept;

  [[nodiscard]] bool take_fast() noexcept;
  [[nodiscard]] bool take_in_order(bool refusable) noexcept;
  [[nodiscard]] bool take_slowly(bool refusable) noexcept;
  void become_holder() noexcept;
  void cease_holder() noexcept;
  [[nodiscard]] bool claim() noexcept;
  void leave_queue() noexcept;
  void wait_for_switch(std::unique_lock<std::mutex>& locked, bool refusable) noexcept;
  void wait_for_lock(std::unique_lock<std::mutex>& locked, bool refusable) noexcept;
  void drop_slowly(bool hand_over) noexcept;
  [[nodiscard]] Clock::time_point interval_from_now() const noexcept;

  // Written by takers and droppers.
  alignas(kCacheLine) std::atomic<std::uint32_t> word_{0};
  std::atomic<ThreadMark> holder_{nullptr};  ///< null when free; only the holder writes it
  ThreadMark last_holder_{nullptr};          ///< belongs to the holder
  Gil* next_held_{nullptr};                  ///< belongs to the holder: its next lower lock
  std::atomic<std::uint64_t> switches_{0};   ///< written by the holder only

  // Read at every safepoint, written a few hundred times a second.
  alignas(kCacheLine) std::atomic<bool> drop_requested_{false};  ///< written under the mutex
  std::atomic<bool> closed_{false};                              ///< written under the mutex
  std::atomic<std::int64_t> interval_us_{kDefaultSwitchInterval.count()};

  // Belongs to the mutex; touched only when somebody waits. The counters are atomic for `stats()` alone.
  alignas(kCacheLine) std::mutex mutex_;
  std::condition_variable free_;      ///< the lock was dropped, or closed
  std::condition_variable switched_;  ///< somebody took the lock, every waiter left, or closed
  ThreadMark yielding_{nullptr};      ///< who owes a registered waiter the next turn; null if none waits
  std::atomic<std::uint64_t> forced_{0};
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> waits_{0};
};

}  // namespace ouro
