// GilQueue: who waits for a lock, in the order in which they get it.
//
//   front -> | asked, due earliest | asked | due earliest | ... | due latest |
//
// A waiter is due when its patience is over, counted from its arrival; one that was interrupted before its turn was over is
// due at once, for it had begun to run. Those whose time to ask for the lock has come stand before all others. So nobody
// waits for ever: a due time does not move, and later ones pass it at most once each.
//
// Law due-order: asked before unasked, and each part by due time; equal ones in order of arrival.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ouro {

/// Nanoseconds of steady_clock.
using Nanoseconds = std::int64_t;

/// One thread that waits for a lock; lies on its stack. Fields belong to the lock's mutex, `state` to both sides.
struct GilWaiter {
  enum State : std::uint32_t {
    kAwake,    ///< on a processor, looking at `state` or about to take the mutex
    kAsleep,   ///< to be woken
    kCalled,   ///< the lock is free, or closed: come and see
    kGranted,  ///< the lock is this thread's; the waiter is in no queue any more
  };

  std::atomic<std::uint32_t> state{kAwake};
  const void* thread = nullptr;
  Nanoseconds due = 0;
  Nanoseconds patience = 0;  ///< how long it lets a holder run before it asks
  Nanoseconds used = 0;      ///< how much of an interrupted turn is over
  bool whole_turn = false;   ///< patience is counted from the begin of the holder's turn, interruptions included
  bool asked = false;        ///< it has asked the holder for the lock
  bool bypassed = false;     ///< it was called, and somebody else took the lock
  bool refusable = false;    ///< it leaves when the lock closes
  bool may_spin = true;      ///< its turn may come within microseconds
  std::uint64_t number = 0;  ///< in a seeded schedule: which thread it is
  GilWaiter* next = nullptr;
};

/// A list in due order. Every call needs the lock's mutex; linear in the number of waiters.
class GilQueue {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] GilWaiter* front() const noexcept { return first_; }

  void insert(GilWaiter& waiter) noexcept {
    GilWaiter** link = &first_;
    while (*link != nullptr && !stands_before(waiter, **link)) link = &(*link)->next;
    waiter.next = *link;
    *link = &waiter;
  }

  void remove(GilWaiter& waiter) noexcept {
    GilWaiter** link = &first_;
    while (*link != &waiter) link = &(*link)->next;
    *link = waiter.next;
    waiter.next = nullptr;
  }

  /// Notes that the waiter asked, and moves it to its new place.
  void mark_asked(GilWaiter& waiter) noexcept {
    if (waiter.asked) return;
    remove(waiter);
    waiter.asked = true;
    insert(waiter);
  }

  /// How many that wait for a whole turn stand before `waiter`.
  [[nodiscard]] std::int64_t whole_turns_before(const GilWaiter& waiter) const noexcept {
    std::int64_t count = 0;
    for (const GilWaiter* other = first_; other != &waiter; other = other->next) count += other->whole_turn ? 1 : 0;
    return count;
  }

  template <class F>
  void for_each(F&& function) const {
    for (GilWaiter* waiter = first_; waiter != nullptr; waiter = waiter->next) function(*waiter);
  }

  /// Forgets everybody: after a fork the waiters are threads of another process.
  void clear() noexcept { first_ = nullptr; }

 private:
  [[nodiscard]] static bool stands_before(const GilWaiter& left, const GilWaiter& right) noexcept {
    return left.asked != right.asked ? left.asked : left.due < right.due;
  }

  GilWaiter* first_ = nullptr;
};

}  // namespace ouro
