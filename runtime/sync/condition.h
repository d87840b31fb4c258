// Condition, Semaphore, BoundedSemaphore, Event and Barrier (CPython: Lib/threading.py).
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/runtime/sync/condition_lock.h>
#include <ouro/runtime/sync/errors.h>
#include <ouro/runtime/sync/lock.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>

namespace ouro::sync {

/// Threads that wait, with a lock, for something to become true. The lock is a Lock, an RLock or any object that can be
/// acquired and released (condition_lock.h).
class Condition {
 public:
  /// AttributeError "'list' object has no attribute 'acquire'".
  Condition(LockDomain& domain, Ref<> lock) : domain_{&domain}, lock_(std::move(lock)) {}

  bool acquire(bool blocking = true, Seconds timeout = {}) { return lock_.acquire(blocking, timeout); }
  void release() { lock_.release(); }
  /// Gives the lock up, waits for a notification, and takes it back; false if `timeout` was over first. RuntimeError "cannot
  /// wait on un-acquired lock".
  bool wait(Seconds timeout = {});
  /// Waits until `predicate` is true; returns what it said last.
  bool wait_for(const std::function<bool()>& predicate, Seconds timeout = {});
  /// Wakes the first `count` waiters, who go on when they get the lock. RuntimeError "cannot notify on un-acquired lock".
  void notify(std::size_t count = 1);
  void notify_all();
  [[nodiscard]] ConditionLock& lock() noexcept { return lock_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiters_->size(); }

 private:
  bool wait(Patience patience);

  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> waiters_;
  ConditionLock lock_;

 public:
  static constexpr std::tuple edges{&Condition::lock_};
};

/// A count that is never negative: to acquire takes one, and waits while there is none.
class Semaphore {
 public:
  /// ValueError "semaphore initial value must be >= 0".
  Semaphore(LockDomain& domain, std::int64_t value, bool bounded);

  /// ValueError "can't specify timeout for non-blocking acquire".
  bool acquire(bool blocking = true, Seconds timeout = {});
  /// Adds `count`. ValueError "n must be one or more"; of a bounded one "Semaphore released too many times".
  void release(std::int64_t count = 1);
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiters_->size(); }
  /// What it may not be released above; empty if it is not bounded.
  [[nodiscard]] std::optional<std::int64_t> most() const noexcept { return most_; }

  static constexpr std::tuple edges{};

 private:
  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> waiters_;
  std::int64_t value_;
  std::optional<std::int64_t> most_;
};

/// A flag that threads wait for.
class Event {
 public:
  explicit Event(LockDomain& domain) noexcept : domain_{&domain} {}

  [[nodiscard]] bool is_set() const noexcept { return set_; }
  void set() noexcept;
  void clear() noexcept { set_ = false; }
  /// Waits until it is set, at most `timeout`; says whether it was.
  bool wait(Seconds timeout = {});

  static constexpr std::tuple edges{};

 private:
  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> waiters_;
  bool set_ = false;
};

/// A place where a number of threads wait for each other, again and again.
class Barrier {
 public:
  /// `action` is called by one of the threads, while all are there. `timeout` is for every `wait` that names none.
  Barrier(LockDomain& domain, std::int64_t parties, Ref<> action, Seconds timeout);

  /// Waits for the others; returns who this one is, from 0. BrokenBarrierError if that took too long, or it was reset or
  /// aborted meanwhile.
  std::int64_t wait(Seconds timeout = {});
  /// Sends those who wait away with BrokenBarrierError; afterwards the barrier is as new.
  void reset();
  /// Breaks it: every wait fails from now on, until it is reset.
  void abort();
  [[nodiscard]] std::int64_t parties() const noexcept { return parties_; }
  [[nodiscard]] std::int64_t waiting() const noexcept { return state_ == State::kFilling ? count_ : 0; }
  [[nodiscard]] bool broken() const noexcept { return state_ == State::kBroken; }

 private:
  enum class State : std::uint8_t { kFilling, kDraining, kResetting, kBroken };

  template <class Condition>
  bool wait_while(Condition condition, Patience patience);
  void wait_while_acting();
  void enter();
  void run_action();
  void wait_for_others(Patience patience);
  void leave() noexcept;
  void break_it() noexcept;

  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> waiters_;
  bool acting_ = false;  ///< a thread runs the action, and everybody else has to wait
  std::int64_t parties_;
  std::int64_t count_ = 0;
  Seconds timeout_;
  State state_ = State::kFilling;
  Ref<> action_;

 public:
  static constexpr std::tuple edges{&Barrier::action_};
};

}  // namespace ouro::sync
