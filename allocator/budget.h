// A limit to the memory of one runtime.
//
// What counts: every arena in use with all its bytes, runs longer than an arena, and the bytes of the raw allocator. A
// charge that would exceed the limit is refused, and the allocation that needed it returns null; what was allocated stays
// usable.
#pragma once

#include <ouro/runtime/base/assert.h>

#include <algorithm>

namespace ouro::alloc {

/// Counts the bytes a runtime holds, and refuses those above a limit.
class Budget {
 public:
  /// Asked for memory before a charge is refused: may discharge bytes, must not charge any.
  using Reclaimer = void (*)(void* context) noexcept;

  /// A budget of `limit` bytes; 0 means none.
  explicit Budget(std::size_t limit = 0) noexcept : limit_(limit) {}
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
    return true;
  }

  /// Takes `bytes` off the count again.
  void discharge(std::size_t bytes) noexcept {
    OURO_ASSERT_INTERNAL(bytes <= used_, "law-budget");
    used_ -= bytes;
  }

  /// Changes the limit, in bytes; 0 means none. A limit below what is used refuses every charge until enough is discharged.
  void set_limit(std::size_t bytes) noexcept { limit_ = bytes; }
  /// Names the function that is asked for memory before a charge is refused.
  void set_reclaimer(Reclaimer reclaim, void* context) noexcept { reclaim_ = reclaim, context_ = context; }

  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
  [[nodiscard]] std::size_t used() const noexcept { return used_; }
  [[nodiscard]] std::size_t peak() const noexcept { return peak_; }
  /// How many charges were refused.
  [[nodiscard]] std::size_t refused() const noexcept { return refused_; }

 private:
  [[nodiscard]] bool has_room(std::size_t bytes) const noexcept {
    return limit_ == 0 || (used_ <= limit_ && bytes <= limit_ - used_);
  }

  std::size_t limit_;
  std::size_t used_ = 0;
  std::size_t peak_ = 0;
  std::size_t refused_ = 0;
  Reclaimer reclaim_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace ouro::alloc
