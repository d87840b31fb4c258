// Computes where a number lies that only one handle has, and with C++ integers that have no object.
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/in_block.h>

namespace ouro::detail {

namespace {

/// Stores `a op b`; false if that does not fit 64 bits, and for other operators.
bool compute(Operator op, std::int64_t a, std::int64_t b, std::int64_t* result) noexcept {
  switch (op) {
    case Operator::kAdd:
      return !add_overflow(a, b, result);
    case Operator::kSubtract:
      return !subtract_overflow(a, b, result);
    case Operator::kMultiply:
      return !multiply_overflow(a, b, result);
    default:
      return false;
  }
}

bool compute(Operator op, double a, double b, double* result) noexcept {
  switch (op) {
    case Operator::kAdd:
      return *result = a + b, true;
    case Operator::kSubtract:
      return *result = a - b, true;
    case Operator::kMultiply:
      return *result = a * b, true;
    case Operator::kTrueDivide:
      return b != 0 ? (*result = a / b, true) : false;
    default:
      return false;
  }
}

bool is_inline_int(const Object& object) noexcept {
  return is_exact<Int>(object) && !static_cast<const Int&>(object).is_big();
}

bool apply_to_float(Operator op, Float& left, const Float& right) noexcept {
  double result = 0;
  if (!compute(op, left.value, right.value, &result)) return false;
  left.value = result;
  return true;
}

}  // namespace

bool apply_in_block(Operator op, Object& left, std::int64_t right) noexcept {
  if (left.refcount != 1 || !is_inline_int(left)) return false;
  auto& number = static_cast<Int&>(left);
  std::int64_t result = 0;
  if (!compute(op, number.value, right, &result) || is_small_int(result)) return false;
  number.value = result;
  return true;
}

bool apply_in_block(Operator op, Object& left, const Object& right) noexcept {
  if (left.refcount != 1 || left.type != right.type) return false;
  if (is_inline_int(right)) return apply_in_block(op, left, static_cast<const Int&>(right).value);
  return is_exact<Float>(left) && apply_to_float(op, static_cast<Float&>(left), static_cast<const Float&>(right));
}

Ref<> apply_to_integer(Operator op, Object& left, std::int64_t right) {
  Builtins& builtins = builtins_of(left);
  std::int64_t result = 0;
  if (is_inline_int(left) && compute(op, static_cast<const Int&>(left).value, right, &result))
    return make_int(builtins, result);
  return apply(op, left, *make_int(builtins, right));
}

}  // namespace ouro::detail
