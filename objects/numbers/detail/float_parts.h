// What the sources of float and complex share among themselves.
#pragma once

#include <ouro/objects/messages/copied.h>
#include <ouro/objects/numbers/float.h>

namespace ouro::detail {

/// `float(x)`.
[[nodiscard]] Ref<> construct_float(Type& type, const Arguments& arguments);
/// `float(value)` (CPython: PyNumber_Float). The caller holds the value.
[[nodiscard]] Ref<> float_of_object(Builtins& builtins, Object& value);
/// The value of what a C function takes for a real number: `__float__` or `__index__` gives it (CPython: PyFloat_AsDouble).
/// TypeError "must be real number, not str". The caller holds the number.
[[nodiscard]] double real_number(Object& number);
/// The value as a float: itself, unless it is of a class that derives from float.
[[nodiscard]] Ref<> exact_float(Object& value);
/// `number.__round__(digits)`; null digits: none.
[[nodiscard]] Ref<> rounded_float(Float& number, Object* digits);
/// `hash` of a float of this value that belongs to an object: a nan hashes by the object's identity.
[[nodiscard]] std::int64_t hash_part(double value, const void* object) noexcept;

extern const AttributeTable kFloatAttributes;
extern const CopySlots kFloatCopy;

}  // namespace ouro::detail
