// Complex numbers: everything that CPython does with them, compared line by line; messages, classes, memory, C++.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/from_complex.h>
#include <ouro/objects/numbers/complex.h>
#include <ouro/objects/text/str.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <complex>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

std::size_t count_of(std::size_t usual) { return std::getenv("OURO_STRESS") != nullptr ? usual / 8 + 1 : usual; }

/// What an operand may be: parts with every kind of double, ints, bools, floats and strangers.
const std::vector<std::string> kOperands = {"0j",
                                            "1j",
                                            "complex(-0.0, -0.0)",
                                            "complex(-0.0, 0.0)",
                                            "complex(0.0, -0.0)",
                                            "complex(1, 2)",
                                            "complex(-1.5, 0.25)",
                                            "complex(3, 0)",
                                            "complex(2**53, 0)",
                                            "complex(nan, 1)",
                                            "complex(1, nan)",
                                            "complex(inf, 0)",
                                            "complex(0, inf)",
                                            "complex(-inf, inf)",
                                            "complex(inf, nan)",
                                            "complex(1e308, 1e308)",
                                            "complex(1e-320, 5e-324)",
                                            "complex(1e200, -1e200)",
                                            "0",
                                            "1",
                                            "-2",
                                            "3",
                                            "100",
                                            "101",
                                            "2**53 + 1",
                                            "10**400",
                                            "True",
                                            "0.0",
                                            "-0.0",
                                            "0.5",
                                            "-1.5",
                                            "inf",
                                            "nan",
                                            "'a'",
                                            "None",
                                            "[]"};

void add_numbers(Evaluator& evaluator) {
  evaluator.name("nan", evaluator.evaluate("float('nan')"), "float('nan')");
  evaluator.name("inf", evaluator.evaluate("float('inf')"), "float('inf')");
}

/// A double as Python writes it, often an odd one.
std::string random_real(std::mt19937& random) {
  static const std::vector<std::string> kOdd = {"0.0", "-0.0", "1",   "-1",    "2",     "0.5",
                                                "inf", "-inf", "nan", "1e308", "5e-324"};
  if (random() % 3 == 0) return kOdd[random() % kOdd.size()];
  const double magnitude = std::uniform_real_distribution<double>(-20, 20)(random);
  const double value = std::uniform_real_distribution<double>(-1, 1)(random) * std::pow(10.0, random() % 2 ? magnitude : 0);
  char text[40];
  std::snprintf(text, sizeof text, "%.16e", value);  // an int to the power of a large int would never end
  return text;
}

std::string random_complex(std::mt19937& random) {
  return "complex(" + random_real(random) + ", " + random_real(random) + ")";
}

std::string random_operand(std::mt19937& random) {
  switch (random() % 6) {
    case 0:
      return std::to_string(static_cast<int>(random() % 240) - 120);
    case 1:
      return "(" + random_real(random) + ")";
    default:
      return random_complex(random);
  }
}

/// A text that is often a complex number, and as often just misses being one.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> kParts = {
      "1", "2.5", "-",  "+", "j", "J",  "(",   ")",       " ",     "e5", "1e-3",  "inf", "nan", "Infinity", "_",     "1_0",
      ".", ".5",  "3.", "0", "e", "E+", "\\t", "\\u0663", "\\xa0", "x",  "\\x00", "-1",  "+2j", "i",        "1e400", "in"};
  std::string made;
  for (std::size_t left = 1 + random() % 5; left > 0; --left) made += kParts[random() % kParts.size()];
  return made;
}

}  // namespace

