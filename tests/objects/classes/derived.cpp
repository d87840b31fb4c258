// Classes that derive from built-in types: layout, attributes, special methods, what foreign code does meanwhile.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/objects/classes/derived.h>

#include <objects/classes/derived_classes.h>
#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

TEST_CASE("an object of a derived class has the layout of its base in front and attributes behind",
          "[derived][law-base-in-front]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Stack", {&rt.type<List>()});
  const Ref<> stack = type(rt.list(1, 2));
  REQUIRE(is<List>(*stack));
  CHECK_FALSE(is_exact<List>(*stack));
  CHECK(is_exact<List>(*rt.list()));
  CHECK(block_bytes(*stack) == sizeof(List) + sizeof(Object*));
  CHECK(from_object<List&>(stack).size == 2);
  stack.attr("name") = "s";
  CHECK(stack.attr("name") == "s");
  CHECK(shown(*stack.attr("__dict__").get()) == "{'name': 's'}");
  CHECK(shown(*stack) == "[1, 2]");
  CHECK(type->base == &rt.type<List>());
  CHECK(shown(*type.attr("__mro__").get()) == "(<class '__main__.Stack'>, <class 'list'>, <class 'object'>)");
}

TEST_CASE("methods of the base work on objects of a derived class, read from them, from the class and from the base",
          "[derived]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Stack", {&rt.type<List>()});
  const Ref<> stack = type();
  static_cast<void>(stack.attr("append")(1));
  static_cast<void>(type.attr("append")(stack, 2));
  static_cast<void>(share<Object>(rt.type<List>()).attr("append")(stack, 3));
  CHECK(shown(*stack) == "[1, 2, 3]");
  // A method of the class that calls the one of the base.
  define(type, "append", [](Object& self, Object& item) {
    const Ref<> twice = apply(Operator::kMultiply, item, *make_int(builtins_of(self), 2));
    static_cast<void>(share<Object>(builtins_of(self).type(Kind::kList)).attr("append")(share(self), twice));
  });
  static_cast<void>(stack.attr("append")(4));
  CHECK(shown(*stack) == "[1, 2, 3, 8]");
}

TEST_CASE("what a class may derive from, and the errors, are CPython's", "[derived]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& builtins = rt.builtins();
  const auto error_with = [&](std::initializer_list<Type*> bases) {
    return error_of([&] { return rt.new_class("X", bases); });
  };
  for (const Kind kind : {Kind::kBool, Kind::kNone, Kind::kRange, Kind::kFunction, Kind::kDictView, Kind::kNotImplemented,
                          Kind::kSequenceIterator, Kind::kMethod, Kind::kDescriptor}) {
    const std::string name(builtins.type(kind).name);
    CHECK(error_with({&builtins.type(kind)}) == "TypeError: type '" + name + "' is not an acceptable base type");
  }
  const std::string conflict = "TypeError: multiple bases have instance lay-out conflict";
  CHECK(error_with({&rt.type<Int>(), &rt.type<Str>()}) == conflict);
  CHECK(error_with({&rt.type<List>(), &rt.type<Dict>()}) == conflict);
  const Ref<Class> list = rt.new_class("L", {&rt.type<List>()});
  const Ref<Class> number = rt.new_class("I", {&rt.type<Int>()});
  const Ref<Class> plain = rt.new_class("P");
  CHECK(error_with({list.get(), number.get()}) == conflict);
  CHECK(error_with({list.get(), list.get()}) == "TypeError: duplicate base class L");
  const Ref<Class> both = rt.new_class("B", {plain.get(), list.get()});
  CHECK(both->base == list.get());
  CHECK(is<List>(*both()));
  const Ref<Class> second = rt.new_class("L2", {&rt.type<List>()});
  CHECK(is<List>(*rt.new_class("LL", {list.get(), second.get()})()));
  CHECK(error_with({&rt.type<List>(), list.get()}) ==
        "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases list, L");
}

