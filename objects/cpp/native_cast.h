// From an object of a native class to the C++ value inside it.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/model/object.h>

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

}  // namespace detail

/// The T inside an object of the class that class_<T> made, or null if it is something else.
template <class T>
[[nodiscard]] inline T* native_cast(Object& object) noexcept {
  const Class* const type = class_of(object);
  if (type == nullptr || type->native == nullptr || *type->native != typeid(T)) return nullptr;
  return &detail::native_value<T>(object);
}

}  // namespace ouro
