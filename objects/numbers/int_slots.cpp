// The behaviour of int and bool (CPython: Objects/longobject.c, Objects/boolobject.c).
//
// Each operation is tried on 64-bit values first. What overflows, and what is big already, is left to big_arithmetic.h and
// big_bits.h, or to BigInt.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/ordering.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/numbers/detail/big_arithmetic.h>
#include <ouro/objects/numbers/detail/big_bits.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/float_math.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/numbers/detail/new_int.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <string_view>
#include <utility>

namespace ouro {

namespace {

void require_divisor(const Int& divisor, std::string_view error) {
  if (!divisor.is_big() && divisor.value == 0) raise(ErrorKind::kZeroDivisionError, error);
}

/// Each operator says `small`, which stores a result that fits 64 bits or returns false, and `ints`, which works on limbs as
/// they lie and always succeeds or raises.
struct Add {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) { return !detail::add_overflow(a, b, result); }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::add_ints(a, b); }
};

struct Subtract {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) {
    return !detail::subtract_overflow(a, b, result);
  }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::subtract_ints(a, b); }
};

struct Multiply {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) {
    return !detail::multiply_overflow(a, b, result);
  }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::multiply_ints(a, b); }
};

struct FloorDivide {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) {
    return b != 0 && !detail::floor_divide_overflow(a, b, result);
  }
  static Ref<Int> ints(const Int& a, const Int& b) {
    require_divisor(b, "integer division or modulo by zero");
    return detail::divide_ints(a, b, detail::DivmodPart::kQuotient).quotient;
  }
};

struct Remainder {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) {
    if (b == 0) return false;
    *result = detail::floor_modulo(a, b);
    return true;
  }
  static Ref<Int> ints(const Int& a, const Int& b) {
    require_divisor(b, "integer modulo by zero");
    return detail::divide_ints(a, b, detail::DivmodPart::kRemainder).remainder;
  }
};

struct LeftShift {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) {
    return b >= 0 && !detail::shift_left_overflow(a, b, result);
  }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::shift_int_left(a, b); }
};

struct RightShift {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) {
    if (b < 0) return false;
    *result = detail::shift_right(a, b);
    return true;
  }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::shift_int_right(a, b); }
};

struct BitAnd {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) { return *result = a & b, true; }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::and_ints(a, b); }
};

struct BitOr {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) { return *result = a | b, true; }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::or_ints(a, b); }
};

struct BitXor {
  static bool small(std::int64_t a, std::int64_t b, std::int64_t* result) { return *result = a ^ b, true; }
  static Ref<Int> ints(const Int& a, const Int& b) { return detail::xor_ints(a, b); }
};

bool both_inline(const Int& a, const Int& b) noexcept { return ((a.flags | b.flags) & Int::kBigFlag) == 0; }

template <class Op>
Ref<> binary(Object& left, Object& right) {
  const Int* const a = as_int(left);
  const Int* const b = as_int(right);
  if (a == nullptr || b == nullptr) return {};
  std::int64_t result = 0;
  if (both_inline(*a, *b) && Op::small(a->value, b->value, &result)) [[likely]]
    return make_int(builtins_of(left), result);
  return Op::ints(*a, *b);
}

/// An operator of bool that gives a bool if both operands are.
template <class Op>
Ref<> binary_bool(Object& left, Object& right) {
  if (kind_of(left) != Kind::kBool || kind_of(right) != Kind::kBool) return binary<Op>(left, right);
  std::int64_t result = 0;
  static_cast<void>(Op::small(static_cast<Int&>(left).value, static_cast<Int&>(right).value, &result));
  return make_bool(builtins_of(left), result != 0);
}

Ref<> true_divide(Object& left, Object& right) {
  const Int* const a = as_int(left);
  const Int* const b = as_int(right);
  if (a == nullptr || b == nullptr) return {};
  if (both_inline(*a, *b) && b->value != 0 && detail::fits_double(a->value) && detail::fits_double(b->value))
    return make_float(builtins_of(left), static_cast<double>(a->value) / static_cast<double>(b->value));
  const double quotient = detail::with_standard_memory(
      heap_of(left), [&] { return detail::true_divide(detail::big_value(*a), detail::big_value(*b)); });
  return make_float(builtins_of(left), quotient);
}

Ref<> divmod(Object& left, Object& right) {
  const Int* const a = as_int(left);
  const Int* const b = as_int(right);
  if (a == nullptr || b == nullptr) return {};
  Builtins& builtins = builtins_of(left);
  require_divisor(*b, "integer division or modulo by zero");
  std::int64_t quotient = 0;
  detail::IntDivmod result;
  if (both_inline(*a, *b) && !detail::floor_divide_overflow(a->value, b->value, &quotient)) {
    result.quotient = make_int(builtins, quotient);
    result.remainder = make_int(builtins, detail::floor_modulo(a->value, b->value));
  } else {
    result = detail::divide_ints(*a, *b, detail::DivmodPart::kBoth);
  }
  return build_tuple(builtins, 2,
                     [&](std::size_t i) noexcept { return std::move(i == 0 ? result.quotient : result.remainder); });
}