TEST_CASE("the edges of an object of a derived class are named as an expression would reach them", "[derived]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> mortal = rt.new_class("M");
  const Ref<> item = mortal();
  const Ref<> list = rt.new_class("L", {&rt.type<List>()})(rt.list(1, item));
  CHECK(gc::edge_name(*list, *item) == "[1]");
  list.attr("x") = 1;
  CHECK(gc::edge_name(*list, *item) == "[1]");
  CHECK(gc::edge_name(*list, *list.attr("__dict__").get()) == ".__dict__");
  CHECK(gc::edge_name(*list, *list->type) == ".__class__");
  const Ref<> dict = rt.new_class("D", {&rt.type<Dict>()})(rt.dict({{"gone", 1}, {"key", item}}));
  static_cast<Dict&>(*dict).remove(*rt.str("gone"));
  dict.attr("x") = 1;
  CHECK(gc::edge_name(*dict, *item) == "['key']");
  CHECK(gc::edge_name(*dict, *dict.attr("__dict__").get()) == ".__dict__");
}

TEST_CASE("special methods set later replace what the base does, and deleting them brings it back",
          "[derived][law-special-current]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("L", {&rt.type<List>()});
  const Ref<Class> below = rt.new_class("LL", {type.get()});
  const Ref<> list = below(rt.list(1, 2));
  CHECK(length(*list) == 2);
  define(type, "__len__", [](Object&) { return 7; });
  define(type, "__repr__", [](Object&) { return "mine"; });
  define(type, "__add__", [](Object&, Object&) { return "sum"; });
  define(type, "__eq__", [](Object&, Object&) { return true; });
  CHECK(length(*list) == 7);
  CHECK(shown(*list) == "mine");
  CHECK(list + rt.list() == "sum");
  CHECK(equal(*list, *rt.none()));
  CHECK(compare(*list, *rt.list(0), Comparison::kGreater));
  for (const char* const name : {"__len__", "__repr__", "__add__", "__eq__"})
    set_class_attribute(*type, *intern(rt.builtins(), name), nullptr);
  CHECK(length(*list) == 2);
  CHECK(shown(*list) == "[1, 2]");
  CHECK(list + rt.list(3) == rt.list(1, 2, 3));
  CHECK_FALSE(equal(*list, *rt.none()));
}

TEST_CASE("the arguments of a call reach the base and __init__ as in CPython", "[derived]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> list = rt.new_class("L", {&rt.type<List>()});
  CHECK(error_of([&] { return list(1, 2); }) == "TypeError: list expected at most 1 argument, got 2");
  define(list, "__init__", [](Object&, Object&, Object&) {});
  CHECK(shown(*list(1, 2)) == "[]");
  const Ref<Class> number = rt.new_class("I", {&rt.type<Int>()});
  CHECK(error_of([&] { return number("x"); }) == "ValueError: invalid literal for int() with base 10: 'x'");
  define(number, "__init__", [](Object& self, const Arguments& rest) { share(self).attr("n") = rest.positional.size(); });
  CHECK(shown(*number("12", 3)) == "5");
  CHECK(number("12", 3).attr("n") == 2);
  CHECK(error_of([&] { return number("x"); }) == "ValueError: invalid literal for int() with base 10: 'x'");
  const Ref<Class> plain = rt.new_class("P");
  const Ref<> object_type = share<Object>(rt.builtins().type(Kind::kObject));
  CHECK(error_of([&] { return object_type.attr("__new__")(list); }) ==
        "TypeError: object.__new__(L) is not safe, use L.__new__()");
  CHECK(error_of([&] { return share<Object>(rt.type<List>()).attr("__new__")(number); }) ==
        "TypeError: list.__new__(I): I is not a subtype of list");
  CHECK(class_of(*object_type.attr("__new__")(plain)) == plain.get());
  CHECK(error_of([&] { return object_type.attr("__new__")(plain, 1); }) == "TypeError: P() takes no arguments");
}

TEST_CASE("__missing__ answers for keys that are not there, also if it changes the dict", "[derived]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Names", {&rt.type<Dict>()});
  const Ref<> names = type();
  CHECK(error_of([&] { return get_item(*names, *rt.str("a")); }) == "KeyError: 'a'");
  define(type, "__missing__", [](Object& self, Object& key) {
    set_item(self, key, *make_int(builtins_of(self), 5));
    return 6;
  });
  CHECK(names["a"] == 6);
  CHECK(names["a"] == 5);
  CHECK(static_cast<Dict&>(*names).find(*rt.str("b")) == nullptr);
  CHECK(contains(*names, *rt.str("a")));
  CHECK_FALSE(contains(*names, *rt.str("b")));
  // It drops the last handle of the dict but that of the call.
  const Ref<List> holder = rt.list(type());
  type.attr("__missing__") = make_function(
      rt.builtins(), "__missing__", [](List& held, Object&, Object&) { return held.clear(), 7; }, holder);
  const Ref<> answer = get_item(holder->get(0), *rt.str("x"));
  CHECK(answer == 7);
  CHECK(holder->size == 0);
}

