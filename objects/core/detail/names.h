// Which names an object and its type have, for `__dir__`.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro {
struct List;
}

namespace ouro::detail {

/// `object.__dir__()`: what the object's `__dict__` has, and the classes of what it says is its `__class__`. Not sorted.
[[nodiscard]] Ref<List> names_of_object(Object& object);
/// `type.__dir__()`: what a type and those that it derives from have. Not sorted.
[[nodiscard]] Ref<List> names_of_type(Type& type);

}  // namespace ouro::detail
