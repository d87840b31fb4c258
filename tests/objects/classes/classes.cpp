// Classes made at run time: how they are made, looked up in, changed and dropped.
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A class that has `attributes`.
Ref<Class> make_class_with(Runtime& rt, std::string_view name, std::initializer_list<DictEntry> attributes,
                           std::initializer_list<Object*> bases = {}) {
  const Ref<Dict> members = rt.dict(attributes);
  return make_class(rt.builtins(), name, std::span<Object* const>(bases.begin(), bases.size()), members.get());
}

}  // namespace

TEST_CASE("a class shows its name, its bases and its MRO", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto derived = rt.new_class("Derived", {base.get()});
  CHECK(shown(derived) == "<class '__main__.Derived'>");
  CHECK(derived.attr("__name__") == "Derived");
  CHECK(shown(derived.attr("__bases__").get()) == "(<class '__main__.Base'>,)");
  CHECK(shown(derived.attr("__mro__").get()) == "(<class '__main__.Derived'>, <class '__main__.Base'>, <class 'object'>)");
  CHECK(shown(share<Object>(rt.builtins().type(Kind::kBool))) == "<class 'bool'>");
  CHECK(derived.attr("__class__").get().is(rt.builtins().type(Kind::kType)));
  CHECK(is_subtype(*derived, *base));
  CHECK(is_subtype(*derived, rt.builtins().type(Kind::kObject)));
  CHECK_FALSE(is_subtype(*base, *derived));
  CHECK(is_instance(*derived(), *base));
}

TEST_CASE("bases that cannot be are refused in Python's words", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto p = rt.new_class("P");
  const auto q = rt.new_class("Q", {p.get()});
  CHECK(error_of([&] {
          return rt.new_class("X", {p.get(), q.get()});
        }) == "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases P, Q");
  CHECK(error_of([&] { return rt.new_class("X", {p.get(), p.get()}); }) == "TypeError: duplicate base class P");
  CHECK(error_of([&] { return make_class_with(rt, "X", {}, {&rt.builtins().type(Kind::kBool)}); }) ==
        "TypeError: type 'bool' is not an acceptable base type");
  CHECK(error_of([&] { return make_class_with(rt, "X", {}, {rt.from(5).get()}); }) ==
        "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
        "the metaclasses of all its bases");
}

TEST_CASE("the MRO is C3's, as in Python", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto o = rt.new_class("O");
  const auto a = rt.new_class("A", {o.get()});
  const auto b = rt.new_class("B", {o.get()});
  const auto c = rt.new_class("C", {o.get()});
  const auto d = rt.new_class("D", {o.get()});
  const auto e = rt.new_class("E", {o.get()});
  const auto k1 = rt.new_class("K1", {a.get(), b.get(), c.get()});
  const auto k2 = rt.new_class("K2", {d.get(), b.get(), e.get()});
  const auto k3 = rt.new_class("K3", {d.get(), a.get()});
  const auto z = rt.new_class("Z", {k1.get(), k2.get(), k3.get()});
  std::string order;
  for (const Ref<>& step : each(z.attr("__mro__").get()))
    order += std::string(step.attr("__name__").as<std::string>()) + " ";
  CHECK(order == "Z K1 K2 K3 D A B C E O object ");
}

TEST_CASE("an attribute is found along the MRO, and a change is seen at once", "[class][law-special-current]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto a = make_class_with(rt, "A", {{"x", 1}});
  const auto b = rt.new_class("B", {a.get()});
  const auto c = rt.new_class("C", {b.get()});
  const Ref<> object = c();
  for (int round = 0; round < 3; ++round) CHECK(object.attr("x") == 1);
  b.attr("x") = 2;
  CHECK(object.attr("x") == 2);
  CHECK(c.attr("x") == 2);
  b.attr("x").erase();
  CHECK(object.attr("x") == 1);
  a.attr("x").erase();
  CHECK(error_of([&] { return object.attr("x").get(); }) == "AttributeError: 'C' object has no attribute 'x'");
  CHECK(error_of([&] { return c.attr("x").get(); }) == "AttributeError: type object 'C' has no attribute 'x'");
  CHECK(error_of([&] { return c.attr("x").erase(), 0; }) == "AttributeError: type object 'C' has no attribute 'x'");
  a.attr("x") = 3;
  CHECK(object.attr("x") == 3);
}

TEST_CASE("many names share the lookup cache without mixing up", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> object = type();
  for (int i = 0; i < 500; ++i) type.attr("name" + std::to_string(i)) = i;
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 500; ++i) REQUIRE(object.attr("name" + std::to_string(i)) == i);
  for (int i = 0; i < 500; i += 2) type.attr("name" + std::to_string(i)).erase();
  for (int i = 0; i < 500; ++i)
    REQUIRE(static_cast<bool>(find_attribute(*object, *rt.str("name" + std::to_string(i)))) == (i % 2 == 1));
}

