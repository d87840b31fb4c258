// CPython, by which the differential tests are judged: the one place that looks for it and runs it.
//
// Where there is none, the tests are skipped and say so. With OURO_REQUIRE_PYTHON=1 in the environment a missing CPython
// 3.11 is a failure.
#pragma once

#include <string>
#include <vector>

namespace ouro::test {

/// The version whose behaviour is ours.
inline constexpr const char* kPythonVersion = "3.11";

/// The command of a CPython of that version: the system's, the PATH's or pyenv's. Empty if there is none.
[[nodiscard]] const std::string& python_command(const std::string& version = kPythonVersion);

/// True if there is a CPython of that version. Otherwise the running test case is skipped, and its code must return.
[[nodiscard]] bool have_python_or_skip(const std::string& version = kPythonVersion);

/// What a command prints; throws std::runtime_error if it cannot be run or fails.
[[nodiscard]] std::string output_of(const std::string& command);

/// The lines that `script` prints when CPython runs it with the name of a file that has the text `program`.
[[nodiscard]] std::vector<std::string> python_says(const std::string& script, const std::string& program);

}  // namespace ouro::test
