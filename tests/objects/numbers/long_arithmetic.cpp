// What ints of hundreds and thousands of limbs do: products and quotients of every shape, squares, powers, rounding; and
// that a long computation can be interrupted.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/arithmetic.h>
#include <ouro/objects/numbers/int_digits.h>

#include <objects/numbers/long_numbers.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

void add_powers(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  evaluator.name("pow3", make_function(builtins, "pow", [](Object& a, Object& b, Object& m) { return pow(a, b, m); }),
                 "pow");
  evaluator.name("round2",
                 make_function(builtins, "round", [](Object& value, Object& digits) { return round(value, &digits); }),
                 "round");
  evaluator.name("divmod", make_function(builtins, "divmod", [](Object& a, Object& b) { return divmod(a, b); }));
}

}  // namespace

TEST_CASE("products and quotients of every shape are CPython's", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_powers(evaluator);
  std::mt19937 random(51);
  std::vector<std::string> lines;
  const std::size_t sizes[] = {1, 2, 3, 39, 40, 41, 49, 50, 51, 59, 60, 61, 80, 99, 121, 150, 199, 260};
  const std::size_t step = std::getenv("OURO_STRESS") != nullptr ? 7 : 1;
  for (std::size_t i = 0; i < std::size(sizes); i += step)
    for (std::size_t j = 0; j < std::size(sizes); j += step) {
      const std::string a = random_bits(random, 64 * (sizes[i] + sizes[j]));
      const std::string b = random_bits(random, 64 * sizes[j]);
      lines.push_back("a = " + a);
      lines.push_back("b = " + b);
      for (const char* const line : {"hash(a * b)", "hash(a * a)", "hash(divmod(a, b))", "divmod(a * b, b) == (a, 0)",
                                     "hash(divmod(a * b - 1, a))", "hash(a // b)", "hash(a % b)"})
        lines.push_back(line);
    }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("products and quotients of thousands of limbs are CPython's", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_powers(evaluator);
  std::mt19937 random(53);
  std::vector<std::string> lines;
  constexpr std::pair<std::size_t, std::size_t> kSizes[] = {{1199, 1199}, {1200, 1200}, {2047, 1300}, {2900, 1250},
                                                            {4100, 1210}, {600, 2300},  {3000, 30}};
  const std::size_t step = std::getenv("OURO_STRESS") != nullptr ? 3 : 1;
  for (std::size_t i = 0; i < std::size(kSizes); i += step) {
    lines.push_back("a = " + random_bits(random, 64 * kSizes[i].first));
    lines.push_back("b = " + random_bits(random, 64 * kSizes[i].second));
    for (const char* const line : {"hash(a * b)", "hash(a * a)", "divmod(a * b, b) == (a, 0)", "hash(divmod(a * b - 1, b))"})
      lines.push_back(line);
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("powers of long ints, with a modulus too, are CPython's", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  add_powers(evaluator);
  std::mt19937 random(52);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < numbers_count(300); ++i) {
    const std::string a = random_bits(random, 1 + random() % 500);
    const std::string b = random_bits(random, 1 + random() % (i % 3 == 0 ? 600 : 70));
    const std::string m = random_bits(random, 1 + random() % (i % 4 == 0 ? 64 : 500));
    lines.push_back("pow3(" + a + ", " + b + ", " + m + ")");
    lines.push_back("pow3(" + m + " * " + a + ", (" + b + ").__abs__(), " + m + ")");
    lines.push_back("hash(" + a + " ** " + std::to_string(random() % 100) + ")");
    lines.push_back("(" + std::to_string(static_cast<int>(random() % 200) - 100) + ") ** " + std::to_string(random() % 300));
    lines.push_back("round2(" + a + ", -" + std::to_string(random() % 170) + ")");
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a quotient much shorter than its divisor takes no time of its square", "[numbers]") {
  World world;
  const auto ones = [&](std::int64_t bits) {
    return apply(Operator::kSubtract, *apply(Operator::kLeftShift, *number(world, 1), *number(world, bits)),
                 *number(world, 1));
  };
  const Ref<> divisor = ones(64 * 3000);
  const Ref<> quotient = ones(64 * 900);
  const Ref<> rest = ones(64 * 2999);
  const Ref<> dividend = apply(Operator::kAdd, *apply(Operator::kMultiply, *divisor, *quotient), *rest);
  CHECK(equal(*apply(Operator::kFloorDivide, *dividend, *divisor), *quotient));
  CHECK(equal(*apply(Operator::kRemainder, *dividend, *divisor), *rest));
}

TEST_CASE("arithmetic of very long ints can be interrupted, and holds its operands", "[numbers]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  Ref<Int> digits = int_from_text(builtins, std::string(200'000, '7'), 10, kNoDigitLimit);
  int called = 0;
  const auto interrupted = [&](auto compute) {
    fixture.rt.attention().set_interrupt_handler([&] {
      ++called;
      raise(ErrorKind::kKeyboardInterrupt, "");
    });
    fixture.rt.attention().interrupt();
    return error_of(compute);
  };
  CHECK(interrupted([&] { return apply(Operator::kMultiply, *digits, *digits); }) == "KeyboardInterrupt");
  CHECK(interrupted([&] { return int_to_text(*digits, kNoDigitLimit); }) == "KeyboardInterrupt");
  const Ref<> five = make_int(builtins, 5);
  CHECK(interrupted([&] { return apply(Operator::kPower, *five, *make_int(builtins, 3'000'000)); }) == "KeyboardInterrupt");
  CHECK(called == 3);
  fixture.verify();
}

}  // namespace ouro::test
