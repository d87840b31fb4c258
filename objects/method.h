// Method: a function bound to the object it was found on.
#pragma once

#include <ouro/objects/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro {

struct Str;

/// The object of a bound method. Calling it calls the function with `self` in front.
struct Method : Object {
  static constexpr Kind kKind = Kind::kMethod;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* function;  ///< owned
  Object* self;      ///< owned
};
static_assert(sizeof(Method) == 32);

/// `function` bound to `self`. Throws MemoryError.
[[nodiscard]] Ref<Method> make_method(Object& function, Object& self);

namespace detail {

/// What reading an attribute gives that was found on the object's class: a function is bound, a property called, all else
/// as it is.
[[nodiscard]] Ref<> bind(Object& found, Object& self);

/// If `found` is a property, sets it (or, for a null value, refuses to delete it) and returns true.
/// AttributeError "property 'x' of 'Foo' object has no setter".
bool set_property(Object& found, Object& self, Str& name, Object* value);

}  // namespace detail

}  // namespace ouro
