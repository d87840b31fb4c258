// Calling a built-in type: `int("12")`, `list(iterable)`.
#pragma once

#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

/// `type(...)` for a built-in type. TypeError "cannot create 'function' instances" for those that have no constructor.
[[nodiscard]] Ref<> call_builtin_type(Type& type, const Arguments& arguments);

}  // namespace ouro::detail
