// The methods and properties of int (CPython: long_methods in Objects/longobject.c).
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/text/detail/format_value.h>

namespace ouro::detail {

namespace {

constexpr Attribute kAttributes[] = {
    method(
        "__format__(format_spec, /)", [](Int& value, Object& spec) { return format_as_int(value, spec); },
        "Convert to a string according to format_spec."),
    method(
        "bit_length()", [](Int& value) { return bit_length(value); },
        "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6"),
    method(
        "conjugate()", [](Int& value) { return exact_int(value); }, "Returns self, the complex conjugate of any int."),
    property(
        "denominator", [](Int&) { return 1; }, "the denominator of a rational number in lowest terms"),
    property(
        "imag", [](Int&) { return 0; }, "the imaginary part of a complex number"),
    property(
        "numerator", [](Int& value) { return exact_int(value); }, "the numerator of a rational number in lowest terms"),
    property(
        "real", [](Int& value) { return exact_int(value); }, "the real part of a complex number"),
};

}  // namespace

constinit const AttributeTable kIntAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
