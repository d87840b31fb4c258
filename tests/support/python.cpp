// Looks for CPython, once for each version, and runs scripts with it.
#include <support/catch.h>
#include <support/python.h>
#include <support/skip.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

#include <unistd.h>

namespace ouro::test {

namespace {

/// A file with a text, gone when it ends.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content) {
    const int file = mkstemp(path_.data());
    if (file < 0) throw std::runtime_error("cannot make a file in /tmp");
    close(file);
    std::ofstream(path_.data()) << content;
  }
  ~TemporaryFile() { std::remove(path_.data()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const char* path() const noexcept { return path_.data(); }

 private:
  std::array<char, 32> path_{"/tmp/ouro-python-XXXXXX"};
};

/// Prints the first command that is a CPython of version {0}.
constexpr const char* kLook =
    R"(for python in /usr/bin/python{0} python{0} python3 "$HOME"/.pyenv/versions/{0}*/bin/python3; do
"$python" -c 'import sys; sys.exit(sys.implementation.name != "cpython" or "%d.%d" % sys.version_info[:2] != "{0}")' \
  2> /dev/null && echo "$python" && break; done; true)";

std::string look_for_python(const std::string& version) {
  std::string found = output_of(fmt::format(kLook, version));
  if (!found.empty()) found.pop_back();
  return found;
}

bool python_is_required() {
  const char* const wanted = std::getenv("OURO_REQUIRE_PYTHON");
  return wanted != nullptr && std::string(wanted) == "1";
}

}  // namespace

const std::string& python_command(const std::string& version) {
  static std::map<std::string, std::string> commands;
  const auto known = commands.find(version);
  return known != commands.end() ? known->second : commands[version] = look_for_python(version);
}

bool have_python_or_skip(const std::string& version) {
  if (!python_command(version).empty()) return true;
  const std::string reason = "there is no CPython " + version;
  if (version == kPythonVersion && python_is_required()) FAIL(reason + ", which OURO_REQUIRE_PYTHON=1 asks for");
  skip(reason);
  return false;
}

std::string output_of(const std::string& command) {
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer;
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) output.append(buffer.data(), got);
  if (pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return output;
}

std::vector<std::string> python_says(const std::string& script, const std::string& program) {
  const TemporaryFile code(script);
  const TemporaryFile input(program);
  const std::string output = output_of(fmt::format("{} {} {}", python_command(), code.path(), input.path()));
  std::vector<std::string> lines;
  for (std::size_t at = 0, end; (end = output.find('\n', at)) != std::string::npos; at = end + 1)
    lines.push_back(output.substr(at, end - at));
  return lines;
}

}  // namespace ouro::test
