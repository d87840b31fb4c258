// Brackets, attributes and calls as C++ writes them: keywords, slices, positions and texts that make no objects, operators
// in place, borrowed handles.
#include <support/fixture.h>

#include <sstream>
#include <type_traits>

#include <objects/world.h>

namespace ouro::test {

namespace {

using namespace literals;

template <class P, class H>
concept MadeFrom = std::is_constructible_v<P, H>;
static_assert(MadeFrom<Ptr<>, const Ref<>&> && MadeFrom<Ptr<>, Ref<List>&> && MadeFrom<Ptr<>, Object&>);
static_assert(!MadeFrom<Ptr<>, Ref<>> && !MadeFrom<Ptr<>, Ref<List>> && !MadeFrom<Ptr<List>, Ref<>&>);

std::size_t made(Runtime& rt, Kind kind) { return rt.builtins().type(kind).made; }

}  // namespace

TEST_CASE("arguments are passed by keyword", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto minus = make_function(rt.builtins(), "minus(a, b=1)", [](int a, int b) { return a - b; });
  CHECK(minus(5, "b"_a = 2) == 3);
  CHECK(minus(5, kw("b", 2)) == 3);
  CHECK(minus("b"_a = 2, "a"_a = 7) == 5);
  CHECK(minus(5) == 4);
  CHECK(rt.dict({{"f", minus}})["f"](5, "b"_a = 1) == 4);
  CHECK(error_of([&] { return minus(5, "c"_a = 2); }) == "TypeError: minus() got an unexpected keyword argument 'c'");
  CHECK(error_of([&] { return minus(5, "a"_a = 2); }) == "TypeError: minus() got multiple values for argument 'a'");
  CHECK(*try_call(minus, 5, "b"_a = 3) == 2);
  CHECK(rt.list(3, 1, 2).attr("copy")() == rt.list(3, 1, 2));
  const Ref<> list = rt.list(3, 1, 2);
  list.attr("sort")("reverse"_a = true);  // what it gives may be dropped without a cast
  CHECK(list == rt.list(3, 2, 1));
}

TEST_CASE("a slice may stand in brackets", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = rt.list(0, 1, 2, 3, 4);
  CHECK(list[Slice{1, 3}] == rt.list(1, 2));
  CHECK(list[Slice{{}, {}, -2}] == rt.list(4, 2, 0));
  CHECK(rt.tuple(1, 2, 3)[Slice{1}] == rt.tuple(2, 3));
  CHECK(rt.from("snake")[Slice{-3}] == "ake");
  list[Slice{1, 3}] = rt.list("x");
  CHECK(list == rt.list(0, "x", 3, 4));
  list[Slice{2}].erase();
  CHECK(list == rt.list(0, "x"));
  CHECK(error_of([&] { return list[Slice{{}, {}, 0}].get(); }) == "ValueError: slice step cannot be zero");
}

TEST_CASE("a position makes no int, and a text no str", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = rt.list(0, "one", 2);
  const auto dict = rt.dict({{"a key that is long enough", 1}});
  const std::size_t ints = made(rt, Kind::kInt), strs = made(rt, Kind::kStr);
  CHECK(list[1] == list[-2]);
  CHECK(list[std::size_t{2}].as<int>() == 2);
  CHECK(dict["a key that is long enough"].as<int>() == 1);
  CHECK(dict[std::string("a key that is long enough")].as<int>() == 1);
  dict["a key that is long enough"] = 2;
  if (kChecks >= CheckLevel::kCheap) {
    CHECK(made(rt, Kind::kInt) == ints);
    CHECK(made(rt, Kind::kStr) == strs);
  }
  CHECK(dict == rt.dict({{"a key that is long enough", 2}}));
  CHECK(error_of([&] { return list[3].get(); }) == "IndexError: list index out of range");
  CHECK(error_of([&] { return list[-4].get(); }) == "IndexError: list index out of range");
  CHECK(error_of([&] { return rt.tuple(1)[std::uint8_t{7}].get(); }) == "IndexError: tuple index out of range");
  CHECK(error_of([&] { return dict["b"].get(); }) == "KeyError: 'b'");
  CHECK(error_of([&] { return dict["\xff"].get(); }).starts_with("UnicodeDecodeError"));
  CHECK(error_of([&] { return list["b"].get(); }) == "TypeError: list indices must be integers or slices, not str");
  const auto numbers = rt.dict({{5, "five"}, {std::numeric_limits<std::uint64_t>::max(), "most"}, {true, "yes"}});
  CHECK(numbers[5] == "five");
  CHECK(numbers[std::numeric_limits<std::uint64_t>::max()] == "most");
  CHECK(numbers[true] == "yes");
  CHECK(numbers[1] == "yes");
  CHECK(dict["b"].try_get().failure().is(ErrorKind::kKeyError));
  CHECK(list[7].try_get().failure().is(ErrorKind::kIndexError));
}

TEST_CASE("keys that C++ spells are interned", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto dict = rt.dict({{"some_name", 1}});
  dict["other_name"] = 2;
  for (const DictItem item : dict) CHECK(static_cast<const Str&>(item.key).is_interned());
  const Ref<> again = rt.dict({{"some_name", 1}});
  CHECK(&(*dict->begin()).key == &(*static_cast<Dict&>(*again).begin()).key);
}

TEST_CASE("an equal key of another class is found by a text", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Name", {&rt.type<Str>()});
  const Ref<> name = type("x");
  const auto dict = rt.dict({{name, 1}});
  CHECK(dict["x"] == 1);
  dict["x"] = 2;
  CHECK(dict->size == 1);
  dict["x"].erase();
  CHECK(dict->size == 0);
}

TEST_CASE("a place is walked, asked for its truth, and changed in place", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto doc = rt.dict({{"items", rt.list(1, 2)}, {"none", nullptr}, {"n", 5}});
  int sum = 0;
  for (const Ref<>& item : each(doc["items"])) sum += from_object<int>(item);
  CHECK(sum == 3);
  CHECK(static_cast<bool>(doc["items"]));
  CHECK_FALSE(static_cast<bool>(doc["none"]));
  doc["n"] += 2;
  doc["n"] *= 3;
  CHECK(doc["n"] == 21);
  const Ref<> items = doc["items"];
  doc["items"] += rt.list(3);
  CHECK(doc["items"].to_ref().is(items));
  CHECK(items == rt.list(1, 2, 3));
  CHECK(-doc["n"] == -21);
}

TEST_CASE("handles have the operators of C++ by Python's rules", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> six = rt.from(6);
  CHECK((six | 1) == 7);
  CHECK((six & 3) == 2);
  CHECK((six ^ 3) == 5);
  CHECK((six << 2) == 24);
  CHECK((1 << six) == 64);
  CHECK((six >> 1) == 3);
  CHECK(~six == -7);
  CHECK(+six == 6);
  CHECK(floordiv(six, 4) == 1);
  CHECK(floordiv(-7, rt.from(2)) == -4);
  CHECK(pow(six, 2) == 36);
  CHECK(divmod(six, 4) == rt.tuple(1, 2));
  std::ostringstream out;
  out << six << ' ' << Ref<>() << ' ' << rt.list("a");
  CHECK(out.str() == "6 (empty) ['a']");
}

TEST_CASE("a handle is changed in place as in Python", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> number = rt.from(5);
  number += 2;
  number <<= 1;
  number |= 1;
  CHECK(number == 15);
  Ref<List> list = rt.list(1);
  const Ref<List> same = list;
  list += rt.list(2);
  CHECK(list.is(same));
  CHECK(same == rt.list(1, 2));
  Ref<> tuple = rt.tuple(1);
  const Ref<> old = tuple;
  tuple += rt.tuple(2);
  CHECK(old == rt.tuple(1));
  CHECK(tuple == rt.tuple(1, 2));
  CHECK(error_of([&] { return number += "x"; }) == "TypeError: unsupported operand type(s) for +=: 'int' and 'str'");
  const auto type = rt.new_class("Adds");
  define(type, "__iadd__(self, other)", [](Object& self, Object&) { return share(self); });
  define(type, "__add__(self, other)", [](Object&, Object&) { return "added"; });
  Ref<> object = type();
  const Ref<> before = object;
  object += 1;
  CHECK(object.is(before));
  CHECK(object + 1 == "added");
}

TEST_CASE("a borrowed handle has what a handle has", "[face][handle]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> list = rt.list(1, 2);
  const std::uint32_t count = list->refcount;
  const Ptr<List> borrowed = list;
  CHECK(list->refcount == count);
  CHECK(borrowed->size == 2);
  CHECK(borrowed[0] == 1);
  CHECK(borrowed.is(list));
  borrowed.attr("append")(3);
  const auto last = make_function(rt.builtins(), "last(list)", [](Ptr<List> given) { return Ref<>(given[-1]); });
  CHECK(last(list) == 3);
  CHECK(error_of([&] { return last(5); }) == "TypeError: last() argument 1 'list' must be list, not int");
  const Ref<> empty;
  CHECK(error_of([&] { return Ptr<>(empty).get(); }).starts_with("SystemError"));
}

}  // namespace ouro::test
