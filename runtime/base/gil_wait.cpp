// The slow paths of the lock: waiting for it, asking for it, handing it over.
#include <ouro/runtime/base/detail/gil_habits.h>
#include <ouro/runtime/base/detail/gil_time.h>
#include <ouro/runtime/base/futex.h>
#include <ouro/runtime/base/gil.h>

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
  end_bias();
  // From here on a drop comes through the mutex and finds this thread (law registered-waiter).
  word_.fetch_add(kWaiter, std::memory_order_relaxed);
  prepare_newcomer(me, now_in_nanoseconds());
  queue_.insert(me);
  if (queue_.front() != &me || (word_.load(std::memory_order_relaxed) & kHeld) != 0) count(waits_);
  if (!wait_for_turn(locked, me)) return false;
  detail::GilHabit& habit = habit_here();
  if (habit.last_turn == detail::GilHabit::kUnknown) habit.last_turn = 0;
  return true;
}

void Gil::prepare_newcomer(GilWaiter& me, Nanoseconds now) noexcept {
  detail::GilHabit& habit = habit_here();
  const bool stranger = habit.last_turn == detail::GilHabit::kUnknown;
  const Nanoseconds shortest = std::min(min_run_us_.load(std::memory_order_relaxed) * 1000, interval());
  me.thread = self();
  me.number = number_here();
  me.whole_turn = stranger;
  me.patience = stranger ? interval() : std::clamp(habit.last_turn, shortest, interval());
  me.due = now + me.patience;
  if (!habit.announced) return;
  habit.announced = false;
  if (schedule_.announced > 0) --schedule_.announced;
  arrived_.notify_all();
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
    if (claim_if_free(me)) break;
    const Nanoseconds deadline = ask_if_due(me);
    locked.unlock();
    pause(me, deadline);
    if (me.state.load(std::memory_order_acquire) == GilWaiter::kGranted) break;
    locked.lock();
  }
  become_holder();
  return true;
}

bool Gil::claim_if_free(GilWaiter& me) noexcept {
  if ((word_.load(std::memory_order_relaxed) & kHeld) != 0) return false;
  queue_.remove(me);
  word_.fetch_sub(kWaiter - kHeld, std::memory_order_acquire);
  begin_turn(me, now_in_nanoseconds());
  queue_.for_each([](GilWaiter& other) {
    if (other.state.load(std::memory_order_relaxed) == GilWaiter::kCalled) other.bypassed = true;
  });
  return true;
}

Gil::Wake Gil::leave_queue(GilWaiter& me) noexcept {
  queue_.remove(me);
  word_.fetch_sub(kWaiter, std::memory_order_relaxed);
  if (queue_.empty()) {
    forget_request();
    return nullptr;
  }
  // The call that this thread does not answer may have been the only one.
  const bool free = (word_.load(std::memory_order_relaxed) & kHeld) == 0;
  return free ? call(*queue_.front()) : nullptr;
}

Nanoseconds Gil::time_to_ask(const GilWaiter& me, Nanoseconds now) noexcept {
  Nanoseconds run = run_began_.load(std::memory_order_relaxed);
  if (run == 0) {
    run = turn_began_ = now;
    run_began_.store(now, std::memory_order_relaxed);
  }
  if (!me.whole_turn) return run + me.patience;
  // Each of those before it will have a whole turn first. If they need less, it is handed the lock sooner all the same.
  return turn_began_ + std::min(kLongest, interval()) * (1 + std::min<Nanoseconds>(queue_.whole_turns_before(me), 8));
}

Nanoseconds Gil::ask_if_due(GilWaiter& me) noexcept {
  const Nanoseconds now = now_in_nanoseconds();
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

// ---- Giving up ----

void Gil::begin_turn(const GilWaiter& waiter, Nanoseconds now) noexcept {
  run_began_.store(now, std::memory_order_relaxed);
  turn_began_ = now - waiter.used;
  streak_ = 0;
  forget_request();
}

Nanoseconds Gil::turn_so_far(Nanoseconds now) const noexcept {
  return run_began_.load(std::memory_order_relaxed) == 0 ? 0 : now - turn_began_;
}

Gil::Wake Gil::grant(GilWaiter& waiter, Nanoseconds now) noexcept {
  queue_.remove(waiter);
  word_.fetch_sub(kWaiter, std::memory_order_relaxed);
  begin_turn(waiter, now);
  holder_processor_.store(kUnknownProcessor, std::memory_order_relaxed);
  const Wake word = &waiter.state;
  const bool asleep = waiter.state.exchange(GilWaiter::kGranted, std::memory_order_acq_rel) == GilWaiter::kAsleep;
  return asleep ? word : nullptr;  // an awake waiter may have left its stack by now
}

Gil::Wake Gil::call(GilWaiter& waiter) noexcept {
  const bool asleep = waiter.state.exchange(GilWaiter::kCalled, std::memory_order_acq_rel) == GilWaiter::kAsleep;
  return asleep ? &waiter.state : nullptr;
}

GilWaiter* Gil::next_holder(std::unique_lock<std::mutex>& locked, std::uint64_t self) noexcept {
  if (!has_schedule()) return queue_.front();
  arrived_.wait(locked, [&] { return schedule_.announced == 0; });
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
  return call(*next);
}

void Gil::drop_slowly() noexcept {
  Wake wake = nullptr;
  {
    std::unique_lock locked(mutex_);
    const Nanoseconds now = now_in_nanoseconds();
    habit_here().last_turn = turn_so_far(now);
    note_end(now, drop_requested());
    wake = pass_on(locked, now);
  }
  if (wake != nullptr) futex_wake(wake);
}

void Gil::queue_again(GilWaiter& me, Nanoseconds now, bool interrupted) noexcept {
  const Nanoseconds used = turn_so_far(now);
  me.thread = self();
  me.number = number_here();
  me.whole_turn = true;
  me.patience = interval();
  me.due = now + me.patience;
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
  me.may_spin = !next->whole_turn;
  cease_holder();
  const Nanoseconds now = now_in_nanoseconds();
  note_end(now, /*on_request=*/true);
  queue_again(me, now, interrupted);
  count(forced_);
  const Wake wake = grant(*next, now);
  locked.unlock();
  if (wake != nullptr) futex_wake(wake);
  pause(me, now + interval());
  if (me.state.load(std::memory_order_acquire) == GilWaiter::kGranted) return become_holder();
  locked.lock();
  static_cast<void>(wait_for_turn(locked, me));
}

}  // namespace ouro
