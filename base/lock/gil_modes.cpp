// The lock watched, drawn from, and after a fork.
#include <ouro/base/lock/detail/gil_habits.h>
#include <ouro/base/lock/detail/gil_time.h>
#include <ouro/base/lock/futex.h>
#include <ouro/base/lock/gil.h>

#include <new>

namespace ouro {

void Gil::set_attention_handler(void (*handler)(void* context), void* context) noexcept {
  handler_ = handler;
  handler_context_ = context;
}

void Gil::attend() {
  expect_held("Gil::safepoint");
  if ((attention_.load(std::memory_order_relaxed) & (kDrop | kDraw)) != 0) hand_over(/*interrupted=*/true);
  if ((attention_.load(std::memory_order_acquire) & kCall) != 0) call_handler();
  if ((attention_.load(std::memory_order_relaxed) & kCollect) != 0 && collect_ != nullptr) collect_(collect_context_);
}

void Gil::call_handler() {
  if (handler_ == nullptr) return accept_attention();
  handler_(handler_context_);
}

void Gil::set_schedule(std::uint64_t seed) noexcept {
  expect_held("Gil::set_schedule");
  const std::lock_guard locked(mutex_);
  schedule_.start(seed);
  attention_.fetch_or(kDraw, std::memory_order_relaxed);
  watch_every_take();
  static_cast<void>(number_here());
}

std::uint64_t Gil::announce() noexcept {
  expect_held("Gil::announce");
  if (!has_schedule()) return 0;
  const std::lock_guard locked(mutex_);
  ++schedule_.announced;
  return ++schedule_.last_number;
}

void Gil::arrive_as(std::uint64_t number) noexcept {
  if (!has_schedule()) return;
  detail::GilHabit& habit = habit_here();
  habit.announced = true;
  if (number != 0) habit.number = number;
}

void Gil::revoke_announcement() noexcept {
  if (!has_schedule()) return;
  const std::lock_guard locked(mutex_);
  --schedule_.announced;
  note_arrival();
}

void Gil::set_observer(GilObserver* observer) noexcept {
  expect_held("Gil::set_observer");
  const std::lock_guard locked(mutex_);
  observer_ = observer;
  if (run_began_.load(std::memory_order_relaxed) == 0) begin_unwatched_run(detail::now_in_nanoseconds());
  watch_every_take();
}

void Gil::bar(bool (*barred)(void*) noexcept, void* context) noexcept {
  expect_held("Gil::bar");
  const std::lock_guard locked(mutex_);
  barred_ = barred;
  barred_context_ = context;
  watch_every_take();
  if (barred == nullptr) return;
  queue_.for_each([&](GilWaiter& waiter) {
    if (const Wake asleep = call(waiter)) futex_wake(asleep);
  });
}

bool Gil::awaited() noexcept {
  const std::lock_guard locked(mutex_);
  return !queue_.empty();
}

// One waiter more than there are keeps the word from being 0 or 1, so that the fast paths fail.
void Gil::watch_every_take() noexcept {
  const bool watch = observer_ != nullptr || has_schedule() || barred_ != nullptr;
  if (watch == watched_) return;
  watched_ = watch;
  if (watch) {
    end_bias();
    word_.fetch_add(kWaiter, std::memory_order_relaxed);
  } else {
    word_.fetch_sub(kWaiter, std::memory_order_relaxed);
  }
}

void Gil::note_end(Nanoseconds now, bool on_request) noexcept {
  if (observer_ == nullptr) return;
  observer_->run_ended({hold_began_, now, on_request});
}

void Gil::reset_after_fork(bool held) noexcept {
  new (&mutex_) std::mutex;  // whoever held the old one is not here to let it go
  queue_.clear();
  forget_bias();
  schedule_.announced = 0;
  const bool torn = !held && (word_.load(std::memory_order_relaxed) & kHeld) != 0;
  torn_ = torn_ || torn;
  if (torn) closed_.store(true, std::memory_order_release);
  word_.store((held ? kHeld : 0) + (watched_ ? kWaiter : 0), std::memory_order_relaxed);
  holder_.store(held ? self() : nullptr, std::memory_order_relaxed);
  last_holder_ = held ? self() : nullptr;
  forget_request();
}

}  // namespace ouro
