// Ints and bools as objects.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <support/python_oracle.h>

#include <limits>
#include <utility>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

Ref<> number(World& world, std::string_view decimal) { return int_from_text(world.builtins, decimal); }

/// What `left op right` shows as, or the error.
std::string outcome(World& world, Operator op, std::string_view left, std::string_view right) {
  return outcome_of([&] { return shown(apply(op, *number(world, left), *number(world, right))); });
}

}  // namespace

TEST_CASE("an int of 64 bits lies in the object and a larger one behind it", "[law-int-normal]") {
  World world;
  const Ref<Int> most = make_int(world.builtins, kMax);
  CHECK_FALSE(most->is_big());
  CHECK(world.live_buffers() == 0);
  const Ref<> one = make_int(world.builtins, 1);
  {
    const Ref<> beyond = apply(Operator::kAdd, *most, *one);
    CHECK(as_int(*beyond)->is_big());
    CHECK(world.live_buffers() == 0);
    CHECK(block_bytes(*beyond) > block_bytes(*most));
    const Ref<> back = apply(Operator::kSubtract, *beyond, *one);
    CHECK_FALSE(as_int(*back)->is_big());
    CHECK(to_int64(*as_int(*back)) == kMax);
  }
  CHECK(world.live_buffers() == 0);
}

TEST_CASE("a C++ integer of any width becomes the int of its value") {
  World world;
  CHECK(shown(make_int(world.builtins, kMin)) == "-9223372036854775808");
  CHECK(shown(make_int(world.builtins, std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
  CHECK(shown(make_int(world.builtins, std::uint64_t{1} << 63)) == "9223372036854775808");
  CHECK(shown(make_int(world.builtins, static_cast<std::uint8_t>(200))) == "200");
  CHECK(shown(make_int(world.builtins, static_cast<short>(-3))) == "-3");
  CHECK(to_uint64(*make_int(world.builtins, std::numeric_limits<std::uint64_t>::max())) ==
        std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("a conversion to a C++ integer that does not fit is an OverflowError") {
  World world;
  const Ref<> big = number(world, "9223372036854775808");
  const Int& value = *as_int(*big);
  CHECK_FALSE(fits_int64(value));
  CHECK(error_of([&] { return to_int64(value); }) == "OverflowError: Python int too large to convert to C long");
  CHECK(to_uint64(value) == std::uint64_t{1} << 63);
  CHECK(error_of([&] { return to_uint64(*make_int(world.builtins, -1)); }) ==
        "OverflowError: can't convert negative value to unsigned int");
  const Ref<> huge = number(world, "18446744073709551616");
  CHECK(error_of([&] { return to_uint64(*as_int(*huge)); }) ==
        "OverflowError: Python int too large to convert to C unsigned long");
}

TEST_CASE("division and remainder floor, and by zero they raise in Python's words") {
  World world;
  CHECK(outcome(world, Operator::kFloorDivide, "-7", "2") == "-4");
  CHECK(outcome(world, Operator::kRemainder, "-7", "2") == "1");
  CHECK(outcome(world, Operator::kDivmod, "-7", "2") == "(-4, 1)");
  CHECK(outcome(world, Operator::kTrueDivide, "-7", "2") == "-3.5");
  CHECK(outcome(world, Operator::kFloorDivide, "1", "0") == "ZeroDivisionError: integer division or modulo by zero");
  CHECK(outcome(world, Operator::kRemainder, "1", "0") == "ZeroDivisionError: integer modulo by zero");
  CHECK(outcome(world, Operator::kDivmod, "1", "0") == "ZeroDivisionError: integer division or modulo by zero");
  CHECK(outcome(world, Operator::kTrueDivide, "1", "0") == "ZeroDivisionError: division by zero");
  CHECK(outcome(world, Operator::kFloorDivide, "-9223372036854775808", "-1") == "9223372036854775808");
}

TEST_CASE("shifts by a negative count are refused and by a large one are exact") {
  World world;
  CHECK(outcome(world, Operator::kLeftShift, "1", "100") == "1267650600228229401496703205376");
  CHECK(outcome(world, Operator::kRightShift, "1267650600228229401496703205376", "100") == "1");
  CHECK(outcome(world, Operator::kRightShift, "-1", "1000000000000000000000") == "-1");
  CHECK(outcome(world, Operator::kLeftShift, "0", "1000000000000000000000") == "0");
  CHECK(outcome(world, Operator::kLeftShift, "1", "-1") == "ValueError: negative shift count");
  CHECK(outcome(world, Operator::kRightShift, "1", "-1") == "ValueError: negative shift count");
}

TEST_CASE("a negative exponent makes a float") {
  World world;
  CHECK(outcome(world, Operator::kPower, "2", "-2") == "0.25");
  CHECK(outcome(world, Operator::kPower, "2", "100") == "1267650600228229401496703205376");
  CHECK(outcome(world, Operator::kPower, "0", "0") == "1");
  CHECK(outcome(world, Operator::kPower, "0", "-1") == "ZeroDivisionError: 0.0 cannot be raised to a negative power");
}

TEST_CASE("a bool is an int and only the bit operators keep it a bool") {
  World world;
  Object& yes = world.builtins.boolean(true);
  Object& no = world.builtins.boolean(false);
  CHECK(shown(share(yes)) == "True");
  CHECK(shown(share(no)) == "False");
  CHECK(shown(apply(Operator::kAdd, yes, yes)) == "2");
  CHECK(apply(Operator::kBitAnd, yes, no).is(no));
  CHECK(apply(Operator::kBitOr, yes, no).is(yes));
  CHECK(apply(Operator::kBitXor, yes, yes).is(no));
  CHECK(shown(apply(Operator::kBitXor, yes, *make_int(world.builtins, 3))) == "2");
  CHECK(shown(negative(yes)) == "-1");
  CHECK(shown(positive(yes)) == "1");
  CHECK(shown(invert(yes)) == "-2");
  CHECK(equal(yes, *make_int(world.builtins, 1)));
  CHECK(hash(yes) == 1);
  CHECK(is_instance(yes, world.builtins.type(Kind::kInt)));
  CHECK(truth(yes));
  CHECK_FALSE(truth(no));
  CHECK(as_int(yes)->value == 1);
  CHECK(as_int(world.builtins.none()) == nullptr);
}

TEST_CASE("an int that a unary operator does not change is itself") {
  World world;
  const Ref<> value = make_int(world.builtins, 1'000'000);
  CHECK(positive(*value).is(value));
  CHECK(absolute(*value).is(value));
}

TEST_CASE("ints are read from text as int() reads them") {
  World world;
  const auto read = [&](std::string_view text, int base) {
    return outcome_of([&] { return shown(int_from_text(world.builtins, text, base)); });
  };
  CHECK(read(" -1_000 ", 10) == "-1000");
  CHECK(read("0x_ff", 0) == "255");
  CHECK(read("123456789012345678901234567890", 10) == "123456789012345678901234567890");
  CHECK(read("x", 10) == "ValueError: invalid literal for int() with base 10: 'x'");
  CHECK(read("\xFF", 10) == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
}

TEST_CASE("bin, oct and hex of an int carry sign and prefix") {
  World world;
  CHECK(text(*int_to_base(*make_int(world.builtins, -255), 16)) == "-0xff");
  CHECK(text(*int_to_base(*make_int(world.builtins, 8), 8)) == "0o10");
  CHECK(text(*int_to_base(*make_int(world.builtins, 5), 2)) == "0b101");
  CHECK(text(*int_to_base(*as_int(*number(world, "18446744073709551616")), 16)) == "0x10000000000000000");
}

TEST_CASE("an operator that runs out of memory raises MemoryError and leaks nothing") {
  World world;
  const Ref<> left = number(world, "9223372036854775807");
  const Ref<> right = number(world, "123456789012345678901234567890");
  for (const Operator op :
       {Operator::kAdd, Operator::kMultiply, Operator::kDivmod, Operator::kTrueDivide, Operator::kPower}) {
    Object& second = op == Operator::kPower ? static_cast<Object&>(*make_int(world.builtins, 3)) : *right;
    const std::size_t atoms = world.live_atoms();
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(op, *left, second)); }) >= 1);
    CHECK(world.live_atoms() == atoms);
  }
}

TEST_CASE("ints compute as CPython's do", "[cpython][no-stress]") {
  World world;
  static constexpr std::pair<std::string_view, Operator> kSigns[] = {
      {"+", Operator::kAdd},        {"-", Operator::kSubtract},     {"*", Operator::kMultiply},
      {"/", Operator::kTrueDivide}, {"//", Operator::kFloorDivide}, {"%", Operator::kRemainder},
      {"<<", Operator::kLeftShift}, {">>", Operator::kRightShift},  {"&", Operator::kBitAnd},
      {"|", Operator::kBitOr},      {"^", Operator::kBitXor},       {"**", Operator::kPower}};
  compare_with_python(R"(
import operator
for _ in range(COUNT(3000)):
    for sign in ['+', '-', '*', '/', '//', '%', '<<', '>>', '&', '|', '^', '**']:
        a, b = integer(), integer()
        if sign in ('<<', '>>'): b = rng.randrange(-2, 200)
        if sign == '**': a, b = integer(70), rng.randrange(-3, 40)
        case(a, sign, b, outcome(lambda: repr(eval('a %s b' % sign))))
)",
                      30'000, [&](const PythonCase& test) {
                        const std::string sign = test.text(1);
                        Operator op{};
                        for (const auto& [name, value] : kSigns)
                          if (name == sign) op = value;
                        return Verdict{outcome(world, op, test.raw(0), test.raw(2)), test.text(3)};
                      });
}

