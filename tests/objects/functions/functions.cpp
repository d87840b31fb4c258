// Calling C++ callables as functions: arguments, errors, what they keep.
#include <support/fixture.h>

#include <array>
#include <stdexcept>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

Ref<> call_with(Object& callee, std::initializer_list<Ref<>> positional,
                std::initializer_list<std::pair<Ref<Str>, Ref<>>> keywords = {}) {
  std::vector<Object*> given, names, values;
  for (const Ref<>& argument : positional) given.push_back(argument.get());
  for (const auto& [name, value] : keywords) {
    names.push_back(name.get());
    values.push_back(value.get());
  }
  return call(callee, Arguments{given, names, values});
}

}  // namespace

TEST_CASE("a function converts its arguments and its result by their C++ types", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto scale = make_function(rt.builtins(), "scale(value, factor)",
                                   [](double value, std::int64_t factor) { return value * double(factor); });
  CHECK(scale(2.5, 4) == 10.0);
  CHECK(scale(2, 4) == 8.0);
  const auto greet =
      make_function(rt.builtins(), "greet", [](std::string_view name) { return "hello " + std::string(name); });
  CHECK(greet("you") == "hello you");
  const auto nothing = make_function(rt.builtins(), "nothing", [] {});
  CHECK(nothing().is(rt.none()));
  const auto size =
      make_function(rt.builtins(), "size", [](const List& list, bool twice) { return list.size * (twice ? 2 : 1); });
  CHECK(size(rt.list(1, 2), true) == 4);
}

TEST_CASE("the number of arguments is checked in Python's words", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& builtins = rt.builtins();
  const Ref<> one = rt.from(1);
  const auto none = make_function(builtins, "f()", [] {});
  const auto two = make_function(builtins, "f(a, b)", [](Object&, Object&) {});
  const auto three = make_function(builtins, "f(a, b, c)", [](Object&, Object&, Object&) {});
  const auto some = make_function(builtins, "f(a, b)", [](Object&, std::optional<int> b) { return b.value_or(7); });
  CHECK(error_of([&] { return none(1); }) == "TypeError: f() takes 0 positional arguments but 1 was given");
  CHECK(error_of([&] { return two(1); }) == "TypeError: f() missing 1 required positional argument: 'b'");
  CHECK(error_of([&] { return two(); }) == "TypeError: f() missing 2 required positional arguments: 'a' and 'b'");
  CHECK(error_of([&] { return three(); }) == "TypeError: f() missing 3 required positional arguments: 'a', 'b', and 'c'");
  CHECK(error_of([&] { return two(1, 2, 3); }) == "TypeError: f() takes 2 positional arguments but 3 were given");
  CHECK(error_of([&] { return some(1, 2, 3); }) == "TypeError: f() takes from 1 to 2 positional arguments but 3 were given");
  CHECK(some(1) == 7);
  CHECK(some(1, 2) == 2);
}

TEST_CASE("arguments may be passed by name", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto minus = make_function(rt.builtins(), "minus(a, b)", [](int a, int b) { return a - b; });
  const Ref<> five = rt.from(5);
  const Ref<> three = rt.from(3);
  CHECK(call_with(*minus, {five}, {{rt.str("b"), three}}) == 2);
  CHECK(call_with(*minus, {}, {{rt.str("b"), five}, {rt.str("a"), three}}) == -2);
  CHECK(error_of([&] {
          return call_with(*minus, {five, three}, {{rt.str("c"), five}});
        }) == "TypeError: minus() got an unexpected keyword argument 'c'");
  CHECK(error_of([&] {
          return call_with(*minus, {five}, {{rt.str("a"), five}});
        }) == "TypeError: minus() got multiple values for argument 'a'");
  CHECK(error_of([&] {
          return call_with(*minus, {}, {{rt.str("a"), five}});
        }) == "TypeError: minus() missing 1 required positional argument: 'b'");
  const auto bare = make_function(rt.builtins(), "bare", [](int a) { return a; });
  CHECK(error_of([&] {
          return call_with(*bare, {}, {{rt.str("a"), five}});
        }) == "TypeError: bare() takes no keyword arguments");
  CHECK(error_of([&] { return make_function(rt.builtins(), "odd(a)", [] {}); }) ==
        "ValueError: signature 'odd(a)' names 1 parameters, but the callable has 0");
}

TEST_CASE("an argument of the wrong type is named", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto f =
      make_function(rt.builtins(), "f", [](std::string_view, std::int32_t, const List&, std::vector<std::int8_t>) {});
  CHECK(error_of([&] { return f(1, 1, rt.list(), rt.list()); }) == "TypeError: f() argument 1 must be str, not int");
  CHECK(error_of([&] { return f("", "", rt.list(), rt.list()); }) ==
        "TypeError: f() argument 2: 'str' object cannot be interpreted as an integer");
  CHECK(error_of([&] { return f("", std::int64_t{1} << 40, rt.list(), rt.list()); }) ==
        "OverflowError: f() argument 2: Python int too large to convert to C int");
  CHECK(error_of([&] { return f("", 1, rt.tuple(), rt.list()); }) == "TypeError: f() argument 3 must be list, not tuple");
  CHECK(error_of([&] { return f("", 1, rt.list(), rt.list(1, 2, 300)); }) ==
        "OverflowError: f() argument 4[2]: Python int too large to convert to C char");
}

TEST_CASE("a function may take all further arguments as they are", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto count = make_function(rt.builtins(), "count", [](Object&, const Arguments& rest) {
    return rest.positional.size() * 10 + rest.keyword_names.size();
  });
  CHECK(count(1, 2, 3) == 20);
  CHECK(call_with(*count, {rt.from(1)}, {{rt.str("x"), rt.from(1)}}) == 1);
  CHECK(error_of([&] { return count(); }) == "TypeError: count() missing 1 required positional argument: 'arg1'");
}

