// Programs that CPython and ouro both run, and must print the same.
#pragma once

#include <string>

namespace ouro::test {

/// What a program did.
struct ProgramRun {
  std::string output;  ///< standard output, then standard error, and the exit code
};

[[nodiscard]] std::string run_by_ouro(const std::string& arguments);
[[nodiscard]] std::string run_by_python(const std::string& arguments);

/// Checks that the program of tests/script/programs does the same under both.
void check_program(const std::string& name);

}  // namespace ouro::test
