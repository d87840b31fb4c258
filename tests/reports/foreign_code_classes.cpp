// Special methods, getters and makers that take away what is being used while they run.
#include <ouro/objects/classes/instance.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("a function that drops its last handle while it runs is whole to the end", "[reports][call]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<List> handlers = rt.list();
  handlers->append(*make_function(
      rt.builtins(), "handler",
      [](List& all) {
        all.clear();
        return "done";
      },
      handlers));
  CHECK(call(*handlers->items[0], {}) == rt.from("done"));
  CHECK(handlers->size == 0);
}

TEST_CASE("a special method may delete itself, the object and every other one while it runs", "[reports][special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  Ref<> only = type();
  const char* const name = GENERATE("__len__", "__call__", "__repr__", "__neg__", "__iter__", "__hash__");
  type.attr(name) = make_function(rt.builtins(), name, [&](Object&) -> Ref<> {
    only.reset();
    type.attr(name).erase();
    return rt.from(5);
  });
  Object& borrowed = *only;
  const std::string called = error_of([&] {
    if (name == std::string_view("__len__")) return Ref<>(rt.from(length(borrowed)));
    if (name == std::string_view("__call__")) return call(borrowed, {});
    if (name == std::string_view("__repr__")) return Ref<>(repr(borrowed));
    if (name == std::string_view("__neg__")) return negative(borrowed);
    if (name == std::string_view("__hash__")) return Ref<>(rt.from(hash(borrowed)));
    return iterate(borrowed);
  });
  CHECK((called == "no error" || called.starts_with("TypeError: ")));
  CHECK_FALSE(only);
}

TEST_CASE("a getter may delete its property and drop its object", "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  Ref<> only = type();
  type.attr("x") = make_property(rt.builtins(), "x", [&](Object& self) {
    type.attr("x").erase();
    only.reset();
    return std::string(self.type->name);
  });
  CHECK(get_attribute(*only, *rt.str("x")) == rt.from("A"));
  CHECK_FALSE(only);
}

TEST_CASE("__getattr__ that deletes itself answers, and the next look-up fails", "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  define(type, "__getattr__(self, name)", [&](Object&, std::string_view name) {
    type.attr("__getattr__").erase();
    return name;
  });
  type.attr("p") = make_property(rt.builtins(), "p", [&](Object&) -> Ref<> {
    type.attr("__getattr__").erase();
    raise(ErrorKind::kAttributeError, "inside");
  });
  const Ref<> a = type();
  CHECK(a.attr("x") == "x");
  CHECK(error_of([&] { return a.attr("x").get(); }) == "AttributeError: 'A' object has no attribute 'x'");
}

TEST_CASE("a class may be dropped and changed by its own __new__ and __init__", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<Class> type = rt.new_class("A");
  define(type, "__init__(self)", [](Object& self) { share(self).attr("x") = 1; });
  define(type, "__new__(cls)", [&type](Class& cls) {
    const Ref<Class> held = share(cls);
    type.reset();
    held.attr("__new__").erase();
    held.attr("__init__").erase();
    return Ref<>(make_instance(*held));
  });
  const Ref<> made = call(*type, {});
  CHECK_FALSE(type);
  CHECK(made.attr("__dict__").get() == rt.dict());
}

TEST_CASE("a key of __dict__ whose comparison replaces that dict does no harm", "[reports][attribute]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> a = rt.new_class("A")();
  const auto key_class = rt.new_class("Key");
  const Ref<Str> name = rt.str("name");
  const std::int64_t hash_of_name = hash(*name);
  define(key_class, "__hash__(self)", [hash_of_name](Object&) { return hash_of_name; });
  define(key_class, "__eq__(self, other)", [&a](Object&, Object&) {
    a.attr("__dict__") = Ref<>(make_dict(builtins_of(*a)));
    return false;
  });
  const auto fill = [&] { a.attr("__dict__") = rt.dict({{key_class(), 1}}); };
  fill();
  CHECK(error_of([&] { return get_attribute(*a, *name); }) == "AttributeError: 'A' object has no attribute 'name'");
  fill();
  set_attribute(*a, *name, *rt.from(5));
  fill();
  CHECK(error_of([&] { return delete_attribute(*a, *name), 0; }) == "AttributeError: 'A' object has no attribute 'name'");
  fill();
  CHECK(error_of([&] { return call_method(*a, *name, {}); }) == "AttributeError: 'A' object has no attribute 'name'");
}

TEST_CASE("a key of a class's dict whose comparison sets the attribute leaves no old value behind", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto key_class = rt.new_class("Key");
  const Ref<Str> name = intern(rt.builtins(), "name");
  const std::int64_t hash_of_name = hash(*name);
  define(key_class, "__hash__(self)", [hash_of_name](Object&) { return hash_of_name; });
  Ref<Class> derived;
  Ref<Class> base = rt.new_class("Base");
  base.attr("name") = rt.list(1);
  define(key_class, "__eq__(self, other)", [&](Object&, Object&) {
    if (derived) base.attr("name") = rt.list(2);
    return false;
  });
  const Ref<Dict> members = rt.dict({{key_class(), 1}});
  Object* const bases[] = {base.get()};
  derived = make_class(rt.builtins(), "Derived", bases, members.get());
  const Ref<> object = derived();
  for (int i = 0; i < 3; ++i) CHECK(object.attr("name").get() == rt.list(2));
  derived.reset();
}

TEST_CASE("a finalizer that changes the bases of a class that is being made does no harm", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().disable();
  const auto base = rt.new_class("Base");
  const auto dying = rt.new_class("Dying");
  define(dying, "__del__(self)", [&base, &rt](Object&) {
    base.attr("__len__") = make_function(rt.builtins(), "__len__(self)", [](Object&) { return 3; });
  });
  Ref<> ring = dying();
  ring.attr("self") = ring;
  ring.reset();
  rt.gc().set_threshold(1);
  rt.gc().enable();
  const auto made = rt.new_class("Made", {base.get()});
  rt.gc().disable();
  CHECK(length(*made()) == 3);
}

TEST_CASE("an argument whose conversion drops another one does no harm, and what it throws passes on", "[reports][call]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Index");
  Ref<List> arguments;
  define(type, "__index__(self)", [&arguments](Object&) { return arguments->clear(), 7; });
  const auto f =
      make_function(rt.builtins(), "f", [](List& list, int number) { return list.size * 10 + std::size_t(number); });
  arguments = rt.list(rt.list(1, 2), type());
  Object* const given[] = {&arguments->get(0), &arguments->get(1)};  // the objects are the list's alone, the array is not
  CHECK(call(*f, Arguments{given, {}, {}}) == rt.from(27));
  define(type, "__index__(self)", [](Object&) -> int { raise(ErrorKind::kKeyError, "'k'"); });
  CHECK(error_of([&] { return f(rt.list(), type()); }) == "KeyError: 'k'");
}
