// C++ values to objects and back.
#include <support/fixture.h>

#include <limits>
#include <map>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("C++ values become the objects that Python would write", "[convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown(rt.from(nullptr)) == "None");
  CHECK(shown(rt.from(std::nullopt)) == "None");
  CHECK(shown(rt.from(Ref<>())) == "None");
  CHECK(shown(rt.from(true)) == "True");
  CHECK(shown(rt.from('c')) == "'c'");
  CHECK(shown(rt.from(-7)) == "-7");
  CHECK(shown(rt.from(std::uint8_t{200})) == "200");
  CHECK(shown(rt.from(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
  CHECK(shown(rt.from(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
  CHECK(shown(rt.from(2.5F)) == "2.5");
  CHECK(shown(rt.from("text")) == "'text'");
  CHECK(shown(rt.from(std::string("text"))) == "'text'");
  CHECK(shown(rt.from(std::optional<int>(3))) == "3");
  CHECK(shown(rt.from(std::vector<int>{1, 2})) == "[1, 2]");
  CHECK(shown(rt.from(std::vector<bool>{true, false})) == "[True, False]");
  CHECK(shown(rt.from(std::vector<std::vector<std::string>>{{"a"}, {}})) == "[['a'], []]");
  CHECK(shown(rt.from(std::map<std::string, double>{{"x", 1.5}, {"y", 2}})) == "{'x': 1.5, 'y': 2.0}");
  CHECK(shown(rt.from(std::tuple(1, "a", std::pair(2.0, nullptr)))) == "(1, 'a', (2.0, None))");
  CHECK(shown(rt.from(std::variant<int, std::string>("held"))) == "'held'");
  CHECK(error_of([&] { return rt.from("\xff"); }) ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
}

TEST_CASE("objects become C++ values", "[convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(from_object<int>(rt.from(7)) == 7);
  CHECK(from_object<std::uint64_t>(rt.from(std::numeric_limits<std::uint64_t>::max())) ==
        std::numeric_limits<std::uint64_t>::max());
  CHECK(from_object<double>(rt.from(7)) == 7.0);
  CHECK(from_object<bool>(rt.from(true)));
  const Ref<> text = rt.from("text");
  CHECK(from_object<std::string_view>(text) == "text");
  CHECK(from_object<std::string>(text) == "text");
  CHECK_FALSE(from_object<std::optional<int>>(rt.none()));
  CHECK(from_object<std::vector<int>>(rt.list(1, 2, 3)) == std::vector{1, 2, 3});
  CHECK(from_object<std::vector<int>>(rt.tuple(1, 2)) == std::vector{1, 2});
  CHECK(from_object<std::map<std::string, int>>(rt.dict({{"a", 1}})) == std::map<std::string, int>{{"a", 1}});
  CHECK(from_object<std::tuple<int, std::string>>(rt.tuple(1, "a")) == std::tuple(1, std::string("a")));
  CHECK(from_object<std::pair<int, int>>(rt.list(1, 2)) == std::pair(1, 2));
  CHECK(std::get<std::string>(from_object<std::variant<int, std::string>>(text)) == "text");
  const Ref<List> list = rt.list();
  CHECK(from_object<Ref<List>>(Ref<>(list)).is(list));
  CHECK(&from_object<List&>(list) == list.get());
  const Ref<> none = rt.none();
  CHECK(from_object<List*>(none) == nullptr);
}

TEST_CASE("a conversion that fails says why and where", "[convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(error_of([&] { return from_object<int>(rt.from("x")); }) ==
        "TypeError: 'str' object cannot be interpreted as an integer");
  CHECK(error_of([&] { return from_object<int>(rt.from(2.5)); }) ==
        "TypeError: 'float' object cannot be interpreted as an integer");
  CHECK(error_of([&] { return from_object<int>(rt.from(std::int64_t{1} << 31)); }) ==
        "OverflowError: Python int too large to convert to C int");
  CHECK(error_of([&] { return from_object<unsigned>(rt.from(-1)); }) ==
        "OverflowError: can't convert negative value to unsigned int");
  CHECK(error_of([&] { return from_object<double>(rt.from("x")); }) == "TypeError: must be real number, not str");
  CHECK(error_of([&] { return from_object<bool>(rt.from(1)); }) == "TypeError: must be bool, not int");
  CHECK(error_of([&] { return from_object<std::string>(rt.from(1)); }) == "TypeError: must be str, not int");
  CHECK(error_of([&] { return from_object<Ref<List>>(rt.from(1)); }) == "TypeError: must be list, not int");
  CHECK(error_of([&] { return from_object<std::vector<std::vector<int>>>(rt.list(rt.list(1), rt.list(1, "x"))); }) ==
        "TypeError: [1][1]: 'str' object cannot be interpreted as an integer");
  CHECK(error_of([&] {
          return from_object<std::map<std::string, int>>(rt.dict({{"a", "x"}}));
        }) == "TypeError: 'a': 'str' object cannot be interpreted as an integer");
  CHECK(error_of([&] { return from_object<std::pair<int, int>>(rt.tuple(1, 2, 3)); }) ==
        "TypeError: must be tuple of length 2, not 3");
  CHECK(error_of([&] { return from_object<std::vector<std::string>>(rt.from("ab")); }) ==
        "TypeError: must be list, not str");
  CHECK(error_of([&] { return from_object<std::variant<int, std::string>>(rt.list()).index(); }) ==
        "TypeError: must be of one of several other types, not list");
}

TEST_CASE("a conversion may be tried", "[convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(try_from_object<int>(*rt.from(5)) == 5);
  CHECK_FALSE(try_from_object<int>(*rt.from("x")));
  CHECK_FALSE(try_from_object<std::int8_t>(*rt.from(1000)));
}

TEST_CASE("a dict is written down as it is in Python", "[convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto doc = rt.dict({{"id", 7}, {"tags", rt.list("a", "b")}, {2.5, nullptr}, {"id", std::vector{1, 2}}});
  CHECK(shown(doc) == "{'id': [1, 2], 'tags': ['a', 'b'], 2.5: None}");
  CHECK(shown(rt.tuple(1, "a", rt.tuple())) == "(1, 'a', ())");
  CHECK(shown(rt.list()) == "[]");
}

TEST_CASE("a value that is converted halfway when memory ends leaves nothing behind", "[convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const std::vector<std::map<std::string, std::vector<double>>> value{{{"some key or other", {1.5, 2.5}}}, {}};
  Ref<> made;
  const auto failures = fail_each_allocation(rt.heap(), [&] { made = rt.from(value); });
  CHECK(failures > 5);
  CHECK(shown(made) == "[{'some key or other': [1.5, 2.5]}, {}]");
}
