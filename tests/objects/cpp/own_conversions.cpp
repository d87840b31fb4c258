// Conversions of containers, times, paths, enums and a program's own types, with where and why they are refused, and at what
// cost.
#include <support/fixture.h>

#include <array>
#include <complex>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <objects/world.h>

namespace ouro::test {

namespace {

struct Vec3 {
  double x = 0, y = 0, z = 0;
  bool operator==(const Vec3&) const = default;
};
enum class Colour { kRed, kBlue = 7, kNameless };
/// Converts without an exception.
struct Percent {
  int value = 0;
};

}  // namespace

}  // namespace ouro::test

template <>
struct ouro::Conversion<ouro::test::Vec3> {
  static test::Vec3 from_object(Object& object) {
    const auto parts = ouro::from_object<std::array<double, 3>>(object);
    return {parts[0], parts[1], parts[2]};
  }
  static Ref<> to_object(Builtins& builtins, const test::Vec3& v) {
    return ouro::to_object(builtins, std::tuple(v.x, v.y, v.z));
  }
};
template <>
struct ouro::Conversion<ouro::test::Percent> {
  static Outcome<test::Percent> from_object(Object& object) {
    const Outcome<int> number = try_from_object<int>(object);
    if (number.failed()) return number.failure();
    if (*number > 100) return Failure(error_type(ErrorKind::kValueError), "more than everything");
    return test::Percent{*number};
  }
};
template <>
struct ouro::EnumNames<ouro::test::Colour> {
  static constexpr std::pair<test::Colour, std::string_view> names[]{{test::Colour::kRed, "red"},
                                                                     {test::Colour::kBlue, "blue"}};
};

namespace ouro::test {

namespace {

template <class T>
std::string refusal(const Ref<>& object) {
  return error_of([&] { return from_object<T>(object); });
}

/// What `try_from_object` says of the same.
template <class T>
std::string failure(const Ref<>& object) {
  const auto outcome = try_from_object<T>(*object);
  return outcome.failed() ? outcome.failure().error().what() : "no error";
}

}  // namespace

TEST_CASE("sequences, arrays and maps of the standard are converted both ways", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(from_object<std::deque<int>>(rt.list(1, 2)) == std::deque{1, 2});
  CHECK(from_object<std::list<std::string>>(rt.tuple("a", "b")) == std::list<std::string>{"a", "b"});
  CHECK(from_object<std::array<int, 3>>(rt.list(1, 2, 3)) == std::array{1, 2, 3});
  CHECK(from_object<std::vector<bool>>(rt.list(true, false)) == std::vector{true, false});
  CHECK(from_object<std::unordered_map<int, std::vector<int>>>(rt.dict({{1, rt.list(2)}})).at(1) == std::vector{2});
  CHECK(from_object<std::vector<std::variant<int, std::string, std::vector<int>>>>(rt.list(1, "a", rt.list(2))).size() == 3);
  CHECK(from_object<std::vector<int>>(iterate(*rt.list(1, 2))) == std::vector{1, 2});
  CHECK(shown(rt.from(std::array{1, 2})) == "[1, 2]");
  CHECK(shown(rt.from(std::deque<std::string>{"a"})) == "['a']");
  CHECK(from_object<char>(rt.from("x")) == 'x');
  CHECK(from_object<std::optional<std::vector<int>>>(rt.none()) == std::nullopt);
}

TEST_CASE("sets and complex numbers are converted both ways", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown(rt.from(std::set<int>{2, 1})) == "{1, 2}");
  CHECK(from_object<std::set<std::string>>(rt.from(std::set<std::string>{"a"})) == std::set<std::string>{"a"});
  CHECK(from_object<std::unordered_set<int>>(rt.from(std::unordered_set<int>{5})).count(5) == 1);
  CHECK(refusal<std::set<int>>(rt.from(std::set<std::string>{"a"})) ==
        "TypeError: 'a': 'str' object cannot be interpreted as an integer");
  CHECK(shown(rt.from(std::complex<double>(1, -2))) == "(1-2j)");
  CHECK(from_object<std::complex<float>>(rt.from(3)) == std::complex<float>(3, 0));
}

