// What the command line of ouro says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ouro::program {

/// What is to be run, and how.
struct CommandLine {
  std::string file;     ///< "-": standard input; empty: `command` or `module` is given
  std::string command;  ///< the text behind -c
  std::string module;   ///< the name behind -m
  bool has_command = false;
  bool names_nothing = false;            ///< standard input because nothing else is given
  std::vector<std::string> arguments{};  ///< what stands behind the program

  bool inspects = false;  ///< a prompt after the program
  bool is_quiet = false;  ///< no greeting at the prompt
  bool dumps_tree = false;
  bool disassembles = false;

  std::uint64_t memory_limit = 0;  ///< bytes; 0: none
  double time_limit = 0;           ///< seconds; 0: none
  std::optional<std::uint64_t> seed{};
  std::string compat = "py311";  ///< whose rules hold
  bool is_stressed = false;      ///< a collection at every allocation
  bool tells_statistics = false;
  bool tells_leaks = false;
};

/// Where a program's text comes from, or an exit code if there is nothing to run: help, the version or a mistake, which has
/// been printed.
struct ParsedLine {
  CommandLine line{};
  std::optional<int> exit_code{};
};

inline constexpr const char kVersion[] = "Python 3.11.2 (ouro 0.1.0)";

[[nodiscard]] ParsedLine parse_command_line(int argc, char** argv);

}  // namespace ouro::program
