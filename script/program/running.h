// Runs what the command line asks for.
#pragma once

#include <ouro/script/program/command_line.h>

namespace ouro::program {

/// Makes a runtime, runs the program in it and ends both; the exit code.
[[nodiscard]] int run(const CommandLine& line);

}  // namespace ouro::program
