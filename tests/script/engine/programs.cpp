// Small programs, each compared with the installed CPython: output, error and exit code.
#include <support/catch.h>
#include <support/python.h>
#include <support/skip.h>

#include <fmt/format.h>

#include <script/engine/programs.h>

#ifndef OURO_SCRIPT_PROGRAMS
#error "tests/CMakeLists.txt says where the programs and ouro are"
#endif

namespace ouro::test {

namespace {

/// What a command prints on both streams, one after the other, and its exit code.
std::string told_by(const std::string& command) {
  return output_of(
      fmt::format("cd '{}' && {{ {} 2>/tmp/ouro-script-err-$$; code=$?; cat /tmp/ouro-script-err-$$; "
                  "rm -f /tmp/ouro-script-err-$$; echo \"exit $code\"; }}",
                  OURO_SCRIPT_PROGRAMS, command));
}

}  // namespace

std::string run_by_ouro(const std::string& arguments, const std::string& typed) {
  const std::string input = typed.empty() ? std::string() : fmt::format("printf '%s\\n' '{}' | ", typed);
  return told_by(fmt::format("{}'{}' {}", input, OURO_PROGRAM, arguments));
}
std::string run_by_python(const std::string& arguments) {
  return told_by(fmt::format("'{}' -S -B {}", python_command(), arguments));
}

std::string ouro_program() { return OURO_PROGRAM; }
std::string script_programs() { return OURO_SCRIPT_PROGRAMS; }

bool have_program_or_skip() {
  if (ouro_program().empty()) skip("the program ouro is not built: it needs CLI11");
  return !ouro_program().empty();
}

void check_program(const std::string& name) {
  if (!have_python_or_skip() || !have_program_or_skip()) return;
  CHECK(run_by_ouro(name + ".py") == run_by_python(name + ".py"));
}

TEST_CASE("Expressions, operators and displays give CPython's values", "[script]") { check_program("expressions"); }
TEST_CASE("Variables live where CPython's symbol table puts them", "[script]") { check_program("scopes"); }
TEST_CASE("Functions take arguments as CPython's do, and refuse them in its words", "[script][activation-code]") {
  check_program("calls");
}
TEST_CASE("Classes, metaclasses, descriptors and super work as in CPython", "[script]") { check_program("classes"); }
TEST_CASE("Exceptions are raised, caught, chained and cleaned up as in CPython", "[script][emitter-depth]") {
  check_program("exceptions");
}
TEST_CASE("What handlers of except* raise again keeps its place in the group", "[script]") { check_program("groups"); }
TEST_CASE("Instructions are right for operands of ever new types", "[script]") { check_program("operands"); }
TEST_CASE("Generators are resumed, thrown into and closed as in CPython", "[script]") { check_program("generators"); }
TEST_CASE("with calls enter and exit in CPython's order", "[script]") { check_program("with_statements"); }
TEST_CASE("match finds what CPython's finds", "[script]") { check_program("matching"); }
TEST_CASE("Coroutines and asynchronous generators run as in CPython", "[script]") { check_program("coroutines"); }
TEST_CASE("Reference counts are CPython's", "[script][stack-owned][claim-C7]") { check_program("counts"); }
TEST_CASE("Objects die when CPython's do, in the same order", "[script]") { check_program("deaths"); }
TEST_CASE("Attributes set late do not make a cycle larger than CPython's", "[script]") { check_program("late_attributes"); }
TEST_CASE("exec, eval and compile run in the namespaces that they are given", "[script]") { check_program("evaluation"); }
TEST_CASE("Modules and packages are imported from files", "[script]") { check_program("importing"); }
TEST_CASE("Threads of a script share its objects, and locks keep them whole", "[script]") { check_program("threads"); }
TEST_CASE("A program ends while its daemons wait, sleep and compute", "[script]") { check_program("daemons"); }
TEST_CASE("An uncaught exception prints CPython's traceback with its marks", "[script]") { check_program("uncaught"); }
TEST_CASE("A name that is not defined ends the program as in CPython", "[script]") { check_program("undefined"); }
TEST_CASE("A chain of exceptions prints as in CPython", "[script]") { check_program("uncaught_chain"); }
TEST_CASE("A text that cannot be parsed ends the program as in CPython", "[script]") { check_program("invalid"); }
TEST_CASE("sys.exit gives the program its exit code", "[script]") { check_program("exiting"); }

}  // namespace ouro::test
