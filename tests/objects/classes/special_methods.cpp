// Special methods: what a class says its instances can do, and that they can do it.
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// Defines special methods by name: `Def{type}("__len__", [](Object&) { return 3; })`.
struct Def {
  const Ref<Class>& type;

  template <class F>
  const Def& operator()(std::string_view name, F method) const {
    define(type, name, method);
    return *this;
  }
};

Ref<> not_implemented(Object& object) { return Ref<>::share(builtins_of(object).not_implemented()); }

}  // namespace

TEST_CASE("__init__ gets the arguments and must return None", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("__init__") =
      make_function(rt.builtins(), "A.__init__(self, x)", [](Object& self, Object& x) { share(self).attr("x") = share(x); });
  CHECK(type(5).attr("x") == 5);
  CHECK(error_of([&] { return type(); }) == "TypeError: A.__init__() missing 1 required positional argument: 'x'");
  CHECK(error_of([&] { return type(1, 2); }) == "TypeError: A.__init__() takes 2 positional arguments but 3 were given");
  type.attr("__init__") = make_function(rt.builtins(), "A.__init__(self)", [](Object&) { return 5; });
  CHECK(error_of([&] { return type(); }) == "TypeError: __init__() should return None, not 'int'");
}

TEST_CASE("__repr__ and __str__ show an instance", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  CHECK_THAT(shown(*a), StartsWith("<__main__.A object at 0x"));
  const Def def{type};
  def("__repr__", [](Object&) { return "A!"; });
  CHECK(shown(*a) == "A!");
  CHECK(text(*str(*a)) == "A!");
  CHECK(shown(*rt.list(a, a)) == "[A!, A!]");
  def("__str__", [](Object&) { return "an A"; });
  CHECK(text(*str(*a)) == "an A");
  def("__repr__", [](Object&) { return 1; })("__str__", [](Object&) { return 1; });
  CHECK(error_of([&] { return repr(*a); }) == "TypeError: __repr__ returned non-string (type int)");
  CHECK(error_of([&] { return str(*a); }) == "TypeError: __str__ returned non-string (type int)");
}

TEST_CASE("__eq__ at the class's birth makes instances unhashable, __hash__ hashes them", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto always = make_function(rt.builtins(), "__eq__", [](Object&, Object&) { return true; });
  const Ref<Dict> members = rt.dict({{"__eq__", always}});
  const auto type = make_class(rt.builtins(), "A", {}, members.get());
  const Ref<> a = type();
  CHECK(error_of([&] { return hash(*a); }) == "TypeError: unhashable type: 'A'");
  const Def def{type};
  def("__hash__", [](Object&) { return 7; });
  CHECK(hash(*a) == 7);
  CHECK(rt.dict({{a, 1}})->find(*type()) != nullptr);
  def("__hash__", [](Object&) { return -1; });
  CHECK(hash(*a) == -2);
  def("__hash__", [](Object& self) { return int_from_text(builtins_of(self), "1180591620717411303424"); });
  CHECK(hash(*a) == 512);
  def("__hash__", [](Object&) { return "a"; });
  CHECK(error_of([&] { return hash(*a); }) == "TypeError: __hash__ method should return an integer");
  const auto plain = rt.new_class("Plain");
  const Ref<> one = plain();
  CHECK(hash(*one) == hash(*one));
  CHECK(hash(*one) != hash(*plain()));
}

TEST_CASE("comparison methods are asked as Python asks them", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  const Ref<> b = type();
  CHECK(a == a);
  CHECK(a != b);
  CHECK(error_of([&] { return a < b; }) == "TypeError: '<' not supported between instances of 'A' and 'A'");
  const Def def{type};
  def("__eq__", [](Object&, Object&) { return true; });
  CHECK(a == b);
  CHECK_FALSE(a != b);
  CHECK(a == 5);
  CHECK(5 == a);
  def("__eq__", [](Object& self, Object&) { return not_implemented(self); });
  CHECK(a != b);
  CHECK(a == a);
  def("__lt__", [](Object&, Object& other) { return is<Int>(other); });
  CHECK(a < 5);
  CHECK_FALSE(a < b);
  CHECK(5 > a);
  CHECK(error_of([&] { return 5 < a; }) == "TypeError: '<' not supported between instances of 'int' and 'A'");
}

TEST_CASE("a derived class's comparison goes first", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto derived = rt.new_class("Derived", {base.get()});
  std::string asked;
  Def{base}("__lt__", [&asked](Object&, Object&) { return asked += "base<", true; });
  Def{derived}("__gt__", [&asked](Object&, Object&) { return asked += "derived>", true; });
  CHECK(base() < derived());
  CHECK(asked == "derived>");
}