TEST_CASE("built-in types cannot be changed", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> type = share<Object>(rt.builtins().type(Kind::kInt));
  CHECK(error_of([&] {
          type.attr("x") = 1;
          return 0;
        }) == "TypeError: cannot set 'x' attribute of immutable type 'int'");
  CHECK(error_of([&] { return type.attr("x").erase(), 0; }) ==
        "TypeError: cannot set 'x' attribute of immutable type 'int'");
  CHECK(error_of([&] { return type.attr("x").get(); }) == "AttributeError: type object 'int' has no attribute 'x'");
  CHECK(error_of([&] { return type[0].get(); }) == "TypeError: type 'int' is not subscriptable");
  CHECK(text(*repr(*type.attr("__mro__").get())) == "(<class 'int'>, <class 'object'>)");
}

TEST_CASE("type(name, bases, attributes) makes a class", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> type = share<Object>(rt.builtins().type(Kind::kType));
  const Ref<> made = type("Point", rt.tuple(), rt.dict({{"x", 7}}));
  CHECK(made().attr("x") == 7);
  CHECK(error_of([&] { return type(5, rt.tuple(), rt.dict()); }) ==
        "TypeError: type.__new__() argument 1 must be str, not int");
  CHECK(type(made).is(*type));
}

TEST_CASE("a dropped class is cyclic garbage: it stands in its own MRO", "[class][claim-G2]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().collect();
  Ref<Class> type = rt.new_class("A");
  Weak<Class> watch(type);
  type.reset();
  CHECK_FALSE(watch.expired());
  CHECK(rt.gc().collect() > 0);
  CHECK(watch.expired());
}

TEST_CASE("a class that refers to itself is collected", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<Class> type = rt.new_class("A");
  type.attr("a") = type;
  type.attr("instance") = type();
  Weak<Class> watch(type);
  type.reset();
  rt.gc().collect();
  CHECK(watch.expired());
}

TEST_CASE("an instance keeps its class alive", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> object = rt.new_class("A")();
  rt.gc().collect();
  CHECK(text(*repr(*object)).starts_with("<__main__.A object at 0x"));
  Weak<> watch(share<Object>(*object->type));
  object.reset();
  rt.gc().collect();
  CHECK(watch.expired());
}

TEST_CASE("a base and its derived classes die in any order", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  for (int i = 0; i < 20; ++i) {
    const auto base = rt.new_class("Base");
    Ref<Class> first = rt.new_class("First", {base.get()});
    const auto second = rt.new_class("Second", {base.get()});
    const auto both = rt.new_class("Both", {first.get(), second.get()});
    base.attr("x") = i;
    first.reset();
    rt.gc().collect();
    CHECK(both.attr("x") == i);
    base.attr("__len__") = make_function(rt.builtins(), "__len__(self)", [](Object&) { return 3; });
    CHECK(length(*both()) == 3);
  }
  rt.gc().collect();
}

TEST_CASE("a class that the collector cleared is damaged, but never half-null", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto derived = rt.new_class("Derived", {base.get()});
  base.attr("__len__") = make_function(rt.builtins(), "__len__", [](Object&) { return 3; });
  base.attr("x") = 5;
  const Ref<> object = derived();
  object.attr("y") = 6;
  CHECK(object.attr("x") == 5);
  base->type->slots->clear(*base);
  CHECK(error_of([&] { return object.attr("x").get(); }) == "AttributeError: 'Derived' object has no attribute 'x'");
  CHECK(error_of([&] { return length(*object); }) == "TypeError: object of type 'Derived' has no len()");
  derived->type->slots->clear(*derived);
  CHECK(shown(derived) == "<class '__main__.Derived'>");
  CHECK(text(*repr(*object)).starts_with("<__main__.Derived object at 0x"));
  CHECK(object.attr("y") == 6);
  CHECK(is_subtype(*derived, *base));
  CHECK(error_of([&] {
          derived.attr("x") = 1;
          return 0;
        }) == "ReferenceError: class 'Derived' is being collected");
  object->type->slots->clear(*object);
  CHECK(error_of([&] { return object.attr("y").get(); }) == "AttributeError: 'Derived' object has no attribute 'y'");
  object.attr("z") = 1;
  CHECK(object.attr("z") == 1);
}

TEST_CASE("making a class survives the failure of every allocation", "[class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto other = rt.new_class("Other");
  const auto failures = fail_each_allocation(rt.heap(), [&] {
    const auto made = rt.new_class("Made", {base.get(), other.get()});
    const Ref<> object = made();
    object.attr("attribute_one") = 1;
    object.attr("attribute_two") = 2;
    static_cast<void>(object.attr("__dict__").get());
  });
  CHECK(failures > 5);
  base.attr("x") = 1;
}

TEST_CASE("a class is a small block", "[class][law-class-512]") { CHECK(sizeof(Class) <= 512); }
