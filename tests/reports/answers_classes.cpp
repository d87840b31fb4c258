// Answers that must be CPython 3.11's: attribute look-up, the descriptor protocol, making objects, and what errors say.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/functions/method.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

Ref<> getter(Runtime& rt, int value) {
  return make_property(rt.builtins(), "x", [value](Object&) { return value; });
}

/// A class whose objects answer "got" and note what is set.
Ref<Class> descriptor_class(Runtime& rt, std::string& log) {
  const auto type = rt.new_class("Field");
  define(type, "__get__(self, object, owner)", [](Object&, Object& object, Class& owner) {
    return std::string(is_none(object) ? "class " : "object ") + std::string(owner.name);
  });
  define(type, "__set__(self, object, value)", [&log](Object&, Object&, int value) { log += std::to_string(value); });
  return type;
}

std::string set_error(const Ref<>& object, std::string_view name, int value) {
  return error_of([&] { return object.attr(name) = value, 0; });
}
std::string delete_error(const Ref<>& object, std::string_view name) {
  return error_of([&] { return object.attr(name).erase(), 0; });
}

}  // namespace

TEST_CASE("a property comes before the value that an instance holds itself", "[reports][attribute][law-data-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  a.attr("x") = 5;
  type.attr("x") = getter(rt, 7);
  CHECK(a.attr("x") == 7);
  CHECK(set_error(a, "x", 1) == "AttributeError: property 'x' of 'A' object has no setter");
  CHECK(delete_error(a, "x") == "AttributeError: property 'x' of 'A' object has no deleter");
  CHECK(a.attr("__dict__").get()["x"] == 5);
  CHECK(a.attr("x") == 7);
  const auto derived = rt.new_class("B", {type.get()});
  const Ref<> b = derived();
  b.attr("__dict__").get()["x"] = 6;
  CHECK(b.attr("x") == 7);
  type.attr("x").erase();
  CHECK(a.attr("x") == 5);
  CHECK(b.attr("x") == 6);
}

TEST_CASE("objects with __get__, __set__ and __delete__ are descriptors", "[reports][attribute][law-data-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string log;
  const auto field = descriptor_class(rt, log);
  const auto type = rt.new_class("A");
  type.attr("f") = field();
  const Ref<> a = type();
  CHECK(a.attr("f") == "object A");
  CHECK(type.attr("f") == "class A");
  a.attr("f") = 4;
  CHECK(log == "4");
  a.attr("__dict__").get()["f"] = 9;
  CHECK(a.attr("f") == "object A");
  CHECK(delete_error(a, "f") == "AttributeError: __delete__");
  const Ref<> b = rt.new_class("B", {type.get()})();
  CHECK(b.attr("f") == "object B");
  define(field, "__delete__(self, object)", [&log](Object&, Object&) { log += "-"; });
  a.attr("f").erase();
  CHECK(log == "4-");
}

TEST_CASE("what has only __get__ is hidden by an instance's value, what has only __set__ is read as it is",
          "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto reader = rt.new_class("Reader");
  define(reader, "__get__(self, object, owner)", [](Object&, Object&, Object&) { return "read"; });
  const auto writer = rt.new_class("Writer");
  define(writer, "__set__(self, object, value)", [](Object&, Object&, Object&) {});
  const auto eraser = rt.new_class("Eraser");
  define(eraser, "__delete__(self, object)", [](Object&, Object&) {});
  const auto type = rt.new_class("A");
  const Ref<> w = writer();
  type.attr("r") = reader();
  type.attr("w") = w;
  type.attr("e") = eraser();
  const Ref<> a = type();
  CHECK(a.attr("r") == "read");
  CHECK(a.attr("w").get().is(w));
  CHECK(set_error(a, "e", 1) == "AttributeError: __set__");
  CHECK(delete_error(a, "w") == "AttributeError: __delete__");
  a.attr("__dict__").get()["w"] = 9;
  a.attr("r") = 8;
  CHECK(a.attr("w") == 9);
  CHECK(a.attr("r") == 8);
}

TEST_CASE("__getattr__ is not asked for __class__ and __dict__, but after a property's AttributeError",
          "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  define(type, "__getattr__(self, name)", [](Object&, std::string_view name) { return "made up: " + std::string(name); });
  type.attr("broken") =
      make_property(rt.builtins(), "broken", [](Object&) -> Ref<> { raise(ErrorKind::kAttributeError, "inside"); });
  type.attr("worse") =
      make_property(rt.builtins(), "worse", [](Object&) -> Ref<> { raise(ErrorKind::kValueError, "inside"); });
  const Ref<> a = type();
  CHECK(a.attr("__class__").get().is(type));
  CHECK(is<Dict>(*a.attr("__dict__").get()));
  CHECK(a.attr("broken") == "made up: broken");
  CHECK(error_of([&] { return a.attr("worse").get(); }) == "ValueError: inside");
  type.attr("__getattr__").erase();
  CHECK(error_of([&] { return a.attr("broken").get(); }) == "AttributeError: inside");
}

TEST_CASE("__getattribute__ is asked for every attribute, and __getattr__ after its AttributeError",
          "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  define(type, "f(self)", [](Object&) { return "class's"; });
  define(type, "__getattribute__(self, name)", [](Object& self, std::string_view name) -> Ref<> {
    if (name == "no") raise(ErrorKind::kAttributeError, "refused");
    return make_function(builtins_of(self), "f", [] { return "asked"; });
  });
  const Ref<> a = type();
  CHECK(a.attr("f")() == "asked");
  CHECK(error_of([&] { return a.attr("no").get(); }) == "AttributeError: refused");
  define(type, "__getattr__(self, name)", [](Object&, std::string_view name) { return name; });
  CHECK(a.attr("no") == "no");
}