TEST_CASE("times are seconds", "[face][convert]") {
  using namespace std::chrono;
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown(rt.from(1500ms)) == "1.5");
  CHECK(shown(rt.from(hours(2))) == "7200.0");
  CHECK(shown(rt.from(sys_time<milliseconds>(1250ms))) == "1.25");
  CHECK(from_object<milliseconds>(rt.from(2)) == 2000ms);
  CHECK(from_object<milliseconds>(rt.from(0.0015)) == 2ms);
  CHECK(from_object<milliseconds>(rt.from(0.0025)) == 2ms);
  CHECK(from_object<minutes>(rt.from(90)) == minutes(2));
  CHECK(from_object<duration<double>>(rt.from(0.25)).count() == 0.25);
  CHECK(from_object<sys_time<seconds>>(rt.from(1.7e9)).time_since_epoch().count() == 1'700'000'000);
  CHECK(refusal<nanoseconds>(rt.from(1e300)) == "OverflowError: timestamp too large to convert to C _PyTime_t");
  CHECK(refusal<nanoseconds>(rt.from(std::int64_t{1} << 60)) ==
        "OverflowError: timestamp too large to convert to C _PyTime_t");
  CHECK(refusal<nanoseconds>(rt.from(std::nan(""))) == "ValueError: Invalid value NaN (not a number)");
  CHECK(refusal<nanoseconds>(rt.from("1")) == "TypeError: must be real number, not str");
}

TEST_CASE("a path is a str or what says its path", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(from_object<std::filesystem::path>(rt.from("/tmp/x")) == "/tmp/x");
  CHECK(shown(rt.from(std::filesystem::path("/tmp"))) == "'/tmp'");
  const auto type = rt.new_class("P");
  const Ref<> instance = type();
  CHECK(refusal<std::filesystem::path>(rt.from(5)) == "TypeError: expected str, bytes or os.PathLike object, not int");
  CHECK(refusal<std::filesystem::path>(instance) == "TypeError: expected str, bytes or os.PathLike object, not P");
  define(type, "__fspath__(self)", [](Object&) { return "/p"; });
  CHECK(from_object<std::filesystem::path>(instance) == "/p");
  define(type, "__fspath__(self)", [](Object&) { return 5; });
  CHECK(refusal<std::filesystem::path>(instance) == "TypeError: expected P.__fspath__() to return str or bytes, not int");
}

TEST_CASE("an enumerator is the str of its name", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown(rt.from(Colour::kBlue)) == "'blue'");
  CHECK(from_object<Colour>(rt.from("red")) == Colour::kRed);
  CHECK(refusal<Colour>(rt.from("puce")) == "ValueError: 'puce' is not a valid Colour");
  CHECK(refusal<Colour>(rt.from(7)) == "TypeError: must be str, not int");
  CHECK(error_of([&] { return rt.from(Colour::kNameless); }) == "ValueError: 8 is not a valid Colour");
  CHECK(refusal<std::vector<Colour>>(rt.list("red", "puce")) == "ValueError: [1]: 'puce' is not a valid Colour");
  CHECK(std::get<std::string>(from_object<std::variant<Colour, std::string>>(rt.from("puce"))) == "puce");
}

TEST_CASE("a program says how its own types are converted", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(shown(rt.from(Vec3{1, 2, 3})) == "(1.0, 2.0, 3.0)");
  CHECK(from_object<Vec3>(rt.tuple(1, 2, 3)) == Vec3{1, 2, 3});
  CHECK(refusal<Vec3>(rt.tuple(1, 2)) == "TypeError: must be sequence of length 3, not 2");
  CHECK(refusal<std::vector<Vec3>>(rt.list(rt.tuple(1, 2, 3), rt.tuple(1, 2, "x"))) ==
        "TypeError: [1][2] must be real number, not str");
  CHECK(from_object<Percent>(rt.from(7)).value == 7);
  CHECK(refusal<Percent>(rt.from(700)) == "ValueError: more than everything");
  const auto norm = make_function(rt.builtins(), "norm(v)", [](const Vec3& v) { return v.x + v.y + v.z; });
  CHECK(norm(rt.list(1, 2, 3)) == 6.0);
  CHECK(error_of([&] { return norm(rt.list(1, 2)); }) ==
        "TypeError: norm() argument 1 'v' must be sequence of length 3, not 2");
}

