// Threads that wait in order: parking, waking, giving up, closing.
#include <ouro/base/detail/ring.h>
#include <ouro/base/error.h>
#include <ouro/base/lock/futex.h>
#include <ouro/runtime/threads/lock_domain.h>
#include <ouro/runtime/threads/wait_queue.h>

#include <algorithm>

namespace ouro {

using Clock = std::chrono::steady_clock;

namespace {

using InQueue = detail::Ring<ParkedThread, &ParkedThread::next, &ParkedThread::previous>;
using OfDomain = detail::Ring<ParkedThread, &ParkedThread::next_of_domain, &ParkedThread::previous_of_domain>;

}  // namespace

void ParkedThread::sleep(Clock::time_point deadline) noexcept {
  while (state.load(std::memory_order_acquire) == kParked) {
    if (deadline != Clock::time_point::max() && Clock::now() >= deadline) {
      std::uint32_t parked = kParked;
      state.compare_exchange_strong(parked, kGaveUp, std::memory_order_acq_rel);
      return;
    }
    futex_wait(state, kParked, deadline);
  }
}

bool ParkedThread::wake_as(State new_state) noexcept {
  std::uint32_t parked = kParked;
  if (!state.compare_exchange_strong(parked, new_state, std::memory_order_acq_rel)) return false;
  futex_wake(&state);
  return true;
}

Patience::Patience(std::chrono::nanoseconds time) noexcept {
  constexpr std::chrono::nanoseconds kLong = std::chrono::hours(24 * 365 * 100);
  if (time < kLong) deadline_ = Clock::now() + std::max(time, std::chrono::nanoseconds(0));
}

WaitPlace::WaitPlace(WaitQueue& queue, LockDomain& domain) : domain_(domain) {
  domain.assert_locked("WaitQueue::wait");
  if (domain.parked.ending()) raise(ErrorKind::kSystemExit, "the runtime is closing");
  queue.add(me_);
  domain.parked.add(me_);
}

WaitPlace::~WaitPlace() {
  domain_.parked.remove(me_);
  if (me_.queue != nullptr) me_.queue->remove(me_);
}

bool WaitPlace::wait(Patience patience) {
  if (me_.state.load(std::memory_order_relaxed) == ParkedThread::kParked) {
    me_.outside = true;
    domain_.gil.drop();
    me_.sleep(patience.deadline());
    if (me_.state.load(std::memory_order_acquire) == ParkedThread::kWoken) domain_.gil.arrive_as(0);
    domain_.gil.take();
  }
  const std::uint32_t state = me_.state.load(std::memory_order_relaxed);
  if (state == ParkedThread::kEnding) raise(ErrorKind::kSystemExit, "the runtime is closing");
  return state == ParkedThread::kWoken;
}

bool WaitQueue::wait(LockDomain& domain, Patience patience) { return WaitPlace(*this, domain).wait(patience); }

std::size_t WaitQueue::wake(LockDomain& domain, std::size_t count) noexcept {
  domain.assert_locked("WaitQueue::wake");
  std::size_t woken = 0;
  for (ParkedThread* thread = first_; thread != nullptr && woken < count;) {
    ParkedThread* const next = InQueue::after(first_, *thread);
    const bool will_arrive = thread->outside;                   // one that does not sleep yet has no need to come back
    if (will_arrive) static_cast<void>(domain.gil.announce());  // before it can arrive
    // It needs the runtime's lock to go on, which the caller holds: it is still on its stack.
    if (thread->wake_as(ParkedThread::kWoken)) {
      remove(*thread);
      ++woken;
    } else if (will_arrive) {
      domain.gil.revoke_announcement();
    }
    thread = next;
  }
  return woken;
}

std::size_t WaitQueue::size() const noexcept {
  std::size_t count = 0;
  for (const ParkedThread* thread = first_; thread != nullptr; thread = InQueue::after(first_, *thread))
    count += thread->state.load(std::memory_order_relaxed) == ParkedThread::kParked ? 1 : 0;
  return count;
}

void WaitQueue::add(ParkedThread& thread) noexcept {
  thread.queue = this;
  InQueue::push_back(first_, thread);
}

void WaitQueue::remove(ParkedThread& thread) noexcept {
  InQueue::remove(first_, thread);
  thread.queue = nullptr;
}

void ParkedThreads::add(ParkedThread& thread) noexcept { OfDomain::push_front(first_, thread); }

void ParkedThreads::remove(ParkedThread& thread) noexcept {
  if (OfDomain::is_linked(thread)) OfDomain::remove(first_, thread);  // a fork may have forgotten it
}

void ParkedThreads::forget() noexcept {
  while (ParkedThread* const thread = first_) {
    remove(*thread);
    if (thread->queue != nullptr) thread->queue->remove(*thread);
  }
}

void ParkedThreads::end_waits() noexcept {
  ending_ = true;
  for (ParkedThread* thread = first_; thread != nullptr; thread = OfDomain::after(first_, *thread))
    static_cast<void>(thread->wake_as(ParkedThread::kEnding));
}

}  // namespace ouro
