// Derived: objects of classes made at run time that derive from a built-in type (`class Stack(list)`).
//
//   offset 0        16                        n
//          +--------+-------------------------+------+---------+--
//          | header | what the base has ...   | dict | members ...    n: the bytes of the base, its items included
//          +--------+-------------------------+------+---------+--
//
// The layout of the built-in type stands in front, so that its methods and the C++ functions for it work on such objects;
// the attributes lie in a dict behind, which is made when it is first asked for. Such an object always is a container, also
// where the built-in type's are atoms: its dict may lead back to it. It owns a count of its class.
//
// What a class does not say by special methods its built-in base does: the slots of a class are those of the base where no
// special method stands (special_slots.cpp). `TypeSlots::base` of a class leads to them.
//
// Laws
//   base-in-front: an object of a class has the layout of the built-in type that its class's slots name as base, at its
//     beginning.
//   made-once: the dict of an object is made once, whatever making it collects.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro {

struct Dict;
struct Str;

/// True if the objects of a type begin with the layout of a built-in type and are of a class made at run time.
[[nodiscard]] inline bool derives_from_builtin(const Type& type) noexcept {
  return type.has(kClassType) && type.slots->base != nullptr;
}

namespace detail {

/// What objects of a class that derives from the type of `base` do and have, special methods apart.
[[nodiscard]] TypeSlots derived_slots(const TypeSlots& base) noexcept;

/// Where the `__dict__` of an object lies, null if it has not been made; no place at all for objects that have none (atoms,
/// lists) or keep their attributes elsewhere (instances).
[[nodiscard]] Object** dict_slot(const Object& object) noexcept;

/// The places behind what the base has: of the `__dict__`, then of the members that `__slots__` name.
[[nodiscard]] EdgeRun places_behind(const Object& object) noexcept;

/// The `__dict__` of an object that has a place for it, made if need be. Throws MemoryError.
[[nodiscard]] Ref<Dict> dict_of_derived(Object& object);

/// The slots `get_attribute` and `set_attribute` for objects that have a place for a `__dict__` (CPython:
/// PyObject_GenericGetAttr): a data descriptor of the type, else the object's own attribute, else the type's, bound.
[[nodiscard]] Ref<> get_attribute_with_dict(Object& object, Object& name);
void set_attribute_with_dict(Object& object, Object& name, Object* value);

}  // namespace detail

}  // namespace ouro