TEST_CASE("truth is __bool__, else __len__, else true", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  CHECK(truth(*a));
  const Def def{type};
  def("__len__", [](Object&) { return 0; });
  CHECK_FALSE(truth(*a));
  CHECK(length(*a) == 0);
  def("__bool__", [](Object&) { return true; });
  CHECK(truth(*a));
  def("__bool__", [](Object&) { return 1; });
  CHECK(error_of([&] { return truth(*a); }) == "TypeError: __bool__ should return bool, returned int");
  def("__len__", [](Object&) { return -1; });
  CHECK(error_of([&] { return length(*a); }) == "ValueError: __len__() should return >= 0");
  def("__len__", [](Object&) { return "a"; });
  CHECK(error_of([&] { return length(*a); }) == "TypeError: 'str' object cannot be interpreted as an integer");
  def("__len__", [](Object& self) { return int_from_text(builtins_of(self), "1180591620717411303424"); });
  CHECK(error_of([&] { return length(*a); }) == "OverflowError: cannot fit 'int' into an index-sized integer");
  type.attr("__len__").erase();
  CHECK(error_of([&] { return length(*a); }) == "TypeError: object of type 'A' has no len()");
}

TEST_CASE("items, membership and iteration go through the class's methods", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  CHECK(error_of([&] { return a[0].get(); }) == "TypeError: 'A' object is not subscriptable");
  CHECK(error_of([&] { return contains(*a, *a); }) == "TypeError: argument of type 'A' is not iterable");
  const Def def{type};
  def("__getitem__", [](Object&, std::int64_t i) {
    if (i > 2) raise(ErrorKind::kIndexError, "");
    return i * 10;
  });
  CHECK(a[2] == 20);
  CHECK(shown(*list_from(*a)) == "[0, 10, 20]");
  CHECK(contains(*a, *rt.from(20)));
  CHECK_FALSE(contains(*a, *rt.from(30)));
  std::string log;
  def("__setitem__", [&log](Object&, std::string_view key, int value) { log += std::string(key) + std::to_string(value); });
  a["k"] = 5;
  CHECK(log == "k5");
  CHECK(error_of([&] { return a["k"].erase(), 0; }) == "AttributeError: __delitem__");
  def("__delitem__", [&log](Object&, std::string_view key) { log += "-" + std::string(key); });
  a["k"].erase();
  CHECK(log == "k5-k");
  def("__contains__", [](Object&, Object& value) { return is<Str>(value); });
  CHECK(contains(*a, *rt.str("x")));
  CHECK_FALSE(contains(*a, *rt.from(20)));
  def("__iter__", [](Object&) { return 5; });
  CHECK(error_of([&] { return iterate(*a); }) == "TypeError: iter() returned non-iterator of type 'int'");
  for (const char* name : {"__iter__", "__contains__"}) type.attr(name) = nullptr;
  CHECK(error_of([&] { return iterate(*a); }) == "TypeError: 'A' object is not iterable");
  CHECK(error_of([&] { return contains(*a, *a); }) == "TypeError: 'A' object is not a container");
}

TEST_CASE("__iter__ and __next__ make an iterator that StopIteration ends", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Countdown");
  const Def def{type};
  def("__iter__", [](Object& self) { return share(self); });
  def("__next__", [](Object& self) {
    const auto left = share(self).attr("left").as<int>();
    if (left == 0) raise(ErrorKind::kStopIteration, "");
    share(self).attr("left") = left - 1;
    return left;
  });
  const Ref<> countdown = type();
  countdown.attr("left") = 3;
  CHECK(shown(*list_from(*countdown)) == "[3, 2, 1]");
  int sum = 0;
  countdown.attr("left") = 4;
  for (const Ref<>& item : each(countdown)) sum += from_object<int>(item);
  CHECK(sum == 10);
}

TEST_CASE("operators ask the left operand, then the right by its reflected method", "[special][claim-O4]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto left = rt.new_class("L");
  const auto right = rt.new_class("R");
  CHECK(error_of([&] { return left() + 1; }) == "TypeError: unsupported operand type(s) for +: 'L' and 'int'");
  Def{left}("__add__", [](Object& self, Object& other) -> Ref<> {
    return is<Int>(other) ? Ref<>(make_str(builtins_of(self), "L+")) : not_implemented(self);
  });
  Def{right}("__radd__", [](Object&, Object&) { return "+R"; })("__rpow__", [](Object&, Object&) { return "**R"; });
  CHECK(left() + 1 == "L+");
  CHECK(left() + right() == "+R");
  CHECK(1 + right() == "+R");
  CHECK(error_of([&] { return right() + 1; }) == "TypeError: unsupported operand type(s) for +: 'R' and 'int'");
  CHECK(shown(*apply(Operator::kPower, *rt.from(2), *right())) == "'**R'");
  CHECK(rt.list(1) + right() == "+R");
}

