// Several functions under one name: the first whose parameters fit the arguments is called.
#pragma once

#include <ouro/objects/functions/function.h>

namespace ouro {

/// The function that tries `first`, or what that tries, and then `more`. Errors of calling one pass on; if the arguments fit
/// none it is TypeError "f() has no overload for these arguments: ..." with what each says. Throws MemoryError.
[[nodiscard]] Ref<Function> with_overload(Function& first, Function& more);

namespace detail {
/// The Error of a `__new__` without parameters that was given arguments: of a class, and how many they are or the name of
/// one. A failure that has it says that the arguments do not fit.
[[nodiscard]] Error explain_unwanted_argument(const Failure& failure);
}  // namespace detail

}  // namespace ouro
