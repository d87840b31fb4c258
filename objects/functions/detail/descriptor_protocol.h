// The descriptor protocol of built-in types: `__get__`, `__set__` and `__delete__` for their tables of attributes.
//
// What they do stands in method.cpp (`get_through`, `set_through`), which asks the kind of what was found.
#pragma once

#include <ouro/objects/core/attributes.h>

namespace ouro::detail {

/// What reading `found` gives where it was found on a class (CPython: tp_descr_get): from the object `self`, or from a class
/// itself (null). `owner` is the class that was asked; null: the type of `self`. All that is no descriptor is given as it
/// is. May fail; a getter may throw anything. `found` and the others are held meanwhile.
[[nodiscard]] Ref<> get_through(Object& found, Object* self, Object* owner);
/// True if `get_through` does more than give it as it is, or CPython's type of it has `__get__`.
[[nodiscard]] bool is_descriptor(const Object& found) noexcept;

/// The code of the three methods.
[[nodiscard]] Ref<> call_get(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_set(const Type& owner, Object& self, const Arguments& given);
[[nodiscard]] Ref<> call_delete(const Type& owner, Object& self, const Arguments& given);

/// A special method that counts its arguments itself.
[[nodiscard]] constexpr Attribute counting_method(std::string_view signature, Attribute::Call call, std::string_view doc) {
  Attribute made{.sort = Attribute::Sort::kSlotWrapper, .parameters = parameters(signature), .doc = doc, .call = call};
  made.parameters.form = Parameters::Form::kAnything;
  return made;
}

/// A method whose signature CPython does not tell.
[[nodiscard]] constexpr Attribute without_signature(Attribute made) {
  made.parameters.text = {};
  return made;
}

/// For the attributes of a type whose objects are descriptors.
[[nodiscard]] constexpr Attribute get_method() {
  return counting_method("__get__(instance, owner=None, /)", call_get,
                         "Return an attribute of instance, which is of type owner.");
}
/// For those of a type of data descriptors.
[[nodiscard]] constexpr Attribute set_method() {
  return {.sort = Attribute::Sort::kSlotWrapper,
          .parameters = parameters("__set__(instance, value, /)"),
          .doc = "Set an attribute of instance to value.",
          .call = call_set};
}
[[nodiscard]] constexpr Attribute delete_method() {
  return {.sort = Attribute::Sort::kSlotWrapper,
          .parameters = parameters("__delete__(instance, /)"),
          .doc = "Delete an attribute of instance.",
          .call = call_delete};
}

}  // namespace ouro::detail
