// Test cases that cannot show anything where they run: they say why, and do not count as passed.
#pragma once

#include <string>

namespace ouro::test {

/// The exit status of a test program that ran test cases and skipped all of them; CTest shows these as skipped.
inline constexpr int kSkipCode = 77;

/// Marks the running test case as skipped and prints "skipped: <test case>: <reason>". The caller returns then.
void skip(const std::string& reason);

/// True if test cases ran and each was skipped.
[[nodiscard]] bool all_were_skipped();

}  // namespace ouro::test
