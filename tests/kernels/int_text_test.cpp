// Ints as text and back, beside CPython's.
#include <ouro/objects/numbers/detail/int_text.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <string>

using namespace ouro::detail;
using namespace ouro::test;

namespace {

std::string parse(std::string_view text, int base = 10, std::size_t limit = kDefaultDigitLimit) {
  return outcome_of([&] { return to_decimal(parse_int(text, base, limit), 0); });
}

std::string in_base(const BigInt& value, int base) {
  return base == 10 ? to_decimal(value, 0) : to_power_of_two_base(value, base == 2 ? 1 : base == 8 ? 3 : 4);
}

const std::string kTooLong =
    "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use "
    "sys.set_int_max_str_digits() to increase the limit";

}  // namespace

TEST_CASE("int() reads what Python reads", "[kernel][int]") {
  CHECK(parse("0") == "0");
  CHECK(parse("-0") == "0");
  CHECK(parse(" +1_000\n") == "1000");
  CHECK(parse("123456789012345678901234567890") == "123456789012345678901234567890");
  CHECK(parse("0x_f", 16) == "15");
  CHECK(parse("0XfF", 0) == "255");
  CHECK(parse(" -0b101 ", 0) == "-5");
  CHECK(parse("0o17", 0) == "15");
  CHECK(parse("0_0", 0) == "0");
  CHECK(parse("z", 36) == "35");
  CHECK(parse("0b1", 16) == "177");
  CHECK(parse("\u0661\u0662") == "12");
  CHECK(parse("\u20031\u3000") == "1");
  CHECK(parse("0xffffffffffffffffffffffff", 0) == "79228162514264337593543950335");
}

TEST_CASE("int() refuses what Python refuses, in its words", "[kernel][int]") {
  CHECK(parse("x") == "ValueError: invalid literal for int() with base 10: 'x'");
  CHECK(parse("") == "ValueError: invalid literal for int() with base 10: ''");
  CHECK(parse("010", 0) == "ValueError: invalid literal for int() with base 0: '010'");
  CHECK(parse("0x__f", 16) == "ValueError: invalid literal for int() with base 16: '0x__f'");
  for (const char* bad : {"1__0", "_1", "1_", "0x1", "1 2", "- 1", "--1", "+-1",
                          "\x1c"
                          "1",
                          "1.0", "1e5", "\u00bd", "0_", "0x"})
    CHECK_THAT(parse(bad), StartsWith("ValueError: invalid literal for int() with base 10: '"));
  CHECK(parse(std::string_view("1\0", 2)) == "ValueError: invalid literal for int() with base 10: '1\\x00'");
  CHECK(parse(std::string(300, 'x')) == "ValueError: invalid literal for int() with base 10: '" + std::string(199, 'x'));
  CHECK(parse("1", 1) == "ValueError: int() base must be >= 2 and <= 36, or 0");
  CHECK(parse("1", 37) == "ValueError: int() base must be >= 2 and <= 36, or 0");
}

TEST_CASE("reading and writing decimal is limited to 4300 digits, and only decimal", "[kernel][int]") {
  CHECK(parse(std::string(5000, '1')) == kTooLong);
  CHECK(parse(std::string(5000, '0')) == kTooLong);
  std::string with_a_letter(5001, '1');
  with_a_letter.back() = 'x';
  CHECK(parse(with_a_letter) == kTooLong);
  CHECK(parse(std::string(4300, '9')) == std::string(4300, '9'));
  CHECK(parse(std::string(5000, '7'), 10, 0) == std::string(5000, '7'));
  CHECK(parse(std::string(700, '7'), 10, 640) ==
        "ValueError: Exceeds the limit (640 digits) for integer string conversion: value has 700 digits; use "
        "sys.set_int_max_str_digits() to increase the limit");
  CHECK(bit_length(parse_int(std::string(20000, '1'), 2)) == 20000);
  const std::string too_long =
      "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use "
      "sys.set_int_max_str_digits() to increase the limit";
  const BigInt limit = power(10, 4300);
  CHECK(to_decimal(limit - 1) == std::string(4300, '9'));
  CHECK(to_decimal(1 - limit) == "-" + std::string(4300, '9'));
  CHECK(outcome_of([&] { return to_decimal(limit); }) == too_long);
  CHECK(outcome_of([&] { return to_decimal(limit * limit); }) == too_long);
}

TEST_CASE("a short decimal is read without a big integer", "[kernel][int]") {
  std::int64_t value = 0;
  CHECK((parse_short_int("-42", &value) && value == -42));
  CHECK((parse_short_int("+007", &value) && value == 7));
  CHECK((parse_short_int("999999999999999999", &value) && value == 999999999999999999));
  for (const char* other : {"", "-", "1_0", " 1", "1000000000000000000", "0x1", "1\u0661"})
    CHECK_FALSE(parse_short_int(other, &value));
}

TEST_CASE("str of an int writes every chunk with its zeros", "[kernel][int]") {
  CHECK(to_decimal(0) == "0");
  CHECK(to_decimal(-7) == "-7");
  for (unsigned k = 1; k < 300; k += 7) {
    CHECK(to_decimal(power(10, k)) == "1" + std::string(k, '0'));
    CHECK(to_decimal(power(10, k) - 1) == std::string(k, '9'));
    CHECK(to_decimal(power(10, k) + 1) == "1" + std::string(k - 1, '0') + "1");
  }
  CHECK(to_power_of_two_base(0, 4) == "0");
  CHECK(to_power_of_two_base(-255, 4) == "-ff");
  CHECK(to_power_of_two_base(BigInt(1) << 64, 3) == "2000000000000000000000");
}

TEST_CASE("int() agrees with CPython on random text", "[kernel][int][differential]") {
  compare_with_python(R"(
pieces = ['0', '1', '7', '9', 'a', 'F', 'z', '_', '0x', '0b', '0o', '0X', '-', '+', ' ', '\t', '\x1c',
          '\u0665', '\u2003', '\u00e9', '\0', "'", '1234567890', '00']
weights = [6, 6, 6, 6, 2, 2, 1, 4, 2, 2, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1]
for _ in range(COUNT(40000)):
    s = ''.join(rng.choices(pieces, weights, k=rng.randrange(8)))
    base = rng.choice([0, 10, 2, 8, 16, rng.randrange(0, 39)])
    case(s, base, str(outcome(lambda: int(s, base))))
for _ in range(COUNT(3000)):
    base = rng.randrange(2, 37)
    s = ''.join(rng.choices('0123456789abcdefghijklmnopqrstuvwxyz'[:base], k=rng.choice([5, 30, 100, 600])))
    case(s, base, str(outcome(lambda: int(s, base))))
)",
                      43000, [](const PythonCase& c) {
                        return Verdict{parse(c.text(0), static_cast<int>(c.integer(1))), c.text(2)};
                      });
}

TEST_CASE("text of an int agrees with CPython on random values", "[kernel][int][differential]") {
  compare_with_python(R"(
sys.set_int_max_str_digits(0)
for _ in range(COUNT(10000)):
    n = integer() if rng.randrange(50) else integer(20000)
    if rng.randrange(10) == 0: n = rng.choice([-1, 1]) * (10 ** rng.randrange(400) + rng.randrange(-1, 2))
    base, form = rng.choice([(10, 'd'), (2, 'b'), (8, 'o'), (16, 'x')])
    case('%x' % n, base, format(n, form))
)",
                      10000, [](const PythonCase& c) {
                        return Verdict{in_base(parse_int(c.text(0), 16), static_cast<int>(c.integer(1))), c.text(2)};
                      });
}