TEST_CASE("unary operators, hash, order and text of ints are CPython's", "[cpython]") {
  World world;
  compare_with_python(R"(
for _ in range(COUNT(5000)):
    a, b = integer(), integer()
    if rng.randrange(4) == 0: b = a
    case(a, b, ' '.join(map(str, [-a, +a, abs(a), ~a, hash(a), a.bit_length(), bool(a),
                                  a < b, a <= b, a == b, a != b, a > b, a >= b])))
)",
                      5000, [&](const PythonCase& test) {
                        const Ref<> a = number(world, test.raw(0));
                        const Ref<> b = number(world, test.raw(1));
                        std::string ours = shown(negative(*a)) + ' ' + shown(positive(*a)) + ' ' + shown(absolute(*a)) +
                                           ' ' + shown(invert(*a)) + ' ' + std::to_string(hash(*a)) + ' ' +
                                           std::to_string(bit_length(*as_int(*a)));
                        const auto add = [&](bool yes) { ours += yes ? " True" : " False"; };
                        add(truth(*a));
                        for (const Comparison op : {Comparison::kLess, Comparison::kLessEqual, Comparison::kEqual,
                                                    Comparison::kNotEqual, Comparison::kGreater, Comparison::kGreaterEqual})
                          add(compare(*a, *b, op));
                        return Verdict{ours, test.text(2)};
                      });
}
