// From an object of a native class to the C++ value inside it.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/model/object.h>

#include <string>
#include <string_view>
#include <typeinfo>

namespace ouro {

namespace detail {

/// The value lies right behind the header.
template <class T>
[[nodiscard]] inline T& native_value(Object& object) noexcept {
  static_assert(alignof(T) <= 8, "Ouroboros: blocks are aligned to 8 bytes; hold over-aligned data by std::unique_ptr");
  return *reinterpret_cast<T*>(&object + 1);
}

/// The object that holds a value of a native class.
template <class T>
[[nodiscard]] inline Object& object_of(T& value) noexcept {
  return *(reinterpret_cast<Object*>(&value) - 1);
}

/// The name of a C++ type without its namespaces: "Node".
[[nodiscard]] std::string_view short_name(const std::type_info& type, std::string& room);

/// The part of the value inside an object of `type` that is of a C++ base type, of whatever base of a base; null if it has
/// none. Linear in these.
[[nodiscard]] void* find_native_base(const Class& type, const std::type_info& base, void* value) noexcept;

}  // namespace detail

/// The T inside an object of the class that class_<T> made, or of one whose struct derives from T by `class_<U, T>`; null if
/// it is something else.
template <class T>
[[nodiscard]] inline T* native_cast(Object& object) noexcept {
  const Class* const type = class_of(object);
  if (type == nullptr || type->native == nullptr) return nullptr;
  if (*type->native->type == typeid(T)) return &detail::native_value<T>(object);
  return static_cast<T*>(detail::find_native_base(*type, typeid(T), &object + 1));
}

}  // namespace ouro
