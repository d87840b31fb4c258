// What every object can do unless its type knows better: CPython's `object`.
#pragma once

#include <ouro/objects/core/identity_hash.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <cstdint>
#include <string>

namespace ouro {

/// "<__main__.Foo object at 0x7f0123456789>".
[[nodiscard]] Ref<> default_repr(Object& object);

/// The hash of an object that is equal to nothing but itself.
[[nodiscard]] inline std::int64_t default_hash(Object& object) { return detail::identity_hash(&object); }

/// The name by which reprs call a type: "__main__.Foo" for a class made at run time, "int" for a built-in one.
[[nodiscard]] std::string qualified_name(const Type& type);

namespace detail {

/// `object.name` for an object that has no attributes of its own: what its type has, bound. Empty if there is none.
[[nodiscard]] Ref<> get_type_given_attribute(Object& object, Object& name);
/// `object.name = value`, or `del object.name` (null): through a data descriptor of its type. AttributeError "'int' object
/// has no attribute 'x'", "'list' object attribute 'append' is read-only".
void set_type_given_attribute(Object& object, Object& name, Object* value);
/// `object.__new__`, also of a class whose objects are instances. TypeError if it is given what nobody takes.
[[nodiscard]] Ref<> construct_object(Type& type, const Arguments& arguments);
/// True if calling the type begins with a `__new__` that a class has.
[[nodiscard]] bool has_new_method(const Type& type) noexcept;
/// What a built-in type says of itself, or None.
[[nodiscard]] Ref<> doc_of(const Type& type);
/// AttributeError "'int' object has no attribute 'x'", "type object 'int' has no attribute 'x'".
[[noreturn, gnu::cold]] void raise_no_attribute(const Object& object, const Object& name);

}  // namespace detail

}  // namespace ouro
