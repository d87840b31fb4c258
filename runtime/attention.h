// Attention: what a thread is to do at its next safepoint besides letting others run.
//
//   any thread, any time        the thread that holds the lock, at its next safepoint
//   --------------------        ------------------------------------------------------
//   interrupt()            ->   the interrupt handler, or KeyboardInterrupt          (may be called from a signal handler)
//   call_soon(f)           ->   f()                                                  (CPython: Py_AddPendingCall)
//   raise_in(thread, e)    ->   that thread throws e                                 (CPython: PyThreadState_SetAsyncExc)
//
// An error from any of them leaves the safepoint as if the operation that reached it had failed; what still waits is done at
// the next one.
//
// Law attention-once: each call is made once, in the order of arrival, never inside another one, and not without the lock.
#pragma once

#include <ouro/runtime/base/error.h>
#include <ouro/runtime/base/gil.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace ouro {

class ThreadRegistry;

/// The calls that wait for a safepoint of one runtime.
class Attention {
 public:
  Attention(Gil& gil, ThreadRegistry& threads);
  Attention(const Attention&) = delete;
  Attention& operator=(const Attention&) = delete;

  /// Calls `call` once, at the next safepoint of whichever thread holds the lock. Any thread, with or without the lock.
  /// What the runtime does not reach before it ends is called while it closes. Throws MemoryError.
  void call_soon(std::function<void()> call);
  /// Interrupts the thread that holds the lock at its next safepoint. Any thread; safe in a signal handler.
  void interrupt() noexcept {
    interrupted_.store(true, std::memory_order_relaxed);
    gil_.request_attention();
  }
  /// What an interrupt calls instead of raising KeyboardInterrupt; an empty function: the default. Needs the lock.
  void set_interrupt_handler(std::function<void()> handler) { on_interrupt_ = std::move(handler); }
  /// Makes the thread of that id throw `error` at its next safepoint; an empty one takes a waiting error back. Replaces
  /// one that waits. Returns whether there is such a thread. Needs the lock. A thread that blocks is not woken.
  bool raise_in(std::uint64_t thread_id, std::optional<Error> error);

  /// What every look at what waits begins with: the runtime's own work, which does not throw. Needs the lock.
  void set_housekeeping(std::function<void()> work) { housekeeping_ = std::move(work); }
  /// Makes the next safepoint do that work. Any thread.
  void keep_house_soon() noexcept { gil_.request_attention(); }

  /// Does what waits. The lock's handler; needs the lock. Throws what the calls throw.
  void attend();
  /// How many calls wait. Any thread.
  [[nodiscard]] std::size_t waiting() const;

 private:
  [[nodiscard]] std::function<void()> next_call();
  void run_calls();
  void throw_if_asked();

  Gil& gil_;
  ThreadRegistry& threads_;
  std::atomic<bool> interrupted_{false};
  std::function<void()> on_interrupt_;
  std::function<void()> housekeeping_;
  std::size_t errors_waiting_ = 0;  ///< threads with an error to throw; belongs to the lock, as `attending_`
  bool attending_ = false;
  mutable std::mutex mutex_;
  std::deque<std::function<void()>> calls_;  ///< belongs to the mutex
};

}  // namespace ouro
