// The methods and properties of int (CPython: long_methods in Objects/longobject.c).
#include <ouro/objects/bytes/detail/int_bytes.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/int_parts.h>

namespace ouro::detail {

namespace {

constexpr Attribute kAttributes[] = {
    method(
        "bit_length()", [](Int& value) { return bit_length(value); },
        "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6"),
    method(
        "conjugate()", [](Int& value) { return exact_int(value); }, "Returns self, the complex conjugate of any int."),
    property(
        "denominator", [](Int&) { return 1; }, "the denominator of a rational number in lowest terms"),
    class_method(
        "from_bytes(bytes, byteorder='big', *, signed=False)",
        [](Type& type, Object& bytes, Object* order, Object* is_signed) {
          return int_from_bytes(type, bytes, order, is_signed);
        },
        "Return the integer represented by the given array of bytes."),
    property(
        "imag", [](Int&) { return 0; }, "the imaginary part of a complex number"),
    property(
        "numerator", [](Int& value) { return exact_int(value); }, "the numerator of a rational number in lowest terms"),
    property(
        "real", [](Int& value) { return exact_int(value); }, "the real part of a complex number"),
    method(
        "to_bytes(length=1, byteorder='big', *, signed=False)",
        [](Int& value, Object* length, Object* order, Object* is_signed) {
          return int_to_bytes(value, length, order, is_signed);
        },
        "Return an array of bytes representing an integer."),
};

}  // namespace

constinit const AttributeTable kIntAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
