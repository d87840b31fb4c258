// Shifts, logic and signs of ints beyond 64 bits, against CPython.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/int.h>
#include <support/python_oracle.h>

#include <objects/numbers/long_numbers.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

Ref<Int> decimal(World& world, std::string_view digits) { return int_from_text(world.builtins, digits); }

std::string shifted(World& world, Operator op, const Ref<>& value, const std::string& count) {
  return outcome_of([&] { return shown(apply(op, *value, *decimal(world, count))); });
}

}  // namespace

TEST_CASE("long ints shift and combine as infinite two's complement, as CPython's do", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::mt19937 random(41);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < numbers_count(900); ++i) {
    const std::size_t most = i % 23 == 0 ? 20'000 : i % 3 == 0 ? 130 : 700;
    const std::string a = random_bits(random, 1 + random() % most);
    const std::string b = random_bits(random, 1 + random() % most);
    const std::string count = std::to_string(random() % (most + 70));
    for (const char* const sign : {"&", "|", "^"}) lines.push_back(a + " " + sign + " " + b);
    for (const char* const sign : {"<<", ">>"}) lines.push_back(a + " " + sign + " " + count);
    for (const char* const sign : {"~", "-"}) lines.push_back(sign + a);
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("logic and shifts at the borders of limbs are CPython's", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::vector<std::string> odd;
  for (const char* const power : {"2**63", "2**64", "2**65", "2**127", "2**128", "2**192"})
    for (const char* const offset : {"- 1", "+ 0", "+ 1"})
      for (const char* const sign : {"", "-"}) odd.push_back(std::string(sign) + "(" + power + " " + offset + ")");
  for (const char* const small : {"0", "1", "-1", "True", "False", "-5"}) odd.push_back(small);
  std::vector<std::string> lines;
  for (const std::string& a : odd) {
    for (const std::string& b : odd)
      for (const char* const sign : {"&", "|", "^"}) lines.push_back("(" + a + ") " + sign + " (" + b + ")");
    for (const char* const count : {"0", "1", "63", "64", "65", "127", "128", "129", "200", "2**64", "-1", "-2**70"}) {
      lines.push_back("(" + a + ") >> (" + count + ")");
      if (std::string_view(count) != "2**64") lines.push_back("(" + a + ") << (" + count + ")");
    }
    for (const char* const sign : {"~", "-", "+"}) lines.push_back(std::string(sign) + "(" + a + ")");
  }
  if (std::getenv("OURO_STRESS") != nullptr) lines.resize(lines.size() / 8);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a shift whose result is too large to hold is refused before it is computed", "[numbers]") {
  World world;
  const Ref<> one = decimal(world, "1");
  CHECK(shifted(world, Operator::kLeftShift, one, "4611686018427387904") == "MemoryError");
  CHECK(shifted(world, Operator::kLeftShift, one, "18446744073709551616") == "MemoryError");
  CHECK(shifted(world, Operator::kLeftShift, decimal(world, "-1"), "73786976294838206464") ==
        "OverflowError: too many digits in integer");
  const std::string huge = "1" + std::string(40, '0');
  CHECK(shifted(world, Operator::kLeftShift, one, huge) == "OverflowError: too many digits in integer");
  CHECK(shifted(world, Operator::kLeftShift, decimal(world, "0"), huge) == "0");
  CHECK(shifted(world, Operator::kRightShift, decimal(world, huge), huge) == "0");
  CHECK(shifted(world, Operator::kRightShift, decimal(world, "-" + huge), huge) == "-1");
}

TEST_CASE("logic of long ints gives back everything when memory runs out", "[numbers]") {
  World world;
  const Ref<> left = decimal(world, "1" + std::string(400, '3'));
  const Ref<> right = decimal(world, "-1" + std::string(300, '7'));
  const Ref<> count = decimal(world, "700");
  const std::size_t atoms = world.live_atoms();
  for (const Operator op : {Operator::kBitAnd, Operator::kBitOr, Operator::kBitXor})
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(op, *left, *right)); }) >= 1);
  for (const Operator op : {Operator::kLeftShift, Operator::kRightShift})
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(op, *left, *count)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(invert(*right)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(negative(*left)); }) >= 1);
  CHECK(world.live_atoms() == atoms);
}

}  // namespace ouro::test
