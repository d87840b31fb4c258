// Failing without a C++ exception: what fails, what the failure tells, and what comes between failing and being asked.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/weak/weak_collections.h>
#include <support/broken_law.h>
#include <support/error_of.h>
#include <support/fixture.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace ouro::test {

namespace {

std::string why(const Outcome<Ref<>>& outcome) { return outcome ? "no failure" : outcome.failure().error().what(); }

/// A class with one special method.
template <class F>
Ref<Class> class_with(Runtime& rt, std::string_view name, F method) {
  const Ref<Class> type = make_class(rt.builtins(), "C");
  set_attribute(*type, *rt.str(name), *make_function(rt.builtins(), std::string(name).append("(self, key=None)"), method));
  return type;
}

}  // namespace

TEST_CASE("what is missing fails with the error that is raised otherwise") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> dict = rt.dict();
  const Ref<> list = rt.list(1);
  const Ref<> tuple = rt.tuple(1);
  const Ref<> text = rt.str("x");
  const Ref<> range = share<Object>(rt.builtins().type(Kind::kRange))(3);
  const Ref<> weak = make_weak_values(rt.builtins());
  const Ref<> five = rt.from(5);
  for (const Ref<>& object : {dict, list, tuple, text, range, weak, five}) {
    INFO(object->type->name);
    for (const Ref<>& key : {rt.from(5), rt.from(-5), rt.from("key"), Ref<>(rt.list())}) {
      const Outcome<Ref<>> outcome = try_get_item(*object, *key);
      REQUIRE(outcome.failed());
      CHECK(why(outcome) == error_of([&] { return get_item(*object, *key); }));
    }
    const Outcome<Ref<>> attribute = object.attr("spam").try_get();
    REQUIRE(attribute.failed());
    CHECK(attribute.failure().is(ErrorKind::kAttributeError));
    CHECK(why(attribute) == error_of([&] { return object.attr("spam").get(); }));
  }
  CHECK(fixture.rt.heap().failures.count() == 0);
}

TEST_CASE("what is there is given") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = rt.list(7, 8);
  CHECK(list[-1].try_get().value() == 8);
  CHECK(list[5].try_get().value_or(list).is(list));
  CHECK(error_of([&] { return list[5].try_get().value(); }) == "IndexError: list index out of range");
  const Ref<> iterator = iterate(*list);
  CHECK(*try_next(iterator) == 7);
  CHECK(*try_next(iterator) == 8);
  const Outcome<Ref<>> end = try_next(iterator);
  CHECK((end && !*end));
  CHECK(why(try_next(list)) == "TypeError: 'list' object is not an iterator");
  CHECK(*try_call(list.attr("pop").get(), 0) == 7);
  CHECK(try_call_method(*list, *rt.str("pop"), {}).value() == 8);
  CHECK(why(try_call_method(*list, *rt.str("pop"), {})) == "IndexError: pop from empty list");
  CHECK(why(try_call(list)) == "TypeError: 'list' object is not callable");
}

TEST_CASE("an object is made for a failure only when somebody asks, with what it is about") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> key = rt.tuple(1, "two");
  const Ref<> dict = rt.dict();
  const Outcome<Ref<>> missing = try_get_item(*dict, *key);
  const Ref<BaseException> error = rt.exception(missing.failure());
  CHECK(error->type == &rt.type(ErrorKind::kKeyError));
  REQUIRE(error->arguments().size() == 1);
  CHECK(error->arguments()[0] == key.get());
  CHECK(failure_matches(missing.failure(), rt.type(ErrorKind::kLookupError)));
  CHECK_FALSE(failure_matches(missing.failure(), rt.type(ErrorKind::kIndexError)));
  CHECK_FALSE(failure_matches(missing.failure(), *key));
}

TEST_CASE("a native function fails with an error, an object, or what it throws") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> mine = make_class(rt.builtins(), "Mine", {&rt.type(ErrorKind::kValueError)});
  const Ref<> object = call(*mine, {});
  const Ref<> fails = make_function(rt.builtins(), "fails",
                                    [](Builtins& builtins) { return fail(builtins.none(), ErrorKind::kOSError, "no"); });
  const Ref<> fails_as = make_function(
      rt.builtins(), "fails_as", [](Object& given) { return fail(static_cast<BaseException&>(given)); }, object);
  const Ref<> throws = make_function(rt.builtins(), "throws", []() -> int { throw std::out_of_range("far"); });
  const Ref<> passes_on = make_function(
      rt.builtins(), "passes_on", [](Object& inner) { return try_call(inner, {}); }, fails_as);
  CHECK(why(try_call(fails)) == "OSError: no");
  CHECK(error_of([&] { return fails(); }) == "OSError: no");
  CHECK(why(try_call(throws)) == "IndexError: far");
  const Outcome<Ref<>> outcome = try_call(passes_on);
  REQUIRE(outcome.failed());
  CHECK(rt.exception(outcome.failure()).get() == object.get());
  CHECK(failure_matches(outcome.failure(), *mine));
  CHECK(failure_matches(outcome.failure(), *rt.tuple(rt.type(ErrorKind::kOSError), mine)));
  const Error error = caught([&] { static_cast<void>(passes_on()); });
  CHECK(error.matches(mine));
  CHECK(rt.exception(error).get() == object.get());
}