TEST_CASE("C++ exceptions become Python's errors", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto thrower = [&](auto error) {
    return error_of([&] { return make_function(rt.builtins(), "f", [error]() noexcept(false) { throw error; })(); });
  };
  const auto kinds = make_function(rt.builtins(), "f", [](int kind) {
    if (kind == 0) throw std::out_of_range("too far");
    if (kind == 1) throw std::invalid_argument("bad");
    if (kind == 2) throw std::bad_alloc();
    if (kind == 3) throw std::runtime_error("lost");
    if (kind == 4) raise(ErrorKind::kKeyError, "'k'");
  });
  CHECK(error_of([&] { return kinds(0); }) == "IndexError: too far");
  CHECK(error_of([&] { return kinds(1); }) == "ValueError: bad");
  CHECK(error_of([&] { return kinds(2); }) == "MemoryError");
  CHECK(error_of([&] { return kinds(3); }) == "RuntimeError: lost");
  CHECK(error_of([&] { return kinds(4); }) == "KeyError: 'k'");
  CHECK(thrower(42) == "SystemError: unknown C++ exception");
}

TEST_CASE("what a function keeps is an edge of it, so a cycle through it is collected", "[function][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<List> seen = rt.list();
  Ref<Function> push = make_function(
      rt.builtins(), "push(item)", [](List& list, Object& item) { list.append(item); }, seen);
  static_cast<void>(push(5));
  CHECK(seen == rt.list(5));
  seen->append(*push);
  CHECK(seen->refcount == 2);
  seen.reset();
  push.reset();
  CHECK(rt.gc().collect() == 2);
}

namespace {

struct Counter {
  Ref<List> log;
  int step;
  int operator()(int start) {
    log->append(*make_int(builtins_of(*log), start));
    return start + step;
  }
  static constexpr std::tuple edges{&Counter::log};
};

}  // namespace

TEST_CASE("a callable struct with edges is a function whose state the collector sees", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<List> log = rt.list();
  Ref<Function> count = make_function(rt.builtins(), "count(start)", Counter{log, 3});
  CHECK(count(4) == 7);
  CHECK(log == rt.list(4));
  log->append(*count);
  log.reset();
  count.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("plain captures are copied into the function", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int calls = 0;
  const auto f = make_function(rt.builtins(), "f", [&calls, step = 2](int x) { return calls += step * x; });
  CHECK(f(5) == 10);
  CHECK(calls == 10);
}

TEST_CASE("functions show and name themselves", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto f = make_function(rt.builtins(), "Foo.scale(self)", [](Object&) {});
  CHECK_THAT(std::string(text(*repr(*f))), StartsWith("<function Foo.scale at 0x"));
  CHECK(f.attr("__name__") == "scale");
  CHECK(f.attr("__qualname__") == "Foo.scale");
  CHECK(equal(*f, *f));
  CHECK(hash(*f) == hash(*f));
  CHECK(error_of([&] { return f.attr("x").get(); }) == "AttributeError: 'function' object has no attribute 'x'");
}

TEST_CASE("calls that recurse for ever end in a RecursionError", "[function]") {
  Fixture fixture({.recursion_limit = 150});
  Runtime& rt = fixture.rt;
  int depth = 0;
  const Ref<Dict> scope = rt.dict();
  const auto f = make_function(
      rt.builtins(), "f",
      [&depth](Dict& names) {
        ++depth;
        return Ref<>::share(names.get("f"))();
      },
      scope);
  scope->set("f", *f);
  CHECK(error_of([&] { return f(); }) == "RecursionError: maximum recursion depth exceeded while calling a Python object");
  CHECK(depth == 150);
  scope->clear();
}

TEST_CASE("making and calling a function survives the failure of every allocation", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> list = rt.list();
  Ref<> sum;
  const auto failures = fail_each_allocation(rt.heap(), [&] {
    const auto f = make_function(
        rt.builtins(), "Fresh.function_name(first_one, second_one)",
        [](List&, std::int64_t a, std::int64_t b) { return a + b; }, list);
    sum = f(100000, 200000);
  });
  CHECK(sum == 300000);
  CHECK(failures > 0);
}

TEST_CASE("arguments that the callee drops are there until the call ends, however many they are", "[function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Kept");
  const Ref<List> holder = rt.list();
  const auto clear_and_give = [](List& list, const Arguments& rest) {
    list.clear();
    return share(*rest.positional.back());
  };
  const auto f = make_function(rt.builtins(), "f", clear_and_give, holder);
  type.attr("m") = make_function(
      rt.builtins(), "m",
      [](List& list, Object&, const Arguments& rest) {
        list.clear();
        return share(*rest.positional.back());
      },
      holder);
  const Ref<> object = type();
  for (const int count : {1, 2, 5, 6, 7, 20}) {
    INFO(count);
    for (const bool is_method : {false, true}) {
      std::vector<Object*> given;
      for (int i = 0; i < count; ++i) {
        const Ref<> argument = type();
        argument.attr("number") = i;
        holder->append(*argument);
        given.push_back(argument.get());
      }
      const Arguments arguments{given, {}, {}};
      const Ref<> last = is_method ? call_method(*object, *rt.str("m"), arguments) : call(*f, arguments);
      CHECK(last.attr("number") == count - 1);
      CHECK(last->refcount == 1);
      CHECK(holder->size == 0);
    }
  }
}
