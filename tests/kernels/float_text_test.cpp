// Floats as text and back, beside CPython's.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <cmath>
#include <limits>
#include <string>

using namespace ouro;
using namespace ouro::detail;
using namespace ouro::test;

namespace {

std::string repr(double value) {
  char text[kFloatTextMax];
  return {text, write_float(value, text)};
}

std::string parse(std::string_view text) {
  return outcome_of([&] {
    const auto value = parse_float(text);
    if (!value) raise_bad_float(text);
    return bits_of(*value);
  });
}

}  // namespace

TEST_CASE("repr of a float is the shortest text that reads back, in Python's layout", "[kernel][float]") {
  CHECK(repr(0.0) == "0.0");
  CHECK(repr(-0.0) == "-0.0");
  CHECK(repr(1.0) == "1.0");
  CHECK(repr(-7.0) == "-7.0");
  CHECK(repr(0.1) == "0.1");
  CHECK(repr(0.1 + 0.2) == "0.30000000000000004");
  CHECK(repr(3.14159265358979) == "3.14159265358979");
  CHECK(repr(1e15) == "1000000000000000.0");
  CHECK(repr(999999999999999.0) == "999999999999999.0");
  CHECK(repr(9999999999999998.0) == "9999999999999998.0");
  CHECK(repr(1e16) == "1e+16");
  CHECK(repr(123456789012345680.0) == "1.2345678901234568e+17");
  CHECK(repr(1e22) == "1e+22");
  CHECK(repr(0.0001) == "0.0001");
  CHECK(repr(0.00001) == "1e-05");
  CHECK(repr(1.5e-7) == "1.5e-07");
  CHECK(repr(1e300) == "1e+300");
  CHECK(repr(5e-324) == "5e-324");
  CHECK(repr(-2.2250738585072014e-308) == "-2.2250738585072014e-308");
  CHECK(repr(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
  CHECK(repr(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(repr(-std::numeric_limits<double>::infinity()) == "-inf");
  CHECK(repr(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(repr(-std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("float() reads what Python reads", "[kernel][float]") {
  CHECK(parse_float("3.5") == 3.5);
  CHECK(parse_float("  -1_0.5_0e1_0\n") == -10.5e10);
  CHECK(parse_float("1.") == 1.0);
  CHECK(parse_float(".5") == 0.5);
  CHECK(parse_float("+1E-2") == 0.01);
  CHECK(parse_float("iNfiNity") == std::numeric_limits<double>::infinity());
  CHECK(parse_float("-inf") == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(parse_float("NaN").value()));
  CHECK(parse_float("1e400") == std::numeric_limits<double>::infinity());
  CHECK(parse_float("-1e99999999999999999999999") == -std::numeric_limits<double>::infinity());
  CHECK(parse_float("1e-400") == 0.0);
  CHECK(std::signbit(parse_float("-1e-99999999999999999999999").value()));
  CHECK(parse_float("0e99999999999999999999") == 0.0);
  CHECK(parse_float("0." + std::string(400, '0') + "1e401") == 1.0);
  CHECK(parse_float("1" + std::string(400, '0') + "e-400") == 1.0);
  CHECK(parse_float("\u0661\u0662.\uff15") == 12.5);
  CHECK(parse_float("\u20031\u3000") == 1.0);
  for (const char* bad : {"",
                          " ",
                          "abc",
                          "1_e5",
                          "1._5",
                          "_1",
                          "1_",
                          "1__0",
                          "0x1",
                          ".",
                          "e5",
                          "1e",
                          "1e+",
                          "+ 1",
                          "--1",
                          "+-1",
                          "in_f",
                          "infinit",
                          "1.2.3",
                          "1 2",
                          "1f",
                          "\x1c"
                          "1",
                          "1\u00e9",
                          "nan(1)",
                          "\u00bd"})
    CHECK_FALSE(parse_float(bad).has_value());
  CHECK_FALSE(parse_float(std::string_view("1\0", 2)).has_value());
  CHECK(parse("ab'c\n") == "ValueError: could not convert string to float: \"ab'c\\n\"");
}

TEST_CASE("repr of a float agrees with CPython on random values", "[kernel][float][differential]") {
  compare_with_python("for _ in range(COUNT(60000)): x = real(); case(x, repr(x))", 60000, [](const PythonCase& c) {
    return Verdict{repr(c.real(0)), c.text(1)};
  });
}

TEST_CASE("float() agrees with CPython on random text", "[kernel][float][differential]") {
  compare_with_python(R"(
alphabet = ['0', '1', '9', '5', '00', '.', 'e', 'E', '+', '-', '_', ' ', '\t', '\x1c', 'inf', 'nan',
            'Infinity', 'x', '\u0665', '\u2003', '\u00e9', '\0', '\U0001d7d8']
weights = [8, 8, 8, 8, 2, 6, 3, 1, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
for _ in range(COUNT(30000)):
    s = ''.join(rng.choices(alphabet, weights, k=rng.randrange(9)))
    case(s, outcome(lambda: float(s)))
for _ in range(COUNT(20000)):
    s = repr(real())
    digits = rng.randrange(1, 40)
    s = rng.choice([s, s.upper(), '%.*e' % (digits, real()), '%.*f' % (digits, real()),
                    '%d.%de%d' % (rng.getrandbits(digits), rng.getrandbits(70), rng.randrange(-345, 320))])
    case(s, outcome(lambda: float(s)))
)",
                      50000, [](const PythonCase& c) {
                        return Verdict{parse(c.text(0)), c.is_text(1) ? c.text(1) : bits_of(c.real(1))};
                      });
}
