// The operators of Python on handles.
#include <support/fixture.h>

#include <unordered_map>
#include <unordered_set>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("items are read and written with brackets", "[handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  auto doc = rt.dict({{"a", rt.dict({{"b", 5}})}, {"l", rt.list(1, 2, 3)}});
  CHECK(doc["a"]["b"] == 5);
  CHECK(doc["l"][-1] == 3);
  doc["l"][0] = "first";
  doc["new"] = doc["l"];
  CHECK(shown(doc) == "{'a': {'b': 5}, 'l': ['first', 2, 3], 'new': ['first', 2, 3]}");
  doc["a"].erase();
  CHECK(doc["l"][1].as<int>() == 2);
  CHECK(error_of([&] { return doc["a"].get(); }) == "KeyError: 'a'");
  CHECK(error_of([&] { return doc["l"][7].get(); }) == "IndexError: list index out of range");
  const Ref<> five = rt.from(5);
  CHECK(error_of([&] { return five[0].get(); }) == "TypeError: 'int' object is not subscriptable");
}

TEST_CASE("a document that contains itself is a cycle", "[handle][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  auto doc = rt.dict({{"id", 7}, {"tags", rt.list("a", "b")}});
  doc["self"] = doc;
  CHECK(shown(doc) == "{'id': 7, 'tags': ['a', 'b'], 'self': {...}}");
  Weak<> watch{doc};
  doc.reset();
  CHECK_FALSE(watch.expired());
  CHECK(rt.gc().collect() == 2);
  CHECK(watch.expired());
}

TEST_CASE("handles compare by value, is() by identity", "[handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto a = rt.list(1, 2);
  const auto b = rt.list(1, 2);
  CHECK(a == b);
  CHECK_FALSE(a != b);
  CHECK_FALSE(a.is(b));
  CHECK(a.is(a));
  CHECK(a < rt.list(1, 3));
  CHECK(a <= b);
  CHECK(rt.from(5) > 4);
  CHECK(5 >= rt.from(5));
  CHECK(rt.from("text") == "text");
  CHECK(rt.from("text") != 5);
  CHECK(rt.from(2) == 2.0);
  CHECK(error_of([&] { return a < 5; }) == "TypeError: '<' not supported between instances of 'list' and 'int'");
  const Ref<> empty;
  CHECK(empty == nullptr);
  CHECK(a != nullptr);
  CHECK(empty == Ref<>());
  CHECK(empty != Ref<>(a));
}

TEST_CASE("handles calculate", "[handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> seven = rt.from(7);
  CHECK(seven + 1 == 8);
  CHECK(1 - seven == -6);
  CHECK(seven * 2 == 14);
  CHECK(seven / 2 == 3.5);
  CHECK(seven % 4 == 3);
  CHECK(-seven == -7);
  CHECK(rt.from("a") + "b" == "ab");
  CHECK(rt.list(1) * 3 == rt.list(1, 1, 1));
  CHECK(error_of([&] { return seven + "x"; }) == "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
}

TEST_CASE("handles are called with C++ values", "[handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> f =
      make_function(rt.builtins(), "f", [](int a, std::string_view b) { return std::string(b) + std::to_string(a); });
  CHECK(f(5, "x") == "x5");
  CHECK(rt.dict({{"f", f}})["f"](1, "y") == "y1");
  const Ref<> text = rt.from("x");
  CHECK(error_of([&] { return text(); }) == "TypeError: 'str' object is not callable");
}

TEST_CASE("loops lend the items of list and dict", "[handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto list = rt.list(1, 2, 3);
  std::int64_t sum = 0;
  for (Object& item : list) sum += from_object<int>(item);
  CHECK(sum == 6);
  const auto dict = rt.dict({{"a", 1}, {"b", 2}});
  std::string log;
  for (auto [key, value] : dict) log += from_object<std::string>(key) + std::to_string(from_object<int>(value));
  CHECK(log == "a1b2");
  log.clear();
  for (const Ref<>& item : each(rt.tuple("x", "y"))) log += from_object<std::string>(item);
  for (const Ref<>& item : each(dict)) log += from_object<std::string>(item);
  CHECK(log == "xyab");
  CHECK(error_of([&] { return each(rt.from(5)).begin() == std::default_sentinel; }) ==
        "TypeError: 'int' object is not iterable");
}

TEST_CASE("handles are keys of C++ containers by Python's hash and equality", "[handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::unordered_map<Ref<>, int> map;
  map[rt.from("some text")] = 1;
  map[rt.from(1)] = 2;
  CHECK(map.at(rt.from("some text")) == 1);
  CHECK(map.at(rt.from(1.0)) == 2);
  CHECK(map.count(rt.from(true)) == 1);
  CHECK(error_of([&] { return map[Ref<>(rt.list())]; }) == "TypeError: unhashable type: 'list'");
}
