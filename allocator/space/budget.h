// A limit to the memory of one runtime.
//
// What counts: every arena in use with all its bytes, runs longer than an arena, and the bytes of the raw allocator. A
// What is worked with for a moment and lies elsewhere (the temporaries of large ints) is charged beforehand by an estimate.
// A charge that would exceed the limit is refused, and the allocation that needed it returns null; what was allocated stays
// usable.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/standard/basic_algorithm.h>

namespace ouro::alloc {

/// Counts the bytes a runtime holds, and refuses those above a limit.
class Budget {
 public:
  /// Asked for memory before a charge is refused: may discharge bytes, must not charge any.
  using Reclaimer = void (*)(void* context) noexcept;
  /// Told once that memory gets short: must not charge any.
  using Alarm = void (*)(void* context) noexcept;

  /// A budget of `limit` bytes; 0 means none.
  explicit Budget(std::size_t limit = 0) noexcept { set_limit(limit); }
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  /// Counts `bytes` more; false, and nothing counted, if the limit forbids it.
  [[nodiscard]] bool charge(std::size_t bytes) noexcept {
    if (!has_room(bytes)) [[unlikely]] {
      if (reclaim_ != nullptr) reclaim_(context_);
      if (!has_room(bytes)) return ++refused_, false;
    }
    used_ += bytes;
    peak_ = std::max(peak_, used_);
    if (used_ > alarm_above_) [[unlikely]]
      ring();
    return true;
  }

  /// Takes `bytes` off the count again.
  void discharge(std::size_t bytes) noexcept {
    OURO_ASSERT_INTERNAL(bytes <= used_, "law-budget");
    used_ -= bytes;
  }

  /// The same for memory that no floor of the allocator holds. See ScratchCharge.
  [[nodiscard]] bool charge_scratch(std::size_t bytes) noexcept {
    if (!charge(bytes)) return false;
    scratch_ += bytes;
    return true;
  }
  void discharge_scratch(std::size_t bytes) noexcept {
    discharge(bytes);
    scratch_ -= bytes;
  }

  /// Changes the limit, in bytes; 0 means none. A limit below what is used refuses every charge until enough is discharged.
  void set_limit(std::size_t bytes) noexcept {
    limit_ = bytes;
    arm();
  }
  /// True if a charge of `bytes` would be refused now.
  [[nodiscard]] bool is_short_of(std::size_t bytes) const noexcept { return !has_room(bytes); }
  /// The alarm goes off, once, when half of what is free now is used.
  void arm() noexcept { alarm_above_ = limit_ == 0 ? kNever : used_ >= limit_ ? limit_ : used_ + (limit_ - used_) / 2; }
  /// Names the function that is told.
  void set_alarm(Alarm alarm, void* context) noexcept { alarm_ = alarm, alarm_context_ = context; }
  /// Names the function that is asked for memory before a charge is refused.
  void set_reclaimer(Reclaimer reclaim, void* context) noexcept { reclaim_ = reclaim, context_ = context; }

  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
  [[nodiscard]] std::size_t used() const noexcept { return used_; }
  /// Of these, what no floor of the allocator holds.
  [[nodiscard]] std::size_t scratch() const noexcept { return scratch_; }
  [[nodiscard]] std::size_t peak() const noexcept { return peak_; }
  /// How many charges were refused.
  [[nodiscard]] std::size_t refused() const noexcept { return refused_; }

 private:
  [[nodiscard]] bool has_room(std::size_t bytes) const noexcept {
    return limit_ == 0 || (used_ <= limit_ && bytes <= limit_ - used_);
  }

  void ring() noexcept {
    alarm_above_ = kNever;
    if (alarm_ != nullptr) alarm_(alarm_context_);
  }

  static constexpr std::size_t kNever = ~std::size_t{0};

  std::size_t limit_ = 0;
  std::size_t alarm_above_ = kNever;
  std::size_t used_ = 0;
  std::size_t scratch_ = 0;
  std::size_t peak_ = 0;
  std::size_t refused_ = 0;
  Reclaimer reclaim_ = nullptr;
  void* context_ = nullptr;
  Alarm alarm_ = nullptr;
  void* alarm_context_ = nullptr;
};

}  // namespace ouro::alloc