TEST_CASE("a failure stays what it is through many calls, and when it is copied") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& builtins = rt.builtins();
  const Ref<> literal =
      make_function(builtins, "f", [](Builtins& home) { return fail(home.none(), ErrorKind::kValueError, "no"); });
  const Ref<> put_off = make_function(
      builtins, "f", [](Object& dict) { return try_get_item(dict, builtins_of(dict).none()); }, rt.dict());
  const Ref<> thrown = make_function(builtins, "f", [] { raise(ErrorKind::kIndexError, "thrown"); });
  const auto pass = [](Object& inner) { return try_call(inner, {}); };
  for (const auto& [inner, expected] : {std::pair(literal, "ValueError: no"), std::pair(put_off, "KeyError: None"),
                                        std::pair(thrown, "IndexError: thrown")}) {
    Ref<> function = inner;
    for (int depth = 0; depth < 10; ++depth) function = make_function(builtins, "pass", pass, function);
    Outcome<Ref<>> outcome = try_call(*function, {});
    REQUIRE(outcome.failed());
    const Failure copy = outcome.failure();
    Failure other = Failure(error_type(ErrorKind::kTypeError), "other");
    other = copy;
    CHECK(why(outcome) == expected);
    CHECK(std::string(copy.error().what()) == expected);
    CHECK(std::string(other.error().what()) == expected);
    CHECK((copy.made() != nullptr) == (inner.get() == thrown.get()));
    outcome = rt.none();
    CHECK(std::string(copy.error().what()) == expected);
    CHECK(error_of([&] { return call(*function, {}); }) == expected);
  }
  CHECK(rt.heap().failures.count() == 0);
}

TEST_CASE("special methods that fail do what those do that throw") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto stop = [](Object& self, Object*) { return fail(self, ErrorKind::kStopIteration); };
  const Ref<> ended = call(*class_with(rt, "__next__", stop), {});
  CHECK_FALSE(next(*ended));
  const Outcome<Ref<>> item = try_next(ended);
  CHECK((item && !*item));
  CHECK(error_of([&] { return ended.attr("__next__")(); }) == "StopIteration");

  const auto no_key = [](Object& self, Object*) { return fail(self, ErrorKind::kIndexError, "mine"); };
  const Ref<> sequence = call(*class_with(rt, "__getitem__", no_key), {});
  CHECK_FALSE(next(*iterate(*sequence)));
  CHECK(why(sequence[1].try_get()) == "IndexError: mine");
  CHECK(error_of([&] { return sequence[1].get(); }) == "IndexError: mine");

  const auto no_name = [](Object& self, Object*) { return fail(self, ErrorKind::kAttributeError, "mine"); };
  const Ref<> bare = call(*class_with(rt, "__getattr__", no_name), {});
  CHECK_FALSE(has_attribute(*bare, *rt.str("x")));
  CHECK(why(bare.attr("x").try_get()) == "AttributeError: mine");

  const auto other = [](Object& self, Object*) { return fail(self, ErrorKind::kValueError, "other"); };
  const Ref<> broken = call(*class_with(rt, "__getattr__", other), {});
  CHECK(error_of([&] { return has_attribute(*broken, *rt.str("x")); }) == "ValueError: other");
  const Ref<> broken_iterator = call(*class_with(rt, "__next__", other), {});
  CHECK(error_of([&] { return next(*broken_iterator); }) == "ValueError: other");
  CHECK(why(try_next(broken_iterator)) == "ValueError: other");
  CHECK(rt.heap().failures.count() == 0);
}

TEST_CASE("a property that fails with AttributeError gives way to __getattr__") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = class_with(rt, "__getattr__", [](Object&, Object* name) { return share(*name); });
  set_attribute(*type, *rt.str("x"), *make_property(rt.builtins(), "x", [](Object& self) {
    return fail(self, ErrorKind::kAttributeError, "none");
  }));
  CHECK(call(*type, {}).attr("x").get() == "x");
}

TEST_CASE("a finalizer that runs between failing and being asked does not disturb the failure", "[law-failure-nested]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int failed_inside = 0;
  const Ref<Class> type = make_class(rt.builtins(), "Loud");
  const Ref<> dict = rt.dict();
  set_attribute(*type, *rt.str("__del__"),
                *make_function(rt.builtins(), "__del__(self)", [inside = &failed_inside](Object& self) {
                  const Outcome<Ref<>> outcome = try_get_attribute(self, *intern(builtins_of(self), "inner"));
                  if (outcome.failed()) ++*inside;
                }));
  const auto fails_late = [](Object& of, Object& given) {
    const Ref<> dies = call(of, {});  // when the handle to the failure is on its way out
    return fail(given, ErrorKind::kKeyError, "outer");
  };
  const Ref<> function = make_function(rt.builtins(), "fails_late", fails_late, type, dict);
  CHECK(why(try_call(function)) == "KeyError: outer");
  CHECK(error_of([&] { return function(); }) == "KeyError: outer");
  CHECK(failed_inside == 2);
  CHECK(rt.heap().failures.count() == 0);
}