TEST_CASE("an error of a conversion names the whole path", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto f = make_function(rt.builtins(), "f(name, shape)", [](std::string_view, std::vector<std::int32_t>) {});
  const auto g = make_function(rt.builtins(), "g(tree)", [](std::map<std::string, std::vector<std::pair<int, int>>>) {});
  const auto large = std::int64_t{1} << 31;
  CHECK(error_of([&] { return f("a", rt.list(1, 2, 3, large)); }) ==
        "OverflowError: f() argument 2 'shape': [3]: Python int too large to convert to C int");
  CHECK(error_of([&] { return f(1, rt.list()); }) == "TypeError: f() argument 1 'name' must be str, not int");
  CHECK(error_of([&] { return f("a", 5); }) == "TypeError: f() argument 2 'shape': 'int' object is not iterable");
  CHECK(error_of([&] {
          return g(rt.dict({{"k", rt.list(rt.tuple(1, 2), rt.tuple(1, "x"))}}));
        }) == "TypeError: g() argument 1 'tree': 'k': [1][1]: 'str' object cannot be interpreted as an integer");
  CHECK(failure<std::vector<std::int8_t>>(rt.list(1, 300)) ==
        "OverflowError: [1]: Python int too large to convert to C char");
  CHECK(failure<std::vector<unsigned>>(rt.list(1, -1)) ==
        "OverflowError: [1]: can't convert negative value to unsigned int");
  CHECK(failure<std::pair<int, int>>(rt.tuple(1)) == "TypeError: must be tuple of length 2, not 1");
  CHECK(failure<std::map<std::string, int>>(rt.list()) == "TypeError: must be dict, not list");
}

TEST_CASE("what does not fit costs no C++ exception", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> values[] = {rt.from("text"), rt.list(1, "x"), rt.from(std::int64_t{1} << 40), rt.dict({{"a", "b"}}),
                          rt.none()};
  for (const Ref<>& value : values) {
    CHECK(try_from_object<std::int8_t>(*value).failed());
    CHECK(try_from_object<std::vector<int>>(*value).failed());
    CHECK(try_from_object<std::map<std::string, int>>(*value).failed());
    CHECK(try_from_object<std::tuple<int, int>>(*value).failed());
    CHECK(try_from_object<std::variant<bool, std::int8_t>>(*value).failed());
    CHECK(rt.heap().failures.count() == 0);
  }
  CHECK(try_from_object<std::variant<int, double, std::string>>(*values[0])->index() == 2);
}

TEST_CASE("a conversion goes on where the object is changed on the way", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Clears");
  const Ref<List> list = rt.list(type(), 2, 3);
  type.attr("__index__") = make_function(
      rt.builtins(), "__index__(self)",
      [](List& all, Object&) {
        all.clear();
        return 1;
      },
      list);
  // The function keeps the list, and comes before `self`.
  CHECK(from_object<std::vector<int>>(Ref<>(list)) == std::vector{1});
  type.attr("__index__").erase();
}

TEST_CASE("conversions survive the failure of every allocation", "[face][convert]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> value = rt.list(rt.dict({{"a", rt.tuple(1, 2.5)}}), rt.dict());
  std::vector<std::map<std::string, std::pair<int, double>>> made;
  fail_each_allocation(rt.heap(), [&] { made = from_object<decltype(made)>(value); });
  CHECK(made.at(0).at("a").second == 2.5);
  std::string told;
  const Ref<> wrong = rt.list(rt.dict({{"a", rt.tuple(1, "x")}}));
  fail_each_allocation(rt.heap(), [&] { told = failure<decltype(made)>(wrong); });
  CHECK(told == "TypeError: [0]: 'a': [1] must be real number, not str");
}

}  // namespace ouro::test
