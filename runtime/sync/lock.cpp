// Lock and RLock.
#include <ouro/base/error.h>
#include <ouro/runtime/sync/lock.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ouro::sync {

namespace {

constexpr double kLongest = 9223372036.0;  ///< seconds that 64 bits of nanoseconds hold

void expect_on_clock(double seconds) {
  if (std::isnan(seconds)) raise(ErrorKind::kValueError, "Invalid value NaN (not a number)");
  if (seconds > kLongest) raise(ErrorKind::kOverflowError, "timestamp too large to convert to C _PyTime_t");
}

Patience patience_for(double seconds) {
  return Patience(std::chrono::nanoseconds(static_cast<std::int64_t>(std::max(seconds, 0.0) * 1e9)));
}

/// Waits until `take` succeeds; it is tried first, and after each wake-up.
template <class Take>
bool acquire_from(LockDomain& domain, WaitQueue& waiters, Patience patience, Take take) {
  while (!take()) {
    if (patience.is_over()) return false;
    static_cast<void>(waiters.wait(domain, patience));
  }
  return true;
}

}  // namespace

Patience patience_of(bool blocking, Seconds timeout) {
  if (!timeout || *timeout == -1) return blocking ? Patience::endless() : Patience(std::chrono::nanoseconds(0));
  if (!blocking) raise(ErrorKind::kValueError, "can't specify a timeout for a non-blocking call");
  expect_on_clock(*timeout);
  if (*timeout < 0) raise(ErrorKind::kValueError, "timeout value must be positive");
  return patience_for(*timeout);
}

Patience patience_of(Seconds timeout) {
  if (!timeout) return Patience::endless();
  expect_on_clock(*timeout);
  return patience_for(*timeout);
}

bool Lock::acquire(Patience patience) {
  return acquire_from(**domain_, *waiters_, patience, [&] { return !std::exchange(locked_, true); });
}

void Lock::release() {
  if (!locked_) raise(ErrorKind::kRuntimeError, "release unlocked lock");
  locked_ = false;
  waiters_->wake(**domain_, 1);
}

bool RLock::acquire(Patience patience) {
  const NativeThread me = NativeThread::current();
  return acquire_from(**domain_, *waiters_, patience, [&] {
    if (depth_ > 0 && owner_ != me) return false;
    owner_ = me;
    ++depth_;
    return true;
  });
}

void RLock::release() {
  if (!owned()) raise(ErrorKind::kRuntimeError, "cannot release un-acquired lock");
  if (--depth_ == 0) waiters_->wake(**domain_, 1);
}

std::uint64_t RLock::owner() const {
  if (depth_ == 0) return 0;
  const std::vector<ThreadInfo> threads = (*domain_)->threads.threads();
  const auto found = std::ranges::find(threads, owner_, &ThreadInfo::native_id);
  return found == threads.end() ? 0 : found->id;
}

std::size_t RLock::release_all() {
  if (!owned()) raise(ErrorKind::kRuntimeError, "cannot release un-acquired lock");
  const std::size_t depth = std::exchange(depth_, 0);
  waiters_->wake(**domain_, 1);
  return depth;
}

void RLock::acquire_again(std::size_t depth) {
  acquire(Patience::endless());
  depth_ = depth;
}

}  // namespace ouro::sync
