// Classes derived from exceptions: constructors, attributes, raising, catching by base, messages, collection.
#include <ouro/objects/errors/exception_group.h>
#include <ouro/objects/errors/raise.h>
#include <support/fixture.h>

#include <objects/errors/evaluator.h>

namespace ouro::test {

namespace {

Ref<Class> derived(Runtime& rt, std::string_view name, std::initializer_list<Type*> bases) {
  return make_class(rt.builtins(), name, bases);
}

}  // namespace

TEST_CASE("a class derived from an exception has its layout, its constructor and its text") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> my_error = derived(rt, "MyError", {&rt.type(ErrorKind::kValueError)});
  const Ref<> plain = my_error("a", 2);
  CHECK(shown(*plain) == "MyError('a', 2)");
  CHECK(text(*str(*my_error("a"))) == "a");
  CHECK(is_instance(*plain, rt.type(ErrorKind::kException)));
  CHECK(is<BaseException>(*plain));
  plain.attr("extra") = 5;
  CHECK(from_object<int>(*plain.attr("extra").get()) == 5);
  CHECK(shown(*plain.attr("__dict__").get()) == "{'extra': 5}");
  CHECK(shown(*plain.attr("args").get()) == "('a', 2)");
  CHECK(error_of([&] { return plain.attr("missing").get(); }) ==
        "AttributeError: 'MyError' object has no attribute 'missing'");
  CHECK(error_of([&] { return call(*my_error, Arguments{}); }) == "no error");
  const Ref<Class> disk = derived(rt, "DiskError", {&rt.type(ErrorKind::kOSError)});
  const Ref<> full = disk(28, "full", "f");
  CHECK(text(*str(*full)) == "[Errno 28] full: 'f'");
  CHECK(shown(*disk(2, "x")) == "DiskError(2, 'x')");  // a class says itself what it is
}

TEST_CASE("a derived class may initialise and show its objects itself") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (const ErrorKind kind : {ErrorKind::kException, ErrorKind::kOSError, ErrorKind::kKeyError, ErrorKind::kSystemExit}) {
    const Ref<Class> my_error = derived(rt, "MyError", {&rt.type(kind)});
    my_error.attr("__init__") = make_function(rt.builtins(), "__init__", [](Object& self, Object& code) {
      set_attribute(self, *intern(builtins_of(self), "level"), code);
    });
    my_error.attr("__str__") = make_function(rt.builtins(), "__str__", [](Object& self) {
      return make_str(builtins_of(self),
                      "level " + std::string(text(*str(*get_attribute(self, *intern(builtins_of(self), "level"))))));
    });
    const Ref<> object = my_error(7);
    CHECK(text(*str(*object)) == "level 7");
    CHECK(shown(*object) == (kind == ErrorKind::kOSError ? "MyError()" : "MyError(7)"));
    const Error error = caught([&] { raise(object); });
    CHECK(std::string(error.what()) == "MyError: level 7");
    CHECK(error.is(kind));
  }
}

TEST_CASE("an error of a derived class is caught by its class, its bases and no other, through C++ frames") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> base = derived(rt, "Base", {&rt.type(ErrorKind::kLookupError)});
  const Ref<Class> leaf = derived(rt, "Leaf", {&*base});
  const Ref<Class> other = derived(rt, "Other", {&rt.type(ErrorKind::kLookupError)});
  const Ref<Class> both = derived(rt, "Both", {&*other, &rt.type(ErrorKind::kTypeError)});
  const Ref<Function> thrower = make_function(rt.builtins(), "thrower", [](Object& given) { raise(given); });
  const Error error = caught([&] { static_cast<void>(thrower(leaf)); });
  CHECK(error.matches(leaf));
  CHECK(error.matches(base));
  CHECK_FALSE(error.matches(other));
  CHECK(error.matches(rt.type(ErrorKind::kLookupError)));
  CHECK(error.matches(rt.tuple(other, base)));
  CHECK(error.kind() == ErrorKind::kLookupError);
  CHECK(shown(*rt.exception(error)) == "Leaf()");
  CHECK(caught([&] { static_cast<void>(thrower(both)); }).matches(rt.type(ErrorKind::kTypeError)));
  CHECK_FALSE(caught([] { raise(ErrorKind::kLookupError, ""); }).matches(base));
}

TEST_CASE("a StopIteration of a derived class ends an iteration, an AttributeError of one is no attribute") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> stop = derived(rt, "Stop", {&rt.type(ErrorKind::kStopIteration)});
  const Ref<Class> type = rt.new_class("Ends");
  type.attr("__iter__") = make_function(rt.builtins(), "__iter__", [](Object& self) { return share(self); });
  type.attr("__next__") = make_function(
      rt.builtins(), "__next__", [](Object& kept, Object&) { raise(kept); }, Ref<>(stop));
  CHECK(list_from(*type())->size == 0);
  const Ref<Class> none = derived(rt, "None_", {&rt.type(ErrorKind::kAttributeError)});
  type.attr("__getattr__") = make_function(
      rt.builtins(), "__getattr__", [](Object& kept, Object&, Object&) { raise(kept); }, Ref<>(none));
  CHECK_FALSE(has_attribute(*type(), *rt.str("missing")));
}

TEST_CASE("a group of a derived class derives as it says") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Type& group = rt.type(ErrorKind::kExceptionGroup);
  const Ref<Class> mine = derived(rt, "Mine", {&group});
  const Ref<> value = share<Object>(*make_exception(rt.builtins(), ErrorKind::kValueError, "v"));
  const Ref<> key = share<Object>(*make_exception(rt.builtins(), ErrorKind::kKeyError, "k"));
  const Ref<> made = mine("m", rt.list(value, key));
  CHECK(shown(*made) == "Mine('m', [ValueError('v'), KeyError('k')])");
  CHECK(is_instance(*made, rt.type(ErrorKind::kException)));
  CHECK(is_exception_group(*made));
  CHECK(shown(*mine.attr("__mro__").get()) ==
        "(<class '__main__.Mine'>, <class 'ExceptionGroup'>, <class 'BaseExceptionGroup'>, <class 'Exception'>, "
        "<class 'BaseException'>, <class 'object'>)");
  CHECK(shown(*made.attr("subgroup")(rt.type(ErrorKind::kValueError))) == "ExceptionGroup('m', [ValueError('v')])");
  mine.attr("derive") = make_function(rt.builtins(), "derive", [](Object& self, Object& exceptions) {
    const Ref<Str> name = make_str(builtins_of(self), "again");
    Object* const given[] = {name.get(), &exceptions};
    return call(*self.type, Arguments{given, {}, {}});
  });
  CHECK(shown(*made.attr("subgroup")(rt.type(ErrorKind::kValueError))) == "Mine('again', [ValueError('v')])");
  CHECK(error_of([&] { return mine("m", rt.list(make_exception(rt.builtins(), ErrorKind::kKeyboardInterrupt, "i"))); }) ==
        "TypeError: Cannot nest BaseExceptions in 'Mine'");
}

TEST_CASE("cycles of derived exceptions and their classes are collected") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().collect();
  {
    const Ref<Class> type = derived(rt, "Cyclic", {&rt.type(ErrorKind::kException)});
    const Ref<> one = type("x");
    one.attr("self") = one;
    one.attr("__context__") = type("y");
    type.attr("last") = one;
  }
  CHECK(rt.gc().collect() >= 3);
}

}  // namespace ouro::test
