// LockDomain: the lock of a runtime and the threads that use it, as one thing to own.
//
//   LockDomain ── Gil             who runs
//              ── ThreadRegistry  who is inside
//              ── Attention       what is to be done at the next safepoint
//              ── ThreadList      which threads were started through the runtime
//              ── ParkedThreads   who waits outside for something inside
//
// A Runtime owns one and converts to it, so that guards, threads, synchronisation objects and `safepoint` work on a runtime
// and, in tests, on a bare domain.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/lock/gil.h>
#include <ouro/base/standard/clock.h>
#include <ouro/base/standard/function.h>
#include <ouro/runtime/threads/attention.h>
#include <ouro/runtime/threads/thread_list.h>
#include <ouro/runtime/threads/thread_state.h>
#include <ouro/runtime/threads/wait_queue.h>

#include <cstdint>
#include <mutex>

namespace ouro {

struct Builtins;

/// What becomes of daemons that do not leave when a runtime closes.
enum class Remaining { kAreWaitedFor, kAreLeftBehind };

/// What a thread must enter before it touches the objects of one runtime.
struct LockDomain {
  LockDomain();
  ~LockDomain();
  LockDomain(const LockDomain&) = delete;
  LockDomain& operator=(const LockDomain&) = delete;

  Gil gil;
  ThreadRegistry threads{gil};
  Attention attention{gil, threads};
  ThreadList thread_list;
  ParkedThreads parked;
  Builtins* builtins = nullptr;                        ///< of the runtime; a bare domain has none
  std::function<void(std::uint64_t id)> thread_ended;  ///< drops what is kept for a thread that ended
  /// The lock has come from one thread to another; as `Gil::set_switch_handler`, which is the domain's own.
  void (*switched)(void* context, const void* from, const void* to) noexcept = nullptr;
  void* switched_context = nullptr;
  std::mutex* also_locked_for_forks = nullptr;  ///< see `lock_for_forks_too`
  bool left_behind = false;  ///< daemons are still outside that may come for the lock at any time: the domain must not end

  /// The lock is held, or the law lock-held is broken by the call named `call`. Costs nothing in a release build.
  void assert_locked(const char* call) const noexcept {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (!gil.held_by_this_thread()) law_broken("lock-held", call, __FILE__, __LINE__);
  }

  /// A mutex that no fork is to find locked, taken by nobody who waits for another; null: none.
  void lock_for_forks_too(std::mutex* mutex) noexcept;
  /// Drops what is kept for threads that have ended. Needs the lock.
  void drop_data_of_ended();

  /// Waits for the started threads that are no daemons, refuses new threads, asks daemons to leave, and waits until no other
  /// thread is inside or until `deadline`; true if they are gone. A daemon that stays outside, in a blocking call, is left
  /// behind after a moment: it never comes in again (CPython's daemons hang too). So is one that does not leave in time, if
  /// `remaining` says so. The caller is attached and holds the lock, which is free meanwhile and held again on return. While
  /// false is returned, the domain must not be destroyed: a thread still inside will want its lock back.
  [[nodiscard]] bool close(std::chrono::steady_clock::time_point deadline, Remaining remaining = Remaining::kAreWaitedFor);

 private:
  [[nodiscard]] bool let_daemons_leave(std::chrono::steady_clock::time_point deadline, Remaining remaining);
  void leave_daemons_behind();
  void set_thread_hooks() noexcept;
};

/// Lets another thread run if one asked for the lock, does what waits for a safepoint and collects what is due. One relaxed
/// load otherwise: cheap enough for every loop back edge. Throws what `Attention` throws. Law one-safepoint.
inline void safepoint(LockDomain& domain) { domain.gil.safepoint(); }

}  // namespace ouro
