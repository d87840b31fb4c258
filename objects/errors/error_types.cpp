// The types that a runtime makes of types of errors, when it is asked for them.
#include <ouro/base/error.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/errors/detail/exception_parts.h>

#include <array>

namespace ouro {

namespace {

/// The slots of a layout that begins with this type of errors; null: it has that of its base.
const TypeSlots* slots_of_layout(const ErrorType& error) noexcept {
  if (&error != &error_type(error.kind)) return nullptr;
  switch (error.kind) {
    case ErrorKind::kStopIteration:
      return &detail::kStopIterationSlots;
    case ErrorKind::kSystemExit:
      return &detail::kSystemExitSlots;
    case ErrorKind::kKeyError:
      return &detail::kKeyErrorSlots;
    case ErrorKind::kMemoryError:
      return &detail::kMemoryErrorSlots;
    case ErrorKind::kImportError:
      return &detail::kImportErrorSlots;
    case ErrorKind::kNameError:
      return &detail::kNameErrorSlots;
    case ErrorKind::kAttributeError:
      return &detail::kAttributeErrorSlots;
    case ErrorKind::kOSError:
      return &detail::kOsErrorSlots;
    case ErrorKind::kSyntaxError:
      return &detail::kSyntaxErrorSlots;
    case ErrorKind::kUnicodeDecodeError:
      return &detail::kUnicodeDecodeErrorSlots;
    case ErrorKind::kUnicodeEncodeError:
      return &detail::kUnicodeEncodeErrorSlots;
    case ErrorKind::kUnicodeTranslateError:
      return &detail::kUnicodeTranslateErrorSlots;
    case ErrorKind::kBaseExceptionGroup:
      return &detail::kExceptionGroupSlots;
    default:
      return nullptr;
  }
}

Type* second_base_slot(const Type& type) noexcept {
  for (const Type* step = &type; step != nullptr; step = step->base)
    if (const ErrorType* const error = error_type_of(*step))
      return error->second_base != nullptr ? &type.heap->builtins->type(error->second_base->kind) : nullptr;
  return nullptr;
}

void fill_slots(ErrorTypePlace& place, const ErrorType& error, const TypeSlots& base) noexcept {
  const TypeSlots* const layout = slots_of_layout(error);
  place.slots = layout != nullptr ? *layout : base;
  if (layout == nullptr) {
    place.slots.attributes = nullptr;
    place.slots.second_base = error.second_base != nullptr ? second_base_slot : nullptr;
  }
  place.slots.name = error.name;
  place.slots.doc = error.doc;
  place.slots.base = &base;
  if (error.kind == ErrorKind::kExceptionGroup) place.slots.flags |= kWeakableType;  // CPython makes it like a class
  place.error = &error;
}

/// The type at a place. Makes it if this runtime asks for the first time.
Type& type_at(const Builtins& builtins, ErrorTypePlace& place, const ErrorType& error, Type& base) noexcept {
  if (place.error == nullptr) fill_slots(place, error, *base.slots);
  Type& type = place.type;
  if (type.slots != nullptr) return type;
  type.refcount = kImmortalCount;
  type.Object::type = &builtins.type(Kind::kType);
  type.describe(place.slots, builtins.heap, &base);
  type.made = type.freed = type.finalized = 0;
  use_error_type(*builtins.immortals, place);
  return type;
}

}  // namespace

Type& Builtins::type(ErrorKind kind) const noexcept {
  if (kind == ErrorKind::kBaseException) return type(Kind::kBaseException);
  const ErrorType& error = error_type(kind);
  ErrorTypePlace& place = *error_type_place(*immortals, error);
  if (place.type.slots != nullptr) [[likely]]
    return place.type;
  return type_at(*this, place, error, type(error.base->kind));
}

Type& Builtins::type(const ErrorType& error) const {
  if (&error == &error_type(error.kind)) return type(error.kind);
  Type& base = type(*error.base);
  ErrorTypePlace* const place = error_type_place(*immortals, error);
  if (place == nullptr) raise_out_of_memory();
  return type_at(*this, *place, error, base);
}

}  // namespace ouro
