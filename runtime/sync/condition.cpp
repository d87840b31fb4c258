// Condition, Semaphore, BoundedSemaphore, Event and Barrier.
#include <ouro/base/error.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/runtime/sync/condition.h>

#include <limits>
#include <utility>

namespace ouro::sync {

// ---- Condition ----

// The place is taken before the lock is given up: a foreign lock's release may let another thread notify.
bool Condition::wait(Patience patience) {
  if (!lock_.owned()) raise(ErrorKind::kRuntimeError, "cannot wait on un-acquired lock");
  WaitPlace place(*waiters_, **domain_);
  const ConditionLock::Saved saved = lock_.give_up();
  bool notified = false;
  try {
    notified = place.wait(patience);
  } catch (const Error&) {
    // The runtime closes. A lock that somebody else holds is not waited for any more.
    lock_.take_back_if_free(saved);
    throw;
  }
  lock_.take_back(saved);
  return notified;
}

bool Condition::wait(Seconds timeout) { return wait(patience_of(timeout)); }

bool Condition::wait_for(const std::function<bool()>& predicate, Seconds timeout) {
  if (predicate()) return true;
  const Patience patience = patience_of(timeout);
  do {
    static_cast<void>(wait(patience));
    if (predicate()) return true;
  } while (!patience.is_over());
  return false;
}

void Condition::notify(std::size_t count) {
  if (!lock_.owned()) raise(ErrorKind::kRuntimeError, "cannot notify on un-acquired lock");
  waiters_->wake(**domain_, count);
}

void Condition::notify_all() { notify(std::numeric_limits<std::size_t>::max()); }

// ---- Semaphore ----

Semaphore::Semaphore(LockDomain& domain, std::int64_t value, bool bounded) : domain_{&domain}, value_(value) {
  if (value < 0) raise(ErrorKind::kValueError, "semaphore initial value must be >= 0");
  if (bounded) most_ = value;
}

bool Semaphore::acquire(bool blocking, Seconds timeout) {
  if (!blocking && timeout) raise(ErrorKind::kValueError, "can't specify timeout for non-blocking acquire");
  const Patience patience = blocking ? patience_of(timeout) : Patience(std::chrono::nanoseconds(0));
  while (value_ == 0) {
    if (patience.is_over()) return false;
    static_cast<void>(waiters_->wait(**domain_, patience));
  }
  --value_;
  return true;
}

void Semaphore::release(std::int64_t count) {
  if (count < 1) raise(ErrorKind::kValueError, "n must be one or more");
  if (most_ && count > *most_ - value_) raise(ErrorKind::kValueError, "Semaphore released too many times");
  if (count > std::numeric_limits<std::int64_t>::max() - value_)
    raise(ErrorKind::kOverflowError, "the value of a semaphore has at most 63 bits");
  value_ += count;
  waiters_->wake(**domain_, static_cast<std::size_t>(count));
}

// ---- Event ----

void Event::set() noexcept {
  set_ = true;
  waiters_->wake_all(**domain_);
}

bool Event::wait(Seconds timeout) {
  const Patience patience = patience_of(timeout);
  // As in CPython, one notification is enough: the flag may be clear again by the time this thread runs.
  return set_ || (!patience.is_over() && waiters_->wait(**domain_, patience));
}

// ---- Barrier ----

Barrier::Barrier(LockDomain& domain, std::int64_t parties, Ref<> action, Seconds timeout)
    : domain_{&domain}, parties_(parties), timeout_(timeout), action_(std::move(action)) {}

template <class Condition>
bool Barrier::wait_while(Condition condition, Patience patience) {
  while (condition()) {
    if (patience.is_over()) return false;
    static_cast<void>(waiters_->wait(**domain_, patience));
  }
  return true;
}

void Barrier::wait_while_acting() {
  static_cast<void>(wait_while([&] { return acting_; }, Patience::endless()));
}

std::int64_t Barrier::wait(Seconds timeout) {
  const Patience patience = patience_of(timeout ? timeout : timeout_);
  enter();
  const std::int64_t index = count_++;
  struct Leave {
    Barrier& self;
    ~Leave() { self.leave(); }
  };
  const Leave leave{*this};
  if (index + 1 == parties_) {
    run_action();
  } else {
    wait_for_others(patience);
  }
  return index;
}

void Barrier::enter() {
  const auto closed = [&] { return acting_ || state_ == State::kDraining || state_ == State::kResetting; };
  static_cast<void>(wait_while(closed, Patience::endless()));
  if (state_ == State::kBroken) raise(kBrokenBarrierError, "");
}

void Barrier::run_action() {
  if (action_ && !is_none(*action_)) {
    acting_ = true;
    try {
      const Ref<> action = action_;
      static_cast<void>(call(*action, Arguments{}));
    } catch (...) {
      acting_ = false;
      break_it();
      throw;
    }
    acting_ = false;
  }
  state_ = State::kDraining;
  waiters_->wake_all(**domain_);
}

void Barrier::wait_for_others(Patience patience) {
  static_cast<void>(wait_while([&] { return state_ == State::kFilling; }, patience));
  wait_while_acting();
  if (state_ == State::kFilling) break_it();
  if (state_ != State::kDraining) raise(kBrokenBarrierError, "");
}

void Barrier::leave() noexcept {
  if (--count_ > 0 || state_ == State::kFilling || state_ == State::kBroken) return;
  state_ = State::kFilling;
  waiters_->wake_all(**domain_);
}

void Barrier::reset() {
  wait_while_acting();
  if (count_ == 0) {
    state_ = State::kFilling;
  } else if (state_ != State::kDraining) {
    state_ = State::kResetting;
  }
  waiters_->wake_all(**domain_);
}

void Barrier::abort() {
  wait_while_acting();
  break_it();
}

void Barrier::break_it() noexcept {
  state_ = State::kBroken;
  waiters_->wake_all(**domain_);
}

}  // namespace ouro::sync
