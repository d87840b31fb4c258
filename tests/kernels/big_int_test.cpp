// Arithmetic of big ints, beside CPython's.
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/detail/int_text.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <limits>
#include <string>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

BigInt big(const std::string& text) { return parse_int(text, 0, 0); }
std::string text_of(const BigInt& value) { return to_decimal(value, 0); }

/// The result of the operation that a case names, as text.
std::string apply(const std::string& operation, const BigInt& a, const BigInt& b) {
  return outcome_of([&]() -> std::string {
    if (operation == "+") return text_of(a + b);
    if (operation == "-") return text_of(a - b);
    if (operation == "*") return text_of(multiply(a, b));
    if (operation == "//") return text_of(floor_divide(a, b));
    if (operation == "%") return text_of(floor_modulo(a, b));
    if (operation == "divmod") return text_of(floor_divmod(a, b).first) + " " + text_of(floor_divmod(a, b).second);
    if (operation == "**") return text_of(power(a, b));
    if (operation == "bits") return std::to_string(bit_length(a));
    if (operation == "<") return a < b ? "1" : "0";
    if (operation == "==") return a == b ? "1" : "0";
    if (operation == "/") return bits_of(true_divide(a, b));
    if (operation == "float") return bits_of(to_double(a));
    return "no such operation";
  });
}

std::string apply(const std::string& operation, const std::string& a, const std::string& b) {
  return apply(operation, big(a), big(b));
}

std::string order_text(std::partial_ordering order) {
  if (order == std::partial_ordering::unordered) return "?";
  return order < 0 ? "<" : order > 0 ? ">" : "==";
}

std::string power_modulo_text(const BigInt& a, const BigInt& b, const BigInt& m) {
  return outcome_of([&] { return text_of(power_modulo(a, b, m)); });
}

const std::string kTwo64 = "18446744073709551616";

}  // namespace

TEST_CASE("division of big integers floors, as Python's does", "[kernel][int]") {
  CHECK(apply("//", "-" + kTwo64, "3") == "-6148914691236517206");
  CHECK(apply("%", "-" + kTwo64, "3") == "2");
  CHECK(apply("%", kTwo64, "-3") == "-2");
  CHECK(apply("divmod", "-" + kTwo64, "-5") == "3689348814741910323 -1");
  CHECK(apply("//", "-9223372036854775808", "-1") == "9223372036854775808");
  CHECK(apply("//", kTwo64, "0") == "ZeroDivisionError: integer division or modulo by zero");
  CHECK(apply("//", "1", "0") == "ZeroDivisionError: integer division or modulo by zero");
  CHECK(apply("%", kTwo64, "0") == "ZeroDivisionError: integer modulo by zero");
  CHECK(apply("divmod", kTwo64, "0") == "ZeroDivisionError: integer division or modulo by zero");
}

TEST_CASE("a result too large to hold is refused before it is computed", "[kernel][int]") {
  CHECK(apply("**", "2", "4611686018427387904") == "MemoryError");
  CHECK(apply("**", "3", "1" + std::string(40, '0')) == "MemoryError");
  CHECK(apply("**", "-1", "1" + std::string(40, '0') + "1") == "-1");
  CHECK(apply("**", "0", kTwo64) == "0");
  CHECK(apply("**", "0", "0") == "1");
}

TEST_CASE("pow with a modulus takes the modulus's sign and can invert", "[kernel][int]") {
  CHECK(power_modulo_text(3, 5, -7) == "-2");
  CHECK(power_modulo_text(3, -1, 7) == "5");
  CHECK(power_modulo_text(3, -1, -7) == "-2");
  CHECK(power_modulo_text(5, 0, 1) == "0");
  CHECK(power_modulo_text(0, -1, 1) == "0");
  CHECK(power_modulo_text(2, 3, 0) == "ValueError: pow() 3rd argument cannot be 0");
  CHECK(power_modulo_text(2, -1, 4) == "ValueError: base is not invertible for the given modulus");
  CHECK(power_modulo_text(7, big("1" + std::string(60, '0')), big("1000000007")) == "500541755");
}

TEST_CASE("integers and floats convert and compare exactly", "[kernel][int]") {
  const BigInt limit = (BigInt(1) << 1024) - (BigInt(1) << 970);
  CHECK(apply("float", "9007199254740993", "0") == bits_of(9007199254740992.0));
  CHECK(apply("float", "9007199254740995", "0") == bits_of(9007199254740996.0));
  CHECK(apply("float", "-36893488147419107329", "0") == bits_of(-36893488147419111424.0));
  CHECK(to_double(limit - 1) == std::numeric_limits<double>::max());
  CHECK(apply("float", limit, 0) == "OverflowError: int too large to convert to float");
  CHECK(text_of(from_double(-1e23)) == "-99999999999999991611392");
  CHECK(text_of(from_double(-2.9)) == "-2");
  CHECK(outcome_of([] { return text_of(from_double(-std::numeric_limits<double>::infinity())); }) ==
        "OverflowError: cannot convert float infinity to integer");
  CHECK(outcome_of([] { return text_of(from_double(std::numeric_limits<double>::quiet_NaN())); }) ==
        "ValueError: cannot convert float NaN to integer");
  CHECK(order_text(compare(big("100000000000000000000000"), 1e23)) == ">");
  CHECK(order_text(compare(big("99999999999999991611392"), 1e23)) == "==");
  CHECK(order_text(compare(-limit, -std::numeric_limits<double>::infinity())) == ">");
  CHECK(order_text(compare(limit, std::numeric_limits<double>::quiet_NaN())) == "?");
}

