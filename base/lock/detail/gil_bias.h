// GilBias: the right of one thread to take and drop one lock by plain stores.
//
// A lock is mostly taken and dropped by one thread again and again, around each blocking call, and nobody else comes. Two
// compare-and-swaps are most of what that costs. A thread that has taken the lock often enough in a row gets its bias:
//
//   the thread            held = true     then load gil: still mine?      -> inside
//   one that comes too    gil = null      a barrier in every thread       then load held: is it inside?
//
// Store, then load: a fence has to be between the two, and the rare side pays for it (process_barrier.h). A thread that sees
// its bias end between its store and its load cannot know whether the other one saw the store, and asks for the verdict.
//
// The fields lie in the memory of the thread that is favoured, so that it may look at them when the lock is free and, for
// all it knows, gone. Nobody is favoured for two locks at once. (Lock reservation: Kawachiya, Koseki, Onodera, OOPSLA 2002;
// asymmetric fences: Dice, Huang, Yang 2001.)
//
// Laws
//   bias-alone: while a thread is favoured nobody is registered as a waiter; to register ends the bias first.
//   bias-order: a lock may be held while the mutex of all biases is locked, and is never waited for under it; a lock's own
//     mutex is locked after it.
#pragma once

#include <ouro/base/detail/ring.h>

#include <atomic>
#include <cstdint>
#include <mutex>

namespace ouro {
class Gil;
}

namespace ouro::detail {

/// One thread's bias. `gil` is set by the thread and cleared under that lock's mutex.
struct GilBias {
  enum Verdict : std::uint8_t { kPending, kFree, kHeld };

  std::atomic<Gil*> gil{nullptr};  ///< the lock that this thread is favoured for
  std::atomic<bool> held{false};   ///< written by the thread only
  std::atomic<Verdict> verdict{kFree};
  bool thread_ends = false;  ///< no more biases
  GilBias* next = nullptr;   ///< in the ring of GilBiases, as `previous`
  GilBias* previous = nullptr;

  [[nodiscard]] bool is_for(const Gil* lock) const noexcept { return gil.load(std::memory_order_relaxed) == lock; }

  /// The thread's, if `is_for(lock)`: true if it is inside, false if the bias ended before it was.
  [[nodiscard]] bool take(const Gil* lock) noexcept {
    held.store(true, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return is_for(lock) || await_verdict() == kHeld;
  }
  /// The thread's, if `is_for(lock)`: true if it is outside, false if the bias ended while it was inside, so that it has to
  /// drop the lock in the ordinary way.
  [[nodiscard]] bool drop(const Gil* lock) noexcept {
    held.store(false, std::memory_order_release);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return is_for(lock) || await_verdict() == kFree;
  }

  /// The thread's, which is inside and under the lock's mutex.
  void begin(Gil& lock) noexcept;
  /// Under the lock's mutex: ends the bias and says whether the thread is inside. Not touched any more afterwards.
  [[nodiscard]] bool end() noexcept;

  [[nodiscard]] Verdict await_verdict() const noexcept;
};

/// The calling thread's.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local GilBias bias_here;

/// Which threads ever had one. A lock that dies, a thread that ends and a fork need to know.
struct GilBiases : Ring<GilBias, &GilBias::next, &GilBias::previous> {
  static std::mutex mutex;
  static GilBias* first;
};

}  // namespace ouro::detail
