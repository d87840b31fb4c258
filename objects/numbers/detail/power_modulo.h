// pow(base, exponent, modulus) of the built-in numbers, as their `__pow__` has it.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

/// What the built-in number type whose `power` is `slot` makes of three operands, none of which is None; empty where it
/// knows one of them not (NotImplemented), and for any other slot. The caller holds the operands.
[[nodiscard]] Ref<> power_modulo(BinarySlot slot, Object& base, Object& exponent, Object& modulus);
/// True if the slot is that of int, float or complex.
[[nodiscard]] bool is_number_power(BinarySlot slot) noexcept;

}  // namespace ouro::detail
