// The way between Int objects and BigInt, the arithmetic type.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/int.h>

#include <new>
#include <span>
#include <utility>

namespace ouro::detail {

/// Calls `compute`, whose memory comes from the standard allocator, and makes MemoryError of std::bad_alloc. Its scratch
/// memory counts toward the memory limit of `heap`.
template <class F>
[[nodiscard]] auto with_standard_memory(Heap& heap, F&& compute) {
  const ScratchScope scope(heap.memory.budget());
  try {
    return std::forward<F>(compute)();
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

/// While it stands, a computation that may take long pauses now and then (scratch_memory.h): other threads run, what waits
/// for a safepoint is called, and what interrupts is thrown. It holds the operands. No object may be half made meanwhile.
class [[nodiscard]] LongWork {
 public:
  explicit LongWork(Heap& heap) noexcept
      : scope_(
            heap.memory.budget(), [](void* context) { static_cast<Heap*>(context)->safepoint(); }, &heap) {}
  LongWork(const Int& left, const Int& right) noexcept : LongWork(heap_of(left)) {
    left_ = hold(left);
    right_ = hold(right);
  }

 private:
  Ref<> left_, right_;
  ScratchScope scope_;
};

/// The magnitude of a big int.
[[nodiscard]] inline std::span<const Limb> digits_of(const Int& value) noexcept {
  return {value.big->first(), value.big->limbs};
}

/// True if a computation that is not linear may take long: a millisecond, say.
[[nodiscard]] inline bool is_long(const Int& value) noexcept { return value.is_big() && value.big->limbs > 1000; }

/// The value of any Int. May throw std::bad_alloc.
[[nodiscard]] BigInt big_value(const Int& value);

/// The int of this value, inline if it fits (law int-normal). Throws MemoryError.
[[nodiscard]] Ref<Int> make_int(Builtins& builtins, const BigInt& value);

/// 127 bits and a sign: enough for every sum and product of two 64-bit values.
__extension__ using Wide = __int128;

/// The int of this value, inline if it fits. Throws MemoryError.
[[nodiscard]] Ref<Int> make_int_wide(Builtins& builtins, Wide value);

/// Frees the limbs of an int of a derived class, which lie in a buffer: the `release` slot.
void release_int(Object& object) noexcept;

}  // namespace ouro::detail
