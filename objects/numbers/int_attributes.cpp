// The methods and properties of int (CPython: long_methods in Objects/longobject.c).
#include <ouro/objects/bytes/detail/int_bytes.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/big_arithmetic.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/numbers/detail/new_int.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <ouro/objects/text/detail/format_value.h>

#include <bit>

namespace ouro::detail {

namespace {

std::uint64_t bit_count(const Int& value) noexcept {
  if (!value.is_big()) return static_cast<std::uint64_t>(std::popcount(magnitude_of(value.value)));
  std::uint64_t count = 0;
  for (const Limb limb : digits_of(value)) count += static_cast<std::uint64_t>(std::popcount(limb));
  return count;
}

/// The multiple of 10**places that is nearest to the value, half to even. `places` > 0.
Ref<Int> round_to_tens(const Int& value, std::uint64_t places) {
  Builtins& builtins = builtins_of(value);
  const Ref<Int> ten_power = make_int(builtins, power(BigInt(10), BigInt(places)));
  IntDivmod parts = divide_ints(value, *ten_power, DivmodPart::kBoth);
  const std::strong_ordering order = compare_ints(*add_ints(*parts.remainder, *parts.remainder), *ten_power);
  const bool is_odd = (Magnitude(*parts.quotient).data()[0] & 1) != 0;
  if (order > 0 || (order == 0 && is_odd)) parts.quotient = add_ints(*parts.quotient, *ouro::make_int(builtins, 1));
  return multiply_ints(*parts.quotient, *ten_power);
}

/// True if 10**places is more than twice the value: then it rounds to 0. Sure for what is far from it only.
bool rounds_to_zero(const Int& value, const Int& negative_places) noexcept {
  if (negative_places.is_big()) return true;
  return magnitude_of(negative_places.value) > (bit_length(value) + 1) / 3 + 1;  // 10**n > 2**(3 * n)
}

constexpr Attribute kAttributes[] = {
    method(
        "conjugate()", [](Int& value) { return exact_int(value); }, "Returns self, the complex conjugate of any int."),
    method(
        "bit_length()", [](Int& value) { return bit_length(value); },
        "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6"),
    method(
        "bit_count()", [](Int& value) { return bit_count(value); },
        "Number of ones in the binary representation of the absolute value of self.\n\nAlso known as the population "
        "count.\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3"),
    method(
        "to_bytes(length=1, byteorder='big', *, signed=False)",
        [](Int& value, Object* length, Object* order, Object* is_signed) {
          return int_to_bytes(value, length, order, is_signed);
        },
        "Return an array of bytes representing an integer."),
    class_method(
        "from_bytes(bytes, byteorder='big', *, signed=False)",
        [](Type& type, Object& bytes, Object* order, Object* is_signed) {
          return int_from_bytes(type, bytes, order, is_signed);
        },
        "Return the integer represented by the given array of bytes."),
    method(
        "as_integer_ratio()",
        [](Int& value) {
          const Ref<> exact = exact_int(value);
          const Ref<> one = make_int(builtins_of(value), 1);
          return make_tuple(builtins_of(value), {exact.get(), one.get()});
        },
        "Return integer ratio.\n\nReturn a pair of integers, whose ratio is exactly equal to the original int\nand with a "
        "positive denominator.\n\n>>> (10).as_integer_ratio()\n(10, 1)\n>>> (-10).as_integer_ratio()\n(-10, 1)\n>>> "
        "(0).as_integer_ratio()\n(0, 1)"),
    method(
        "__trunc__()", [](Int& value) { return exact_int(value); }, "Truncating an Integral returns itself."),
    method(
        "__floor__()", [](Int& value) { return exact_int(value); }, "Flooring an Integral returns itself."),
    method(
        "__ceil__()", [](Int& value) { return exact_int(value); }, "Ceiling of an Integral returns itself."),
    method(
        "__round__(ndigits=<unrepresentable>, /)", [](Int& value, Object* digits) { return rounded_int(value, digits); },
        "Rounding an Integral returns itself.\n\nRounding with an ndigits argument also returns an integer."),
    method(
        "__getnewargs__()",
        [](Int& value) {
          const Ref<> exact = exact_int(value);
          return make_tuple(builtins_of(value), {exact.get()});
        },
        ""),
    method(
        "__format__(format_spec, /)", [](Int& value, Object& spec) { return format_as_int(value, spec); },
        "Convert to a string according to format_spec."),
    method(
        "__sizeof__()",
        [](Int& value) {
          const bool has_buffer = value.is_big() && (value.flags & kStorageFlag) != 0;
          return block_bytes(value) + (has_buffer ? sizeof(BigDigits) + digits_of(value).size_bytes() : 0);
        },
        "Returns size in memory, in bytes."),
    property(
        "real", [](Int& value) { return exact_int(value); }, "the real part of a complex number"),
    property(
        "imag", [](Int&) { return 0; }, "the imaginary part of a complex number"),
    property(
        "numerator", [](Int& value) { return exact_int(value); }, "the numerator of a rational number in lowest terms"),
    property(
        "denominator", [](Int&) { return 1; }, "the denominator of a rational number in lowest terms"),
};

}  // namespace

Ref<> rounded_int(Int& value, Object* digits) {
  if (digits == nullptr) return exact_int(value);
  const Ref<Int> places = index(*digits);
  if (!places->is_negative()) return exact_int(value);
  Builtins& builtins = builtins_of(value);
  if (rounds_to_zero(value, *places)) return ouro::make_int(builtins, 0);
  return with_standard_memory(builtins.heap, [&] { return round_to_tens(value, magnitude_of(places->value)); });
}

constinit const AttributeTable kIntAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
