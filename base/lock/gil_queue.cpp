// The list of those who wait for a lock: its links, and the places in it.
#include <ouro/base/detail/ring.h>
#include <ouro/base/lock/gil_queue.h>

namespace ouro {

namespace {

using Waiters = detail::Ring<GilWaiter, &GilWaiter::next, &GilWaiter::previous>;

[[nodiscard]] bool stands_before(const GilWaiter& left, const GilWaiter& right) noexcept {
  return left.asked != right.asked ? left.asked : left.due < right.due;
}

}  // namespace

// A newcomer is mostly due last, so its place is looked for from the end.
void GilQueue::insert(GilWaiter& waiter) noexcept {
  GilWaiter* place = nullptr;
  GilWaiter* before = Waiters::last(first_);
  for (; before != nullptr && stands_before(waiter, *before); before = Waiters::before(first_, *before)) place = before;
  Waiters::insert(first_, place, waiter);
}

void GilQueue::remove(GilWaiter& waiter) noexcept { Waiters::remove(first_, waiter); }

void GilQueue::mark_asked(GilWaiter& waiter) noexcept {
  if (waiter.asked) return;
  remove(waiter);
  waiter.asked = true;
  insert(waiter);
}

bool GilQueue::asks_first(const GilWaiter& waiter) const noexcept {
  const GilWaiter* other = Waiters::before(first_, waiter);
  while (other != nullptr && (other->whole_turn != waiter.whole_turn || other->patience > waiter.patience))
    other = Waiters::before(first_, *other);
  return other == nullptr;
}

}  // namespace ouro
