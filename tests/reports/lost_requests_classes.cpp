// Values and requests that must not get lost: attributes, defaults, assigned Nones, the class that was called.
#include <ouro/objects/classes/instance.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

struct Node {
  int weight = 0;
  static constexpr std::tuple<> edges{};
};

}  // namespace

TEST_CASE("attributes that a finalizer sets while the instance's dict is made are kept",
          "[reports][instance][law-made-once]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().disable();
  const bool asks_for_dict = GENERATE(false, true);
  const Ref<> foo = rt.new_class("Foo")();
  foo.attr("a") = 1;
  const auto dying = rt.new_class("Dying");
  dying.attr("__del__") = make_function(rt.builtins(), "__del__(self)", [&foo, asks_for_dict](Object&) {
    foo.attr("b") = 2;
    if (asks_for_dict) static_cast<void>(foo.attr("__dict__").get());
    foo.attr("c") = 3;
  });
  Ref<> ring = dying();
  ring.attr("self") = ring;
  ring.reset();
  rt.gc().set_threshold(1);
  rt.gc().enable();
  const Ref<Dict> dict = dict_of(static_cast<Instance&>(*foo));
  rt.gc().disable();
  CHECK(foo.attr("a") == 1);
  CHECK(foo.attr("b") == 2);
  CHECK(foo.attr("c") == 3);
  CHECK(foo.attr("__dict__").get().is(dict));
}

TEST_CASE("the thread's dict, gc.callbacks and gc.garbage are the ones that a finalizer got meanwhile",
          "[reports][instance][law-made-once]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().disable();
  const auto dying = rt.new_class("Dying");
  dying.attr("__del__") = make_function(rt.builtins(), "__del__(self)", [&](Object&) {
    rt.thread_dict()->set("x", *rt.from(1));
    rt.gc().callbacks().append(*rt.list());
    rt.gc().garbage().append(*rt.from(3));
  });
  Ref<> ring = dying();
  ring.attr("self") = ring;
  ring.reset();
  rt.gc().set_threshold(1);
  rt.gc().enable();
  const int which = GENERATE(0, 1, 2);
  if (which == 0) CHECK(rt.thread_dict()->size == 1);
  if (which == 1) CHECK(rt.gc().callbacks().size == 1);
  if (which == 2) CHECK(rt.gc().garbage().size == 1);
  rt.gc().disable();
  CHECK(rt.thread_dict()->size == 1);
  rt.gc().callbacks().clear();
  rt.gc().garbage().clear();
}

TEST_CASE("None that is assigned to a property is a value, not a question", "[reports][property]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  int reads = 0;
  type.attr("x") = make_property(rt.builtins(), "x", [&reads](Object& self, std::optional<Ref<>> value) -> Ref<> {
    if (!value) return ++reads, share(self).attr("y").get();
    share(self).attr("y") = *value;
    return {};
  });
  type.attr("n") = make_property(rt.builtins(), "n", [&reads](Object&, std::optional<int> value) {
    if (!value) ++reads;
  });
  const Ref<> a = type();
  a.attr("x") = rt.none();
  CHECK(reads == 0);
  CHECK(a.attr("y").get().is(rt.none()));
  CHECK(error_of([&] { return a.attr("n") = rt.none(), 0; }) ==
        "TypeError: n() argument 1: 'NoneType' object cannot be interpreted as an integer");
  CHECK(reads == 0);
  a.attr("n") = 5;
  CHECK(a.attr("x").get().is(rt.none()));
  CHECK(reads == 1);
}

