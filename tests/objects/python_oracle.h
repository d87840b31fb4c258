// The real CPython as an oracle: a script is run with a program of operations, and its output compared with ours.
#pragma once

#include <support/catch.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace ouro::test {

/// A file with a text, gone when it ends.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content) {
    const int file = mkstemp(path_.data());
    REQUIRE(file >= 0);
    close(file);
    std::ofstream(path_.data()) << content;
  }
  ~TemporaryFile() { std::remove(path_.data()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const char* path() const noexcept { return path_.data(); }

 private:
  std::array<char, 32> path_{"/tmp/ouro-oracle-XXXXXX"};
};

/// True if there is a python3.
[[nodiscard]] inline bool have_python() { return std::system("python3 -c '' >/dev/null 2>&1") == 0; }

/// The lines that `script` prints when it is given `program` in a file named by its first argument.
[[nodiscard]] inline std::vector<std::string> python_says(const std::string& script, const std::string& program) {
  const TemporaryFile code(script);
  const TemporaryFile input(program);
  const std::string command = std::string("/usr/bin/env python3 ") + code.path() + " " + input.path();
  std::FILE* const pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::vector<std::string> lines(1);
  for (int c; (c = std::fgetc(pipe)) != EOF;) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += static_cast<char>(c);
    }
  }
  REQUIRE(pclose(pipe) == 0);
  lines.pop_back();
  return lines;
}

}  // namespace ouro::test
