// Which objects can stand for a position or a number, and which have a length (CPython: PyIndex_Check, PyNumber_Check,
// _PyObject_HasLen).
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

/// True if the type of the object has an `__index__`.
[[nodiscard]] inline bool has_index(const Object& object) noexcept {
  const NumberSlots* const number = object.type->slots->number;
  return number != nullptr && number->index != nullptr;
}

/// True of what can be made a number (CPython: PyNumber_Check).
[[nodiscard]] inline bool has_number(const Object& object) noexcept {
  const NumberSlots* const number = object.type->slots->number;
  return kind_of(object) == Kind::kComplex ||
         (number != nullptr && (number->index != nullptr || number->to_int != nullptr || number->to_float != nullptr));
}

/// True if `len(object)` is more than a TypeError.
[[nodiscard]] inline bool has_length(const Object& object) noexcept {
  const TypeSlots& slots = *object.type->slots;
  return (slots.sequence != nullptr && slots.sequence->length != nullptr) ||
         (slots.mapping != nullptr && slots.mapping->length != nullptr);
}

}  // namespace ouro::detail
