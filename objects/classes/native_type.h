// NativeType: what the library knows of a C++ struct whose values lie in objects, and of the C++ types it derives from.
//
// There is one for each class_<T, Bases...>, constant. A class made at run time that derives from a native one has the
// NativeType of that. `native_cast` finds a C++ base through it.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <span>
#include <typeinfo>

namespace ouro {
struct Class;
}

namespace ouro::detail {

struct NativeType {
  /// A C++ base of the struct.
  struct Base {
    const std::type_info* type;
    void* (*cast)(void* value) noexcept;  ///< from the struct to it
  };

  const std::type_info* type;
  const TypeSlots* slots;  ///< behaviour of its objects, special methods apart
  std::span<const Base> bases;
  /// A new object whose struct is made out of another: copied or moved. Null if C++ cannot do that.
  Ref<> (*make_copy)(Type& type, const void* from);
  Ref<> (*make_moved)(Type& type, void* from);
};

/// The behaviour of objects of run-time classes that derive from a native one: those have a `__dict__` behind the struct.
[[nodiscard]] TypeSlots slots_of_native_subclass(const NativeType& native) noexcept;

}  // namespace ouro::detail
