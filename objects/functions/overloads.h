// Several functions under one name: the first whose parameters fit the arguments is called.
#pragma once

#include <ouro/objects/functions/function.h>

namespace ouro {

/// The function that tries `first`, or what that tries, and then `more`. Errors of calling one pass on; if the arguments fit
/// none it is TypeError "f() has no overload for these arguments: ..." with what each says. Throws MemoryError.
[[nodiscard]] Ref<Function> with_overload(Function& first, Function& more);

}  // namespace ouro