TEST_CASE("a key of a class derived from str is hashed and compared by its class", "[derived][law-search-ends]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Name", {&rt.type<Str>()});
  const Ref<> key = type("abc");
  const Ref<Dict> dict = rt.dict({{"abc", 1}});
  CHECK(dict[key] == 1);
  dict->set(*key, *rt.from(2));
  CHECK(dict->size == 1);
  CHECK(is_exact<Str>(*list_from(*dict)->view()[0]));
  const Ref<Dict> other = rt.dict();
  other->set(*key, *rt.from(3));
  CHECK(other["abc"] == 3);
  // Its comparison empties the dict that is being searched.
  define(type, "__hash__", [](Object&) { return 1; });
  type.attr("__eq__") = make_function(
      rt.builtins(), "__eq__", [](Dict& searched, Object&, Object&) { return searched.clear(), false; }, other);
  other->clear();
  other->set(*key, *rt.from(3));
  CHECK(other->find(*type("abc")) == nullptr);
  CHECK(other->size == 0);
}

TEST_CASE("a str of a derived class names attributes, but is not interned itself", "[derived]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("Name", {&rt.type<Str>()});
  const Ref<> name = type("attribute");
  const Ref<> object = rt.new_class("P")();
  set_attribute(*object, *name, *rt.from(1));
  CHECK(object.attr("attribute") == 1);
  CHECK(get_attribute(*object, *name).is(*rt.from(1)));
  CHECK_FALSE(static_cast<Str&>(*name).is_interned());
  const Ref<Class> list = rt.new_class("L", {&rt.type<List>()});
  const Ref<> made = list();
  set_attribute(*made, *name, *rt.from(2));
  CHECK(made.attr("attribute") == 2);
}

TEST_CASE("special methods may change the content of the base while it is walked", "[derived][foreign]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("L", {&rt.type<List>()});
  const Ref<> list = type(rt.list(1, 2, 3));
  define(type, "__eq__", [](List& self, Object&) { return self.clear(), false; });
  CHECK_FALSE(equal(*list, *rt.list(1)));
  CHECK(length(*list) == 0);
  define(type, "__iter__", [](List& self) {
    self.clear();
    return iterate(*make_str(builtins_of(self), "ab"));
  });
  from_object<List&>(list).append(*list);
  const Ref<List> into = rt.list();
  into->extend(*list);
  CHECK(shown(*into) == "['a', 'b']");
  CHECK(shown(*tuple_from(*list)) == "('a', 'b')");
  // An item whose end takes the object apart further.
  const Ref<Class> mortal = rt.new_class("Mortal");
  from_object<List&>(list).append(*mortal());
  from_object<List&>(list).append(*mortal());
  mortal.attr("__del__") = make_function(
      rt.builtins(), "__del__", [](List& whole, Object&) { whole.clear(); }, static_ref_cast<List>(list));
  static_cast<void>(from_object<List&>(list).pop());
  CHECK(length(*list) == 0);
  mortal.attr("__del__") = nullptr;
}

TEST_CASE("the __dict__ of an object of a derived class may be replaced, and is made once", "[derived][law-made-once]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> list = rt.new_class("L", {&rt.type<List>()})();
  CHECK(list.attr("__dict__").get().is(list.attr("__dict__").get()));
  list.attr("__dict__") = rt.dict({{"a", 1}});
  CHECK(list.attr("a") == 1);
  CHECK(error_of([&] { list.attr("__dict__") = 3; }) == "TypeError: __dict__ must be set to a dictionary, not a 'int'");
  CHECK(error_of([&] { delete_attribute(*list, *rt.str("b")); }) == "AttributeError: 'L' object has no attribute 'b'");
  CHECK(error_of([&] { delete_attribute(*list, *rt.str("append")); }) ==
        "AttributeError: 'L' object has no attribute 'append'");
  delete_attribute(*list, *rt.str("a"));
  CHECK_FALSE(has_attribute(*list, *rt.str("a")));
  const Ref<> number = rt.new_class("I", {&rt.type<Int>()})(3);
  CHECK(error_of([&] { number.attr("real") = 3; }) == "AttributeError: attribute 'real' of 'int' objects is not writable");
  CHECK(contains(*dir(*list), *rt.str("append")));
}
