// The slow path of taking the lock: waiting for it and asking for it. gil_hand_over.cpp has that of giving it up.
#include <ouro/base/lock/detail/gil_habits.h>
#include <ouro/base/lock/detail/gil_time.h>
#include <ouro/base/lock/futex.h>
#include <ouro/base/lock/gil.h>

#include <algorithm>
#include <thread>

#include <sched.h>

namespace ouro {

using detail::count;
using detail::now_in_nanoseconds;

namespace {

/// How long a waiter looks at its state before it sleeps: about what falling asleep and being woken would cost.
constexpr Nanoseconds kSpin = 20'000;
constexpr Nanoseconds kLongest = Nanoseconds{1} << 61;
/// Who comes back so soon after a drop was not gone: to wake somebody meanwhile costs more.
constexpr Nanoseconds kAtOnce = 5'000;
constexpr unsigned kMostReturns = 64;

[[gnu::tls_model("initial-exec")]] constinit thread_local detail::GilHabits habits{};

void look_again() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
}

[[nodiscard]] bool several_processors() noexcept {
  static const bool several = std::thread::hardware_concurrency() > 1;
  return several;
}

[[nodiscard]] std::chrono::steady_clock::time_point as_time_point(Nanoseconds time) noexcept {
  return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(time));
}

}  // namespace

Nanoseconds Gil::interval() const noexcept {
  constexpr std::int64_t kLongestInterval = kLongest / 1000;
  return std::min(interval_us_.load(std::memory_order_relaxed), kLongestInterval) * 1000;
}

// ---- Taking ----

detail::GilHabit& Gil::habit_here() const noexcept { return habits.of(this, birth_); }

std::uint64_t Gil::number_here() noexcept {
  if (!has_schedule()) return 0;
  detail::GilHabit& habit = habit_here();
  if (habit.number == 0) habit.number = ++schedule_.last_number;
  return habit.number;
}

bool Gil::take_slowly(bool refusable) noexcept {
  GilWaiter me;
  me.refusable = refusable;
  std::unique_lock locked(mutex_);
  if (refusable && closed()) return false;
  end_bias();
  stay_outside_if_barred(locked, nullptr);
  detail::GilHabit& habit = habit_here();
  prepare_newcomer(me, now_in_nanoseconds());
  if (claim(me)) {
    become_holder();
  } else {
    // From here on a drop comes through the mutex and finds this thread (law registered-waiter).
    word_.fetch_add(kWaiter, std::memory_order_relaxed);
    queue_.insert(me);
    count(waits_);
    if (!wait_for_turn(locked, me)) return false;
  }
  if (habit.last_turn == detail::GilHabit::kUnknown) habit.last_turn = 0;
  return true;
}

void Gil::prepare_newcomer(GilWaiter& me, Nanoseconds now) noexcept {
  detail::GilHabit& habit = habit_here();
  const bool unknown = habit.last_turn == detail::GilHabit::kUnknown;
  const Nanoseconds shortest = std::min(min_run_us_.load(std::memory_order_relaxed) * 1000, interval());
  me.thread = self();
  me.number = number_here();
  me.whole_turn = unknown;
  me.patience = unknown ? interval() : std::clamp(habit.last_turn, shortest, interval());
  me.due = now + me.patience;
  const bool at_once = habit.left != 0 && now - habit.left < kAtOnce;
  habit.returns = at_once ? std::min(habit.returns + 1, kMostReturns) : habit.returns / 2;
  if (!habit.announced) return;
  habit.announced = false;
  if (schedule_.announced > 0) --schedule_.announced;
  note_arrival();
}

bool Gil::wait_for_turn(std::unique_lock<std::mutex>& locked, GilWaiter& me) noexcept {
  for (;;) {
    if (me.state.load(std::memory_order_acquire) == GilWaiter::kGranted) break;
    me.state.store(GilWaiter::kAwake, std::memory_order_relaxed);
    if (me.refusable && closed()) {
      const Wake wake = leave_queue(me);
      locked.unlock();
      if (wake != nullptr) futex_wake(wake);
      return false;
    }
    stay_outside_if_barred(locked, &me);
    if (claim_from_queue(me)) break;
    const Nanoseconds deadline = watch_clock(me);
    locked.unlock();
    pause(me, deadline);
    if (me.state.load(std::memory_order_acquire) == GilWaiter::kGranted) break;
    locked.lock();
  }
  become_holder();
  return true;
}

