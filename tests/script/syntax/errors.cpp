// What is refused, and CPython's words and places for it.
#include <ouro/script/syntax/dump.h>
#include <support/catch.h>
#include <support/python.h>

#include <fmt/format.h>

#include <script/syntax/programs.h>

namespace ouro::test {

namespace {

using namespace script;

constexpr const char* kErrors = R"python(
for program in programs:
    try:
        compile(program, '<string>', MODE, ast.PyCF_ONLY_AST)
        print('fine')
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text), sep='\t')
    except Exception as e:
        print(type(e).__name__, e, sep='\t')
)python";

std::string_view name_of(SyntaxErrorKind kind) {
  switch (kind) {
    case SyntaxErrorKind::kSyntaxError:
      return "SyntaxError";
    case SyntaxErrorKind::kIndentationError:
      return "IndentationError";
    case SyntaxErrorKind::kTabError:
      return "TabError";
    case SyntaxErrorKind::kMemoryError:
      return "MemoryError";
  }
  return "";
}

std::string shown(const SyntaxError& error) {
  const auto number = [](int value) {
    return value == SyntaxError::kNoOffset ? std::string("None") : fmt::format("{}", value);
  };
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}", name_of(error.kind), error.message, error.lineno, number(error.offset),
                     number(error.end_lineno), number(error.end_offset), error.has_text ? repr_of(error.text) : "None");
}

std::string outcome(const std::string& program, ParseMode mode) {
  try {
    static_cast<void>(parse(program, as_text(mode)));
  } catch (const SyntaxError& error) {
    return shown(error);
  }
  return "fine";
}

/// "SyntaxError 1" of a line that kErrors prints.
std::string type_and_line(const std::string& line) {
  const std::size_t message = line.find('\t') + 1;
  const std::size_t number = line.find('\t', message) + 1;
  return line.substr(0, message - 1) + " " + line.substr(number, line.find('\t', number) - number);
}

