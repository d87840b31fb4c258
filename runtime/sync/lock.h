// Lock and RLock (CPython: _thread.lock, _thread.RLock).
//
// They are the program's, not the runtime's: who waits for one is outside the runtime, so that its holder can go on. All
// state belongs to the runtime's lock. A released lock is free for whoever comes first, as in CPython; who was woken and
// finds it taken waits on.
#pragma once

#include <ouro/base/lock/native_thread.h>
#include <ouro/objects/cpp/members.h>
#include <ouro/objects/cpp/native_cast.h>
#include <ouro/runtime/threads/lock_domain.h>

#include <cstddef>
#include <optional>
#include <string>
#include <tuple>

namespace ouro::sync {

/// Seconds, as Python's methods take them; empty: without limit.
using Seconds = std::optional<double>;

/// What the blocking calls share: how long to wait, from Python's two arguments. ValueError and OverflowError as in CPython.
[[nodiscard]] Patience patience_of(bool blocking, Seconds timeout);
/// From one argument that may be negative, which means not at all.
[[nodiscard]] Patience patience_of(Seconds timeout);

/// A lock that any thread may release.
class Lock {
 public:
  explicit Lock(LockDomain& domain) noexcept : domain_{&domain} {}

  /// Takes the lock; false if that would block, or took longer than `timeout`. ValueError "can't specify a timeout for a
  /// non-blocking call", "timeout value must be positive"; OverflowError for one that no clock holds.
  bool acquire(bool blocking = true, Seconds timeout = {}) { return acquire(patience_of(blocking, timeout)); }
  bool acquire(Patience patience);
  /// RuntimeError "release unlocked lock".
  void release();
  [[nodiscard]] bool locked() const noexcept { return locked_; }
  [[nodiscard]] bool is_held() const noexcept { return locked_; }
  /// How many threads wait for it.
  [[nodiscard]] std::size_t waiting() const noexcept { return waiters_->size(); }

  static constexpr std::tuple edges{};

 private:
  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> waiters_;
  bool locked_ = false;
};

/// A lock that its owner may take again, and must release as often.
class RLock {
 public:
  explicit RLock(LockDomain& domain) noexcept : domain_{&domain} {}

  bool acquire(bool blocking = true, Seconds timeout = {}) { return acquire(patience_of(blocking, timeout)); }
  bool acquire(Patience patience);
  /// RuntimeError "cannot release un-acquired lock", also for a thread that is not the owner.
  void release();
  [[nodiscard]] bool owned() const noexcept { return depth_ > 0 && owner_ == NativeThread::current(); }
  [[nodiscard]] bool is_held() const noexcept { return owned(); }
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
  /// The number of the owner's thread in the runtime (`ThreadState::id`); 0 if nobody owns it. Throws MemoryError.
  [[nodiscard]] std::uint64_t owner() const;

  /// Gives the lock up whatever its depth, and takes it back to that depth: for a Condition's wait.
  [[nodiscard]] std::size_t release_all();
  void acquire_again(std::size_t depth);

  static constexpr std::tuple edges{};

 private:
  Untraced<LockDomain*> domain_;
  Untraced<WaitQueue> waiters_;
  NativeThread owner_;
  std::size_t depth_ = 0;
};

/// Holds a lock for a scope.
template <class L>
class [[nodiscard]] Holding {
 public:
  explicit Holding(L& lock) : lock_(lock) { lock_.acquire(Patience::endless()); }
  /// A Condition's wait that the end of the runtime cut short may have left the lock to somebody else.
  ~Holding() {
    if (lock_.is_held()) lock_.release();
  }
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;

 private:
  L& lock_;
};

}  // namespace ouro::sync