bool Gil::claim(const GilWaiter& me) noexcept {
  if ((word_.fetch_or(kHeld, std::memory_order_acquire) & kHeld) != 0) return false;
  begin_hold(me);
  return true;
}

bool Gil::claim_from_queue(GilWaiter& me) noexcept {
  me.called = false;
  if ((word_.load(std::memory_order_relaxed) & kHeld) != 0) return false;
  queue_.remove(me);
  word_.fetch_sub(kWaiter - kHeld, std::memory_order_acquire);
  begin_hold(me);
  name_watchers();
  return true;
}

// Whoever takes a lock that is free and has waiters had it last, mostly: then its run goes on.
void Gil::begin_hold(const GilWaiter& me) noexcept {
  const Nanoseconds now = now_in_nanoseconds();
  if (last_holder_ == self() && run_began_.load(std::memory_order_relaxed) != 0 && me.used == 0) {
    hold_began_ = now;
  } else {
    begin_turn(me, now);
  }
  if (GilWaiter* const first = queue_.front(); first != nullptr && first->called) first->bypassed = true;
}

void Gil::stay_outside_if_barred(std::unique_lock<std::mutex>& locked, GilWaiter* me) noexcept {
  if (barred_ == nullptr || !barred_(barred_context_)) return;
  const Wake wake = me == nullptr ? nullptr : leave_queue(*me);
  locked.unlock();
  if (wake != nullptr) futex_wake(wake);
  for (;;) std::this_thread::sleep_for(std::chrono::hours(24));
}

// Those who are the first to ask now, and sleep until they are called, are to sleep by the clock.
void Gil::name_watchers() noexcept {
  queue_.for_each_that_asks_first([&](GilWaiter& waiter) {
    if (waiter.timed) return;
    if (waiter.state.exchange(GilWaiter::kCalled, std::memory_order_acq_rel) == GilWaiter::kAsleep)
      futex_wake(&waiter.state);
  });
}

Gil::Wake Gil::leave_queue(GilWaiter& me) noexcept {
  queue_.remove(me);
  word_.fetch_sub(kWaiter, std::memory_order_relaxed);
  if (queue_.empty()) {
    forget_request();
    return nullptr;
  }
  name_watchers();
  // The call that this thread does not answer may have been the only one.
  const bool free = (word_.load(std::memory_order_relaxed) & kHeld) == 0;
  return free ? call(*queue_.front()) : nullptr;
}

Nanoseconds Gil::time_to_ask(const GilWaiter& me, Nanoseconds now) noexcept {
  if (run_began_.load(std::memory_order_relaxed) == 0) begin_unwatched_run(now);
  return me.whole_turn ? turn_began_ + interval() : run_began_.load(std::memory_order_relaxed) + me.patience;
}

// Until when this waiter is to sleep, if nobody calls it before, and whether it is to look for the lock at first.
Nanoseconds Gil::watch_clock(GilWaiter& me) noexcept {
  me.timed = queue_.asks_first(me);
  const Nanoseconds now = now_in_nanoseconds();
  const Nanoseconds deadline = me.timed ? ask_if_due(me, now) : kLongest;
  const bool answer_is_near = drop_requested() || deadline - now <= kSpin || typical_hold_ <= kShortHold;
  me.may_spin = queue_.front() == &me && answer_is_near;
  return deadline;
}

Nanoseconds Gil::ask_if_due(GilWaiter& me, Nanoseconds now) noexcept {
  const Nanoseconds time = time_to_ask(me, now);
  if (now < time) return time;
  queue_.mark_asked(me);
  ask();
  count(requests_);
  return now + interval();
}

void Gil::pause(GilWaiter& me, Nanoseconds deadline) const noexcept {
  const auto state_is = [&](std::uint32_t state) { return me.state.load(std::memory_order_acquire) == state; };
  if (me.may_spin && several_processors() && sched_getcpu() != holder_processor_.load(std::memory_order_relaxed)) {
    const Nanoseconds end = std::min(deadline, now_in_nanoseconds() + kSpin);
    do {
      for (int i = 0; i < 16 && state_is(GilWaiter::kAwake); ++i) look_again();
    } while (state_is(GilWaiter::kAwake) && now_in_nanoseconds() < end);
    if (end == deadline) return;
  }
  std::uint32_t awake = GilWaiter::kAwake;
  if (!me.state.compare_exchange_strong(awake, GilWaiter::kAsleep, std::memory_order_acq_rel)) return;
  futex_wait(me.state, GilWaiter::kAsleep, as_time_point(deadline));
}

}  // namespace ouro
