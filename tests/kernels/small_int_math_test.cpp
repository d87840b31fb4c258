// Arithmetic of ints of 64 bits, beside CPython's.
#include <ouro/objects/numbers/detail/format_int.h>
#include <ouro/objects/numbers/detail/small_int_math.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <string>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

std::string decimal(std::int64_t value) {
  char text[kInt64TextMax];
  return {text, write_int64(value, text)};
}

/// `value` by reference: it is written while the arguments of this call are evaluated.
std::string or_overflow(bool overflow, const std::int64_t& value) { return overflow ? "overflow" : decimal(value); }

std::string order_text(std::partial_ordering order) {
  return order == std::partial_ordering::less         ? "<"
         : order == std::partial_ordering::greater    ? ">"
         : order == std::partial_ordering::equivalent ? "=="
                                                      : "?";
}

/// The result of the operation that a random case names.
std::string apply(const std::string& operation, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (operation == "+") return or_overflow(add_overflow(a, b, &result), result);
  if (operation == "-") return or_overflow(subtract_overflow(a, b, &result), result);
  if (operation == "*") return or_overflow(multiply_overflow(a, b, &result), result);
  if (operation == "neg") return or_overflow(negate_overflow(a, &result), result);
  if (operation == "//") return or_overflow(floor_divide_overflow(a, b, &result), result);
  if (operation == "%") return decimal(floor_modulo(a, b));
  if (operation == "<<") return or_overflow(shift_left_overflow(a, b, &result), result);
  if (operation == ">>") return decimal(shift_right(a, b));
  if (operation == "**") return or_overflow(power_overflow(a, b, &result), result);
  if (operation == "bits") return decimal(bit_length(a));
  return "no such operation";
}

}  // namespace

TEST_CASE("division of small integers floors, as Python's does", "[kernel][int]") {
  CHECK(apply("//", -7, 2) == "-4");
  CHECK(apply("//", 7, -2) == "-4");
  CHECK(apply("//", -7, -2) == "3");
  CHECK(apply("%", -7, 2) == "1");
  CHECK(apply("%", 7, -2) == "-1");
  CHECK(apply("%", -6, 3) == "0");
  CHECK(apply("//", kInt64Min, -1) == "overflow");
  CHECK(apply("//", kInt64Min, 1) == "-9223372036854775808");
  CHECK(apply("%", kInt64Min, -1) == "0");
}

TEST_CASE("what does not fit 64 bits is reported", "[kernel][int]") {
  CHECK(apply("+", kInt64Max, 1) == "overflow");
  CHECK(apply("-", kInt64Min, 1) == "overflow");
  CHECK(apply("*", kInt64Max, 2) == "overflow");
  CHECK(apply("neg", kInt64Min, 0) == "overflow");
  CHECK(apply("<<", 1, 62) == "4611686018427387904");
  CHECK(apply("<<", 1, 63) == "overflow");
  CHECK(apply("<<", -1, 62) == "-4611686018427387904");
  CHECK(apply("<<", 0, kInt64Max) == "0");
  CHECK(apply(">>", -1, kInt64Max) == "-1");
  CHECK(apply(">>", -7, 1) == "-4");
  CHECK(apply("**", 3, 39) == "4052555153018976267");
  CHECK(apply("**", 3, 40) == "overflow");
  CHECK(apply("**", -2, 63) == "-9223372036854775808");
  CHECK(apply("**", 0, 0) == "1");
  CHECK(apply("**", -1, kInt64Max) == "-1");
}

TEST_CASE("an int and a float are ordered by their exact values", "[kernel][int]") {
  CHECK(order_text(compare(std::int64_t{9007199254740993}, 9007199254740992.0)) == ">");
  CHECK(order_text(compare(kInt64Max, 9223372036854775808.0)) == "<");
  CHECK(order_text(compare(kInt64Min, -9223372036854775808.0)) == "==");
  CHECK(order_text(compare(std::int64_t{1}, 1.5)) == "<");
  CHECK(order_text(compare(std::int64_t{1}, std::numeric_limits<double>::quiet_NaN())) == "?");
  CHECK(order_text(compare(kInt64Max, std::numeric_limits<double>::quiet_NaN())) == "?");
}

TEST_CASE("an integer prints its digits", "[kernel][int]") {
  CHECK(decimal(0) == "0");
  CHECK(decimal(-1) == "-1");
  CHECK(decimal(kInt64Min) == "-9223372036854775808");
  CHECK(decimal(kInt64Max) == "9223372036854775807");
  std::int64_t power = 1;
  for (int k = 0; k < 18; ++k, power *= 10)
    for (const std::int64_t value : {power - 1, power, power + 1, -power}) CHECK(decimal(value) == std::to_string(value));
}

TEST_CASE("small integer arithmetic agrees with CPython on random values", "[kernel][int][differential]") {
  compare_with_python(R"(
def small():
    return rng.choice([rng.randrange(-20, 20), rng.randrange(-2**63, 2**63),
                       rng.choice([-1, 1]) * rng.getrandbits(rng.randrange(1, 63)),
                       -2**63, 2**63 - 1, 2**62, 2**31, 2**32])
def fits(n): return str(n) if -2**63 <= n < 2**63 else 'overflow'
for _ in range(COUNT(4000)):
    a, b, n = small(), small(), rng.randrange(70)
    for op, f in (('+', lambda: a + b), ('-', lambda: a - b), ('*', lambda: a * b), ('neg', lambda: -a),
                  ('bits', lambda: a.bit_length())):
        case(op, a, b, fits(f()))
    if b: case('//', a, b, fits(a // b)); case('%', a, b, fits(a % b))
    a = rng.choice([a, rng.randrange(-9, 9)])
    case('<<', a, n, fits(a << n)); case('>>', a, n, fits(a >> n)); case('**', a, n, fits(a ** n))
    x = rng.choice([real(), float(a), float(a) + rng.choice([0.5, -0.5]), math.nextafter(float(a), math.inf)])
    case('compare', a, x, '<' if a < x else '>' if a > x else '==' if a == x else '?')
)",
                      40000, [](const PythonCase& c) {
                        const std::string operation = c.text(0);
                        const std::int64_t a = c.integer(1);
                        return Verdict{
                            operation == "compare" ? order_text(compare(a, c.real(2))) : apply(operation, a, c.integer(2)),
                            c.text(3)};
                      });
}