TEST_CASE("a function that gives a result and a failure, or neither, is a SystemError", "[law-failure-taken]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> both = make_function(rt.builtins(), "both", [](Builtins& builtins) {
    static_cast<void>(fail(builtins.none(), ErrorKind::kKeyError, "lost"));
    return 5;
  });
  const std::string message = error_of([&] { return both(); });
  CHECK(message.starts_with("SystemError: <function both at "));
  CHECK(message.ends_with("> returned a result with an exception set"));
  CHECK(rt.heap().failures.count() == 0);
  const Ref<> nothing = make_function(rt.builtins(), "nothing", [] { return Ref<>(); });
  CHECK(nothing().is(rt.none()));
}

TEST_CASE("to take a value where there is none breaks a law", "[law-failure-taken]") {
  if constexpr (kChecks < CheckLevel::kCheap) return;
  Fixture fixture;
  const Ref<> dict = fixture.rt.dict();
  const Outcome<Ref<>> missing = dict["spam"].try_get();
  CHECK(broken_law_of([&] { static_cast<void>(missing->get()); }).find("[failure-taken]") != std::string::npos);
  const Outcome<Ref<>> there = Ref<>(dict);
  CHECK(broken_law_of([&] { static_cast<void>(there.failure()); }).find("[failure-taken]") != std::string::npos);
}

TEST_CASE("a conversion that does not fit fails with the error that it raises otherwise") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto same = [&]<class T>(std::type_identity<T>, const Ref<>& object) {
    const Outcome<T> outcome = try_from_object<T>(*object);
    REQUIRE(outcome.failed());
    CHECK(std::string(outcome.failure().error().what()) == error_of([&] { return from_object<T>(*object); }));
  };
  for (const Ref<>& object : {Ref<>(rt.list()), rt.none(), Ref<>(rt.dict())}) {
    INFO(object->type->name);
    same(std::type_identity<int>(), object);
    same(std::type_identity<std::uint8_t>(), object);
    same(std::type_identity<double>(), object);
    same(std::type_identity<float>(), object);
    same(std::type_identity<bool>(), object);
    same(std::type_identity<std::string>(), object);
    same(std::type_identity<Ref<Str>>(), object);
    same(std::type_identity<std::variant<int, std::string>>(), object);
  }
  same(std::type_identity<std::int8_t>(), rt.from(128));
  same(std::type_identity<std::int8_t>(), rt.from(-129));
  same(std::type_identity<std::uint8_t>(), rt.from(-1));
  same(std::type_identity<std::uint8_t>(), rt.from(256));
  same(std::type_identity<std::optional<int>>(), rt.from("x"));
  same(std::type_identity<float>(), rt.from(1e300));
  same(std::type_identity<std::vector<int>>(), rt.list(1, "x"));
  CHECK(*try_from_object<std::uint64_t>(*rt.from(~std::uint64_t{0})) == ~std::uint64_t{0});
  CHECK(try_from_object<std::int8_t>(*rt.from(-128)).value() == -128);
  CHECK_FALSE(try_from_object<std::optional<int>>(*rt.none()).value());
  CHECK(try_from_object<int>(*rt.from("x")).value_or(7) == 7);
}

TEST_CASE("each thread has its own failures") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> lets_others_in = make_function(rt.builtins(), "lets_others_in", [&rt](Builtins& builtins) {
    Ref<> failed = fail(builtins.none(), ErrorKind::kKeyError, "of this thread");
    GilRelease released(rt);
    std::thread([&rt] {
      const Attach attached(rt);
      CHECK(rt.heap().failures.count() == 0);
      CHECK(why(rt.list()[5].try_get()) == "IndexError: list index out of range");
    }).join();
    return failed;
  });
  CHECK(why(try_call(lets_others_in)) == "KeyError: of this thread");
}

TEST_CASE("what fails while an exception is handled has it as its context") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> dict = rt.dict();
  try {
    raise(ErrorKind::kValueError, "first");
  } catch (const Error&) {
    const Outcome<Ref<>> outcome = dict["spam"].try_get();
    const Ref<BaseException> object = rt.exception(outcome.failure().error());
    REQUIRE(object->context != nullptr);
    CHECK(text(*repr(*object->context)) == "ValueError('first')");
  }
}

TEST_CASE("a weak callback that fails is reported") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string reported;
  rt.heap().set_unraisable([&](const Error& error, std::string_view, const Object&) { reported = error.what(); });
  const Ref<> callback =
      make_function(rt.builtins(), "callback", [](Object& dead) { return fail(dead, ErrorKind::kKeyError, "late"); });
  Ref<> target = call(*make_class(rt.builtins(), "T"), {});
  const Ref<> reference = make_weakref(*target, callback.get());
  target.reset();
  CHECK(reported == "KeyError: late");
  CHECK(rt.heap().failures.count() == 0);
}

}  // namespace ouro::test