TEST_CASE("a derived class that overrides the reflected method goes first", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto same = rt.new_class("Same", {base.get()});
  const auto other = rt.new_class("Other", {base.get()});
  Def{base}("__sub__", [](Object&, Object&) { return "base"; })("__rsub__", [](Object&, Object&) { return "reflected"; });
  Def{other}("__rsub__", [](Object&, Object&) { return "overridden"; });
  CHECK(base() - base() == "base");
  CHECK(base() - same() == "base");
  CHECK(base() - other() == "overridden");
}

TEST_CASE("unary operators and conversions", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  CHECK(error_of([&] { return -a; }) == "TypeError: bad operand type for unary -: 'A'");
  const Def def{type};
  def("__neg__", [](Object&) { return -7; })("__abs__", [](Object&) { return 7; })("__invert__", [](Object&) { return 8; });
  def("__index__", [](Object&) { return 1; })("__float__", [](Object&) { return 2.5; });
  CHECK(-a == -7);
  CHECK(shown(*absolute(*a)) == "7");
  CHECK(shown(*invert(*a)) == "8");
  CHECK(rt.list(10, 20)[a] == 20);
  CHECK(rt.list(1) * a == rt.list(1));
  CHECK(from_object<double>(a) == 2.5);
  CHECK(from_object<int>(a) == 1);
  def("__index__", [](Object&) { return "x"; });
  CHECK(error_of([&] { return index(*a); }) == "TypeError: __index__ returned non-int (type str)");
}

TEST_CASE("__call__ makes instances callable", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  Def{type}("__call__", [](Object&, int a, int b) { return a * b; });
  CHECK(type()(6, 7) == 42);
  type.attr("__call__") = 5;
  CHECK(error_of([&] { return type()(); }) == "TypeError: 'int' object is not callable");
}

TEST_CASE("__getattr__, __setattr__ and __delattr__ stand in for missing, set and deleted attributes", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  const Ref<> a = type();
  a.attr("own") = 1;
  const Def def{type};
  def("__getattr__", [](Object&, std::string_view name) {
    if (name == "nothing") raise(ErrorKind::kAttributeError, "no such luck");
    return "made up: " + std::string(name);
  });
  CHECK(a.attr("own") == 1);
  CHECK(a.attr("other") == "made up: other");
  CHECK(error_of([&] { return a.attr("nothing").get(); }) == "AttributeError: no such luck");
  CHECK_FALSE(find_attribute(*a, *rt.str("nothing")));
  std::string log;
  def("__setattr__", [&log](Object&, std::string_view name, Object&) { log += std::string(name); });
  a.attr("own") = 2;
  CHECK(log == "own");
  CHECK(a.attr("own") == 1);
  def("__delattr__", [&log](Object&, std::string_view name) { log += "-" + std::string(name); });
  a.attr("own").erase();
  CHECK(log == "own-own");
}

TEST_CASE("methods set on a base later are found, replaced and deleted in derived classes at once",
          "[special][law-special-current]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto middle = rt.new_class("Middle", {base.get()});
  const auto derived = rt.new_class("Derived", {middle.get()});
  const Ref<> object = derived();
  CHECK(object->type->slots->call == nullptr);
  Def{base}("__call__", [](Object&) { return "base"; });
  CHECK(object() == "base");
  Def{middle}("__call__", [](Object&) { return "middle"; });
  CHECK(object() == "middle");
  middle.attr("__call__").erase();
  CHECK(object() == "base");
  base.attr("__call__").erase();
  CHECK(error_of([&] { return object(); }) == "TypeError: 'Derived' object is not callable");
}

TEST_CASE("a special method that replaces itself while it runs stays whole", "[special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("A");
  type.attr("__len__") = make_function(
      rt.builtins(), "__len__",
      [](Class& owner, Object&) {
        share(owner).attr("__len__") = 5;
        return 3;
      },
      type);
  CHECK(length(*type()) == 3);
  CHECK(error_of([&] { return length(*type()); }) == "TypeError: 'int' object is not callable");
  type.attr("__len__").erase();
}
