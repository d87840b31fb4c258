// Programs as data, and what CPython says about them.
#pragma once

#include <ouro/script/syntax/parse.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

inline std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A file of tests/script/syntax/programs.
inline std::string programs_file(const std::string& name) {
  return read_file(std::string(OURO_SYNTAX_PROGRAMS) + "/" + name);
}

/// Programs are separated by lines "%%".
inline std::vector<std::string> split_programs(std::string_view text) {
  constexpr std::string_view kSeparator = "%%\n";
  std::vector<std::string> programs;
  for (std::size_t end; (end = text.find(kSeparator)) != std::string_view::npos; text.remove_prefix(end + kSeparator.size()))
    programs.emplace_back(text.substr(0, end));
  programs.emplace_back(text);
  return programs;
}

/// What both sides begin with: `programs`, UTF-8 output, no warnings.
inline constexpr const char* kPythonPrelude = R"python(
import ast, sys, warnings
warnings.simplefilter('ignore')
sys.stdout.reconfigure(encoding='utf-8', newline='\n', errors='surrogatepass')
with open(sys.argv[1], encoding='utf-8', newline='') as file:
    programs = file.read().split('%%\n')
)python";

inline script::ParseOptions as_text(script::ParseMode mode = script::ParseMode::kExec) {
  script::ParseOptions options;
  options.mode = mode;
  options.is_text = true;
  return options;
}

/// The error of a program that must not be right.
inline script::SyntaxError error_of_program(std::string_view program, const script::ParseOptions& options = as_text()) {
  try {
    static_cast<void>(script::parse(program, options));
  } catch (const script::SyntaxError& error) {
    return error;
  }
  throw std::runtime_error("no error in " + std::string(program));
}

}  // namespace ouro::test
