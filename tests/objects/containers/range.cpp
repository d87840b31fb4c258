// range beside what CPython answers; the differential test of attributes asks the rest.
#include <ouro/objects/containers/range.h>
#include <ouro/objects/messages/message.h>
#include <support/fixture.h>

#include <string>

using namespace ouro;
using namespace ouro::test;

namespace {

std::string items(Object& iterable) { return shown(*list_from(iterable)); }

/// 10**30.
Ref<> large(Runtime& rt) { return int_from_text(rt.builtins(), "1" + std::string(30, '0')); }

}  // namespace

TEST_CASE_METHOD(Fixture, "a range gives its items by iteration and by index", "[types]") {
  CHECK(items(*make_range(rt.builtins(), 3)) == "[0, 1, 2]");
  CHECK(items(*make_range(rt.builtins(), 5, -5, -3)) == "[5, 2, -1, -4]");
  CHECK(items(*make_range(rt.builtins(), 3, 3)) == "[]");
  const Ref<Range> range = make_range(rt.builtins(), 1, 10, 3);
  CHECK(get(*range, -1)->value == 7);
  CHECK(length(*range) == 3);
  CHECK(error_of([&] { return get(*range, 3); }) == "IndexError: range object index out of range");
  CHECK(items(*reversed(*range)) == "[7, 4, 1]");
  CHECK(items(*make_range(rt.builtins(), INT64_MAX - 1, INT64_MAX)) == "[9223372036854775806]");
}

TEST_CASE_METHOD(Fixture, "a slice of a range is the range that CPython makes", "[types]") {
  const Ref<Range> ten = make_range(rt.builtins(), 10);
  CHECK(shown(*slice(*ten, {8, 2, 1})) == "range(8, 2)");
  CHECK(shown(*slice(*ten, {2, 8, 3})) == "range(2, 8, 3)");
  CHECK(shown(*slice(*ten, {{}, {}, -1})) == "range(9, -1, -1)");
  CHECK(shown(*slice(*ten, {20, 30, 1})) == "range(10, 10)");
  CHECK(shown(*slice(*make_range(rt.builtins(), 1, 10, 3), {-1, -5, -2})) == "range(7, -2, -6)");
  CHECK(shown(*slice(*make_range(rt.builtins(), 5, -5, -2), {1, 3, 1})) == "range(3, -1, -2)");
  CHECK(error_of([&] { return slice(*ten, {1, 2, 0}); }) == "ValueError: slice step cannot be zero");
}

TEST_CASE_METHOD(Fixture, "a range of ints beyond 64 bits does what a short one does", "[types]") {
  const Ref<> zero = rt.from(0);
  const Ref<> one = rt.from(1);
  const Ref<Range> range = make_range(*zero, *large(rt), *one);
  CHECK(error_of([&] { return length(*range); }) == "OverflowError: Python int too large to convert to C ssize_t");
  CHECK(shown(*slice(*range, {{}, {}, -1})) == "range(999999999999999999999999999999, -1, -1)");
  CHECK(shown(*iterate(*range)->type) == "<class 'longrange_iterator'>");
  CHECK(contains(*range, *rt.from(INT64_MAX)));
  CHECK_FALSE(contains(*range, *large(rt)));
  const Ref<> backwards = reversed(*range);
  CHECK(shown(*next(*backwards)) == "999999999999999999999999999999");
  CHECK(shown(*next(*backwards)) == "999999999999999999999999999998");
  CHECK(shown(*iterate(*range).attr("__length_hint__")()) == "1000000000000000000000000000000");
}

TEST_CASE_METHOD(Fixture,
                 "where an item or the sum behind the last does not fit 64 bits, the iterator is CPython's long one",
                 "[types]") {
  const auto kind = [](const Ref<>& iterator) { return iterator->type->name == "longrange_iterator"; };
  const auto range_of = [&](std::string_view start, std::string_view stop, std::string_view step) {
    const auto number = [&](std::string_view digits) { return int_from_text(rt.builtins(), digits); };
    return make_range(*number(start), *number(stop), *number(step));
  };
  const std::string_view most = "9223372036854775807";
  const std::string_view least = "-9223372036854775808";
  const Ref<Range> far = range_of("0", "18446744073709551616", "4611686018427387904");
  CHECK(items(*far) == "[0, 4611686018427387904, 9223372036854775808, 13835058055282163712]");
  CHECK(items(*reversed(*far)) == "[13835058055282163712, 9223372036854775808, 4611686018427387904, 0]");
  const Ref<Range> down = range_of("18446744073709551616", "0", "-9223372036854775808");
  CHECK(items(*down) == "[18446744073709551616, 9223372036854775808]");
  CHECK(items(*reversed(*down)) == "[9223372036854775808, 18446744073709551616]");
  CHECK(kind(iterate(*range_of("0", most, "4611686018427387904"))));
  CHECK_FALSE(kind(reversed(*range_of("0", most, "4611686018427387904"))));
  CHECK_FALSE(kind(iterate(*range_of("9223372036854775806", most, "1"))));
  CHECK_FALSE(kind(iterate(*range_of(least, "0", "2"))));
  CHECK(kind(reversed(*range_of(least, "0", "2"))));
  CHECK(kind(iterate(*range_of(least, "0", "1"))));
}

TEST_CASE_METHOD(Fixture, "ranges are equal, and hash alike, if they have the same items", "[types]") {
  const auto equals = [&](const Ref<Range>& left, const Ref<Range>& right) {
    return equal(*left, *right) && hash(*left) == hash(*right);
  };
  Builtins& builtins = rt.builtins();
  CHECK(equals(make_range(builtins, 0), make_range(builtins, 5, 1)));
  CHECK(equals(make_range(builtins, 1, 2, 7), make_range(builtins, 1, 2)));
  CHECK(equals(make_range(builtins, 0, 10, 3), make_range(builtins, 0, 11, 3)));
  CHECK_FALSE(equal(*make_range(builtins, 3), *make_range(builtins, 4)));
}

TEST_CASE_METHOD(Fixture, "a range goes into a message and comes out as an equal one", "[types]") {
  const Ref<> zero = rt.from(0);
  const Ref<Range> range = make_range(*zero, *large(rt), *rt.from(7));
  const Message message(rt.list(range, range, make_range(rt.builtins(), 5)));
  Runtime other;
  const Ref<> copy = message.unpack(other.builtins());
  CHECK(shown(*copy) ==
        "[range(0, 1000000000000000000000000000000, 7), range(0, 1000000000000000000000000000000, 7), range(0, 5)]");
  CHECK(Ref<>(copy[0]).is(copy[1].get()));
}
