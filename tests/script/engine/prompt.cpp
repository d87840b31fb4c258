// The prompt: what is typed runs, shows and fails as at CPython's.
#include <support/catch.h>
#include <support/python.h>
#include <support/skip.h>

#include <fmt/format.h>

#include <script/engine/programs.h>

namespace ouro::test {

namespace {

/// Checks that the prompt says the same to the lines of tests/script/sessions, on both streams.
void check_session(const std::string& name) {
  if (!have_python_or_skip() || !have_program_or_skip()) return;
  const std::string arguments = fmt::format("-i -q < ../sessions/{}.txt", name);
  CHECK(run_by_ouro(arguments) == run_by_python(arguments));
}

}  // namespace

TEST_CASE("The prompt runs each statement when it is whole, and shows what an expression gives", "[script][prompt]") {
  check_session("statements");
}
TEST_CASE("Errors are told and do not end the prompt; hooks of sys are asked", "[script][prompt]") {
  check_session("errors");
}
TEST_CASE("Reference counts at the prompt are CPython's", "[script][prompt][claim-C7]") { check_session("counts"); }

TEST_CASE("At a terminal Ctrl-C is KeyboardInterrupt wherever it comes, and Ctrl-D the end", "[script][prompt]") {
  if (!have_python_or_skip() || !have_program_or_skip()) return;
  const auto seen_with = [](const std::string& command) {
    return output_of(
        fmt::format("'{0}' -S '{1}/../sessions/terminal.py' {2} -q", python_command(), script_programs(), command));
  };
  CHECK(seen_with(fmt::format("'{}'", ouro_program())) == seen_with(fmt::format("'{}' -S", python_command())));
}

TEST_CASE("After -i FILE the prompt has the program's variables, also when that failed or was left", "[script][prompt]") {
  if (!have_program_or_skip()) return;
  CHECK(
      run_by_ouro("-i -c 'x = 1; import sys; sys.exit(4)'", "x + 1") ==
      "2\nTraceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nSystemExit: 4\n>>> >>> \nexit 0\n");
  CHECK(run_by_ouro("-i -c 'x = 1; undefined'", "exit(x + 1)") ==
        "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\n"
        "NameError: name 'undefined' is not defined\n>>> exit 2\n");
}

TEST_CASE("exit, quit, help and the texts about the program are there", "[script][prompt]") {
  if (!have_program_or_skip()) return;
  CHECK(run_by_ouro("-i -q", "exit; quit; exit(3)") ==
        "Use exit() or Ctrl-D (i.e. EOF) to exit\nUse quit() or Ctrl-D (i.e. EOF) to exit\n>>> exit 3\n");
  CHECK(
      run_by_ouro("-c 'help(len)'") ==
      "Help on built-in function len in module builtins:\n\nlen(obj, /)\n    Return the number of items in a container.\n\n"
      "exit 0\n");
  CHECK(run_by_ouro("-c 'print(copyright)'") == "Copyright (c) 2026 the Ouroboros authors.\nexit 0\n");
}

TEST_CASE("help tells of classes what they have and what they inherit", "[script][prompt]") {
  if (!have_program_or_skip()) return;
  const std::string program =
      "class A:\n  \"Doc of A.\"\n  def f(self, a, /, b=2, *c, d, e=5, **k): \"Doc of f.\"\n  @property\n  def p(self): "
      "...\n"
      "class B(A):\n  limit = 3\nhelp(A.f)\nhelp(B)\nhelp(\"nothing.at.all\")\n";
  CHECK(run_by_ouro(fmt::format("-c '{}'", program)) ==
        "Help on function f in module __main__:\n\nf(self, a, /, b=2, *c, d, e=5, **k)\n    Doc of f.\n\n"
        "Help on class B in module __main__:\n\nclass B(A)\n    Method resolution order: B, A, object\n\n"
        "    Data\n        limit = 3\n\n    Inherited from A\n        f, p\n\n"
        "No Python documentation found for 'nothing.at.all'.\nexit 0\n");
}

}  // namespace ouro::test
