// Programs that CPython and ouro both run, and must print the same.
#pragma once

#include <string>

namespace ouro::test {

/// The program ouro, and the folder of the programs that it runs.
[[nodiscard]] std::string ouro_program();
[[nodiscard]] std::string script_programs();
/// True if ouro was built. Otherwise the running test case is skipped, and its code must return.
[[nodiscard]] bool have_program_or_skip();

/// What one of them does with these arguments: standard output, then standard error, and the exit code.
/// `typed`: its standard input.
[[nodiscard]] std::string run_by_ouro(const std::string& arguments, const std::string& typed = {});
[[nodiscard]] std::string run_by_python(const std::string& arguments);

/// Checks that the program of tests/script/programs does the same under both.
void check_program(const std::string& name);

}  // namespace ouro::test
