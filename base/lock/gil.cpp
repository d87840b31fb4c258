// The slow paths of a runtime's lock: waiting in order, requests to give it away, closing, the end of a bias.
#include <ouro/base/lock/detail/gil_bias.h>
#include <ouro/base/lock/detail/gil_time.h>
#include <ouro/base/lock/futex.h>
#include <ouro/base/lock/gil.h>

#include <functional>

#include <sched.h>

namespace ouro {

constinit thread_local Gil* detail::held_locks = nullptr;

using detail::bias_here;
using detail::count;
using detail::now_in_nanoseconds;

Gil::Gil() noexcept : GilState(now_in_nanoseconds()) {}

Gil::~Gil() {
  if (held_by_this_thread()) drop();
  const std::lock_guard biases(detail::GilBiases::mutex);
  // A thread may still be leaving drop_slowly() although the lock is already free.
  const std::lock_guard locked(mutex_);
  end_bias();
}

void Gil::take() noexcept {
  expect_not_held("Gil::take");
  if (!take_fast()) static_cast<void>(take_in_order(/*refusable=*/false));
}

bool Gil::try_take() noexcept {
  expect_not_held("Gil::try_take");
  if (closed()) return false;
  if (!take_fast() && !take_in_order(/*refusable=*/true)) return false;
  if (!closed()) return true;
  drop();  // it was closed in between, by a thread that held the lock and counts on nobody new
  return false;
}

bool Gil::take_if_free() noexcept {
  expect_not_held("Gil::take_if_free");
  if (take_fast()) return true;
  const std::lock_guard locked(mutex_);
  end_bias();
  if (!queue_.empty() || barred_ != nullptr || !claim(GilWaiter{})) return false;
  become_holder();
  return true;
}

void Gil::drop() noexcept {
  expect_held("Gil::drop");
  cease_holder();
  if (bias_here.is_for(this)) {
    if (!bias_here.drop(this)) drop_slowly();
    return;
  }
  std::uint32_t expected = kHeld;
  if (!word_.compare_exchange_strong(expected, 0, std::memory_order_release, std::memory_order_relaxed)) drop_slowly();
}

void Gil::yield() noexcept {
  expect_held("Gil::yield");
  hand_over(/*interrupted=*/false);
}

void Gil::set_switch_interval(std::chrono::microseconds interval) noexcept {
  OURO_ASSERT(interval.count() > 0, "switch-interval-positive");
  interval_us_.store(interval.count(), std::memory_order_relaxed);
}

void Gil::set_min_run(std::chrono::microseconds run) noexcept {
  OURO_ASSERT(run.count() >= 0, "min-run-not-negative");
  min_run_us_.store(run.count(), std::memory_order_relaxed);
}

void Gil::close() noexcept {
  const std::lock_guard locked(mutex_);
  closed_.store(true, std::memory_order_release);
  queue_.for_each([&](GilWaiter& waiter) {
    if (!waiter.refusable) return;
    if (const Wake asleep = call(waiter)) futex_wake(asleep);
  });
}

GilStats Gil::stats() const noexcept {
  return {.switches = switches_.load(std::memory_order_relaxed),
          .forced_switches = forced_.load(std::memory_order_relaxed),
          .drop_requests = requests_.load(std::memory_order_relaxed),
          .waits = waits_.load(std::memory_order_relaxed),
          .interruptions = interruptions_.load(std::memory_order_relaxed)};
}

void Gil::expect_held(const char* call) const noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (!held_by_this_thread()) law_broken("lock-not-held", call, __FILE__, __LINE__);
}

void Gil::expect_not_held(const char* call) const noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (held_by_this_thread()) law_broken("lock-taken-once", call, __FILE__, __LINE__);
}

bool Gil::take_fast() noexcept {
  if (bias_here.is_for(this)) {
    if (!bias_here.take(this)) return false;
    become_holder();
    return true;
  }
  std::uint32_t expected = 0;
  if (!word_.compare_exchange_strong(expected, kHeld, std::memory_order_acquire, std::memory_order_relaxed)) return false;
  run_began_.store(0, std::memory_order_relaxed);
  become_holder();
  if (++streak_ >= kBiasAfter) [[unlikely]]
    begin_bias();
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

void Gil::become_holder() noexcept {
  const ThreadMark me = self();
  holder_.store(me, std::memory_order_relaxed);
  enter_held_locks();
  if (last_holder_ == me) return;
  if (last_holder_ != nullptr) count(switches_);
  if (switch_handler_ != nullptr) switch_handler_(switch_context_, last_holder_, me);
  last_holder_ = me;
  streak_ = 0;
  holder_processor_.store(sched_getcpu(), std::memory_order_relaxed);
}

void Gil::cease_holder() noexcept {
  holder_.store(nullptr, std::memory_order_relaxed);
  leave_held_locks();
}

// Mostly there is no other one. Asked for by itself, that is a guess of the processor, and no store has to wait for the load
// of what was stored a moment ago.
void Gil::enter_held_locks() noexcept {
  if (detail::held_locks == nullptr) {
    next_held_ = nullptr;
    detail::held_locks = this;
    return;
  }
  Gil** link = &detail::held_locks;
  while (*link != nullptr && std::less<>{}(this, *link)) link = &(*link)->next_held_;
  next_held_ = *link;
  *link = this;
}

void Gil::leave_held_locks() noexcept {
  if (detail::held_locks == this && next_held_ == nullptr) {
    detail::held_locks = nullptr;
    return;
  }
  Gil** link = &detail::held_locks;
  while (*link != this) link = &(*link)->next_held_;
  *link = next_held_;
}

}  // namespace ouro
