#include <ouro/runtime/base/gil.h>

#include <algorithm>
#include <functional>

namespace ouro {

constinit thread_local Gil* detail::held_locks = nullptr;

namespace {

/// Adds one to a counter that only one thread at a time writes: cheaper than an atomic read-modify-write.
void count(std::atomic<std::uint64_t>& counter) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

}  // namespace

Gil::~Gil() {
  if (held_by_this_thread()) drop();
  // A thread may still be leaving drop_slowly() although the lock is already free.
  const std::lock_guard locked(mutex_);
}

void Gil::take() noexcept {
  expect_not_held("Gil::take");
  if (!take_fast()) static_cast<void>(take_in_order(/*refusable=*/false));
}

bool Gil::try_take() noexcept {
  expect_not_held("Gil::try_take");
  if (closed()) return false;
  return take_fast() || take_in_order(/*refusable=*/true);
}

bool Gil::take_if_free() noexcept {
  expect_not_held("Gil::take_if_free");
  return take_fast();
}

void Gil::drop() noexcept {
  expect_held("Gil::drop");
  cease_holder();
  std::uint32_t expected = kHeld;
  if (!word_.compare_exchange_strong(expected, 0, std::memory_order_release, std::memory_order_relaxed))
    drop_slowly(/*hand_over=*/false);
}

void Gil::yield() noexcept {
  expect_held("Gil::yield");
  cease_holder();
  drop_slowly(/*hand_over=*/true);
  take();
}

void Gil::set_switch_interval(std::chrono::microseconds interval) noexcept {
  OURO_ASSERT(interval.count() > 0, "switch-interval-positive");
  interval_us_.store(interval.count(), std::memory_order_relaxed);
}

void Gil::close() noexcept {
  const std::lock_guard locked(mutex_);
  closed_.store(true, std::memory_order_release);
  free_.notify_all();
  switched_.notify_all();
}

GilStats Gil::stats() const noexcept {
  return {.switches = switches_.load(std::memory_order_relaxed),
          .forced_switches = forced_.load(std::memory_order_relaxed),
          .drop_requests = requests_.load(std::memory_order_relaxed),
          .waits = waits_.load(std::memory_order_relaxed)};
}

void Gil::expect_held(const char* call) const noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (!held_by_this_thread()) law_broken("lock-not-held", call, __FILE__, __LINE__);
}

void Gil::expect_not_held(const char* call) const noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (held_by_this_thread()) law_broken("lock-held", call, __FILE__, __LINE__);
}

bool Gil::take_fast() noexcept {
  std::uint32_t expected = 0;
  if (!word_.compare_exchange_strong(expected, kHeld, std::memory_order_acquire, std::memory_order_relaxed)) return false;
  become_holder();
  return true;
}

bool Gil::take_in_order(bool refusable) noexcept {
  Gil* const highest = detail::held_locks;
  if (highest == nullptr || std::less<>{}(highest, this)) return take_slowly(refusable);
  highest->drop();
  const bool taken = take_in_order(refusable);
  highest->take();
  return taken;
}

bool Gil::take_slowly(bool refusable) noexcept {
  std::unique_lock locked(mutex_);
  count(waits_);
  wait_for_switch(locked, refusable);
  // From here on a drop comes through the mutex and finds this thread (law registered-waiter).
  word_.fetch_add(kWaiter, std::memory_order_relaxed);
  for (;;) {
    if (refusable && closed()) {
      leave_queue();
      return false;
    }
    if (claim()) return true;
    wait_for_lock(locked, refusable);
  }
}

void Gil::become_holder() noexcept {
  const ThreadMark me = self();
  holder_.store(me, std::memory_order_relaxed);
  Gil** link = &detail::held_locks;
  while (*link != nullptr && std::less<>{}(this, *link)) link = &(*link)->next_held_;
  next_held_ = *link;
  *link = this;
  if (last_holder_ == me) return;
  if (last_holder_ != nullptr) count(switches_);
  last_holder_ = me;
}

void Gil::cease_holder() noexcept {
  holder_.store(nullptr, std::memory_order_relaxed);
  Gil** link = &detail::held_locks;
  while (*link != this) link = &(*link)->next_held_;
  *link = next_held_;
}

bool Gil::claim() noexcept {
  std::uint32_t seen = word_.load(std::memory_order_relaxed);
  do {
    if ((seen & kHeld) != 0) return false;
  } while (
      !word_.compare_exchange_weak(seen, (seen - kWaiter) | kHeld, std::memory_order_acquire, std::memory_order_relaxed));
  become_holder();
  drop_requested_.store(false, std::memory_order_relaxed);
  if (yielding_ == nullptr) return true;
  if (yielding_ != self()) count(forced_);
  yielding_ = nullptr;
  switched_.notify_all();
  return true;
}

void Gil::leave_queue() noexcept {
  // A wake-up that came to this thread is not lost with it: closing has woken every other waiter too.
  const std::uint32_t left = word_.fetch_sub(kWaiter, std::memory_order_relaxed) - kWaiter;
  if (left >= kWaiter) return;
  drop_requested_.store(false, std::memory_order_relaxed);
  yielding_ = nullptr;
  switched_.notify_all();
}

void Gil::wait_for_switch(std::unique_lock<std::mutex>& locked, bool refusable) noexcept {
  while (yielding_ == self() && !(refusable && closed())) switched_.wait(locked);
}

void Gil::wait_for_lock(std::unique_lock<std::mutex>& locked, bool refusable) noexcept {
  std::uint64_t seen = switches_.load(std::memory_order_relaxed);
  Clock::time_point deadline = interval_from_now();
  const auto must_wait = [&] { return (word_.load(std::memory_order_relaxed) & kHeld) != 0 && !(refusable && closed()); };
  while (must_wait()) {
    const bool timed_out = free_.wait_until(locked, deadline) == std::cv_status::timeout;
    if (!must_wait()) return;
    const std::uint64_t now = switches_.load(std::memory_order_relaxed);
    // The interval starts anew at a switch, not at a wake-up: a holder that keeps dropping and retaking the lock would
    // otherwise put the request off for ever.
    if (now != seen) {
      seen = now;
      deadline = interval_from_now();
    } else if (timed_out) {
      drop_requested_.store(true, std::memory_order_relaxed);
      count(requests_);
      deadline = interval_from_now();
    }
  }
}

void Gil::drop_slowly(bool hand_over) noexcept {
  const std::lock_guard locked(mutex_);
  if (waiters() > 0 && (hand_over || drop_requested())) yielding_ = self();
  word_.fetch_and(~kHeld, std::memory_order_release);
  free_.notify_one();
}

Gil::Clock::time_point Gil::interval_from_now() const noexcept {
  constexpr std::chrono::microseconds kLongest = std::chrono::hours(24 * 365 * 100);
  return Clock::now() + std::min(switch_interval(), kLongest);
}

}  // namespace ouro
