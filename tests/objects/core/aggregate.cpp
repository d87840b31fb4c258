// sum, min, max, any and all: CPython's results and words (Lib/test/test_builtin.py).
#include <ouro/objects/core/aggregate.h>
#include <support/fixture.h>

#include <limits>
#include <string>

namespace ouro::test {

TEST_CASE("sum adds ints of any size, floats, bools and whatever has +, from a start", "[objects]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto sum_of = [&](const Ref<>& items) { return shown(sum(*items)); };
  CHECK(sum_of(rt.list()) == "0");
  CHECK(sum_of(rt.list(1, 2, 3)) == "6");
  CHECK(sum_of(rt.list(true, true)) == "2");
  CHECK(sum_of(rt.list(1, 2.5)) == "3.5");
  CHECK(sum_of(rt.list(2.5, 1)) == "3.5");
  CHECK(sum_of(rt.list(1e16, 1.0, -1e16)) == "0.0");
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(sum_of(rt.list(kMost, 1, -1)) == "9223372036854775807");
  CHECK(sum_of(rt.list(kMost, kMost, 1)) == "18446744073709551615");
  CHECK(sum_of(rt.list(kMost, kMost, 0.5)) == "1.8446744073709552e+19");
  const auto empty = rt.list();
  const auto lists = rt.list(rt.list(1), rt.list(2));
  CHECK(shown(sum(*lists, empty.get())) == "[1, 2]");
  CHECK(empty->size == 0);
  const auto yes = rt.from(true);
  CHECK(shown(sum(*rt.list(), yes.get())) == "True");
  CHECK(shown(sum(*rt.list(1), yes.get())) == "2");
  CHECK(error_of([&] { static_cast<void>(sum(*rt.list("a"))); }) ==
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  CHECK(error_of([&] { static_cast<void>(sum(*rt.list("a"), rt.str("").get())); }) ==
        "TypeError: sum() can't sum strings [use ''.join(seq) instead]");
  CHECK(error_of([&] { static_cast<void>(sum(*rt.from(5))); }) == "TypeError: 'int' object is not iterable");
}

TEST_CASE("min and max give the first of the least and greatest, by a key if there is one", "[objects]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto numbers = rt.list(3, 1, 2, 1.0, 3.0);
  CHECK(shown(min_of(*numbers)) == "1");
  CHECK(shown(max_of(*numbers)) == "3");
  const Ref<> key = make_function(rt.builtins(), "key", [](std::int64_t value) { return -value; });
  CHECK(shown(min_of(*rt.list(3, 1, 2), key.get())) == "3");
  CHECK(shown(max_of(*rt.list(3, 1, 2), key.get())) == "1");
  CHECK(error_of([&] { static_cast<void>(min_of(*rt.list())); }) == "ValueError: min() arg is an empty sequence");
  CHECK(error_of([&] { static_cast<void>(max_of(*rt.list())); }) == "ValueError: max() arg is an empty sequence");
  CHECK(error_of([&] { static_cast<void>(min_of(*rt.list(1, "a"))); }) ==
        "TypeError: '<' not supported between instances of 'str' and 'int'");
}

TEST_CASE("any and all stop at the first item that decides", "[objects]") {
  Fixture world;
  Runtime& rt = world.rt;
  CHECK_FALSE(any_of(*rt.list()));
  CHECK(all_of(*rt.list()));
  const auto mixed = rt.list(0, 1, "", 2);
  const Ref<> iterator = iterate(*mixed);
  CHECK(any_of(*iterator));
  CHECK_FALSE(all_of(*iterator));
  CHECK(shown(next(*iterator)) == "2");
  CHECK(all_of(*rt.list(1, "x", rt.list(0))));
}

}  // namespace ouro::test
