// Division, powers and rounding of floats, beside CPython's.
#include <ouro/objects/numbers/detail/float_math.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <limits>
#include <string>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// The result of the operation that a case names, as text.
std::string apply(const std::string& operation, double a, double b) {
  return outcome_of([&]() -> std::string {
    if (operation == "/") return bits_of(float_true_divide(a, b));
    if (operation == "//") return bits_of(float_floor_divide(a, b));
    if (operation == "%") return bits_of(float_modulo(a, b));
    if (operation == "**") return power_is_complex(a, b) ? "complex" : bits_of(float_power(a, b));
    if (operation == "divmod") {
      const FloatDivmod both = float_divmod(a, b);
      return bits_of(both.quotient) + ", " + bits_of(both.remainder);
    }
    return "no such operation";
  });
}

std::string round_text(double value, std::int64_t digits) {
  return outcome_of([&] { return bits_of(float_round(value, digits)); });
}

}  // namespace

TEST_CASE("float division floors and the remainder has the divisor's sign", "[kernel][float]") {
  CHECK(float_floor_divide(-7.0, 2.0) == -4.0);
  CHECK(float_modulo(-7.0, 2.0) == 1.0);
  CHECK(float_modulo(7.0, -2.0) == -1.0);
  CHECK(apply("%", -6.0, 3.0) == bits_of(0.0));
  CHECK(apply("%", 6.0, -3.0) == bits_of(-0.0));
  CHECK(apply("%", 1.0, -kInf) == bits_of(-kInf));
  CHECK(apply("//", 1.0, -kInf) == bits_of(-1.0));
  CHECK(apply("//", 1.0, 0.1) == bits_of(9.0));
  CHECK(apply("//", kInf, 1.0) == bits_of(kNan));
  CHECK(apply("/", 1.0, 0.0) == "ZeroDivisionError: float division by zero");
  CHECK(apply("//", 1.0, -0.0) == "ZeroDivisionError: float floor division by zero");
  CHECK(apply("%", 1.0, 0.0) == "ZeroDivisionError: float modulo");
  CHECK(apply("divmod", 1.0, 0.0) == "ZeroDivisionError: float divmod()");
}

TEST_CASE("float power raises where Python raises", "[kernel][float]") {
  CHECK(float_power(2.0, 10.0) == 1024.0);
  CHECK(float_power(kNan, 0.0) == 1.0);
  CHECK(float_power(1.0, kNan) == 1.0);
  CHECK(float_power(-1.0, kInf) == 1.0);
  CHECK(float_power(-2.0, 3.0) == -8.0);
  CHECK(float_power(2.0, -1074.0) == 5e-324);
  CHECK(apply("**", -0.0, 3.0) == bits_of(-0.0));
  CHECK(apply("**", -kInf, -3.0) == bits_of(-0.0));
  CHECK(apply("**", -kInf, 2.0) == bits_of(kInf));
  CHECK(apply("**", 0.0, -1.0) == "ZeroDivisionError: 0.0 cannot be raised to a negative power");
  CHECK(apply("**", 10.0, 400.0) == "OverflowError: (34, 'Numerical result out of range')");
  CHECK(apply("**", -8.0, 0.5) == "complex");
}

TEST_CASE("round() is exact and breaks ties to even", "[kernel][float]") {
  CHECK(float_round(2.5) == 2.0);
  CHECK(float_round(3.5) == 4.0);
  CHECK(float_round(-0.5) == 0.0);
  CHECK(float_round(2.675, 2) == 2.67);
  CHECK(float_round(0.125, 2) == 0.12);
  CHECK(float_round(15.0, -1) == 20.0);
  CHECK(float_round(25.0, -1) == 20.0);
  CHECK(float_round(5.0, -1) == 0.0);
  CHECK(float_round(5.000000000000001, -1) == 10.0);
  CHECK(float_round(5e-324, 400) == 5e-324);
  CHECK(round_text(-4.0, -1) == bits_of(-0.0));
  CHECK(round_text(1.7e308, -308) == "OverflowError: rounded value too large to represent");
  CHECK(round_text(kInf, 2) == bits_of(kInf));
}

TEST_CASE("float arithmetic agrees with CPython on random values", "[kernel][float][differential]") {
  compare_with_python(R"(
for _ in range(COUNT(12000)):
    a, b = real(), real()
    if rng.randrange(4) == 0: a = b * rng.randrange(-50, 50)
    case('/', a, b, outcome(lambda: a / b))
    case('//', a, b, outcome(lambda: a // b))
    case('%', a, b, outcome(lambda: a % b))
    r = outcome(lambda: divmod(a, b))
    case('divmod', a, b, *([r] if isinstance(r, str) else r))
    b = rng.choice([b, float(rng.randrange(-30, 30)), rng.uniform(-1080, 1080)])
    is_complex = math.isfinite(a) and a < 0 and math.isfinite(b) and b != math.floor(b)
    case('**', a, b, 'complex' if is_complex else outcome(lambda: a ** b))
)",
                      60000, [](const PythonCase& c) {
                        std::string expected = c.is_text(3) ? c.text(3) : bits_of(c.real(3));
                        if (c.size() > 4) expected += ", " + bits_of(c.real(4));
                        return Verdict{apply(c.text(0), c.real(1), c.real(2)), expected};
                      });
}

TEST_CASE("round() agrees with CPython on random values", "[kernel][float][differential]") {
  compare_with_python(R"(
for _ in range(COUNT(40000)):
    x = rng.choice([real(), rng.randrange(-10**6, 10**6) / 8, float(rng.randrange(10**6) * 5),
                    5.0 * 10.0**rng.randrange(-20, 308), 10.0**rng.randrange(-20, 308)])
    if rng.randrange(4) == 0: x = math.nextafter(x, math.inf)
    n = rng.choice([rng.randrange(-5, 20), rng.randrange(-330, 340)])
    if rng.randrange(3) == 0 and x and math.isfinite(x): n = rng.randrange(-2, 3) - math.floor(math.log10(abs(x)))
    case(x, n, outcome(lambda: round(x, n)))
)",
                      40000, [](const PythonCase& c) {
                        return Verdict{round_text(c.real(0), c.integer(1)), c.is_text(2) ? c.text(2) : bits_of(c.real(2))};
                      });
}
