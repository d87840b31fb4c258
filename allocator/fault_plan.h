// Failing allocations on demand: how a test reaches every path that a lack of memory can take.
//
// A test runs an operation again and again, failing its first allocation, then its second, and so on, until it succeeds.
// [law-fault-plan] Every road of allocation asks the plan before it does anything else.
// Consulted only in builds with `ouro::kFaultInjection`; in others an allocation costs what it would without this file.
#pragma once

#include <ouro/runtime/base/config.h>

namespace ouro::alloc {

/// Which of the coming allocations fail.
class FaultPlan {
 public:
  /// The `nth` allocation from now fails, once; 1 is the next one.
  void fail_at(std::uint64_t nth) noexcept { arm(nth, false); }
  /// The `nth` allocation from now and all after it fail, until clear().
  void fail_from(std::uint64_t nth) noexcept { arm(nth, true); }
  /// No allocation fails any more. The counts stay.
  void clear() noexcept { remaining_ = 0; }

  /// True while an allocation is still going to fail.
  [[nodiscard]] bool armed() const noexcept { return remaining_ != 0; }
  /// Allocations that were attempted since the plan was last made.
  [[nodiscard]] std::uint64_t attempts() const noexcept { return attempts_; }
  /// How many of those were made to fail.
  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_; }

  /// Asked by every allocation: must this one fail?
  [[nodiscard]] bool next_fails() noexcept {
    ++attempts_;
    if (remaining_ == 0 || --remaining_ != 0) return false;
    if (forever_) remaining_ = 1;
    ++failures_;
    return true;
  }

 private:
  void arm(std::uint64_t nth, bool forever) noexcept {
    remaining_ = nth;
    forever_ = forever;
    attempts_ = failures_ = 0;
  }

  std::uint64_t remaining_ = 0;  ///< the allocation that many from now fails; 0 = none
  std::uint64_t attempts_ = 0;
  std::uint64_t failures_ = 0;
  bool forever_ = false;
};

}  // namespace ouro::alloc
