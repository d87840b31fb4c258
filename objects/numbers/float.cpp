// The slots of float: arithmetic, comparison, hash, text.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/identity_hash.h>
#include <ouro/objects/core/ordering.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/numbers/complex.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/complex_math.h>
#include <ouro/objects/numbers/detail/float_math.h>
#include <ouro/objects/numbers/detail/float_parts.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/detail/numeric_hash.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <cmath>
#include <string>

namespace ouro {

namespace {

/// Stores the value of a float or int; false if `object` is neither. OverflowError for a big int.
bool read_number(const Object& object, double* value) {
  if (const Float* const number = as<Float>(object)) return *value = number->value, true;
  const Int* const number = as_int(object);
  if (number == nullptr) return false;
  *value = to_double(*number);
  return true;
}

/// A slot that applies `compute(double, double)` to two numbers of which at least one is a float.
template <auto compute>
Ref<> binary(Object& left, Object& right) {
  double a = 0;
  double b = 0;
  if (!read_number(left, &a) || !read_number(right, &b)) return {};
  return make_float(builtins_of(left), compute(a, b));
}

constexpr auto add = [](double a, double b) noexcept { return a + b; };
constexpr auto subtract = [](double a, double b) noexcept { return a - b; };
constexpr auto multiply = [](double a, double b) noexcept { return a * b; };

Ref<> divmod(Object& left, Object& right) {
  double a = 0;
  double b = 0;
  if (!read_number(left, &a) || !read_number(right, &b)) return {};
  const detail::FloatDivmod result = detail::float_divmod(a, b);
  const Ref<> quotient = make_float(builtins_of(left), result.quotient);
  const Ref<> remainder = make_float(builtins_of(left), result.remainder);
  return make_tuple(builtins_of(left), {quotient.get(), remainder.get()});
}

Ref<> negative(Object& object) { return make_float(builtins_of(object), -static_cast<Float&>(object).value); }
Ref<> absolute(Object& object) { return make_float(builtins_of(object), std::fabs(static_cast<Float&>(object).value)); }
Ref<> to_int(Object& object) { return int_from_double(builtins_of(object), static_cast<Float&>(object).value); }

Ref<> float_repr(Object& object) { return float_to_text(static_cast<Float&>(object)); }
std::int64_t float_hash(Object& object) { return hash_of(static_cast<Float&>(object)); }
bool float_truth(Object& object) { return static_cast<Float&>(object).value != 0; }

/// How an int of any size compares with a float: by exact value.
std::partial_ordering compare_exactly(const Int& left, double right) {
  if (!left.is_big()) return detail::compare(left.value, right);
  return detail::with_standard_memory(heap_of(left), [&] { return detail::compare(detail::big_value(left), right); });
}

Answer float_compare(Object& left, Object& right, Comparison op) {
  const double value = static_cast<Float&>(left).value;
  if (const Float* const other = as<Float>(right)) return detail::answer(value <=> other->value, op);
  if (const Int* const other = as_int(right)) return detail::answer(0 <=> compare_exactly(*other, value), op);
  return Answer::kNotImplemented;
}

/// A negative number to a broken power is complex.
Ref<> power(Object& left, Object& right) {
  double base = 0;
  double exponent = 0;
  if (!read_number(left, &base) || !read_number(right, &exponent)) return {};
  if (detail::power_is_complex(base, exponent))
    return make_complex(builtins_of(left), detail::complex_power({base, 0}, {exponent, 0}));
  return make_float(builtins_of(left), detail::float_power(base, exponent));
}

constexpr NumberSlots kFloatNumber = {
    .add = binary<add>,
    .subtract = binary<subtract>,
    .multiply = binary<multiply>,
    .true_divide = binary<detail::float_true_divide>,
    .floor_divide = binary<detail::float_floor_divide>,
    .remainder = binary<detail::float_modulo>,
    .divmod = divmod,
    .power = power,
    .negative = negative,
    .positive = detail::exact_float,
    .absolute = absolute,
    .to_int = to_int,
    .to_float = detail::exact_float,
};

}  // namespace

Ref<Float> float_from_text(Builtins& builtins, std::string_view text) {
  if (const detail::Utf8Check check = detail::check_utf8(text); check.fault != detail::Utf8Fault::kNone)
    detail::raise_bad_utf8(text, check);
  const std::optional<double> value = detail::with_standard_memory(builtins.heap, [&] { return detail::parse_float(text); });
  if (!value) detail::raise_bad_float(text);
  return make_float(builtins, *value);
}

Ref<Str> float_to_text(const Float& value) {
  char text[detail::kFloatTextMax];
  return make_str_unchecked(builtins_of(value), {text, detail::write_float(value.value, text)});
}

double to_double(const Object& number) {
  double value = 0;
  if (!read_number(number, &value))
    raise(ErrorKind::kTypeError, "must be real number, not " + std::string(number.type->name));
  return value;
}

std::int64_t detail::hash_part(double value, const void* object) noexcept {
  const std::optional<std::int64_t> hash = hash_double(value);
  return hash ? *hash : identity_hash(object);
}

std::int64_t hash_of(const Float& value) noexcept { return detail::hash_part(value.value, &value); }

namespace {

std::string float_short_text(const Object& object) {
  char text[detail::kFloatTextMax];
  return {text, detail::write_float(static_cast<const Float&>(object).value, text)};
}

}  // namespace

constinit const TypeSlots detail::kFloatSlots = {
    .name = "float",
    .kind = Kind::kFloat,
    .flags = kBaseType,
    .size = sizeof(Float),
    .doc = "Convert a string or number to a floating point number, if possible.",
    .dismantle = detail::dismantle_as<Float>,
    .repr = float_repr,
    .hash = float_hash,
    .compare = float_compare,
    .truth = float_truth,
    .number = &kFloatNumber,
    .construct = detail::construct_float,
    .attributes = &detail::kFloatAttributes,
    .copy = &detail::kFloatCopy,
    .short_text = float_short_text,
};

}  // namespace ouro
