// What types have as attributes because they are types: the table of `type` (type_attributes.cpp, type_methods.cpp).
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/attributes.h>

namespace ouro {
struct List;
}

namespace ouro::detail {

extern const AttributeTable kTypeAttributeTable;

/// `type.__subclasses__()`: the classes that derive from the type directly and still live, in the order in which they were
/// made. Of a built-in type it looks through the heap.
[[nodiscard]] Ref<List> subclasses_of(Type& type);
/// `isinstance(object, type)` without `__instancecheck__`: an object may say by `__class__` that it is of another type.
[[nodiscard]] bool is_real_instance(Object& object, const Type& type);
/// `issubclass(derived, type)` without `__subclasscheck__`: what is no type may say by `__bases__` what it derives from.
/// TypeError "issubclass() arg 1 must be a class".
[[nodiscard]] bool is_real_subclass(Object& derived, const Type& type);
/// `type.__bases__ = value`: classes whose objects have the same layout. TypeError "can only assign tuple to A.__bases__,
/// not int", "a __bases__ item causes an inheritance cycle", "__bases__ assignment: 'B' object layout differs from 'A'".
void set_bases(Class& type, Object& value);

}  // namespace ouro::detail
