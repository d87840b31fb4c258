// The modules that are part of the program: one program for each, compared with the installed CPython.
#include <support/catch.h>

#include <script/engine/programs.h>

namespace ouro::test {

TEST_CASE("math has CPython's functions, with their errors", "[script][modules]") { check_program("module_math"); }
TEST_CASE("itertools gives what CPython's gives", "[script][modules]") { check_program("module_itertools"); }
TEST_CASE("functools wraps, caches, orders and dispatches as CPython's", "[script][modules]") {
  check_program("module_functools");
}
TEST_CASE("collections and its abstract classes behave as CPython's", "[script][modules]") {
  check_program("module_collections");
}
TEST_CASE("The methods of collections answer and refuse as CPython's", "[script][modules]") {
  check_program("module_wrappers");
}
TEST_CASE("Abstract classes know their kind and give the other methods", "[script][modules]") {
  check_program("module_abstract");
}
TEST_CASE("contextlib enters and leaves as CPython's", "[script][modules]") { check_program("module_contextlib"); }
TEST_CASE("Stacks of managers unwind and chain errors as CPython's", "[script][modules]") { check_program("module_stacks"); }
TEST_CASE("random gives CPython's numbers by seed", "[script][modules]") { check_program("module_random"); }
TEST_CASE("Files and streams read and write as CPython's", "[script][modules]") { check_program("module_io"); }
TEST_CASE("os and os.path reach the system as CPython's", "[script][modules]") { check_program("module_os"); }
TEST_CASE("string, keyword, reprlib and pprint print as CPython's", "[script][modules]") { check_program("module_string"); }
TEST_CASE("json reads and writes as CPython's", "[script][modules]") { check_program("module_json"); }
TEST_CASE("heapq, bisect and sched order as CPython's", "[script][modules]") { check_program("module_heapq"); }
TEST_CASE("enum makes CPython's enumerations and flags", "[script][modules]") { check_program("module_enum"); }
TEST_CASE("dataclasses writes CPython's methods", "[script][modules]") { check_program("module_dataclasses"); }
TEST_CASE("types, abc, copy, operator and typing name what CPython's name", "[script][modules]") {
  check_program("module_types");
}
TEST_CASE("traceback and warnings word what CPython's word", "[script][modules]") { check_program("module_traceback"); }
TEST_CASE("unittest runs and reports as CPython's", "[script][modules]") { check_program("module_unittest"); }
TEST_CASE("pickle, tempfile and unittest.mock round trip", "[script][modules]") { check_program("module_pickle"); }
TEST_CASE("time has CPython's clocks", "[script][modules]") { check_program("module_time"); }

}  // namespace ouro::test
