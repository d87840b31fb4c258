// What `sys` tells about the program: version_info, flags, float_info and the like.
#pragma once

#include <ouro/script/machine/interpreter.h>

namespace ouro::script {

/// Sets the tuples with named items, and `implementation`. Throws MemoryError.
void set_sys_parts(Interpreter& interpreter, Module& sys);

}  // namespace ouro::script
