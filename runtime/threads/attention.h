// Attention: what a thread is to do at its next safepoint besides letting others run.
//
//   any thread, any time        the thread that holds the lock, at its next safepoint
//   --------------------        ------------------------------------------------------
//   interrupt()            ->   in the main thread: the interrupt handler, or KeyboardInterrupt  (from a signal handler too)
//   call_soon(f)           ->   f()                                                  (CPython: Py_AddPendingCall)
//   raise_in(thread, e)    ->   that thread throws e                                 (CPython: PyThreadState_SetAsyncExc)
//   set_budget(budget)     ->   each safepoint counts; BudgetUsedUp when it is used up
//
// An error from any of them leaves the safepoint as if the operation that reached it had failed; what still waits is done at
// the next one.
//
// Laws
//   attention-once: each call is made once, in the order of arrival, never inside another one, and not without the lock.
//   request-kept: an interrupt, or an error for a thread, that a finalizer or a callback reaches ends that one and is thrown
//     again at the thread's next safepoint outside of it. A thread that is sent away is told at every safepoint.
//   budget-stays: once a budget is used up, every safepoint throws until another one is set. Code that catches the error
//   does
//     not get on.
#pragma once

#include <ouro/base/error.h>
#include <ouro/base/lock/gil.h>
#include <ouro/base/standard/function.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace ouro {

class ThreadRegistry;
class ThreadState;

/// How much a runtime may go on running. What is 0 has no limit.
struct RunBudget {
  std::uint64_t safepoints = 0;      ///< all threads together
  std::chrono::nanoseconds time{0};  ///< from when the budget is set, waits included
};

/// What a safepoint throws when the budget is used up. No Exception, so that handlers of those let it pass.
inline constexpr ErrorType kBudgetUsedUp =
    added_error("ouro", "BudgetUsedUp", error_type(ErrorKind::kBaseException), "The runtime's budget is used up.");

/// The calls that wait for a safepoint of one runtime.
class Attention {
 public:
  Attention(Gil& gil, ThreadRegistry& threads);
  Attention(const Attention&) = delete;
  Attention& operator=(const Attention&) = delete;

  /// Calls `call` once, at the next safepoint of whichever thread holds the lock. Any thread, with or without the lock.
  /// What the runtime does not reach before it ends is called while it closes. Throws MemoryError.
  void call_soon(std::function<void()> call);
  /// Interrupts the main thread at its next safepoint; whoever reaches one first if the main thread has ended. Any thread;
  /// safe in a signal handler. A thread that blocks is not woken.
  void interrupt() noexcept {
    interrupted_.store(true, std::memory_order_relaxed);
    gil_.request_attention();
  }
  /// What an interrupt calls instead of raising KeyboardInterrupt; an empty function: the default. Needs the lock.
  void set_interrupt_handler(std::function<void()> handler) { on_interrupt_ = std::move(handler); }
  /// From here on each safepoint counts (law budget-stays), the next one first; it costs some 100 ns then, and what it did
  /// before without a budget. Replaces the budget before; `{}`: none. Needs the lock.
  void set_budget(const RunBudget& budget) noexcept;
  /// What is left of it. A limit that is used up has one safepoint, or a nanosecond, so that it does not read as none. Needs
  /// the lock.
  [[nodiscard]] RunBudget budget() const noexcept;
  /// Makes the thread of that id throw `error` at its next safepoint; an empty one takes a waiting error back. Replaces
  /// one that waits. Returns whether there is such a thread. Needs the lock. A thread that blocks is not woken.
  bool raise_in(std::uint64_t thread_id, std::optional<Error> error);
  /// Makes each safepoint of that thread throw SystemExit until it is outside. Needs the lock.
  void send_away(std::uint64_t thread_id);
  /// Throws what waits for this thread, as a safepoint does. For the end of its work: it reaches no safepoint any more.
  void throw_if_asked();
  /// `error` was thrown in this thread and can go no further. If somebody had asked for it, it is thrown again at the next
  /// safepoint, and true is returned. Needs the lock.
  [[nodiscard]] bool keep(const Error& error) noexcept;
  /// The lock has come to this thread from another one.
  void lock_came() noexcept;

  /// What every look at what waits begins with: the runtime's own work, which does not throw. Needs the lock.
  void set_maintenance(std::function<void()> work) { maintenance_ = std::move(work); }
  /// Makes the next safepoint do that work, or the next attachment. Any thread.
  void request_maintenance() noexcept;
  /// Does that work, unless it is being done. Needs the lock.
  void maintain();
  /// Around a fork: no other thread is in the middle of adding a call.
  void lock_for_fork() noexcept { mutex_.lock(); }
  void unlock_after_fork() noexcept { mutex_.unlock(); }

  /// Does what waits. The lock's handler; needs the lock. Throws what the calls throw.
  void attend();
  /// As `attend`, when there will be no safepoint any more: inside a call as well.
  void attend_last();
  /// Drops the calls that wait. Needs the lock.
  void forget_calls() noexcept;
  /// How many calls wait. Any thread.
  [[nodiscard]] std::size_t waiting() const;

 private:
  [[nodiscard]] std::function<void()> next_call();
  void run_calls();
  void be_interrupted();
  void count_safepoint();
  [[nodiscard]] bool has_budget() const noexcept { return budget_.safepoints != 0 || budget_.time.count() != 0; }
  [[nodiscard]] bool waits_for(const ThreadState* state) const;

  Gil& gil_;
  ThreadRegistry& threads_;
  std::atomic<bool> interrupted_{false};
  std::function<void()> on_interrupt_;
  std::function<void()> maintenance_;
  bool attending_ = false;  ///< belongs to the lock, as what follows
  RunBudget budget_{};      ///< as it was set
  std::uint64_t safepoints_left_ = 0;
  std::chrono::steady_clock::time_point deadline_{};
  bool is_used_up_ = false;
  mutable std::mutex mutex_;
  std::vector<std::function<void()>> calls_;  ///< belongs to the mutex, as the next; the made ones stand first
  std::size_t made_ = 0;
};

}  // namespace ouro