void compare(const std::string& text, ParseMode mode, const std::string& mode_name) {
  const std::string script = std::string(kPythonPrelude) + "MODE = '" + mode_name + "'\n" + kErrors;
  const std::vector<std::string> expected = python_says(script, text);
  const std::vector<std::string> programs = split_programs(text);
  REQUIRE(expected.size() == programs.size());
  for (std::size_t k = 0; k < programs.size(); ++k) {
    INFO(programs[k]);
    CHECK(outcome(programs[k], mode) == expected[k]);
  }
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("programs with mistakes are refused with CPython's type, message, place and text", "[script][differential]") {
  if (!have_python_or_skip()) return;
  const std::string text = programs_file("invalid.txt");
  REQUIRE(split_programs(text).size() >= 300);
  compare(text, ParseMode::kExec, "exec");
}

TEST_CASE("a single statement and an expression are refused as CPython refuses them", "[script][differential]") {
  if (!have_python_or_skip()) return;
  const std::string text = programs_file("lines.txt");
  compare(text, ParseMode::kSingle, "single");
  compare(text, ParseMode::kEval, "eval");
}

TEST_CASE("programs whose mistake CPython explains in another way are refused on its line", "[script][differential]") {
  if (!have_python_or_skip()) return;
  const std::string text = programs_file("known_differences.txt");
  const std::vector<std::string> programs = split_programs(text);
  const std::string script = std::string(kPythonPrelude) + "MODE = 'exec'\n" + kErrors;
  const std::vector<std::string> expected = python_says(script, text);
  REQUIRE(expected.size() == programs.size());
  for (std::size_t k = 0; k < programs.size(); ++k) {
    INFO(programs[k]);
    const SyntaxError error = error_of_program(programs[k]);
    CHECK(shown(error) != expected[k]);  // what is explained by now belongs into invalid.txt
    CHECK(error.kind == SyntaxErrorKind::kSyntaxError);
    CHECK(fmt::format("SyntaxError {}", error.lineno) == type_and_line(expected[k]));
  }
}

// These differ between the minor versions of CPython 3.11; here as in 3.11.7.
TEST_CASE("mistakes that versions of CPython 3.11 place differently are placed as by the later ones", "[script]") {
  const auto outcome_of = [](const char* program) { return outcome(program, ParseMode::kExec); };
  CHECK(outcome_of("f(**a, *b)\n") ==
        "SyntaxError\titerable argument unpacking follows keyword argument unpacking\t1\t8\t1\t9\t'f(**a, *b)\\n'");
  CHECK(outcome_of("f(*a, *, b)\n") ==
        "SyntaxError\titerable argument unpacking follows keyword argument unpacking\t1\t7\t1\t8\t'f(*a, *, b)\\n'");
  CHECK(outcome_of("f(a=b, *)\n") ==
        "SyntaxError\titerable argument unpacking follows keyword argument unpacking\t1\t8\t1\t9\t'f(a=b, *)\\n'");
  CHECK(outcome_of("f(a, *)\n") == "SyntaxError\tinvalid syntax\t1\t7\t1\t8\t'f(a, *)\\n'");
  CHECK(outcome_of("b'\xc3\xa9'\n") ==
        "SyntaxError\tbytes can only contain ASCII literal characters\t1\t1\t1\t5\t\"b'\xc3\xa9'\\n\"");
  CHECK(outcome_of("f'{b\"\xc3\xa9\"}'\n") ==
        "SyntaxError\tf-string: bytes can only contain ASCII literal characters\t1\t2\t1\t7\t'(b\"\xc3\xa9\")\\n'");
  CHECK(outcome_of("1\xc3\xa9\n") == "SyntaxError\tinvalid syntax\t1\t2\t1\t3\t'1\xc3\xa9\\n'");
}

TEST_CASE("brackets nest 200 deep and no deeper", "[script]") {
  static_cast<void>(parse(repeated("(", 200) + "a" + repeated(")", 200), as_text()));
  CHECK(error_of_program(repeated("(", 201) + "a" + repeated(")", 201)).message == "too many nested parentheses");
  CHECK(error_of_program(repeated("[", 100'000)).message == "too many nested parentheses");
}

TEST_CASE("what nests without brackets is refused as too complex before the stack ends", "[script]") {
  static_cast<void>(parse(repeated("-", 5000) + "a", as_text()));
  for (const std::string_view piece : {"-", "not ", "lambda: ", "a if b else ", "a ** "}) {
    INFO(piece);
    CHECK(error_of_program(repeated(piece, 100'000) + "a").kind == SyntaxErrorKind::kMemoryError);
    const SyntaxError error = error_of_program(repeated(piece, 2'000) + "a b");
    CHECK(error.kind == SyntaxErrorKind::kSyntaxError);
    CHECK(error.message == "invalid syntax");
  }
}

TEST_CASE("blocks nest 99 deep and no deeper", "[script]") {
  const auto blocks = [](int depth) {
    std::string program;
    for (int k = 0; k < depth; ++k) program += std::string(static_cast<std::size_t>(k), ' ') + "if a:\n";
    return program + std::string(static_cast<std::size_t>(depth), ' ') + "b\n";
  };
  static_cast<void>(parse(blocks(99), as_text()));
  const SyntaxError error = error_of_program(blocks(100));
  CHECK(error.kind == SyntaxErrorKind::kIndentationError);
  CHECK(error.message == "too many levels of indentation");
}

TEST_CASE("a decimal literal has at most 4300 digits, others have any number", "[script]") {
  static_cast<void>(parse(repeated("9", 4300), as_text()));
  static_cast<void>(parse("0x" + repeated("f", 10'000), as_text()));
  CHECK(error_of_program(repeated("9", 4301))
            .message.starts_with("Exceeds the limit (4300 digits) for integer string conversion"));
}

TEST_CASE("the cost of an error is linear in the length of the statement", "[script]") {
  const auto steps = [](std::size_t count) {
    return error_of_program("x = [" + repeated("f(a, (b, {c: d})), ", count) + "a b]").message;
  };
  CHECK(steps(10) == "invalid syntax. Perhaps you forgot a comma?");
  CHECK(steps(4'000) == "invalid syntax. Perhaps you forgot a comma?");
  CHECK(error_of_program(repeated("f(", 100) + "a b" + repeated(")", 100)).message ==
        "invalid syntax. Perhaps you forgot a comma?");
}

TEST_CASE("lines typed so far are complete, incomplete or wrong", "[script]") {
  CHECK(completeness("a = 1") == Completeness::kComplete);
  CHECK(completeness("") == Completeness::kComplete);
  CHECK(completeness("# nothing") == Completeness::kComplete);
  CHECK(completeness("if a:") == Completeness::kIncomplete);
  CHECK(completeness("if a:\n  b") == Completeness::kIncomplete);
  CHECK(completeness("if a:\n  b\n") == Completeness::kComplete);
  CHECK(completeness("(a,") == Completeness::kIncomplete);
  CHECK(completeness("'''abc") == Completeness::kIncomplete);
  CHECK(completeness("a \\") == Completeness::kIncomplete);
  CHECK(completeness("@a") == Completeness::kIncomplete);
  CHECK(completeness("def f():\n  def g():") == Completeness::kIncomplete);
  CHECK(completeness("a b") == Completeness::kInvalid);
  CHECK(completeness("'abc") == Completeness::kInvalid);
  CHECK(completeness(")") == Completeness::kInvalid);
  CHECK(completeness("if a: b\nelse c") == Completeness::kInvalid);
}

}  // namespace ouro::test
