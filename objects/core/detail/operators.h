// Where each binary operator has its slot, and what error messages call it. In the order of `Operator`.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/type.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace ouro::detail {

struct OperatorEntry {
  BinarySlot NumberSlots::*slot;
  std::string_view sign;
};

inline constexpr std::array<OperatorEntry, 13> kOperators{{
    {&NumberSlots::add, "+"},
    {&NumberSlots::subtract, "-"},
    {&NumberSlots::multiply, "*"},
    {&NumberSlots::true_divide, "/"},
    {&NumberSlots::floor_divide, "//"},
    {&NumberSlots::remainder, "%"},
    {&NumberSlots::divmod, "divmod()"},
    {&NumberSlots::power, "** or pow()"},
    {&NumberSlots::left_shift, "<<"},
    {&NumberSlots::right_shift, ">>"},
    {&NumberSlots::bit_and, "&"},
    {&NumberSlots::bit_or, "|"},
    {&NumberSlots::bit_xor, "^"},
}};
static_assert(kOperators.size() == static_cast<std::size_t>(Operator::kBitXor) + 1);

/// The slot of `type` that `member` names, or null.
[[nodiscard]] inline BinarySlot number_slot(const Type& type, BinarySlot NumberSlots::*member) noexcept {
  const NumberSlots* const number = type.slots->number;
  return number == nullptr ? nullptr : number->*member;
}

/// What the operands' types do as numbers, the right one first where it derives from the left's. Empty if neither knows the
/// other. The caller holds the operands.
[[nodiscard]] Ref<> apply_to_numbers(Operator op, Object& left, Object& right);
/// What sequences do with + and *. Empty if the operands are none.
[[nodiscard]] Ref<> apply_to_sequences(Operator op, Object& left, Object& right);

}  // namespace ouro::detail
