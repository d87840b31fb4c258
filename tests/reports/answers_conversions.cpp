// What C++ values and objects become on their way to each other.
#include <support/broken_law.h>
#include <support/fixture.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

template <class T>
concept MadeFrom = requires(Runtime& rt, Object& object) {
  from_object<T>(object);
};
template <class T>
concept TakenFromDying = requires(Ref<> ref) {
  from_object<T>(std::move(ref));
};
static_assert(!TakenFromDying<std::string_view> && !TakenFromDying<List&> && !TakenFromDying<Object*>);
static_assert(TakenFromDying<std::string> && TakenFromDying<Ref<List>> && TakenFromDying<std::optional<int>>);
static_assert(detail::kBorrows<std::optional<const char*>> && detail::kBorrows<std::variant<int, Object*>>);

}  // namespace

TEST_CASE("text of every kind becomes a str, or does not compile", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown(rt.from(u8"é")) == "'é'");
  CHECK(shown(rt.from(std::u8string(u8"naïve"))) == "'naïve'");
  CHECK(shown(rt.from(std::u8string_view(u8"€"))) == "'€'");
  CHECK(shown(rt.from(std::vector{u8"a", u8"ä"})) == "['a', 'ä']");
  CHECK(shown(rt.from(std::filesystem::path("/tmp") / "a b")) == "'/tmp/a b'");
  CHECK(shown(rt.from(std::vector<std::filesystem::path>{"x", "y"})) == "['x', 'y']");
  CHECK(shown(rt.from(static_cast<const char*>(nullptr))) == "None");
  CHECK(shown(rt.from(static_cast<const char8_t*>(nullptr))) == "None");
  const char unended[3] = {'a', 'b', 'c'};
  CHECK(shown(rt.from(unended)) == "'abc'");
  CHECK(shown(rt.from(std::string("a\0b", 3))) == "'a\\x00b'");
  static_assert(detail::WideLike<wchar_t> && detail::WideLike<char32_t> && detail::WideLike<std::wstring> &&
                detail::WideLike<char16_t[3]> && !detail::WideLike<std::nullptr_t> && !detail::WideLike<char8_t>);
  static_assert(detail::RangeOfItself<std::filesystem::path> && !detail::RangeOfItself<std::vector<int>>);
  static_assert(detail::MultiMapLike<std::multimap<int, int>> && !detail::MultiMapLike<std::map<int, int>>);
}

TEST_CASE("numbers keep their value or are refused", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(from_object<float>(rt.from(0.5)) == 0.5F);
  CHECK(std::isinf(from_object<float>(rt.from(std::numeric_limits<double>::infinity()))));
  CHECK(std::isnan(from_object<float>(rt.from(std::nan("")))));
  CHECK(std::signbit(from_object<float>(rt.from(-0.0))));
  CHECK(from_object<float>(rt.from(double{std::numeric_limits<float>::max()})) == std::numeric_limits<float>::max());
  CHECK(error_of([&] { return from_object<float>(rt.from(1e300)); }) ==
        "OverflowError: float too large to pack with f format");
  CHECK(error_of([&] { return from_object<std::vector<float>>(rt.list(1.0, -1e39)).size(); }) ==
        "OverflowError: [1]: float too large to pack with f format");
  CHECK_FALSE(try_from_object<float>(*rt.from(1e300)));
  CHECK(error_of([&] { return rt.from(std::numeric_limits<long double>::max()); }) ==
        "OverflowError: float too large to pack with d format");
  CHECK(from_object<int>(rt.from(true)) == 1);
  CHECK(error_of([&] { return from_object<double>(rt.from("x")); }) == "TypeError: must be real number, not str");
  static_assert(!detail::Number<char32_t> && !detail::Number<wchar_t> && !detail::Number<char8_t> && !detail::Number<bool>);
#if defined(__SIZEOF_INT128__) && !defined(__STRICT_ANSI__)
  static_assert(!detail::Number<__int128>);
#endif
}

TEST_CASE("what has only __index__ is a real number, too", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Whole");
  type.attr("__index__") = make_function(rt.builtins(), "__index__", [](Object&) { return 42; });
  CHECK(from_object<double>(type()) == 42.0);
}

TEST_CASE("a str with a zero inside is no terminated text", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> cut = rt.from(std::string("a\0b", 3));
  CHECK(error_of([&] { return std::string(from_object<const char*>(cut)); }) == "ValueError: embedded null character");
  CHECK(from_object<std::string>(cut) == std::string("a\0b", 3));
  const auto length = make_function(rt.builtins(), "length", [](const char* given) { return std::strlen(given); });
  CHECK(length("four") == 4);
  CHECK_THROWS_AS(length(std::string("a\0b", 3)), Error);
}

TEST_CASE("a variant that holds no large enough number says so", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  using Either = std::variant<int, std::string>;
  CHECK(error_of([&] { return from_object<Either>(rt.from(std::int64_t{1} << 40)).index(); }) ==
        "OverflowError: Python int too large to convert to C int");
  CHECK(from_object<std::variant<int, double>>(rt.from(std::int64_t{1} << 40)).index() == 1);
  CHECK(error_of([&] { return from_object<Either>(rt.from(2.5)).index(); }) ==
        "TypeError: must be of one of several other types, not float");
}

TEST_CASE("an entry that cannot be converted is named even if its key cannot be shown", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Shy");
  type.attr("__repr__") =
      make_function(rt.builtins(), "__repr__", [](Object&) -> Ref<> { raise(ErrorKind::kRuntimeError, "no"); });
  const Ref<Dict> dict = rt.dict();
  dict->set(*type(), *rt.from("x"));
  CHECK(error_of([&] { return from_object<std::map<Ref<>, int>>(dict).size(); }) ==
        "TypeError: <unprintable Shy object>: 'str' object cannot be interpreted as an integer");
}

TEST_CASE("the views of a dict can be used with only the header of everything", "[reports][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Dict> dict = rt.dict({{"a", 1}});
  CHECK(shown(dict->keys()) == "dict_keys(['a'])");
  CHECK(shown(dict->items()) == "dict_items([('a', 1)])");
  const Ref<> values = dict->values();
  CHECK(from_object<std::vector<int>>(values) == std::vector{1});
}
