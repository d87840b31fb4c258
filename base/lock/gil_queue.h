// GilQueue: who waits for a lock, in the order in which they get it.
//
//   front -> | asked, due earliest | asked | due earliest | ... | due latest |
//
// Most of them sleep until they are called. One watches the clock only if nobody before it asks as soon as it would itself:
// so the cost of waiting does not grow with the number of waiters.
//
// A waiter is due when its patience is over, counted from its arrival; one that was interrupted before its turn was over is
// due at once, for it had begun to run. Those whose time to ask for the lock has come stand before all others. So nobody
// waits for ever: a due time does not move, and later ones pass it at most once each.
//
// Law due-order: asked before unasked, and each part by due time; equal ones in order of arrival.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <limits>

namespace ouro {

/// Nanoseconds of steady_clock.
using Nanoseconds = std::int64_t;

/// One thread that waits for a lock; lies on its stack. Fields belong to the lock's mutex, `state` to both sides.
struct GilWaiter {
  enum State : std::uint32_t {
    kAwake,    ///< on a processor, looking at `state` or about to take the mutex
    kAsleep,   ///< to be woken
    kCalled,   ///< the lock is free, or closed, or it is this one's turn to watch the clock: come and see
    kGranted,  ///< the lock is this thread's; the waiter is in no queue any more
  };

  std::atomic<std::uint32_t> state{kAwake};
  const void* thread = nullptr;
  Nanoseconds due = 0;
  Nanoseconds patience = 0;   ///< how long it lets a holder run before it asks
  Nanoseconds used = 0;       ///< how much of an interrupted turn is over
  bool whole_turn = false;    ///< patience is counted from the begin of the holder's turn, interruptions included
  bool asked = false;         ///< it has asked the holder for the lock
  bool timed = false;         ///< it wakes by itself when its time to ask has come
  bool called = false;        ///< it was told that the lock is free
  bool bypassed = false;      ///< it was called, and somebody else took the lock
  bool refusable = false;     ///< it leaves when the lock closes
  bool may_spin = true;       ///< its turn may come within microseconds
  std::uint64_t number = 0;   ///< in a seeded schedule: which thread it is
  GilWaiter* next = nullptr;  ///< in the queue, as `previous`
  GilWaiter* previous = nullptr;
};

/// A list in due order: a ring (detail/ring.h), whose last member leads on to the first. Every call needs the lock's mutex.
class GilQueue {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] GilWaiter* front() const noexcept { return first_; }

  /// Linear in the number of waiters that are due later.
  void insert(GilWaiter& waiter) noexcept;
  void remove(GilWaiter& waiter) noexcept;
  /// Notes that the waiter asked, and moves it to its new place.
  void mark_asked(GilWaiter& waiter) noexcept;
  /// True if nobody who stands before `waiter` asks as soon as it would. Linear in those.
  [[nodiscard]] bool asks_first(const GilWaiter& waiter) const noexcept;

  /// All waiters of whom that is true. Linear in the number of waiters.
  template <class F>
  void for_each_that_asks_first(F&& function) const {
    std::array<Nanoseconds, 2> least{std::numeric_limits<Nanoseconds>::max(), std::numeric_limits<Nanoseconds>::max()};
    for_each([&](GilWaiter& waiter) {
      Nanoseconds& known = least[waiter.whole_turn ? 1 : 0];
      if (waiter.patience >= known) return;
      known = waiter.patience;
      function(waiter);
    });
  }

  template <class F>
  void for_each(F&& function) const {
    if (first_ == nullptr) return;
    GilWaiter* waiter = first_;
    do {
      function(*waiter);
      waiter = waiter->next;
    } while (waiter != first_);
  }

  /// Forgets everybody: after a fork the waiters are threads of another process.
  void clear() noexcept { first_ = nullptr; }

 private:
  GilWaiter* first_ = nullptr;
};

}  // namespace ouro
