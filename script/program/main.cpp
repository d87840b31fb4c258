// The program ouro: runs Python programs.
#include <ouro/script/program/command_line.h>
#include <ouro/script/program/running.h>

int main(int argc, char** argv) {
  const ouro::program::ParsedLine parsed = ouro::program::parse_command_line(argc, argv);
  return parsed.exit_code ? *parsed.exit_code : ouro::program::run(parsed.line);
}
