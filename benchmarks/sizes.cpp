// What the library costs a program that uses it: seconds of a compile, bytes in a static program.
#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "cases.h"
#include "harness.h"
#include "temporary_directory.h"
#include <sys/resource.h>

namespace bench {
namespace {

/// Seconds of processor time that ended children of this process took.
double seconds_of_children() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void run(const std::string& command) { require(std::system(command.c_str()) == 0, "the compiler accepts the source"); }

std::string write_source(const TemporaryDirectory& directory, std::string_view text) {
  std::string path = directory.path() + "/source.cpp";
  std::ofstream(path) << text;
  return path;
}

/// How long a source of that text takes to compile, as a program that uses the library would be compiled.
double seconds_to_compile(std::string_view text) {
  const TemporaryDirectory directory;
  const std::string source = write_source(directory, text);
  const double before = seconds_of_children();
  run(fmt::format("{} -std=c++20 -O2 -c -o {}/out.o {}", OURO_BENCH_COMPILE, directory.path(), source));
  return seconds_of_children() - before;
}

Side header_side(const char* name, Role role, std::string_view text) {
  return {name, role, [text](const Settings&) { return seconds_to_compile(text) - seconds_to_compile("int main() {}\n"); }};
}

/// One input section of a linker's map: " .text.name  0xaddress  0xsize  library.a(member.o)"; a long name has the rest in
/// the next line.
struct InputSection {
  std::string name, address, size, file;
};

std::size_t number_in(std::string_view text) {
  std::size_t number = 0;
  if (text.starts_with("0x")) std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
  return number;
}

/// True for code and constants that are the library's own: what its fmt adds is not.
bool is_ours(const InputSection& section) {
  constexpr std::array<std::string_view, 3> kParts{".text", ".rodata", ".data.rel.ro"};
  bool counts = false;
  for (const std::string_view part : kParts) counts = counts || section.name.starts_with(part);
  return counts && section.file.find("libouro.a(") != std::string::npos &&
         section.file.find("fmt_library") == std::string::npos && section.name.find("N3fmt") == std::string::npos;
}

std::size_t own_bytes(const std::string& map_path) {
  std::ifstream map(map_path);
  std::string line;
  while (std::getline(map, line) && line != "Linker script and memory map") {}
  std::size_t bytes = 0;
  for (std::string pending; std::getline(map, line);) {
    const bool begins = line.size() > 2 && line[0] == ' ' && line[1] == '.';
    if (!begins && pending.empty()) continue;
    std::istringstream words(pending + line);
    pending.clear();
    InputSection section;
    words >> section.name >> section.address;
    if (section.address.empty()) {
      pending = line;
      continue;
    }
    words >> section.size >> section.file;
    if (number_in(section.address) != 0 && is_ours(section)) bytes += number_in(section.size);
  }
  return bytes;
}

/// Kilobytes of the library in the ten lines, linked statically and without what nothing refers to.
double kilobytes_linked() {
  const TemporaryDirectory directory;
  const std::string map = directory.path() + "/map";
  run(fmt::format("{} -std=c++20 -O2 -static -Wl,--gc-sections -Wl,-Map={} -o {}/out {} {} -pthread", OURO_BENCH_COMPILE,
                  map, directory.path(), OURO_BENCH_TEN_LINES, OURO_BENCH_LIBRARY));
  const std::size_t bytes = own_bytes(map);
  require(bytes > 0, "the linker's map names the library");
  return static_cast<double>(bytes) / 1000;
}

}  // namespace

void add_size_cases(Cases& cases) {
  cases.push_back(
      {"sizes/header_seconds",
       "s",
       "compiling a source that includes <ouro/ouro.h>, over an empty one",
       {header_side(kOuroName, Role::kOuro, "#include <ouro/ouro.h>\nint main() {}\n"),
        header_side("<string>", Role::kFloor, "#include <string>\nint main() {}\n"),
        header_side("<iostream> <functional>", Role::kPeer, "#include <iostream>\n#include <functional>\nint main() {}\n")},
       {at_most(1)}});
  cases.push_back({"sizes/ten_lines_static",
                   "kB",
                   "code and constants of the library in the ten lines of the README, static",
                   {{kOuroName, Role::kOuro, [](const Settings&) { return kilobytes_linked(); }}},
                   {at_most(600)}});
}

}  // namespace bench