TEST_CASE("int / int is rounded once", "[kernel][int]") {
  CHECK(true_divide(7, 2) == 3.5);
  CHECK(true_divide(power(10, 400), power(10, 100)) == 1e300);
  CHECK(true_divide(1, power(10, 400)) == 0.0);
  CHECK(true_divide(1, BigInt(1) << 1074) == 5e-324);
  CHECK(apply("/", "0", "-5") == bits_of(-0.0));
  CHECK(apply("/", "1", "0") == "ZeroDivisionError: division by zero");
  CHECK(apply("/", power(10, 400), 1) == "OverflowError: integer division result too large for a float");
}

TEST_CASE("a number survives being kept as limbs and sign", "[kernel][int]") {
  for (const char* text :
       {"0", "1", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551616",
        "-340282366920938463463374607431768211456", "0x123456789abcdef0000000000000000000000000000000000000001"}) {
    const BigInt value = big(text);
    CHECK(from_limbs(limbs_of(value), value.sign() < 0) == value);
    std::int64_t small = 0;
    const bool fits = value >= std::numeric_limits<std::int64_t>::min() && value <= std::numeric_limits<std::int64_t>::max();
    CHECK(to_int64(value, &small) == fits);
    if (fits) CHECK(BigInt(small) == value);
  }
  const Limb padded[] = {5, 0, 0};
  CHECK(from_limbs(padded, true) == -5);
  CHECK(from_limbs({}, true) == 0);
}

TEST_CASE("big integer arithmetic agrees with CPython on random values", "[kernel][int][differential]") {
  compare_with_python(R"(
for _ in range(COUNT(4000)):
    a, b, n = integer(), integer(), rng.randrange(200)
    if rng.randrange(5) == 0: a = b * rng.randrange(-9, 9)
    for op, f in (('+', lambda: a + b), ('-', lambda: a - b), ('*', lambda: a * b), ('bits', lambda: a.bit_length()),
                  ('<', lambda: int(a < b)), ('==', lambda: int(a == b)), ('//', lambda: a // b), ('%', lambda: a % b)):
        case(op, a, b, str(outcome(f)))
    case('divmod', a, b, outcome(lambda: '%d %d' % divmod(a, b)))
    n %= 20 if abs(a) < 2**300 else 3
    case('**', a, n, str(a ** n))
)",
                      36000, [](const PythonCase& c) {
                        return Verdict{apply(c.text(0), c.raw(1), c.raw(2)), c.text(3)};
                      });
}

TEST_CASE("integers meet floats as in CPython on random values", "[kernel][int][differential]") {
  compare_with_python(R"(
for _ in range(COUNT(8000)):
    a, b = integer(), integer()
    if rng.randrange(3) == 0: a = rng.choice([-1, 1]) * ((rng.getrandbits(55) << rng.randrange(1000)) + rng.randrange(-1, 2))
    if rng.randrange(3) == 0: b = integer(1200)
    case('float', a, b, outcome(lambda: float(a)))
    case('/', a, b, outcome(lambda: a / b))
    d = a << rng.randrange(1100); case('/', b, d, outcome(lambda: b / d))
    x = real()
    if rng.randrange(2): x = outcome(lambda: float(a)); x = x if isinstance(x, float) else math.inf
    if rng.randrange(3) == 0: x = math.nextafter(x, rng.choice([math.inf, -math.inf]))
    case('compare', a, x, '<' if a < x else '>' if a > x else '==' if a == x else '?')
    case('int', x, 0, str(outcome(lambda: int(x))))
# Quotients that fall exactly between two floats, or next to it, normal and subnormal.
for _ in range(COUNT(8000)):
    q = (rng.getrandbits(53) | 1 << 52) * 2 + 1
    b = integer() or 1
    a = q * b + rng.choice([0, 0, 1, -1])
    k = rng.randrange(-1200, 980)
    if k >= 0: a <<= k
    else: b <<= -k
    case('/', a, b, outcome(lambda: a / b))
)",
                      48000, [](const PythonCase& c) {
                        const std::string operation = c.text(0);
                        if (operation == "compare") return Verdict{order_text(compare(big(c.raw(1)), c.real(2))), c.text(3)};
                        if (operation == "int")
                          return Verdict{outcome_of([&] { return text_of(from_double(c.real(1))); }), c.text(3)};
                        return Verdict{apply(operation, c.raw(1), c.raw(2)), c.is_text(3) ? c.text(3) : bits_of(c.real(3))};
                      });
}

TEST_CASE("pow with a modulus agrees with CPython on random values", "[kernel][int][differential]") {
  compare_with_python(R"(
for _ in range(COUNT(2000)):
    a, b, m = integer(300), integer(rng.choice([4, 64, 200])), integer(rng.choice([4, 64, 300]))
    case(a, b, m, str(outcome(lambda: pow(a, b, m))))
)",
                      2000, [](const PythonCase& c) {
                        return Verdict{power_modulo_text(big(c.raw(0)), big(c.raw(1)), big(c.raw(2))), c.text(3)};
                      });
}