Ref<> power(Object& left, Object& right) {
  const Int* const base = as_int(left);
  const Int* const exponent = as_int(right);
  if (base == nullptr || exponent == nullptr) return {};
  if (exponent->is_negative())
    return make_float(builtins_of(left), detail::float_power(to_double(*base), to_double(*exponent)));
  std::int64_t result = 0;
  if (both_inline(*base, *exponent) && !detail::power_overflow(base->value, exponent->value, &result))
    return make_int(builtins_of(left), result);
  return detail::with_standard_memory(heap_of(left), [&] {
    const detail::LongWork work(*base, *exponent);
    return detail::make_int(builtins_of(left), detail::power(detail::big_value(*base), detail::big_value(*exponent)));
  });
}

Ref<> plain(Object& object) { return exact_int(static_cast<Int&>(object)); }

Ref<> negated(Object& object) {
  const auto& value = static_cast<Int&>(object);
  std::int64_t result = 0;
  if (!value.is_big() && !detail::negate_overflow(value.value, &result)) return make_int(builtins_of(object), result);
  return detail::negate_int(value);
}

Ref<> absolute(Object& object) { return static_cast<Int&>(object).is_negative() ? negated(object) : plain(object); }

Ref<> invert(Object& object) {
  const auto& value = static_cast<Int&>(object);
  if (!value.is_big()) return make_int(builtins_of(object), ~value.value);
  return detail::invert_int(value);
}

Ref<> to_float(Object& object) { return make_float(builtins_of(object), to_double(static_cast<Int&>(object))); }

Ref<> int_repr(Object& object) { return int_to_text(static_cast<Int&>(object)); }
Ref<> bool_repr(Object& object) {
  return make_str_unchecked(builtins_of(object), static_cast<Int&>(object).value != 0 ? "True" : "False");
}
std::int64_t int_hash(Object& object) { return hash_of(static_cast<Int&>(object)); }
bool int_truth(Object& object) { return static_cast<Int&>(object).is_big() || static_cast<Int&>(object).value != 0; }

Answer int_compare(Object& left, Object& right, Comparison op) {
  const Int* const other = as_int(right);
  if (other == nullptr) return Answer::kNotImplemented;
  return detail::answer(compare_ints(static_cast<Int&>(left), *other), op);
}

constexpr NumberSlots kIntNumber = {
    .add = binary<Add>,
    .subtract = binary<Subtract>,
    .multiply = binary<Multiply>,
    .true_divide = true_divide,
    .floor_divide = binary<FloorDivide>,
    .remainder = binary<Remainder>,
    .divmod = divmod,
    .power = power,
    .left_shift = binary<LeftShift>,
    .right_shift = binary<RightShift>,
    .bit_and = binary<BitAnd>,
    .bit_or = binary<BitOr>,
    .bit_xor = binary<BitXor>,
    .negative = negated,
    .positive = plain,
    .absolute = absolute,
    .invert = invert,
    .to_int = plain,
    .to_float = to_float,
    .index = plain,
};

constexpr NumberSlots kBoolNumber = [] {
  NumberSlots slots = kIntNumber;
  slots.bit_and = binary_bool<BitAnd>;
  slots.bit_or = binary_bool<BitOr>;
  slots.bit_xor = binary_bool<BitXor>;
  return slots;
}();

constexpr std::string_view kIntDoc =
    "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no "
    "arguments\nare "
    "given.  If x is a number, return x.__int__().  For floating point\nnumbers, this truncates towards zero.\n\nIf x is "
    "not a number "
    "or if base is given, then x must be a string,\nbytes, or bytearray instance representing an integer literal in "
    "the\ngiven base.  The "
    "literal can be preceded by '+' or '-' and be surrounded\nby whitespace.  The base defaults to 10.  Valid bases are 0 "
    "and "
    "2-36.\nBase 0 means to interpret the base from the string as an integer literal.\n>>> int('0b100', base=0)\n4";

constexpr std::string_view kBoolDoc =
    "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\nThe builtins True and False are the "
    "only two "
    "instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.";

}  // namespace

constinit const TypeSlots detail::kIntSlots = {
    .name = "int",
    .kind = Kind::kInt,
    .flags = kBaseType | kNoWeakDerivedType,
    .doc = kIntDoc,
    .dismantle = detail::dismantle_as<Int, detail::release_int, detail::block_bytes_of_int>,
    .block_bytes = detail::block_bytes_of_int,
    .release = detail::release_int,
    .repr = int_repr,
    .hash = int_hash,
    .compare = int_compare,
    .truth = int_truth,
    .number = &kIntNumber,
    .construct = detail::construct_int,
    .attributes = &detail::kIntAttributes,
    .copy = &detail::kIntCopy,
    .short_text = detail::short_text_of_int,
};

constinit const TypeSlots detail::kBoolSlots = {
    .name = "bool",
    .kind = Kind::kBool,
    .size = sizeof(Int),
    .base = &detail::kIntSlots,
    .doc = kBoolDoc,
    .repr = bool_repr,
    .hash = int_hash,
    .compare = int_compare,
    .truth = int_truth,
    .number = &kBoolNumber,
    .construct = detail::construct_bool,
    .short_text = detail::short_text_of_bool,
};

}  // namespace ouro