TEST_CASE("calling a class made by derive makes an object of that class", "[reports][class]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto node = rt.class_<Node>("Node").init<int>().prop("weight", &Node::weight);
  const auto leaf = node.derive("Leaf");
  const Ref<> made = leaf.type()(5);
  CHECK(made.attr("__class__").get().is(leaf.type()));
  CHECK(made.attr("weight") == 5);
  CHECK(node.type()(4).attr("__class__").get().is(node.type()));
  CHECK(error_of([&] { return leaf.type()(); }) == "TypeError: Node() missing 1 required positional argument: 'arg1'");
  CHECK(error_of([&] { return leaf.type()(1, 2); }) == "TypeError: Node() takes 1 positional argument but 2 were given");
  CHECK(error_of([&] { return leaf.type()("x"); }) ==
        "TypeError: Node() argument 1: 'str' object cannot be interpreted as an integer");
  const Ref<> maker = node.type().attr("__new__");
  CHECK(maker(leaf.type(), 3).attr("weight") == 3);
  CHECK(error_of([&] { return maker(rt.new_class("A"), 3); }) == "TypeError: Node.__new__(A): A is not a subtype of Node");
  CHECK(error_of([&] { return maker(7, 3); }) == "TypeError: Node.__new__(X): X is not a type object (int)");
  leaf.def("__init__(self, weight)", [](Node& self, int weight) { self.weight = 2 * weight; });
  CHECK(leaf.type()(5).attr("weight") == 10);
}

TEST_CASE("a default in a signature is what a missing argument is", "[reports][function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto f = make_function(rt.builtins(), "f(x, y=2)", [](int x, int y) { return 10 * x + y; });
  CHECK(f(1) == 12);
  CHECK(f(1, 5) == 15);
  const Ref<Str> name = rt.str("y");
  const Ref<> one = rt.from(1);
  Object* const given[] = {one.get()};
  Object* const names[] = {name.get()};
  CHECK(call(*f, Arguments{given, names, given}) == rt.from(11));
  CHECK(error_of([&] { return f(); }) == "TypeError: f() missing 1 required positional argument: 'x'");
  CHECK(error_of([&] { return f(1, 2, 3); }) == "TypeError: f() takes from 1 to 2 positional arguments but 3 were given");
  const auto all = make_function(rt.builtins(), "all( a = None,b=True, c=-1_000 , d=2.5e3, e=', \\'it\\'=(\\n)' )",
                                 [](Builtins& builtins, Ref<> a, bool b, int c, double d, std::string_view e) {
                                   return to_object(builtins, std::tuple(a, b, c, d, e));
                                 });
  CHECK(text(*repr(*all())) == "(None, True, -1000, 2500.0, \", 'it'=(\\n)\")");
  const auto mixed =
      make_function(rt.builtins(), "g(x=1, y)", [](int x, std::optional<int> y) { return 10 * x + y.value_or(9); });
  CHECK(mixed() == 19);
}

TEST_CASE("a signature that cannot mean what it says is refused", "[reports][function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto refused = [&](std::string_view signature) {
    return error_of([&] { return make_function(rt.builtins(), signature, [](int, int) {}); });
  };
  CHECK(refused("f(x, y=[])") ==
        "ValueError: signature 'f(x, y=[])': the default of 'y' is not a literal of None, bool, "
        "int, float or str: []");
  for (const char* const bad : {"z", "", "1.2.3", "1_", "012", "nan", "-inf", "'a", "'a' 'b'", "'\\q'", "b'a'", "0x10"})
    CHECK_THAT(
        refused(std::string("f(x, y=") + bad + ")"),
        StartsWith("ValueError: signature 'f(x, y=") && Catch::Matchers::Contains("the default of 'y' is not a literal of"));
  CHECK(refused("f(x=1, y)") == "ValueError: signature 'f(x=1, y)': non-default argument follows default argument");
  CHECK(refused("f(x, *y)") == "ValueError: signature 'f(x, *y)': '*y' is not a parameter's name");
  CHECK(refused("f(x, y: int)") == "ValueError: signature 'f(x, y: int)': 'y: int' is not a parameter's name");
  CHECK(refused("f(x, x)") == "ValueError: signature 'f(x, x)': duplicate argument 'x'");
  CHECK(refused("f(x=1)") == "ValueError: signature 'f(x=1)' names 1 parameters, but the callable has 2");
}
