// Shifts and logic of ints beyond 64 bits, on their limbs as they lie, as of infinite two's complement: -1 has every bit
// set. int_slots.cpp tries 64 bits first.
//
// All may throw MemoryError. Operands may be of any size; the caller holds them. Linear.
#pragma once

#include <ouro/objects/numbers/int.h>

namespace ouro::detail {

/// value << count. ValueError "negative shift count"; MemoryError for a result above kMaxBits, and for one that CPython
/// could not even count the digits of OverflowError "too many digits in integer". 0 << anything is 0.
[[nodiscard]] Ref<Int> shift_int_left(const Int& value, const Int& count);
/// value >> count, rounded towards minus infinity. ValueError "negative shift count".
[[nodiscard]] Ref<Int> shift_int_right(const Int& value, const Int& count);

[[nodiscard]] Ref<Int> and_ints(const Int& left, const Int& right);
[[nodiscard]] Ref<Int> or_ints(const Int& left, const Int& right);
[[nodiscard]] Ref<Int> xor_ints(const Int& left, const Int& right);
/// ~value, which is -value - 1.
[[nodiscard]] Ref<Int> invert_int(const Int& value);
/// -value.
[[nodiscard]] Ref<Int> negate_int(const Int& value);

}  // namespace ouro::detail
