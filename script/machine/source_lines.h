// Lines of source files, for tracebacks.
#pragma once

#include <ouro/script/machine/interpreter.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace ouro::script {

/// Line `number`, from 1, of a file; empty if there is none, or the program may not read files.
[[nodiscard]] std::string source_line(Interpreter& interpreter, std::string_view file, std::int64_t number);

}  // namespace ouro::script
