// What the sources of complex share among themselves.
#pragma once

#include <ouro/objects/messages/copied.h>
#include <ouro/objects/numbers/complex.h>

namespace ouro::detail {

/// `complex(real, imag)`.
[[nodiscard]] Ref<> construct_complex(Type& type, const Arguments& arguments);
/// The value of a complex, int or float; false if `object` is none. OverflowError for a big int.
[[nodiscard]] bool read_complex(const Object& object, ComplexValue* value);

extern const AttributeTable kComplexAttributes;
extern const CopySlots kComplexCopy;

}  // namespace ouro::detail
