// Ints beyond 64 bits of all lengths: their arithmetic and text against CPython, their blocks, their memory.
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/new_int.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/str.h>

#include <objects/numbers/long_numbers.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

std::string random_digits(std::mt19937& random, std::size_t count) {
  std::string text(1, static_cast<char>('1' + random() % 9));
  const bool has_runs = random() % 3 == 0;
  while (text.size() < count) text += has_runs ? (random() % 20 == 0 ? '7' : '0') : static_cast<char>('0' + random() % 10);
  return text;
}

Ref<> big(World& world, std::size_t bits) {
  return apply(Operator::kSubtract,
               *apply(Operator::kLeftShift, *number(world, 1), *number(world, static_cast<std::int64_t>(bits))),
               *number(world, 12345));
}

}  // namespace

TEST_CASE("long ints add, multiply and divide as CPython's do", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::mt19937 random(31);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < numbers_count(700); ++i) {
    const std::size_t most = i % 23 == 0 ? 30'000 : i % 5 == 0 ? 5000 : 400;
    const std::string a = random_bits(random, 1 + random() % most);
    const std::string b = random_bits(random, 1 + random() % most);
    for (const char* const sign : {"+", "-", "*", "//", "%"}) lines.push_back("hash(" + a + " " + sign + " " + b + ")");
    if (most == 400) {
      lines.push_back(a + ".__divmod__" + b);
      lines.push_back("(" + a + " * " + b + ") // " + b + " == " + a);
      lines.push_back(a + " + " + b + " - " + a);
      lines.push_back("(" + a + " * " + b + " - 1).__divmod__" + b);
    }
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("long ints are read and written as CPython does, also beyond its limit", "[numbers][cpython]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  Evaluator evaluator(builtins);
  evaluator.name("read",
                 make_function(builtins, "read",
                               [](Object& text) {
                                 return int_from_text(builtins_of(text), ouro::text(static_cast<Str&>(text)), 10,
                                                      kNoDigitLimit);
                               }),
                 "import sys\nsys.set_int_max_str_digits(0)\nread = int");
  evaluator.name(
      "show",
      make_function(builtins, "show", [](Object& number) { return int_to_text(static_cast<Int&>(number), kNoDigitLimit); }),
      "str");
  std::mt19937 random(32);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < numbers_count(400); ++i) {
    const std::size_t digits = 1 + random() % (i % 29 == 0 ? 12'000 : 400);
    const std::string text = random_digits(random, digits);
    lines.push_back("hash(read('" + text + "'))");
    lines.push_back("show(" + random_bits(random, 1 + digits * 3) + ")");
    if (digits < 400) lines.push_back("int('" + text.substr(0, text.size() / 2) + "_" + text.substr(text.size() / 2) + "')");
    lines.push_back("hash(int('" + text.substr(0, 300) + "', " + std::to_string(10 + random() % 27) + "))");
  }
  for (const int digits :
       {1, 18, 19, 20, 37, 38, 39, 299, 300, 301, 760, 761, 1540, 1541, 1558, 1559, 1999, 3040, 3116, 4300, 9000})
    for (const char* const offset : {"- 1", "+ 0", "+ 1"})
      lines.push_back("show(10**" + std::to_string(digits) + " " + offset + ")");
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("what is written and read again is the same, for lengths around those where the method changes", "[numbers]") {
  World world;
  for (std::size_t limbs = 1; limbs < 700; limbs += limbs < 180 ? 1 : 37) {
    const Ref<> value = big(world, limbs * 64 - 3);
    const Ref<Str> text = int_to_text(static_cast<Int&>(*value), kNoDigitLimit);
    CHECK(equal(*int_from_text(world.builtins, ouro::text(*text), 10, kNoDigitLimit), *value));
  }
}

TEST_CASE("a limit of digits is the caller's", "[numbers]") {
  World world;
  const std::string digits(1000, '7');
  CHECK(error_of([&] { return int_from_text(world.builtins, digits, 10, 700); }) ==
        "ValueError: Exceeds the limit (700 digits) for integer string conversion: value has 1000 digits; use "
        "sys.set_int_max_str_digits() to increase the limit");
  const Ref<Int> value = int_from_text(world.builtins, digits);
  CHECK(error_of([&] { return int_to_text(*value, 700); }) ==
        "ValueError: Exceeds the limit (700 digits) for integer string conversion; use sys.set_int_max_str_digits() to "
        "increase the limit");
  CHECK(text(*int_to_text(*value, kNoDigitLimit)) == digits);
}

TEST_CASE("the block of a big int holds its limbs, and few that it does not use", "[numbers][law-int-block]") {
  World world;
  const Ref<> value = big(world, 64 * 100);
  const Ref<> close = apply(Operator::kSubtract, *value, *number(world, 5));
  CHECK(world.live_buffers() == 0);
  CHECK(block_bytes(*value) <= detail::int_bytes(100 + 16));
  const Ref<> difference = apply(Operator::kSubtract, *apply(Operator::kAdd, *value, *big(world, 70)), *close);
  CHECK(block_bytes(*difference) <= detail::int_bytes(4));
  const Ref<> five = apply(Operator::kSubtract, *value, *close);
  CHECK(shown(five) == "5");
  CHECK(block_bytes(*five) == sizeof(Int));
}

TEST_CASE("an int of a class has its limbs in a buffer, which goes with it", "[numbers]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  const Ref<Class> type = make_class(builtins, "Money", {&builtins.type(Kind::kInt)});
  const Ref<> value = int_from_text(builtins, "123456789012345678901234567890");
  Object* const given[] = {value.get()};
  const Ref<> made = call(*type, {given, {}, {}});
  set_attribute(*made, *make_str(builtins, "unit"), *make_str(builtins, "EUR"));
  CHECK(equal(*made, *value));
  CHECK(shown(apply(Operator::kAdd, *made, *made)) == "246913578024691357802469135780");
  CHECK(shown(get_attribute(*made, *make_str(builtins, "unit"))) == "'EUR'");
  fixture.verify();
}

TEST_CASE("arithmetic of long ints gives back everything when memory runs out", "[numbers]") {
  World world;
  const Ref<> left = big(world, 9000);
  const Ref<> right = big(world, 4000);
  const std::size_t atoms = world.live_atoms();
  for (const Operator op : {Operator::kAdd, Operator::kSubtract, Operator::kMultiply, Operator::kFloorDivide,
                            Operator::kRemainder, Operator::kDivmod}) {
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(apply(op, *left, *right)); }) >= 1);
    CHECK(world.live_atoms() == atoms);
  }
}

}  // namespace ouro::test
