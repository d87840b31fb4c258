// A built-in type from outside the library: the folder it lies in and one line are all that it takes.
#include <ouro/objects/messages/message.h>
#include <support/fixture.h>

#include "interval.h"

using namespace ouro;
using namespace ouro::test;

TEST_CASE_METHOD(Fixture, "a type from outside the library is added by one line", "[types]") {
  const Ref<> type = share<Object>(add_type(rt.builtins(), kIntervalSlots));
  CHECK(shown(type) == "<class 'interval'>");
  const Ref<> made = type(1, 2.5);
  CHECK(shown(made) == "interval(1, 2.5)");
  CHECK(made.attr("width").as<double>() == 1.5);
  CHECK(shown(made.attr("widened")(1)) == "interval(0, 3.5)");
  CHECK(contains(*made, *rt.from(2)));
  CHECK(made == type(1.0, 2.5));
  CHECK(shown(type.attr("__doc__")) == "'interval(low, high) -> the numbers from low to high'");
  CHECK(from_object<Interval&>(*made).high == 2.5);
}

TEST_CASE_METHOD(Fixture, "its methods, properties and constructor refuse as those of the library's types do", "[types]") {
  const Ref<> type = share<Object>(add_type(rt.builtins(), kIntervalSlots));
  const Ref<> made = type(1, 2);
  CHECK(error_of([&] { return type(); }) == "TypeError: interval() missing required argument 'low' (pos 1)");
  CHECK(error_of([&] { return type(1, 2, 3); }) == "TypeError: interval() takes exactly 2 arguments (3 given)");
  CHECK(error_of([&] { return type("a", 2); }) == "TypeError: must be real number, not str");
  CHECK(error_of([&] { return type(3, 2); }) == "ValueError: interval() ends before it begins");
  CHECK(error_of([&] { return made.attr("widened")(); }) ==
        "TypeError: interval.widened() takes exactly one argument (0 given)");
  CHECK(error_of([&] { return type.attr("widened")(5, 1); }) ==
        "TypeError: descriptor 'widened' for 'interval' objects doesn't apply to a 'int' object");
  CHECK(error_of([&] { return made.attr("low") = 3; }) == "AttributeError: readonly attribute");
  CHECK(error_of([&] { return made.attr("width") = 3; }) ==
        "AttributeError: attribute 'width' of 'interval' objects is not writable");
  CHECK(error_of([&] { return made.attr("high_") = 3; }) == "AttributeError: 'interval' object has no attribute 'high_'");
  CHECK(shown(type.attr("widened")) == "<method 'widened' of 'interval' objects>");
  CHECK(shown(type.attr("low")) == "<member 'low' of 'interval' objects>");
  CHECK(shown(type.attr("__contains__")) == "<slot wrapper '__contains__' of 'interval' objects>");
  CHECK(error_of([&] { return from_object<Interval&>(*rt.from(1)); }) == "TypeError: must be interval, not int");
}

TEST_CASE_METHOD(Fixture, "its objects go to a runtime that has the type, and to no other", "[types]") {
  const Ref<> type = share<Object>(add_type(rt.builtins(), kIntervalSlots));
  const Message message(rt.list(type(1, 2), type, type.attr("widened")));
  {
    Runtime other;
    const Ref<> its_type = share<Object>(add_type(other.builtins(), kIntervalSlots));
    const Ref<> copy = message.unpack(other.builtins());
    CHECK(shown(copy) == "[interval(1, 2), <class 'interval'>, <method 'widened' of 'interval' objects>]");
    CHECK(Ref<>(copy[1]).is(its_type));
  }
  Runtime third;
  CHECK(error_of([&] { return message.unpack(third.builtins()); }) ==
        "AttributeError: Can't get a type from outside that was not added to the runtime");
}

TEST_CASE_METHOD(Fixture, "two types of a runtime do not share a kind, and the library's kinds are not given away",
                 "[types]") {
  static_cast<void>(add_type(rt.builtins(), kIntervalSlots));
  static constinit TypeSlots other{.name = "other", .kind = Interval::kKind, .size = sizeof(Object)};
  CHECK(error_of([&] { return share<Object>(add_type(rt.builtins(), other)); }) ==
        "ValueError: another type of the runtime has the kind of this one");
  other.kind = Kind::kList;
  CHECK(error_of([&] { return share<Object>(add_type(rt.builtins(), other)); }) ==
        "ValueError: the type does not say a kind from outside");
}