TEST_CASE("a class's own __class__ property answers for its instances, not for the class", "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto property = make_property(rt.builtins(), "__class__",
                                      [](Object& self) { return share<Object>(builtins_of(self).type(Kind::kInt)); });
  const Ref<Dict> members = rt.dict({{"__class__", property}});
  const auto type = make_class(rt.builtins(), "Mock", {}, members.get());
  CHECK(type().attr("__class__").get().is(rt.builtins().type(Kind::kInt)));
  CHECK(type.attr("__class__").get().is(rt.builtins().type(Kind::kType)));
}

TEST_CASE("__dict__ may be replaced by another dict, and deleted", "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> a = rt.new_class("A")();
  a.attr("x") = 1;
  const Ref<Dict> other = rt.dict({{"y", 2}});
  a.attr("__dict__") = other;
  CHECK(a.attr("y") == 2);
  CHECK(error_of([&] { return a.attr("x").get(); }) == "AttributeError: 'A' object has no attribute 'x'");
  a.attr("z") = 3;
  CHECK(other->size == 2);
  CHECK(set_error(a, "__dict__", 5) == "TypeError: __dict__ must be set to a dictionary, not a 'int'");
  CHECK(set_error(a, "__class__", 5) == "TypeError: __class__ must be set to a class, not 'int' object");
  CHECK(delete_error(a, "__class__") == "TypeError: can't delete __class__ attribute");
  a.attr("__dict__").erase();
  CHECK(a.attr("__dict__").get() == rt.dict());
}

TEST_CASE("__new__ makes the object, and __init__ is called if it is one of the class", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  define(type, "__new__(cls, x)", [](Class& cls, int x) -> Ref<> {
    if (x < 0) return to_object(builtins_of(cls), x);
    return make_instance(cls);
  });
  CHECK(is_instance(*type(1), *type));
  define(type, "__init__(self, x)", [](Object& self, int x) { share(self).attr("x") = x; });
  CHECK(type(5).attr("x") == 5);
  CHECK(type(-5) == -5);
  const auto derived = rt.new_class("B", {type.get()});
  CHECK(derived(5).attr("__class__").get().is(derived));
  CHECK(error_of([&] { return type(); }) == "TypeError: A.__new__() missing 1 required positional argument: 'x'");
  CHECK(error_of([&] { return type(1, 2); }) == "TypeError: A.__new__() takes 2 positional arguments but 3 were given");
}

TEST_CASE("object() refuses arguments, and so does a class with neither __new__ nor __init__", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> object = share<Object>(rt.builtins().type(Kind::kObject));
  CHECK(error_of([&] { return object(1); }) == "TypeError: object() takes no arguments");
  CHECK(error_of([&] { return object(1, 2); }) == "TypeError: object() takes no arguments");
  CHECK(error_of([&] { return rt.new_class("E")(1); }) == "TypeError: E() takes no arguments");
  const Ref<> type = share<Object>(rt.builtins().type(Kind::kType));
  CHECK(error_of([&] { return type(1, 2); }) == "TypeError: type() takes 1 or 3 arguments");
}

TEST_CASE("a new class tells its attributes their names, and its base that it is there", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::string log;
  const auto field = rt.new_class("Field");
  define(field, "__set_name__(self, owner, name)", [&log](Object&, Class& owner, std::string_view name) {
    log += std::string(owner.name) + "." + std::string(name) + " ";
  });
  const auto base = rt.new_class("Base");
  define(base, "__init_subclass__(cls)", [&log](Class& cls) { log += "new " + std::string(cls.name) + " "; });
  const Ref<Dict> members = rt.dict({{"x", field()}, {"y", field()}, {"z", 1}});
  Object* const bases[] = {base.get()};
  const auto made = make_class(rt.builtins(), "Made", bases, members.get());
  CHECK(log == "Made.x Made.y new Made ");
  define(field, "__set_name__(self, owner, name)", [](Object&, Object&, Object&) { raise(ErrorKind::kValueError, "no"); });
  CHECK(error_of([&] { return make_class(rt.builtins(), "Other", {}, members.get()); }) ==
        "RuntimeError: Error calling __set_name__ on 'Field' instance 'x' in 'Other'");
}

TEST_CASE("a descriptor works as a special method", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("__len__") = make_property(
      rt.builtins(), "__len__", [](Object& self) { return make_function(builtins_of(self), "inner", [] { return 3; }); });
  CHECK(length(*type()) == 3);
}

TEST_CASE("errors do not count the object among the arguments of a method", "[reports][function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("M");
  define(type, "add(self, x, y)", [](Object&, int, std::string_view) {});
  const Ref<> m = type();
  CHECK(error_of([&] { return m.attr("add")("a", ""); }) ==
        "TypeError: M.add() argument 1 'x': 'str' object cannot be interpreted as an integer");
  CHECK(error_of([&] { return m.attr("add")(1, 2); }) == "TypeError: M.add() argument 2 'y' must be str, not int");
  const auto plain = make_function(rt.builtins(), "f(x)", [](std::string_view) {});
  CHECK(error_of([&] { return plain(2); }) == "TypeError: f() argument 1 'x' must be str, not int");
}
