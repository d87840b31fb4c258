// Failing allocations on demand: how a test reaches every path that a lack of memory can take.
//
// A test runs an operation again and again, failing its first allocation, then its second, and so on, until it succeeds. A
// plan is a hook, so every build has it and an allocator without one pays nothing; a program that embeds a runtime can test
// its own behaviour out of memory with it. CPython's counterpart is `_testcapi.set_nomemory`.
// [law-fault-plan] Every road of allocation asks the plan before it does anything else.
#pragma once

#include <ouro/allocator/memory_hook.h>

namespace ouro::alloc {

class Allocator;

/// Which of an allocator's coming allocations fail. Counts and fails nothing until armed, and nothing after clear().
class FaultPlan final : public MemoryHook {
 public:
  explicit FaultPlan(Allocator& allocator) noexcept : allocator_(allocator) {}
  FaultPlan(const FaultPlan&) = delete;
  FaultPlan& operator=(const FaultPlan&) = delete;

  /// The `nth` allocation from now fails, once; 1 is the next one.
  void fail_at(std::uint64_t nth) noexcept { arm(nth, 1); }
  /// The `nth` allocation from now and all after it fail, until clear().
  void fail_from(std::uint64_t nth) noexcept { arm(nth, kForever); }
  /// The `nth` allocation from now and the `count` - 1 after it fail.
  void fail_row(std::uint64_t nth, std::uint64_t count) noexcept { arm(nth, count); }
  /// No allocation fails any more. The counts stay.
  void clear() noexcept;

  /// True while an allocation is still going to fail.
  [[nodiscard]] bool armed() const noexcept { return to_fail_ != 0; }
  /// Allocations that were attempted since the plan was last armed, up to clear().
  [[nodiscard]] std::uint64_t attempts() const noexcept { return attempts_; }
  /// How many of those were made to fail.
  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_; }

  /// Asked before every allocation: may this one be served?
  [[nodiscard]] bool admit(const MemoryRequest& request) noexcept override;

 private:
  static constexpr std::uint64_t kForever = ~std::uint64_t{0};

  void arm(std::uint64_t nth, std::uint64_t count) noexcept;

  Allocator& allocator_;
  std::uint64_t to_pass_ = 0;  ///< allocations that are served before the first that fails
  std::uint64_t to_fail_ = 0;  ///< allocations that then fail; 0: none
  std::uint64_t attempts_ = 0;
  std::uint64_t failures_ = 0;
};

}  // namespace ouro::alloc
