// Floats as objects.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <support/python_oracle.h>

#include <cmath>
#include <limits>
#include <utility>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a float shows as the shortest text that reads back as it") {
  World world;
  const auto show = [&](double value) { return shown(make_float(world.builtins, value)); };
  CHECK(show(0.1) == "0.1");
  CHECK(show(1) == "1.0");
  CHECK(show(-0.0) == "-0.0");
  CHECK(show(1e16) == "1e+16");
  CHECK(show(kInf) == "inf");
  CHECK(show(kNan) == "nan");
}

TEST_CASE("an int and a float compare by exact value") {
  World world;
  const Ref<> two53 = make_float(world.builtins, 9007199254740992.0);
  const Ref<> more = make_int(world.builtins, std::int64_t{9007199254740993});
  CHECK(compare(*more, *two53, Comparison::kGreater));
  CHECK(compare(*two53, *more, Comparison::kLess));
  CHECK_FALSE(equal(*more, *two53));
  const Ref<> huge = int_from_text(world.builtins, "1" + std::string(400, '0'));
  const Ref<> infinity = make_float(world.builtins, kInf);
  CHECK(compare(*huge, *infinity, Comparison::kLess));
  CHECK(compare(*infinity, *huge, Comparison::kGreater));
  CHECK(error_of([&] { return apply(Operator::kAdd, *huge, *two53); }) ==
        "OverflowError: int too large to convert to float");
}

TEST_CASE("a nan is equal to nothing, and hashes by its identity") {
  World world;
  const Ref<> nan = make_float(world.builtins, kNan);
  const Ref<> other = make_float(world.builtins, kNan);
  const Ref<> one = make_int(world.builtins, 1);
  for (const Comparison op :
       {Comparison::kLess, Comparison::kLessEqual, Comparison::kEqual, Comparison::kGreater, Comparison::kGreaterEqual}) {
    CHECK_FALSE(compare(*nan, *nan, op));
    CHECK_FALSE(compare(*nan, *one, op));
    CHECK_FALSE(compare(*one, *nan, op));
  }
  CHECK(compare(*nan, *one, Comparison::kNotEqual));
  CHECK(same_or_equal(*nan, *nan));
  CHECK(hash(*nan) == hash(*nan));
  CHECK(hash(*nan) != hash(*other));
}

TEST_CASE("a float and an int that are equal have one hash") {
  World world;
  for (const std::int64_t value : {0, 1, -1, 1'000'003, -9'007'199})
    CHECK(hash(*make_int(world.builtins, value)) == hash(*make_float(world.builtins, static_cast<double>(value))));
  CHECK(hash(*int_from_text(world.builtins, "1267650600228229401496703205376")) ==
        hash(*make_float(world.builtins, 0x1p100)));
}

TEST_CASE("a float has no bit operators and a str no float arithmetic") {
  World world;
  const Ref<> half = make_float(world.builtins, 0.5);
  const Ref<> word = make_str(world.builtins, "word");
  CHECK(error_of([&] { return apply(Operator::kLeftShift, *half, *half); }) ==
        "TypeError: unsupported operand type(s) for <<: 'float' and 'float'");
  CHECK(error_of([&] { return apply(Operator::kAdd, *half, *word); }) ==
        "TypeError: unsupported operand type(s) for +: 'float' and 'str'");
  CHECK(error_of([&] { return to_double(*word); }) == "TypeError: must be real number, not str");
  CHECK(error_of([&] { return int_from_double(world.builtins, kInf); }) ==
        "OverflowError: cannot convert float infinity to integer");
}

TEST_CASE("a float is read from text as float() reads it") {
  World world;
  CHECK(float_from_text(world.builtins, " 1_0.5e1 ")->value == 105.0);
  CHECK(float_from_text(world.builtins, "-inf")->value == -kInf);
  CHECK(error_of([&] { return float_from_text(world.builtins, "1.x"); }) ==
        "ValueError: could not convert string to float: '1.x'");
}

TEST_CASE("a float that cannot be made is a MemoryError and leaks nothing") {
  World world;
  const Ref<> left = make_float(world.builtins, 1.5);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(Operator::kAdd, *left, *left)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(Operator::kDivmod, *left, *left)); }) >= 1);
  CHECK(world.live_atoms() == 1);
}

TEST_CASE("floats and ints compute and compare together as CPython's do", "[cpython][no-stress]") {
  World world;
  static constexpr std::pair<std::string_view, Operator> kSigns[] = {
      {"+", Operator::kAdd},          {"-", Operator::kSubtract},  {"*", Operator::kMultiply}, {"/", Operator::kTrueDivide},
      {"//", Operator::kFloorDivide}, {"%", Operator::kRemainder}, {"**", Operator::kPower}};
  static constexpr std::pair<std::string_view, Comparison> kOrders[] = {
      {"<", Comparison::kLess},      {"<=", Comparison::kLessEqual}, {"==", Comparison::kEqual},
      {"!=", Comparison::kNotEqual}, {">", Comparison::kGreater},    {">=", Comparison::kGreaterEqual}};
  const auto number = [&](const PythonCase& test, std::size_t k) -> Ref<> {
    if (test.raw(k).starts_with('f')) return make_float(world.builtins, test.real(k));
    return int_from_text(world.builtins, test.raw(k));
  };
  compare_with_python(
      R"(
def nearby(x):
    if rng.randrange(3) or math.isnan(x) or math.isinf(x): return integer()
    return int(x) + rng.randrange(-1, 2)
for _ in range(COUNT(3000)):
    for sign in ['+', '-', '*', '/', '//', '%', '**', '<', '<=', '==', '!=', '>', '>=']:
        a = real()
        b = nearby(a)
        if rng.randrange(2): a, b = b, a
        if rng.randrange(4) == 0: b = real()
        result = outcome(lambda: eval('a ' + sign + ' b'))
        if isinstance(result, complex) or 'complex' in str(result): continue  # there is no complex type here
        case(a, sign, b, result if isinstance(result, str) else repr(result))
)",
      30'000, [&](const PythonCase& test) {
        const Ref<> a = number(test, 0);
        const Ref<> b = number(test, 2);
        const std::string sign = test.text(1);
        for (const auto& [name, op] : kOrders)
          if (name == sign) return Verdict{compare(*a, *b, op) ? "True" : "False", test.text(3)};
        for (const auto& [name, op] : kSigns)
          if (name == sign)
            return Verdict{outcome_of([&, which = op] { return shown(apply(which, *a, *b)); }), test.text(3)};
        return Verdict{"no such operator", test.text(3)};
      });
}
