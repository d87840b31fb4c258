// The methods and properties of float (CPython: float_methods in Objects/floatobject.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/float_hex.h>
#include <ouro/objects/numbers/detail/float_math.h>
#include <ouro/objects/numbers/detail/float_parts.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ouro::detail {

namespace {

/// How many trailing zeros the whole number has. `whole` != 0.
int zeros_of(double whole) noexcept { return std::countr_zero(static_cast<std::uint64_t>(std::fabs(whole))); }

Ref<> ratio_of(Float& number) {
  const double value = number.value;
  if (std::isinf(value)) raise(ErrorKind::kOverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(value)) raise(ErrorKind::kValueError, "cannot convert NaN to integer ratio");
  Builtins& builtins = builtins_of(number);
  int exponent = 0;
  double whole = std::ldexp(std::frexp(value, &exponent), std::numeric_limits<double>::digits);
  exponent -= std::numeric_limits<double>::digits;
  if (whole != 0 && exponent < 0) {
    const int common = std::min(zeros_of(whole), -exponent);
    whole = std::ldexp(whole, -common);
    exponent += common;
  }
  if (whole == 0) exponent = 0;
  const auto shifted = [&](double base, int count) {
    return with_standard_memory(
        builtins.heap, [&] { return make_int(builtins, BigInt(static_cast<std::int64_t>(base)) << std::max(count, 0)); });
  };
  const Ref<> numerator = shifted(whole, exponent);
  const Ref<> denominator = shifted(1, -exponent);
  return make_tuple(builtins, {numerator.get(), denominator.get()});
}

Ref<> to_hex(Float& number) {
  char text[kHexTextMax];
  return make_str_unchecked(builtins_of(number), {text, write_hex(number.value, text)});
}

Ref<> from_hex(Type& type, Object& digits) {
  if (!is<Str>(digits)) raise(ErrorKind::kTypeError, "bad argument type for built-in operation");
  Ref<> made = make_float(*type.heap->builtins, parse_hex(text(static_cast<const Str&>(digits))));
  if (type.exact == Kind::kFloat && !type.has(kClassType)) return made;
  Object* const given[] = {made.get()};
  return call(type, Arguments{given, {}, {}});
}

Ref<> format_name(Type& type, Object& name) {
  const Str* const given = as<Str>(name);
  if (given == nullptr)
    raise(ErrorKind::kTypeError,
          fmt::format("__getformat__() argument must be str, not {}", is_none(name) ? "None" : name.type->name));
  if (text(*given) != "double" && text(*given) != "float")
    raise(ErrorKind::kValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  constexpr bool kLittle = std::endian::native == std::endian::little;
  return make_str_unchecked(*type.heap->builtins, kLittle ? "IEEE, little-endian" : "IEEE, big-endian");
}

Ref<> whole_part(const Float& number, double whole) { return int_from_double(builtins_of(number), whole); }

constexpr Attribute kAttributes[] = {
    method(
        "conjugate()", [](Float& value) { return exact_float(value); }, "Return self, the complex conjugate of any float."),
    method(
        "__trunc__()", [](Float& value) { return whole_part(value, value.value); },
        "Return the Integral closest to x between 0 and x."),
    method(
        "__floor__()", [](Float& value) { return whole_part(value, std::floor(value.value)); },
        "Return the floor as an Integral."),
    method(
        "__ceil__()", [](Float& value) { return whole_part(value, std::ceil(value.value)); },
        "Return the ceiling as an Integral."),
    method(
        "__round__(ndigits=None, /)", [](Float& value, Object* digits) { return rounded_float(value, digits); },
        "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in "
        "round(x, ndigits)."),
    method(
        "as_integer_ratio()", [](Float& value) { return ratio_of(value); },
        "Return integer ratio.\n\nReturn a pair of integers, whose ratio is exactly equal to the original float\nand with a "
        "positive denominator.\n\nRaise OverflowError on infinities and a ValueError on NaNs.\n\n>>> "
        "(10.0).as_integer_ratio()\n(10, 1)\n>>> (0.0).as_integer_ratio()\n(0, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)"),
    class_method(
        "fromhex(string, /)", [](Type& type, Object& digits) { return from_hex(type, digits); },
        "Create a floating-point number from a hexadecimal string.\n\n>>> "
        "float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324"),
    method(
        "hex()", [](Float& value) { return to_hex(value); },
        "Return a hexadecimal representation of a floating-point number.\n\n>>> "
        "(-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> 3.14159.hex()\n'0x1.921f9f01b866ep+1'"),
    method(
        "is_integer()", [](Float& value) { return is_whole(value.value); }, "Return True if the float is an integer."),
    method(
        "__getnewargs__()",
        [](Float& value) {
          const Ref<> exact = make_float(builtins_of(value), value.value);
          return make_tuple(builtins_of(value), {exact.get()});
        },
        ""),
    class_method(
        "__getformat__(typestr, /)", [](Type& type, Object& name) { return format_name(type, name); },
        "You probably don't want to use this function.\n\n  typestr\n    Must be 'double' or 'float'.\n\nIt exists mainly "
        "to "
        "be used in Python's test suite.\n\nThis function returns whichever of 'unknown', 'IEEE, big-endian' or "
        "'IEEE,\nlittle-endian' best describes the format of floating point numbers used by the\nC type named by typestr."),
    method(
        "__format__(format_spec, /)", [](Float& value, Object& spec) { return detail::format_as_float(value, spec); },
        "Convert to a string according to format_spec."),
    property(
        "real", [](Float& value) { return exact_float(value); }, "the real part of a complex number"),
    property(
        "imag", [](Float&) { return 0.0; }, "the imaginary part of a complex number"),
};

}  // namespace

Ref<> rounded_float(Float& number, Object* digits) {
  if (digits == nullptr || is_none(*digits)) return whole_part(number, float_round(number.value));
  const Ref<Int> count = index(*digits);
  const std::int64_t clipped = !count->is_big() ? count->value : count->is_negative() ? kInt64Min : kInt64Max;
  return make_float(builtins_of(number), float_round(number.value, clipped));
}

constinit const AttributeTable kFloatAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
