// Arithmetic of handles that spares blocks, and of handles with C++ integers; and the digit limit of a runtime.
#include <ouro/objects/core/handle_operators.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/format.h>
#include <support/fixture.h>

#include <cmath>
#include <limits>
#include <utility>

#include <objects/world.h>

namespace ouro::test {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kBig = 1'000'000'007;

}  // namespace

TEST_CASE("a sum of temporaries stays in the block of the first", "[numbers]") {
  World world;
  const Ref<> a = make_int(world.builtins, kBig);
  const Ref<> b = make_int(world.builtins, 2 * kBig);
  Ref<> first = a + b;
  const Object* const block = first.get();
  const Ref<> all = std::move(first) + a - 1 + 3 * kBig;
  CHECK(all.get() == block);
  CHECK(all == 7 * kBig - 1);
  CHECK(a == kBig);
  CHECK(b == 2 * kBig);
}

TEST_CASE("an int that somebody else has is not changed", "[numbers]") {
  World world;
  Ref<> a = make_int(world.builtins, kBig);
  const Ref<> same = a;
  a += kBig;
  CHECK(same == kBig);
  CHECK(a == 2 * kBig);
  const Object* const block = a.get();
  a += kBig;
  a -= 5;
  a *= 2;
  CHECK(a.get() == block);
  CHECK(a == 6 * kBig - 10);
  a += a;
  CHECK(a == 12 * kBig - 20);
}

TEST_CASE("what exists once stays so, and what does not fit grows", "[numbers][law-one-small]") {
  World world;
  Ref<> a = make_int(world.builtins, kBig);
  a -= kBig - 7;
  CHECK(a.is(make_int(world.builtins, 7)));
  a += 1;
  CHECK(a == 8);
  CHECK(make_int(world.builtins, 7) == 7);
  Ref<> most = make_int(world.builtins, kMost);
  most += 1;
  CHECK(shown(most) == "9223372036854775808");
  CHECK(most > kMost);
  CHECK(most != kMost);
  most -= make_int(world.builtins, 1);
  CHECK(most == kMost);
}

TEST_CASE("bools, derived ints and floats keep their own rules", "[numbers]") {
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  Ref<> yes = make_bool(builtins, true);
  yes += 1;
  CHECK(shown(yes) == "2");
  CHECK(make_bool(builtins, true) == 1);
  Ref<> real = make_float(builtins, 1.5);
  const Object* const block = real.get();
  real += make_float(builtins, 2.25);
  CHECK(real.get() == block);
  CHECK(shown(real) == "3.75");
  real /= make_float(builtins, 2.5);
  CHECK(shown(real) == "1.5");
  CHECK(error_of([&] { return real /= make_float(builtins, 0.0); }) == "ZeroDivisionError: float division by zero");
  CHECK(shown(real) == "1.5");
  real += 1;
  CHECK(shown(real) == "2.5");
  CHECK(real > 2);
  const Ref<Class> type = make_class(builtins, "Count", {&builtins.type(Kind::kInt)});
  const Ref<> big = make_int(builtins, kBig);
  Object* const given[] = {big.get()};
  Ref<> made = call(*type, {given, {}, {}});
  CHECK(made + 1 == kBig + 1);
  made += 1;
  CHECK(is_exact<Int>(*made));
  CHECK(made == kBig + 1);
}

TEST_CASE("a handle of a runtime that is given up and cannot be added to is kept", "[numbers]") {
  World world;
  Ref<> a = make_int(world.builtins, kBig);
  CHECK(error_of([&] { return std::move(a) + make_str(world.builtins, "x"); }) ==
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  CHECK(a == kBig);
  CHECK(error_of([&] { return Ref<>() + 1; }) == "SystemError: null argument to internal routine");
}

TEST_CASE("each runtime has a digit limit of its own", "[numbers]") {
  Fixture wide({.int_max_str_digits = kNoDigitLimit});
  Fixture narrow({.int_max_str_digits = 700});
  const std::string digits(5000, '7');
  CHECK(int_max_str_digits(wide.rt.builtins()) == 0);
  const Ref<Int> value = int_from_text(wide.rt.builtins(), digits);
  CHECK(text(*repr(*value)) == digits);
  CHECK(text(*format(*value, "d")) == digits);
  CHECK(error_of([&] { return int_from_text(narrow.rt.builtins(), digits); }) ==
        "ValueError: Exceeds the limit (700 digits) for integer string conversion: value has 5000 digits; use "
        "sys.set_int_max_str_digits() to increase the limit");
  set_int_max_str_digits(narrow.rt.builtins(), 5000);
  const Ref<Int> read = int_from_text(narrow.rt.builtins(), digits);
  set_int_max_str_digits(narrow.rt.builtins(), kLeastIntDigitLimit);
  CHECK(error_of([&] { return repr(*read); }) ==
        "ValueError: Exceeds the limit (640 digits) for integer string conversion; use sys.set_int_max_str_digits() to "
        "increase the limit");
}

TEST_CASE("a digit limit between 0 and 640 is refused as in CPython", "[numbers]") {
  Fixture fixture;
  CHECK(int_max_str_digits(fixture.rt.builtins()) == kIntDigitLimit);
  CHECK(error_of([&] {
          set_int_max_str_digits(fixture.rt.builtins(), 639);
          return 0;
        }) == "ValueError: maxdigits must be 0 or larger than 640");
  CHECK(int_max_str_digits(fixture.rt.builtins()) == kIntDigitLimit);
  CHECK(error_of([] {
          const Runtime refused({.int_max_str_digits = 1});
          return 0;
        }) == "ValueError: maxdigits must be 0 or larger than 640");
}

}  // namespace ouro::test
