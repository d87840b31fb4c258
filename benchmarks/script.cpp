// Cases of programs: the program ouro beside CPython's, each run as a whole in a process of its own. A program measures
// itself and prints the time of one step first.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "harness.h"

namespace bench {
namespace {

#if defined(OURO_BENCH_PROGRAM) && defined(OURO_BENCH_PYTHON_PROGRAM)

/// The first number that a command prints.
double number_printed_by(const std::string& command) {
  std::FILE* const output = popen(command.c_str(), "r");
  require(output != nullptr, "a program can be run");
  double number = 0;
  const bool is_number = std::fscanf(output, "%lf", &number) == 1;
  while (std::fgetc(output) != EOF) {}
  require(pclose(output) == 0 && is_number, "the program ends well and says what it took");
  return number;
}

Side side_of(const std::string& name, Role role, const std::string& program, const std::string& file) {
  const std::string command = "'" + program + "' '" OURO_BENCH_PROGRAMS "/" + file + ".py'";
  return {name, role, [command](const Settings&) { return number_printed_by(command); }};
}

void add_case(Cases& cases, const std::string& file, const std::string& unit, const std::string& what) {
  cases.push_back({"script/" + file,
                   "ns/" + unit,
                   what,
                   {side_of(kOuroName, Role::kOuro, OURO_BENCH_PROGRAM, file),
                    side_of("cpython-3.11", Role::kPeer, OURO_BENCH_PYTHON_PROGRAM, file)},
                   {best_peer_over(1.3)}});
}

#endif

}  // namespace

void add_script_cases([[maybe_unused]] Cases& cases) {
#if defined(OURO_BENCH_PROGRAM) && defined(OURO_BENCH_PYTHON_PROGRAM)
  add_case(cases, "fib", "call", "calls that call themselves");
  add_case(cases, "loop", "pass", "a loop that counts, and adds");
  add_case(cases, "floats", "pass", "expressions of floats");
  add_case(cases, "attribute", "pass", "attributes of an object, read and set");
  add_case(cases, "method", "call", "a method that adds to an attribute");
  add_case(cases, "list_append", "item", "lists that grow");
  add_case(cases, "list_sum", "item", "the items of a list, one after the other");
  add_case(cases, "dict_count", "word", "counting words in a dict");
  add_case(cases, "string_build", "str", "a str that grows, and many short ones");
  add_case(cases, "exceptions", "pass", "exceptions that are raised and caught");
  add_case(cases, "generators", "item", "generators, and generator expressions");
  add_case(cases, "closures", "call", "a function that changes a variable of the one around it");
#endif
}

}  // namespace bench