TEST_CASE("complex operators do what CPython's do, on all pairs of odd operands", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_numbers(evaluator);
  std::vector<std::string> lines;
  for (const std::string& a : kOperands) {
    for (const std::string& b : kOperands) {
      if (a.find('j') == std::string::npos && b.find("complex") == std::string::npos &&
          a.find("complex") == std::string::npos)
        continue;
      for (const char* const sign : {"+", "-", "*", "/", "**", "==", "!="})
        lines.push_back("(" + a + ") " + sign + " (" + b + ")");
      for (const char* const sign : {"//", "%", "<", ">=", "<<", "&"}) {
        if (a == "'a'" && sign[0] == '%') continue;  // formatting text is no arithmetic
        if (lines.size() % 5 == 0) lines.push_back("(" + a + ") " + sign + " (" + b + ")");
      }
    }
    for (const char* const call : {"repr(%)", "hash(%) == hash(%)", "abs(%)", "-(%)", "+(%)", "~(%)", "not (%)",
                                   "complex(%)", "complex(1, %)", "complex(%, 1)", "complex(%, 1j)"}) {
      std::string line = call;
      if (line.starts_with("hash") && a.find("nan") != std::string::npos) continue;  // by identity
      for (std::size_t at = 0; (at = line.find('%')) != std::string::npos;) line.replace(at, 1, a);
      lines.push_back(line);
    }
  }
  if (std::getenv("OURO_STRESS") != nullptr) lines.resize(lines.size() / 8);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("random complex arithmetic gives CPython's bits", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_numbers(evaluator);
  std::mt19937 random(20231);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count_of(6000); ++i) {
    static const std::vector<std::string> kSigns = {"+", "-", "*", "/", "**", "**", "==", "!="};
    const std::string a = random_complex(random);
    const std::string b = random_operand(random);
    const std::string sign = kSigns[random() % kSigns.size()];
    lines.push_back(random() % 2 != 0 ? a + " " + sign + " " + b : b + " " + sign + " " + a);
    if (a.find("nan") == std::string::npos && i % 3 == 0) lines.push_back("hash(" + a + ")");
    if (i % 3 == 1) lines.push_back("abs(" + a + ")");
    if (i % 5 == 1) lines.push_back("(-abs(" + random_real(random) + ")) ** " + random_real(random));
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("complex reads texts as CPython does", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::mt19937 random(777);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count_of(8000); ++i) lines.push_back("complex('" + random_text(random) + "')");
  for (std::size_t i = 0; i < count_of(3000); ++i) lines.push_back("float('" + random_text(random) + "')");
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("complex has CPython's constructor, methods and messages of errors", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_numbers(evaluator);
  compare_lines_with_python(evaluator, {"complex()",
                                        "complex(1, 2)",
                                        "complex('1', '2')",
                                        "complex(1, '2')",
                                        "complex('1', 2)",
                                        "complex([])",
                                        "complex(1, [])",
                                        "complex([], 1)",
                                        "complex(None)",
                                        "complex(1, None)",
                                        "complex(1j, 2j)",
                                        "complex(1, 2j)",
                                        "complex(real=1, imag=2)",
                                        "complex(imag='a')",
                                        "complex(real='1')",
                                        "complex(1, 2, 3)",
                                        "complex(foo=1)",
                                        "complex(10**400)",
                                        "complex(1, 10**400)",
                                        "complex(-0.0, 1j)",
                                        "complex(-0.0)",
                                        "complex(-0.0, -0.0)",
                                        "1j < 2j",
                                        "1j < 1",
                                        "1j // 1",
                                        "1j % 1",
                                        "int(1j)",
                                        "float(1j)",
                                        "1j.real",
                                        "1j.imag",
                                        "complex(3, 4).conjugate()",
                                        "complex(3, 4).__getnewargs__()",
                                        "complex(3, 4).__complex__()",
                                        "complex.real",
                                        "complex.conjugate",
                                        "complex.conjugate.__doc__",
                                        "complex.__complex__.__doc__",
                                        "complex.__doc__",
                                        "complex.__new__(complex, 1)",
                                        "complex.__new__(int)",
                                        "1j.__add__('a')",
                                        "1j.__radd__(2)",
                                        "1j.__eq__(1)",
                                        "1j.__eq__('a')",
                                        "1j.__lt__(1j)",
                                        "1j.__bool__()",
                                        "1j.__abs__()",
                                        "1j.__int__",
                                        "1j.real.x",
                                        "1j.foo",
                                        "1j.conjugate(1)",
                                        "1j.__complex__(1)",
                                        "1j.__hash__()",
                                        "1j.__neg__()",
                                        "1j.__pos__()",
                                        "complex.__eq__(1, 1j)",
                                        "hasattr(1j, '__divmod__')",
                                        "hasattr(1j, '__floordiv__')",
                                        "hasattr(1j, '__float__')",
                                        "1j in [1, 1j]",
                                        "{1: 2, 1j: 3}[complex(1)]",
                                        "str(1j)",
                                        "isinstance(1j, complex)",
                                        "issubclass(complex, object)",
                                        "(-8) ** 0.5",
                                        "(-8.0) ** 0.5",
                                        "(-8) ** -0.5",
                                        "(-8) ** True",
                                        "0 ** 1j",
                                        "0j ** -1",
                                        "0j ** 1j",
                                        "1j ** 100",
                                        "1j ** 101",
                                        "complex(1, 2) ** 5.0"});
}

TEST_CASE("complex asks __complex__, then __float__, then __index__", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  Evaluator evaluator(builtins);
  const auto name = [&](const std::string& as, const char* method, const std::string& value) {
    const Ref<Class> type = make_class(builtins, "Special");
    const Ref<> held = evaluator.evaluate(value);
    set_attribute(*type, *make_str(builtins, method),
                  *make_function(
                      builtins, method, [](Object& kept, Object&) { return share(kept); }, held));
    evaluator.name(as, call(*type, {}),
                   as + " = type('Special', (), {'" + std::string(method) + "': lambda self: " + value + "})()\n");
  };
  name("good", "__complex__", "complex(1, 2)");
  name("bad", "__complex__", "1");
  name("real", "__float__", "1.5");
  name("unreal", "__float__", "1");
  name("whole", "__index__", "7");
  std::vector<std::string> lines;
  for (const char* const each : {"good", "bad", "real", "unreal", "whole"}) {
    lines.push_back("complex(" + std::string(each) + ")");
    lines.push_back("complex(" + std::string(each) + ", 1)");
    lines.push_back("complex(1, " + std::string(each) + ")");
    lines.push_back("1j + " + std::string(each));
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a class may derive from complex, and its objects go into messages", "[numbers]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<Class> wave = make_class(builtins, "Wave", {&builtins.type(Kind::kComplex)});
  Object* const given[] = {make_float(builtins, 1.5).release(), make_float(builtins, -0.0).release()};
  const Ref<> made = call(*wave, {given, {}, {}});
  decrement(*given[0]);
  decrement(*given[1]);
  CHECK(made->type == wave.get());
  CHECK(shown(made) == "(1.5-0j)");
  CHECK(equal(*made, *make_float(builtins, 1.5)));
  CHECK(positive(*made)->type == &builtins.type(Kind::kComplex));
  set_attribute(*made, *make_str(builtins, "label"), *make_str(builtins, "x"));
  CHECK(shown(get_attribute(*made, *make_str(builtins, "label"))) == "'x'");
  const Message message(*make_complex(builtins, 2.5, -0.0));
  CHECK(shown(message.unpack(builtins)) == "(2.5-0j)");
  fixture.verify();
}

TEST_CASE("std::complex and complex convert into each other", "[numbers]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<Complex> made = make_complex(builtins, std::complex<double>(1.5, -2));
  CHECK(from_object<std::complex<double>>(*made) == std::complex<double>(1.5, -2));
  CHECK(from_object<std::complex<double>>(*make_int(builtins, 3)) == std::complex<double>(3, 0));
  CHECK(detail::From<std::complex<double>>::convert(*make_float(builtins, 0.5)) == std::complex<double>(0.5, 0));
  CHECK(error_of([&] { return from_object<std::complex<double>>(*make_str(builtins, "1")); }) ==
        "TypeError: must be real number, not str");
}

TEST_CASE("complex operations give back everything when memory runs out", "[numbers]") {
  World world;
  const Ref<> left = make_complex(world.builtins, 1, 2);
  const Ref<> right = make_int(world.builtins, 3);
  const std::size_t atoms = world.live_atoms();
  for (const Operator op : {Operator::kAdd, Operator::kMultiply, Operator::kTrueDivide, Operator::kPower})
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(op, *left, *right)); }) == 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(repr(*left)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(complex_from_text(world.builtins, "1_0+2j")); }) >= 1);
  CHECK(world.live_atoms() == atoms);
}

}  // namespace ouro::test
