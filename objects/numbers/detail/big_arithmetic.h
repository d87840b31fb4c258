// Arithmetic of ints beyond 64 bits, on their limbs as they lie. int_slots.cpp tries 64 bits first.
//
// All may throw MemoryError. Operands may be of any size; the caller holds them. A product or quotient of a thousand limbs
// and more may pause (LongWork).
#pragma once

#include <ouro/objects/numbers/int.h>

namespace ouro::detail {

/// left + right.
[[nodiscard]] Ref<Int> add_ints(const Int& left, const Int& right);
/// left - right.
[[nodiscard]] Ref<Int> subtract_ints(const Int& left, const Int& right);
/// left * right; MemoryError above kMaxBits.
[[nodiscard]] Ref<Int> multiply_ints(const Int& left, const Int& right);

/// The parts of divmod(left, right) that were asked for.
struct IntDivmod {
  Ref<Int> quotient;   ///< rounded towards minus infinity
  Ref<Int> remainder;  ///< with the sign of `right`
};
enum class DivmodPart : unsigned { kQuotient = 1, kRemainder = 2, kBoth = 3 };
/// `right` is not 0.
[[nodiscard]] IntDivmod divide_ints(const Int& left, const Int& right, DivmodPart wanted);

}  // namespace ouro::detail
