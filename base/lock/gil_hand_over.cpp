// The slow path of giving the lock up: turns begin and end, and the lock is handed over or left to whoever comes.
#include <ouro/base/lock/detail/gil_habits.h>
#include <ouro/base/lock/detail/gil_time.h>
#include <ouro/base/lock/futex.h>
#include <ouro/base/lock/gil.h>

#include <algorithm>

namespace ouro {

using detail::count;
using detail::now_in_nanoseconds;

namespace {

/// Who came back at once so much more often than not is counted on to do so.
constexpr unsigned kTrusted = 16;

}  // namespace

void Gil::begin_turn(const GilWaiter& waiter, Nanoseconds now) noexcept {
  begin_unwatched_run(now);
  turn_began_ = now - waiter.used;
  streak_ = 0;
  forget_request();
}

// One that began when nobody waited counts from the first waiter's arrival.
void Gil::begin_unwatched_run(Nanoseconds now) noexcept {
  run_began_.store(now, std::memory_order_relaxed);
  turn_began_ = hold_began_ = now;
}

Nanoseconds Gil::turn_so_far(Nanoseconds now) const noexcept {
  return run_began_.load(std::memory_order_relaxed) == 0 ? 0 : now - turn_began_;
}

Gil::Wake Gil::grant(GilWaiter& waiter, Nanoseconds now) noexcept {
  queue_.remove(waiter);
  word_.fetch_sub(kWaiter, std::memory_order_relaxed);
  begin_turn(waiter, now);
  name_watchers();
  holder_processor_.store(kUnknownProcessor, std::memory_order_relaxed);
  const Wake word = &waiter.state;
  const bool asleep = waiter.state.exchange(GilWaiter::kGranted, std::memory_order_acq_rel) == GilWaiter::kAsleep;
  return asleep ? word : nullptr;  // an awake waiter may have left its stack by now
}

Gil::Wake Gil::call(GilWaiter& waiter) noexcept {
  waiter.called = true;
  const bool asleep = waiter.state.exchange(GilWaiter::kCalled, std::memory_order_acq_rel) == GilWaiter::kAsleep;
  return asleep ? &waiter.state : nullptr;
}

void Gil::note_arrival() noexcept {
  arrivals_.fetch_add(1, std::memory_order_relaxed);
  futex_wake(&arrivals_);
}

GilWaiter* Gil::next_holder(std::unique_lock<std::mutex>& locked, std::uint64_t self) noexcept {
  if (!has_schedule()) return queue_.front();
  while (schedule_.announced != 0) {
    const std::uint32_t seen = arrivals_.load(std::memory_order_relaxed);
    locked.unlock();
    futex_wait(arrivals_, seen, std::chrono::steady_clock::time_point::max());
    locked.lock();
  }
  return queue_.empty() ? nullptr : schedule_.draw_from(queue_, self);
}

Gil::Wake Gil::pass_on(std::unique_lock<std::mutex>& locked, Nanoseconds now) noexcept {
  GilWaiter* const next = next_holder(locked, 0);
  if (next == nullptr) {
    word_.fetch_and(~kHeld, std::memory_order_release);
    return nullptr;
  }
  if (drop_requested()) count(forced_);
  const bool awake = next->state.load(std::memory_order_relaxed) == GilWaiter::kAwake;
  if (drop_requested() || next->bypassed || awake || has_schedule()) return grant(*next, now);
  // The first waiter sleeps. The lock is free while it wakes up, for whoever can use it.
  word_.fetch_and(~kHeld, std::memory_order_release);
  return keeps_turn(*next, now) ? nullptr : call(*next);
}

// The first waiter sleeps by the clock. So it finds the lock free if this thread does not come back after all, which is
// rare: one that goes to a blocking call now and then, as a server does between two requests, is not trusted.
bool Gil::keeps_turn(const GilWaiter& next, Nanoseconds now) noexcept {
  if (habit_here().returns < kTrusted || next.whole_turn || next.asked) return false;
  const bool looks_itself = next.timed || next.state.load(std::memory_order_relaxed) == GilWaiter::kCalled;
  const Nanoseconds turn = kRunsOfATurn * min_run_us_.load(std::memory_order_relaxed) * 1000;
  return looks_itself && next.patience <= turn && now - run_began_.load(std::memory_order_relaxed) < turn;
}

// A thread that the system stopped meanwhile held the lock for longer than is typical: the longest of all counts little.
void Gil::note_hold(Nanoseconds now) noexcept {
  detail::GilHabit& habit = habit_here();
  const Nanoseconds longest = kRunsOfATurn * min_run_us_.load(std::memory_order_relaxed) * 1000;
  const bool short_turns = habit.returns >= kTrusted && now - hold_began_ < longest;
  habit.last_turn = short_turns ? longest : turn_so_far(now);
  if (run_began_.load(std::memory_order_relaxed) == 0) return;
  typical_hold_ += (std::min(now - hold_began_, 4 * kShortHold) - typical_hold_) / 8;
}

void Gil::drop_slowly() noexcept {
  detail::GilHabit& habit = habit_here();  // the lock may be gone when the mutex is free
  Wake wake = nullptr;
  {
    std::unique_lock locked(mutex_);
    const Nanoseconds now = now_in_nanoseconds();
    note_hold(now);
    note_end(now, drop_requested());
    wake = pass_on(locked, now);
  }
  if (wake != nullptr) futex_wake(wake);
  habit.left = now_in_nanoseconds();  // now: to wake somebody takes a while
}

void Gil::queue_again(GilWaiter& me, Nanoseconds now, bool interrupted) noexcept {
  const Nanoseconds used = turn_so_far(now);
  me.thread = self();
  me.number = number_here();
  me.whole_turn = true;
  me.patience = interval();
  me.due = now + me.patience;
  me.timed = true;
  if (interrupted && used < interval()) {
    me.used = used;
    me.due = now - used;
    count(interruptions_);
  }
  queue_.insert(me);
  word_.fetch_add(kWaiter, std::memory_order_relaxed);
}

void Gil::hand_over(bool interrupted) noexcept {
  if (Gil* const highest = detail::held_locks; highest != this) {  // law locks-in-order
    highest->drop();
    hand_over(interrupted);
    highest->take();
    return;
  }
  GilWaiter me;
  std::unique_lock locked(mutex_);
  GilWaiter* const next = next_holder(locked, interrupted ? number_here() : 0);
  if (next == nullptr) return forget_request();
  me.may_spin = !next->whole_turn;  // then the lock is back within microseconds
  cease_holder();
  const Nanoseconds now = now_in_nanoseconds();
  note_end(now, /*on_request=*/true);
  queue_again(me, now, interrupted);
  count(forced_);
  const Wake wake = grant(*next, now);
  me.may_spin = me.may_spin && queue_.front() == &me;
  locked.unlock();
  if (wake != nullptr) futex_wake(wake);
  pause(me, now + interval());
  if (me.state.load(std::memory_order_acquire) == GilWaiter::kGranted) return become_holder();
  locked.lock();
  static_cast<void>(wait_for_turn(locked, me));
}

}  // namespace ouro
