// Class: a type made at run time.
//
//   Class ──> name, bases, mro, attributes          owned references; the mro begins with the class, so a class is a cycle
//     └── body: slots, special methods, shape       detail/class_body.h
//
// A class is an object like any other. Its instances own a count of it, so it lives as long as any of them; a class that is
// dropped is cyclic garbage, as in CPython. Attributes may be set at any time: what follows from them (which operations
// instances have, whether they have a finalizer) is brought up to date there and then, in all derived classes too.
//
// Laws
//   class-512: a Class is a small block.
//   special-current: a class's special methods are what looking them up along its MRO would find.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <initializer_list>
#include <span>
#include <string_view>

namespace ouro {

struct Dict;
struct Str;
struct Tuple;

namespace detail {
struct ClassBody;
struct NativeType;
}  // namespace detail

/// The object of a class: of a run-time class (its objects are `Instance`) or of a native one (class_<T>).
struct Class : Type {
  static constexpr std::string_view kErrorName = "type";

  Object* label;       ///< str: the name
  Object* bases;       ///< tuple of types
  Object* mro;         ///< tuple of types, the class itself first; null once the collector cleared the class
  Object* attributes;  ///< dict; null once the collector cleared the class
  detail::ClassBody* body;
  const detail::NativeType* native;  ///< what C++ struct its objects hold; null if they hold none

  /// Built-in types are none.
  [[nodiscard]] static bool is_layout_of(const Object& object) noexcept {
    return kind_of(object) == Kind::kType && static_cast<const Type&>(object).has(kClassType);
  }
};
static_assert(sizeof(Class) <= 512, "law class-512");

/// `object` as a class made at run time, or null: built-in types are none.
[[nodiscard]] inline Class* as_class(Object& object) noexcept {
  return Class::is_layout_of(object) ? static_cast<Class*>(&object) : nullptr;
}

/// The class of an object, or null if its type is built in.
[[nodiscard]] inline Class* class_of(const Object& object) noexcept {
  return object.type->has(kClassType) ? static_cast<Class*>(object.type) : nullptr;
}

/// `class name(bases): attributes`. No bases means `object`. The attributes are copied; those that have `__set_name__` are
/// told their names, and then a base's `__init_subclass__` is called with the class. What they throw passes on, as
/// RuntimeError "Error calling __set_name__ on 'Field' instance 'x' in 'A'" from the former. TypeError "duplicate base class
/// A", "Cannot create a consistent method resolution order (MRO) for bases A, B", "type 'bool' is not an acceptable base
/// type", "multiple bases have instance lay-out conflict". A base may be built in (int, float, str, tuple, list, dict):
/// derived.h.
[[nodiscard]] Ref<Class> make_class(Builtins& builtins, std::string_view name, std::span<Object* const> bases = {},
                                    Dict* attributes = nullptr);
[[nodiscard]] Ref<Class> make_class(Builtins& builtins, std::string_view name, std::initializer_list<Type*> bases);

/// The attribute `name` of a type, looked up along its MRO, borrowed; null if there is none. Constant time when the name is
/// interned and was asked for lately.
[[nodiscard]] Object* lookup(const Type& type, Str& name);

/// Sets an attribute of a class, or deletes it (null value). AttributeError if there is none to delete.
void set_class_attribute(Class& type, Str& name, Object* value);

/// The types along which attributes of `type` are looked up, `type` first. Borrowed; for built-in types a new tuple.
[[nodiscard]] Ref<Tuple> mro_of(Type& type);

}  // namespace ouro
