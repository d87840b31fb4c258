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

}  // namespace ouro
