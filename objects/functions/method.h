// Method: a function bound to the object it was found on.
#pragma once

#include <ouro/objects/core/kind.h>
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

/// True of functions: those of C++, and those of a language above the library, whose type says so (kFunctionType).
[[nodiscard]] inline bool is_function(const Object& object) noexcept {
  return object.type->kind == Kind::kFunction || object.type->has(kFunctionType);
}

namespace detail {

// The descriptor protocol: what an attribute does that was found on a class. Functions, properties and objects whose class
// has `__get__`, `__set__` or `__delete__` are descriptors. `found` is held while its code runs.

/// True if `value` is, or may become, a data descriptor: then its class has to be asked before the instance.
[[nodiscard]] bool may_guard(const Object& value) noexcept;
/// True if reading asks it before the instance's own value: a property, or what has `__get__` and `__set__` or `__delete__`.
[[nodiscard]] bool is_read_first(const Object& found) noexcept;

/// What reading it from an object of the class gives: a function is bound, a property called, `__get__` called, all else as
/// it is.
[[nodiscard]] Ref<> bind(Object& found, Object& self);
/// What reading it from the class itself gives: `__get__(None, type)` called, all else as it is.
[[nodiscard]] Ref<> bind_to_class(Object& found, Type& type);

/// If `found` is a data descriptor, sets through it (or deletes, for a null value) and returns true. AttributeError
/// "property 'x' of 'Foo' object has no setter", "__set__" for a class that only has `__delete__`.
bool set_through(Object& found, Object& self, Str& name, Object* value);

}  // namespace detail

}  // namespace ouro
