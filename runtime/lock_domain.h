// LockDomain: the lock of a runtime and the threads that use it, as one thing to own.
//
// A Runtime owns one and converts to it, so that the guards and `safepoint` work on a runtime and, in tests, on a bare
// domain.
#pragma once

#include <ouro/runtime/base/gil.h>
#include <ouro/runtime/thread_state.h>

#include <chrono>

namespace ouro {

/// What a thread must enter before it touches the objects of one runtime.
struct LockDomain {
  Gil gil;
  ThreadRegistry threads{gil};

  /// Refuses new threads, then waits until no other is inside or until `deadline`; true if they are gone. The caller is
  /// attached and holds the lock, which is free meanwhile and held again on return. While false is returned, the domain must
  /// not be destroyed: a thread still inside will want its lock back.
  [[nodiscard]] bool close(std::chrono::steady_clock::time_point deadline) noexcept {
    gil.close();
    return threads.wait_for_others(deadline);
  }
};

/// Lets another thread run if one asked for the lock. One relaxed load otherwise: cheap enough for every loop back edge.
inline void safepoint(LockDomain& domain) noexcept { domain.gil.safepoint(); }

}  // namespace ouro
