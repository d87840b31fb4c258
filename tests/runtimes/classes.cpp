// Classes, functions and native objects in messages, and what is refused.
#include <ouro/objects/classes/instance.h>
#include <ouro/runtime/sync/classes.h>
#include <support/fixture.h>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <runtimes/pair.h>

namespace ouro::test {

namespace {

/// The same class in both runtimes, exported under one name.
struct Points : Pair {
  Ref<Class> here = from.new_class("Point");
  Ref<Class> there = to.new_class("Point");
  Points() {
    from.exports().add(*here);
    to.exports().add(*there);
  }
};

enum class Colour : std::uint8_t { kRed, kBlue };

struct Part {
  int number = 0;
  Ref<> link;
  static constexpr std::tuple edges{&Part::link};
  static constexpr std::tuple copied{&Part::number, &Part::link};
};

struct Shape {
  double width = 1;
  Colour colour = Colour::kRed;
  std::string name;
  std::optional<int> maybe;
  std::optional<int> never;
  std::vector<Ref<>> kids;
  std::vector<std::pair<std::string, Part>> parts;
  Ref<> empty;
  int left_out = 5;
  static constexpr std::tuple edges{&Shape::kids, &Shape::parts, &Shape::empty};
  static constexpr std::tuple copied{&Shape::width, &Shape::colour, &Shape::name,  &Shape::maybe,
                                     &Shape::never, &Shape::kids,   &Shape::parts, &Shape::empty};
};

struct Secret {
  int number = 0;
  static constexpr std::tuple edges{};
};

}  // namespace

TEST_CASE("An instance arrives as one of the class that the target exports under that name", "[runtimes]") {
  Points two;
  const auto point = two.here();
  point.attr("x") = 1000;
  point.attr("self") = point;
  point.attr("y") = "why";
  const Ref<> copy = two.copy(point);
  CHECK(copy->type == two.there.get());
  CHECK(copy.attr("x").as<int>() == 1000);
  CHECK(copy.attr("y").as<std::string>() == "why");
  CHECK(Ref<>(copy.attr("self")).is(copy));
  CHECK(shown(copy.attr("__dict__")).starts_with("{'x': 1000, 'self': "));
}

TEST_CASE("Many attributes, and a __dict__ that others refer to, stay what they are", "[runtimes]") {
  Points two;
  const auto point = two.here();
  for (int i = 0; i < 40; ++i)
    set_attribute(*point, *intern(two.from.builtins(), "a" + std::to_string(i)), *two.from.from(i));
  const Ref<> attributes = point.attr("__dict__");
  const Ref<> copy = two.copy(two.from.list(point, attributes));
  const auto items = static_cast<List&>(*copy).view();
  CHECK(static_cast<Instance&>(*items[0]).dict == items[1]);
  CHECK(shown(share(*items[1])) == shown(attributes));
  CHECK(share(*items[0]).attr("a39").as<int>() == 39);
}

TEST_CASE("Instances are restored without __init__, properties or hooks", "[runtimes]") {
  Points two;
  int called = 0;
  const auto point = two.here();
  point.attr("x") = 1000;
  for (const char* const hook : {"__init__(self)", "__setstate__(self, state)", "__reduce__(self)", "__getstate__(self)"}) {
    const std::string name(hook, std::string_view(hook).find('('));
    const auto note = make_function(two.to.builtins(), name, [&called](Ref<>) { ++called; });
    set_class_attribute(*two.there, *intern(two.to.builtins(), name), note.get());
  }
  const auto property = make_property(two.to.builtins(), "x", [&called](Ref<>) { return ++called; });
  set_class_attribute(*two.there, *intern(two.to.builtins(), "x"), property.get());
  const Ref<> copy = two.copy(point);
  CHECK(called == 0);
  CHECK(from_object<int>(*own_attribute(static_cast<Instance&>(*copy), *intern(two.to.builtins(), "x"))) == 1000);
}

TEST_CASE("Classes and functions travel by name", "[runtimes]") {
  Points two;
  const auto scale = make_function(two.from.builtins(), "scale(x)", [](int x) { return 2 * x; });
  const auto other = make_function(two.to.builtins(), "scale(x)", [](int x) { return 3 * x; });
  two.from.exports().add(*scale);
  two.to.exports().add(*other);
  const Ref<> copy = two.copy(two.from.list(two.here, scale, two.here));
  const auto items = static_cast<List&>(*copy).view();
  CHECK(items[0] == two.there.get());
  CHECK(items[1] == other.get());
  CHECK(items[2] == items[0]);
  CHECK(from_object<int>(share(*items[1])(5)) == 15);
}

TEST_CASE("A class that one of the runtimes does not export is refused, and nothing is left", "[runtimes]") {
  Pair two;
  const auto cls = two.from.new_class("Point");
  const auto list = two.from.list("before", cls());
  CHECK(error_of([&] { return Message(list); }) ==
        "PicklingError: Can't pickle <class '__main__.Point'>: it is exported under no name");
  two.from.exports().add("shapes.Point", *cls);
  const Message message(list);
  const std::size_t before = two.to.count_objects();
  CHECK(error_of([&] { return message.unpack(two.to.builtins()); }) ==
        "AttributeError: Can't get attribute 'shapes.Point' from the exports of the runtime");
  const auto function = make_function(two.to.builtins(), "f()", [] {});
  two.to.exports().add("shapes.Point", *function);
  CHECK(error_of([&] { return message.unpack(two.to.builtins()); }) ==
        "TypeError: 'shapes.Point' is exported as a function here, and not where the message comes from");
  CHECK(two.to.exports().remove("shapes.Point"));
  const auto native = two.to.class_<Secret>("Point");
  two.to.exports().add("shapes.Point", *native.type());
  CHECK(error_of([&] { return message.unpack(two.to.builtins()); }) ==
        "TypeError: objects of class 'Point' have another layout where the message comes from");
  CHECK(two.to.exports().remove("shapes.Point"));
  CHECK(two.to.count_objects() > before);  // the function and the class
}

TEST_CASE("What is exported has one name, which is free again when it is removed", "[runtimes]") {
  Fixture world;
  Exports& exports = world.rt.exports();
  const auto one = world.rt.new_class("One");
  const auto two = world.rt.new_class("Two");
  exports.add(*one);
  CHECK(exports.find("One") == one.get());
  CHECK(*exports.name_of(*one) == "One");
  CHECK(error_of([&] { return exports.add("Other", *one), 0; }) == "ValueError: it is exported as 'One' already");
  CHECK(error_of([&] { return exports.add("One", *two), 0; }) == "ValueError: the name 'One' is exported already");
  CHECK(error_of([&] { return exports.add("list", *world.rt.list()), 0; }) ==
        "TypeError: only classes and functions are exported, not 'list' objects");
  CHECK(error_of([&] { return exports.add(world.rt.builtins().type(Kind::kInt)), 0; }) ==
        "TypeError: only classes and functions are exported, not 'type' objects");
  CHECK(exports.remove("One"));
  CHECK_FALSE(exports.remove("One"));
  CHECK(exports.name_of(*one) == nullptr);
  exports.add("One", *two);
}

TEST_CASE("An object of a native class is copied as the class says", "[runtimes]") {
  Pair two;
  const auto here = two.from.class_<Shape>("Shape");
  const auto there = two.to.class_<Shape>("Shape");
  two.from.exports().add(*here.type());
  two.to.exports().add(*there.type());
  const Ref<> shape = here.make();
  {
    auto& value = *native_cast<Shape>(*shape);
    value.width = 2.5;
    value.colour = Colour::kBlue;
    value.name = "circle";
    value.maybe = -7;
    value.kids = {shape, two.from.list(1000)};
    value.parts.emplace_back("first", Part{3, shape});
    value.left_out = 99;
  }
  const Ref<> copy = two.copy(shape);
  REQUIRE(native_cast<Shape>(*copy) != nullptr);
  auto& value = *native_cast<Shape>(*copy);
  CHECK(value.width == 2.5);
  CHECK(value.colour == Colour::kBlue);
  CHECK(value.name == "circle");
  CHECK(value.maybe == -7);
  CHECK_FALSE(value.never);
  REQUIRE(value.kids.size() == 2);
  CHECK(value.kids[0].is(copy));
  CHECK(shown(value.kids[1]) == "[1000]");
  REQUIRE(value.parts.size() == 1);
  CHECK(value.parts[0].first == "first");
  CHECK(value.parts[0].second.number == 3);
  CHECK(value.parts[0].second.link.is(copy));
  CHECK_FALSE(value.empty);
  CHECK(value.left_out == 5);
}

TEST_CASE("What cannot be copied is refused in CPython's words", "[runtimes]") {
  Pair two;
  const sync::Classes sync(two.from);
  const auto list = two.from.list();
  const auto cls = two.from.new_class("Point");
  const Ref<> instance = cls();
  const auto refusal = [&](const Ref<>& object) {
    const auto holder = two.from.list("before", object);
    return error_of([&] { return Message(holder); });
  };
  CHECK(refusal(sync.lock()) == "TypeError: cannot pickle 'lock' object");
  CHECK(refusal(make_weakref(*instance)) == "TypeError: cannot pickle 'weakref.ReferenceType' object");
  CHECK(refusal(iterate(*list)) == "TypeError: cannot pickle 'list_iterator' object");
  CHECK(refusal(two.from.class_<Secret>("Secret").make()) == "TypeError: cannot pickle 'Secret' object");
  CHECK(refusal(make_function(two.from.builtins(), "f()", [] {})) ==
        "PicklingError: Can't pickle <function f>: it is exported under no name");
  CHECK(refusal(cls) == "PicklingError: Can't pickle <class '__main__.Point'>: it is exported under no name");
}

}  // namespace ouro::test
