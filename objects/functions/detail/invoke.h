// Calls with one more argument in front: what a bound method, a special method and `object.name(...)` have in common.
#pragma once

#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/function_layout.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <initializer_list>

namespace ouro::detail {

/// `callee(self, *rest)`.
[[nodiscard]] Ref<> call_with_self(Object& callee, Object& self, const Arguments& rest);
/// The same; an empty handle is a failure (objects/model/failure.h).
[[nodiscard]] Ref<> call_with_self_or_fail(Object& callee, Object& self, const Arguments& rest);

/// True of functions and methods of built-in types, unless they are static ones or properties: what a call of `object.name`
/// gives the object to, without a bound method in between, where this was found on its class.
[[nodiscard]] inline bool takes_self(const Object& found) noexcept {
  if (is<Function>(found)) [[likely]]
    return static_cast<const Function&>(found).is_bound();
  if (found.type->has(kFunctionType)) return true;
  return is<Descriptor>(found) && is_plain_method(static_cast<const Descriptor&>(found));
}

/// Calls what looking up a method on a class gave: with `self` in front if it is a function, else what binding it gives. The
/// caller holds `found` and `self`.
[[nodiscard]] Ref<> call_found(Object& found, Object& self, const Arguments& rest);
[[nodiscard]] inline Ref<> call_found(Object& found, Object& self, std::initializer_list<Object*> rest) {
  return call_found(found, self, Arguments{{rest.begin(), rest.size()}, {}, {}});
}

/// The same; an empty handle is a failure.
[[nodiscard]] Ref<> call_found_or_fail(Object& found, Object& self, const Arguments& rest);

}  // namespace ouro::detail
