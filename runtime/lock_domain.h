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

#include <ouro/runtime/attention.h>
#include <ouro/runtime/base/assert.h>
#include <ouro/runtime/base/gil.h>
#include <ouro/runtime/thread_list.h>
#include <ouro/runtime/thread_state.h>
#include <ouro/runtime/wait_queue.h>

#include <chrono>
#include <cstdint>
#include <functional>

namespace ouro {

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
  std::function<void(std::uint64_t id)> thread_ended;  ///< a thread's record ended: called at the next safepoint

  /// The lock is held, or the law lock-held is broken by the call named `call`. Costs nothing in a release build.
  void assert_locked(const char* call) const noexcept {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (!gil.held_by_this_thread()) law_broken("lock-held", call, __FILE__, __LINE__);
  }

  /// Waits for the started threads that are no daemons, refuses new threads, asks daemons to leave, and waits until no other
  /// thread is inside or until `deadline`; true if they are gone. The caller is attached and holds the lock, which is free
  /// meanwhile and held again on return. While false is returned, the domain must not be destroyed: a thread still inside
  /// will want its lock back.
  [[nodiscard]] bool close(std::chrono::steady_clock::time_point deadline);
};

/// Lets another thread run if one asked for the lock, and does what waits for a safepoint. One relaxed load otherwise: cheap
/// enough for every loop back edge. Throws what `Attention` throws.
inline void safepoint(LockDomain& domain) { domain.gil.safepoint(); }

}  // namespace ouro
