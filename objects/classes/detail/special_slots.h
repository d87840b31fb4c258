// What the slots that call special methods share.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/functions/detail/invoke.h>

namespace ouro::detail {

/// The special method of an object of a class, borrowed, or null.
[[nodiscard]] inline Object* special_method(const Object& self, Special which) noexcept {
  return static_cast<const Class*>(self.type)->body->method(which);
}

/// Calls the special method, bound to `self`, which is held meanwhile with the up to two arguments. AttributeError
/// "__getitem__" if there is none any more.
Ref<> call_special(Object& self, Special which, std::initializer_list<Object*> rest = {});
/// The same; an empty handle is a failure (objects/model/failure.h).
[[nodiscard]] Ref<> call_special_or_fail(Object& self, Special which, std::initializer_list<Object*> rest = {});

/// Sets the slots of arithmetic in `body`.
void connect_numbers(ClassBody& body) noexcept;

/// Attributes of an object of a class without `__getattribute__`, `__getattr__`, `__setattr__` and `__delattr__`: of an
/// instance its own and its class's, of a native object those of its class. An empty result or a null value mean what they
/// mean to the slots, and so may they fail.
[[nodiscard]] Ref<> plain_get(Object& self, Object& name);
void plain_set(Object& self, Object& name, Object* value);

}  // namespace ouro::detail
