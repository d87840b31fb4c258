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
  Nanoseconds patience = 0;  ///< how long it lets a holder run before it asks
  Nanoseconds used = 0;      ///< how much of an interrupted turn is over
  bool whole_turn = false;   ///< patience is counted from the begin of the holder's turn, interruptions included
  bool asked = false;        ///< it has asked the holder for the lock
  bool timed = false;        ///< it wakes by itself when its time to ask has come
  bool called = false;       ///< it was told that the lock is free
  bool bypassed = false;     ///< it was called, and somebody else took the lock
  bool refusable = false;    ///< it leaves when the lock closes
  bool may_spin = true;      ///< its turn may come within microseconds
  std::uint64_t number = 0;  ///< in a seeded schedule: which thread it is
  GilWaiter* next = nullptr;
  GilWaiter* previous = nullptr;
};

/// A list in due order. Every call needs the lock's mutex. A newcomer is mostly due last, so it is looked for from the end.
class GilQueue {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] GilWaiter* front() const noexcept { return first_; }

  void insert(GilWaiter& waiter) noexcept {
    GilWaiter* before = last_;
    while (before != nullptr && stands_before(waiter, *before)) before = before->previous;
    waiter.previous = before;
    waiter.next = before == nullptr ? first_ : before->next;
    (before == nullptr ? first_ : before->next) = &waiter;
    (waiter.next == nullptr ? last_ : waiter.next->previous) = &waiter;
  }

  void remove(GilWaiter& waiter) noexcept {
    (waiter.previous == nullptr ? first_ : waiter.previous->next) = waiter.next;
    (waiter.next == nullptr ? last_ : waiter.next->previous) = waiter.previous;
    waiter.next = waiter.previous = nullptr;
  }

  /// Notes that the waiter asked, and moves it to its new place.
  void mark_asked(GilWaiter& waiter) noexcept {
    if (waiter.asked) return;
    remove(waiter);
    waiter.asked = true;
    insert(waiter);
  }

  /// True if nobody who stands before `waiter` asks as soon as it would.
  [[nodiscard]] bool asks_first(const GilWaiter& waiter) const noexcept {
    const GilWaiter* other = waiter.previous;
    while (other != nullptr && (other->whole_turn != waiter.whole_turn || other->patience > waiter.patience))
      other = other->previous;
    return other == nullptr;
  }

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
    for (GilWaiter* waiter = first_; waiter != nullptr; waiter = waiter->next) function(*waiter);
  }

  /// Forgets everybody: after a fork the waiters are threads of another process.
  void clear() noexcept { first_ = last_ = nullptr; }

 private:
  [[nodiscard]] static bool stands_before(const GilWaiter& left, const GilWaiter& right) noexcept {
    return left.asked != right.asked ? left.asked : left.due < right.due;
  }

  GilWaiter* first_ = nullptr;
  GilWaiter* last_ = nullptr;
};

}  // namespace ouro
