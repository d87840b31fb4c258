// copy and deepcopy from C++: depth, memory, what code of classes does meanwhile.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/text/pprint.h>
#include <support/fixture.h>

#include <objects/world.h>

namespace ouro::test {

TEST_CASE_METHOD(Fixture, "copying what is nested too deep is a RecursionError", "[json][copying]") {
  rt.collector().set_stress(false);  // depth is what counts here
  Ref<> nested = rt.list();
  for (int i = 0; i < 5000; ++i) nested = make_list(rt.builtins(), {nested.get()});
  CHECK(error_of([&] { return deepcopy(*nested); }) ==
        "RecursionError: maximum recursion depth exceeded while calling a Python object");
  CHECK(copy(*nested)->type == nested->type);
}

TEST_CASE_METHOD(Fixture, "a copy that fails leaves nothing behind", "[json][copying]") {
  const Ref<List> inner = rt.list(1000);
  const Ref<Dict> dict = rt.dict({{"a key", inner}});
  const Ref<> instance = rt.new_class("Node")();
  instance.attr("value") = inner;
  const Ref<> tuple = rt.tuple(inner, dict, instance);
  fail_each_allocation(rt.heap(), [&] { static_cast<void>(deepcopy(*tuple)); });
  fail_each_allocation(rt.heap(), [&] { static_cast<void>(copy(*dict)); });
  fail_each_allocation(rt.heap(), [&] { static_cast<void>(copy(*instance)); });
}

TEST_CASE_METHOD(Fixture, "an instance is copied without making its __dict__", "[json][copying]") {
  const Ref<Class> node = rt.new_class("Node");
  const Ref<> one = node();
  one.attr("a") = rt.list(1);
  one.attr("b") = 2;
  const Ref<> two = deepcopy(*one);
  CHECK(static_cast<const Instance&>(*one).dict == nullptr);
  CHECK(static_cast<const Instance&>(*two).dict == nullptr);
  CHECK(shown(two.attr("a").get()) == "[1]");
}

TEST_CASE_METHOD(Fixture, "what a class runs while it is copied may empty the list around it", "[json][copying]") {
  const Ref<List> around = rt.list();
  const Ref<Class> hostile = rt.new_class("Hostile");
  define(hostile, "__deepcopy__(self, memo)", [](Object& self, Object&) {
    const Ref<> list = get_attribute(self, *intern(builtins_of(self), "around"));
    static_cast<List&>(*list).clear();
    return share(self);
  });
  const Ref<> bad = hostile();
  bad.attr("around") = around;
  around->append(*bad);
  around->append(*rt.list(1));
  const Ref<> copied = deepcopy(*around);
  CHECK(static_cast<const List&>(*copied).size == 1);
  bad.attr("around") = rt.none();
}

TEST_CASE_METHOD(Fixture, "what pprint sorts is out of reach of the code that compares it", "[json][copying]") {
  const Ref<Class> key = rt.new_class("Key");
  define(key, "__lt__(self, other)", [](Object& self, Object& other) {
    const Ref<Str> name = intern(builtins_of(self), "number");
    return compare(*get_attribute(self, *name), *get_attribute(other, *name), Comparison::kLess);
  });
  define(key, "__repr__(self)",
         [](Object& self) { return repr(*get_attribute(self, *intern(builtins_of(self), "number"))); });
  const Ref<Dict> dict = rt.dict();
  for (int i = 0; i < 12; ++i) {
    const Ref<> made = key();
    made.attr("number") = i * 5 % 12;
    dict->set(*made, *rt.none());
  }
  rt.collector().set_stress(true);
  const Ref<Str> made = pformat(*dict, {.width = 40});
  rt.collector().set_stress(false);
  CHECK_THAT(std::string(text(*made)), StartsWith("{0: None,\n 1: None,\n 2: None,\n 3: None,"));
}

TEST_CASE_METHOD(Fixture, "an object that gets another class while it is copied is copied as what it was",
                 "[json][copying]") {
  const Ref<Class> other = rt.new_class("Other");
  Ref<Class> type = rt.new_class("Changes");
  const Ref<Class> changer = rt.new_class("Changer");
  define(changer, "__deepcopy__(self, memo)", [](Object& self, Object&) {
    Builtins& builtins = builtins_of(self);
    const Ref<> around = get_attribute(self, *intern(builtins, "around"));
    set_attribute(*around, *intern(builtins, "__class__"), *get_attribute(self, *intern(builtins, "other")));
    return make_int(builtins, 1000);
  });
  const Ref<> one = type();
  const Ref<> inner = changer();
  inner.attr("around") = one;
  inner.attr("other") = other;
  one.attr("first") = inner;
  one.attr("second") = 2;
  type.reset();  // from here on its objects alone keep it
  const Ref<> copied = deepcopy(*one);
  CHECK(std::string_view(copied->type->name) == "Changes");
  CHECK(std::string_view(one->type->name) == "Other");
  CHECK(shown(copied.attr("first").get()) == "1000");
  CHECK(shown(copied.attr("second").get()) == "2");
  inner.attr("around") = rt.none();
}

}  // namespace ouro::test
