// Which objects can stand for a position, and which have a length (CPython: PyIndex_Check, _PyObject_HasLen).
#pragma once

#include <ouro/objects/model/type.h>

namespace ouro::detail {

/// True if the type of the object has an `__index__`.
[[nodiscard]] inline bool has_index(const Object& object) noexcept {
  const NumberSlots* const number = object.type->slots->number;
  return number != nullptr && number->index != nullptr;
}

/// True if `len(object)` is more than a TypeError.
[[nodiscard]] inline bool has_length(const Object& object) noexcept {
  const TypeSlots& slots = *object.type->slots;
  return (slots.sequence != nullptr && slots.sequence->length != nullptr) ||
         (slots.mapping != nullptr && slots.mapping->length != nullptr);
}

}  // namespace ouro::detail
