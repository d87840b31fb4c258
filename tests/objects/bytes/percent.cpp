// The operator % of bytes and bytearray beside CPython's, and what foreign code does while it formats.
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

using Lines = std::vector<std::string>;

// clang-format off
const Lines kPatterns{
    "", "a", "%", "%%", "%d", "%i", "%u", "%o", "%x", "%X", "%#x", "%#X", "%#o", "%5d", "%-5d|", "%05d", "%+d", "% d",
    "%+.3d",
    "%.5x", "%#.5X", "%s", "%b", "%r", "%a", "%.2s", "%5s|", "%-5s|", "%05s", "%.0b|", "%c", "%5c|", "%-5c|", "%.0c|", "%f",
    "%e", "%g", "%G", "%E", "%F", "%.2f", "%08.3f", "%+g", "%#g", "%.3e", "%y", "%5%", "%5", "%.", "%.5", "%l", "%ld",
    "%lld",
    "%hd", "%*d", "%-*d|", "%.*d", "%*.*f", "%*", "%.*", "%(a)s", "%(a)d", "%(a", "%(b)s", "%()s", "%((a))d", "%(a)*d",
    "%(a)s%s", "%d %d", "%s and %d", "%99999999999999999999d", "%.99999999999999999999d", "%.2147483647d", "%s%%", "\\xff%d",
    "%\\xff", "%\\x7f", "%i and %s|%c"};
const Lines kValues{
    "1", "-255", "True", "2**80", "-2**80", "1.5", "-0.0", "float('nan')", "float('-inf')", "b''", "b'x'", "b'xyz'",
    "bytearray(b'yz')", "memoryview(b'view')", "memoryview(b'abcd')[::2]", "'text'", "'\xc3\xa9'", "None", "[]", "[1]", "()",
    "(1,)", "(1, 2)", "(b'a', 2)", "(5, 3)", "(-5, 3)", "(8, 2, 3.14159)", "(2**70, 3)", "('a', 1)", "(b'ab', b'c', 65)",
    "{}", "{b'a': 1}", "{b'a': b'v', b'b': 2}", "{'a': 1}", "{b'(a)': 7, b'': b'e'}", "65", "256", "-1", "range(3)",
    "object",
    "int", "(1, b'two', 3)", "1j", "slice(1)"};
// clang-format on

/// An object whose `__bytes__` does what a test says.
struct Asked {
  const std::function<void()>* asked;
  static constexpr std::tuple<> edges{};
};

}  // namespace

TEST_CASE("the operator % of bytes and bytearray answers as CPython's does", "[bytes][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  Lines lines;
  for (const std::string& pattern : kPatterns)
    for (const std::string& value : kValues) {
      lines.push_back("b'" + pattern + "' % " + (value == "()" ? "()" : "(" + value + ")"));
      if (lines.size() % 3 == 0) lines.push_back("bytearray(b'" + pattern + "') % (" + value + ")");
    }
  for (const char* const line : {"b'%d'.__mod__(3)", "b'%d'.__rmod__(b'%d')", "b'%d'.__rmod__(3)", "bytearray().__rmod__(1)",
                                 "bytes.__mod__", "bytearray.__mod__", "1 % b''", "'%s' % b''",
                                 "bytearray(b'%s').__mod__(b'a')", "b'%s' % ((b'a',),)", "b'%9223372036854775807d' % 3",
                                 "b'%9223372036854775807s' % b''", "b'%9223372036854775808d' % 3", "b'%.2147483648d' % 3"})
    lines.emplace_back(line);
  lines.emplace_back("a = bytearray(b'<%s>')");
  lines.emplace_back("a %= b'x'");
  lines.emplace_back("a");
  // What CPython says of a type that is no ASCII changed from 3.11.2 to 3.11.7 (docs/types.md).
  compare_lines_with_python(evaluator, lines, [](const std::string& line, const std::string& ours, const std::string&) {
    return line.find("%\\xff") != std::string::npos && ours.starts_with("OverflowError: character argument not in range");
  });
}

TEST_CASE("random conversions of bytes answer as CPython's do", "[bytes][cpython]") {
  if (!have_python_or_skip()) return;
  std::mt19937 random(7);
  const auto any_of = [&](const Lines& from) { return from[random() % from.size()]; };
  const Lines flags{"", "-", "+", " ", "#", "0", "-0", "#0", "+-", " #", "0+"};
  const Lines sizes{"", "3", "12", "*", "0"};
  const Lines types{"d", "i", "u", "o", "x", "X", "e", "E", "f", "F", "g", "G", "c", "b", "s", "r", "a"};
  const Lines values{"0", "7", "-12", "2**70", "3.75", "-1e-7", "1e22", "b'ab'", "bytearray(b'xyz')", "65", "'q'"};
  Lines lines;
  for (int i = 0; i < 4000; ++i) {
    const std::string flag = any_of(flags), width = any_of(sizes), precision = any_of(sizes), type = any_of(types);
    const bool has_precision = random() % 2 == 0;
    std::string given;
    if (width == "*") given += "6, ";
    if (has_precision && precision == "*") given += "2, ";
    const std::string value = any_of(values);
    lines.push_back("b'<%" + flag + width + (has_precision ? "." + precision : "") + type + ">' % (" + given + value + ",)");
  }
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE_METHOD(Fixture, "a bytearray keeps its size while it is the pattern of a format", "[bytes][law-exported-still]") {
  const Ref<ByteArray> pattern = make_bytearray(rt.builtins(), "%s and %s");
  std::string refused;
  const std::function<void()> clear = [&] { refused = error_of([&] { pattern->clear(); }); };
  const auto type = rt.class_<Asked>("Asked").def("__bytes__(self)", [this](Asked& self) {
    (*self.asked)();
    return make_bytes(rt.builtins(), "asked");
  });
  const Ref<> asked = type.make(Asked{&clear});
  const Ref<> made = apply(Operator::kRemainder, *pattern, *rt.tuple(asked, asked));
  CHECK(shown(made) == "bytearray(b'asked and asked')");
  CHECK(refused == "BufferError: Existing exports of data: object cannot be re-sized");
  pattern->clear();
  CHECK(pattern->size == 0);
}

TEST_CASE("formats of bytes that run out of memory leak nothing", "[bytes]") {
  World world;
  Builtins& builtins = world.builtins;
  const Ref<Bytes> pattern = make_bytes(builtins, "%d %500d %-300s %r %f");
  const Ref<> five = make_int(builtins, 5), bytes = make_bytes(builtins, "bytes");
  const Ref<Tuple> values = make_tuple(builtins, {five.get(), five.get(), bytes.get(), bytes.get(), five.get()});
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(Operator::kRemainder, *pattern, *values)); }) > 2);
}

}  // namespace ouro::test
