// The operators of numbers, and + and * of sequences (CPython: binary_op1 and PyNumber_Add in Objects/abstract.c).
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/operators.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>

#include <fmt/format.h>

#include <string_view>

namespace ouro {

namespace {

using detail::kOperators;
using detail::number_slot;

Ref<> try_numbers(BinarySlot NumberSlots::*member, Object& left, Object& right) {
  const BinarySlot left_slot = number_slot(*left.type, member);
  BinarySlot right_slot = left.type == right.type ? nullptr : number_slot(*right.type, member);
  if (right_slot == left_slot) right_slot = nullptr;
  if (left_slot != nullptr) {
    if (right_slot != nullptr && is_subtype(*right.type, *left.type)) {
      if (Ref<> result = right_slot(left, right)) return result;
      right_slot = nullptr;
    }
    if (Ref<> result = left_slot(left, right)) return result;
  }
  return right_slot == nullptr ? Ref<>() : right_slot(left, right);
}

Ref<> repeat(Object& sequence, Object& times) {
  const NumberSlots* const number = times.type->slots->number;
  if (number == nullptr || number->index == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("can't multiply sequence by non-int of type '{}'", times.type->name));
  return sequence.type->slots->sequence->repeat(sequence, to_index(times, ErrorKind::kOverflowError));
}

}  // namespace

Ref<> detail::apply_to_sequences(Operator op, Object& left, Object& right) {
  const SequenceSlots* const left_slots = left.type->slots->sequence;
  const SequenceSlots* const right_slots = right.type->slots->sequence;
  if (op == Operator::kAdd) {
    return left_slots != nullptr && left_slots->concatenate != nullptr ? left_slots->concatenate(left, right) : Ref<>();
  }
  if (op == Operator::kMultiply) {
    if (left_slots != nullptr && left_slots->repeat != nullptr) return repeat(left, right);
    if (right_slots != nullptr && right_slots->repeat != nullptr) return repeat(right, left);
  }
  return {};
}

Ref<> detail::apply_to_numbers(Operator op, Object& left, Object& right) {
  return try_numbers(kOperators[static_cast<std::size_t>(op)].slot, left, right);
}

namespace {

Ref<> apply_unary(Object& object, UnarySlot NumberSlots::*member, std::string_view sign) {
  const NumberSlots* const number = object.type->slots->number;
  if (number == nullptr || number->*member == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("bad operand type for {}: '{}'", sign, object.type->name));
  return (number->*member)(object);
}

[[noreturn, gnu::cold]] void refuse(Operator op, const Object& left, const Object& right) {
  raise(ErrorKind::kTypeError,
        fmt::format("unsupported operand type(s) for {}: '{}' and '{}'", kOperators[static_cast<std::size_t>(op)].sign,
                    left.type->name, right.type->name));
}

[[gnu::noinline]] Ref<> apply_held(Operator op, Object& left, Object& right) {
  const Object& other = detail::may_run_foreign_code(left) ? left : right;
  const Ref<> held[] = {detail::hold_for(other, left), detail::hold_for(other, right)};
  if (Ref<> result = detail::apply_to_numbers(op, left, right)) return result;
  if (Ref<> result = detail::apply_to_sequences(op, left, right)) return result;
  refuse(op, left, right);
}

}  // namespace

Ref<> apply(Operator op, Object& left, Object& right) {
  // Two atoms of one built-in type run no foreign code, and if they are numbers, one slot has the answer.
  if (left.type == right.type && !detail::may_run_foreign_code(left)) {
    const BinarySlot slot = number_slot(*left.type, kOperators[static_cast<std::size_t>(op)].slot);
    if (slot != nullptr)
      if (Ref<> result = slot(left, right)) return result;
  }
  return apply_held(op, left, right);
}

Ref<> negative(Object& object) { return apply_unary(object, &NumberSlots::negative, "unary -"); }
Ref<> positive(Object& object) { return apply_unary(object, &NumberSlots::positive, "unary +"); }
Ref<> absolute(Object& object) { return apply_unary(object, &NumberSlots::absolute, "abs()"); }
Ref<> invert(Object& object) { return apply_unary(object, &NumberSlots::invert, "unary ~"); }

Ref<Int> index(Object& object) {
  if (is_exact<Int>(object)) return share(static_cast<Int&>(object));
  if (Int* const number = as_int(object)) return exact_int(*number);
  const NumberSlots* const slots = object.type->slots->number;
  if (slots == nullptr || slots->index == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("'{}' object cannot be interpreted as an integer", object.type->name));
  const Ref<> result = slots->index(object);
  Int* const number = as_int(*result);
  if (number == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("__index__ returned non-int (type {})", result->type->name));
  return exact_int(*number);
}

std::int64_t to_index(Object& object, ErrorKind too_big) {
  const Ref<> held = detail::hold_for(object, object);
  const Ref<Int> number = index(object);
  if (!fits_int64(*number)) raise(too_big, fmt::format("cannot fit '{}' into an index-sized integer", object.type->name));
  return number->value;
}

}  // namespace ouro
