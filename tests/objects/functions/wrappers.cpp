// property, staticmethod, classmethod: what CPython says of them line by line, and what they hold.
#include <ouro/objects/functions/property.h>
#include <ouro/objects/functions/wrapped_function.h>

#include <objects/classes/class_scene.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

TEST_CASE("property does what CPython's does", "[classes][property][differential]") {
  compare_classes({
      "A = type('A', (), {'x': property(kept, keep, lose, 'the doc'), 'y': property(seven), 'z': property()})",
      "a = A()",
      "a.x",
      "a.x = 5",
      "a.x",
      "a._kept",
      "del a.x",
      "a.x",
      "a.y",
      "a.y = 1",
      "del a.y",
      "a.z",
      "a.z = 1",
      "del a.z",
      "A.x is A.x",
      "A.x.fget is kept",
      "A.x.fset is keep",
      "A.x.fdel is lose",
      "A.x.__doc__",
      "A.y.__doc__",
      "A.z.fget",
      "A.y.fset",
      "A.x.fget = 3",
      "A.x.__doc__ = 'new'",
      "A.x.__doc__",
      "del A.x.__doc__",
      "A.x.__doc__",
      "A.x.__isabstractmethod__",
      "A.x.__isabstractmethod__ = 1",
      "p = property(seven)",
      "q = p.setter(keep)",
      "q is p",
      "q.fget is seven, q.fset is keep, q.fdel",
      "r = q.deleter(lose).getter(kept)",
      "r.fget is kept, r.fset is keep, r.fdel is lose",
      "r.getter(None).fget is kept",
      "p.getter()",
      "p.getter(1, 2)",
      "p.setter(x=1)",
      "p.__get__(1)",
      "p.__get__(None, int) is p",
      "p.__get__(None)",
      "p.__get__()",
      "p.__get__(1, 2, 3)",
      "p.__get__(a=1)",
      "p.__set__(1, 2)",
      "p.__set__(1)",
      "p.__delete__(1)",
      "p.__delete__()",
      "p.__set_name__(1)",
      "p.__set_name__(1, 'name')",
      "p.__set__(1, 2)",
      "p.__delete__(1)",
      "property().__get__(1)",
      "p.__set_name__(1, name='x')",
      "property(1, 2, 3, 4, 5)",
      "property(fget=seven, x=1)",
      "property(seven, fget=seven)",
      "property(fget=seven).fget is seven",
      "property(doc='d').__doc__",
      "property(seven, None, None, None).__doc__",
      "property(5).__doc__ == int.__doc__",
      "property(5).getter(str).__doc__ == str.__doc__",
      "property(5, doc='q').getter(str).__doc__",
      "p.__init__(kept, doc='other')",
      "p.fget is kept, p.__doc__",
      "P = type('P', (property,), {})",
      "P(5).__doc__ == int.__doc__",
      "P(5).__dict__['__doc__'] == int.__doc__",
      "P(5, doc='d').__doc__",
      "B = type('B', (), {'x': P(kept, keep)})",
      "b = B()",
      "b.x = 8",
      "b.x",
      "del b.x",
      "type(B.x.setter(None)) is P",
      "B.x.extra = 4",
      "B.x.extra",
      "A.x.extra = 4",
      "C = type('C', (), {'x': property(fails), 'y': property(lacks), '__getattr__': told})",
      "C().x",
      "C().y",
      "C().w",
      "D = type('D', (A,), {'x': 5})",
      "D().x",
      "a.__dict__",
      "D.x = property(me)",
      "d = D()",
      "d.x is d",
      "d.__dict__['x'] = 6",
      "d.x is d",
      "getattr(d, 'x') is d",
      "hasattr(C(), 'x')",
      "property.__get__",
      "property.fget",
      "property.getter",
      "property.__doc__",
      "property",
      "property.__mro__",
      "issubclass(P, property)",

      "p == p",
      "p == property(kept)",
      "hash(p) == hash(p)",
      "p < p",
      "p()",
      "property.__new__(property).fget",
      "property.__init__(p, 1, 2).x",
      "property.setter(p, 5).fset",
      "property.setter(5, 5)",
      "property.fget.__get__(p) is kept",
      "property.fget.__get__(5)",
      "type('Q', (), {'real': int.real})().real",
      "type('Q', (), {'f': list.append})().f",
      "q = type('Q', (), {'real': int.real})()",
      "q.real = 5",
  });
}

TEST_CASE("staticmethod and classmethod do what CPython's do", "[classes][staticmethod][differential]") {
  compare_classes({
      "A = type('A', (), {'s': staticmethod(given), 'c': classmethod(given), 'm': classmethod(me), 'n': "
      "staticmethod(seven)})",
      "A.s(1, 2)",
      "A().s(1, 2)",
      "A.c(1, 2)",
      "A().c(1, 2)",
      "A.m() is A",
      "A().m() is A",
      "B = type('B', (A,), {})",
      "B.m() is B",
      "B().m() is B",
      "A.s is given",
      "A().s is given",
      "A.m.__self__ is A",
      "A.m.__func__ is me",
      "A.m",
      "s = A.__dict__['s']",
      "s.__func__ is given, s.__wrapped__ is given",
      "s(1, 2)",
      "s.__isabstractmethod__",
      "s.__name__",
      "s.extra = 5",
      "s.extra, s.__dict__['extra']",
      "s.__func__ = 1",
      "s.__isabstractmethod__ = 1",
      "s.__dict__ = 5",
      "s.__dict__ = {'y': 1}",
      "s.y",
      "del s.__dict__",
      "c = A.__dict__['c']",
      "c(1)",
      "c.__get__(1)",
      "c.__get__(None, int)(5)",
      "c.__get__(None, 5)",
      "c.__get__(1, B).__self__ is B",
      "s.__get__(1) is given",
      "s.__get__(None, int) is given",
      "s.__get__(None)",
      "staticmethod(5)",
      "classmethod([1])",
      "staticmethod()",
      "classmethod(1, 2)",
      "staticmethod(x=1)",
      "classmethod(function=1)",
      "staticmethod(5)()",
      "staticmethod(int)('12')",
      "staticmethod(int).__name__, staticmethod(int).__module__, staticmethod(int).__qualname__",
      "staticmethod.__new__(staticmethod)",
      "classmethod.__new__(classmethod)",
      "staticmethod.__new__(staticmethod).__func__",
      "staticmethod.__new__(staticmethod).__get__(1)",
      "classmethod.__new__(classmethod).__get__(1)",
      "classmethod(classmethod(me)).__get__(None, int)()",
      "classmethod(property(me)).__get__(None, int)",
      "classmethod(staticmethod(seven)).__get__(None, int) is seven",
      "classmethod(A().m).__get__(None, int).__self__ is A",
      "S = type('S', (staticmethod,), {'more': seven})",
      "S(given)(1, 2)",
      "S(given).more()",
      "t = S(me)",
      "t.z = 1",
      "t.z",
      "type('T', (), {'f': S(given)})().f(1, 2)",
      "K = type('K', (classmethod,), {'__get__': told})",
      "type(type('T', (), {'f': K(me)})().f).__name__",
      "type('T', (), {'f': K(me)}).f[0]",
      "type('N', (), {'__new__': given})(1, 2)",
      "N = type('N', (), {'__new__': given})",
      "N.__new__ is given",
      "type(N.__dict__['__new__'])",
      "I = type('I', (), {'__init_subclass__': ignore})",
      "type(I.__dict__['__init_subclass__'])",
      "I.__init_subclass__.__self__ is I",

      "staticmethod.__func__",
      "staticmethod.__get__",
      "staticmethod.__call__",
      "staticmethod.__dict__['__dict__']",
      "staticmethod(5) == staticmethod(5)",
      "[] in [staticmethod(5)]",
  });
}

TEST_CASE("properties and wrapped functions are found by the collector", "[classes][property]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto round_trip = [&](auto make) {
    const Ref<Class> type = rt.new_class("A");
    const auto function = make_function(
        rt.builtins(), "get(self)", [](Object&, Object& self) { return share(self); }, type);
    type.attr("x") = make(*function);
  };
  round_trip([&](Object& function) {
    return Ref<>(make_property_object(rt.builtins(), {.getter = &function, .setter = &function}));
  });
  round_trip([&](Object& function) { return Ref<>(make_static_method(function)); });
  round_trip([&](Object& function) { return Ref<>(make_class_method(function)); });
  rt.gc().collect();
}

TEST_CASE("properties and wrapped functions keep their parts whatever making them runs", "[classes][property]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<> function = make_function(b, "get(self)", [](Object&) { return 3; });
  const Ref<Class> type = rt.new_class("A");
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_property_object(b, {.getter = function.get()})); });
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_static_method(*function)); });
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_class_method(*function)); });
  type.attr("p") = make_property_object(b, {.getter = function.get()});
  type.attr("c") = make_class_method(*function);
  const Ref<> object = type();
  fail_each_allocation(b.heap, [&] { static_cast<void>(get_attribute(*object, *intern(b, "p"))); });
  fail_each_allocation(b.heap, [&] { static_cast<void>(call_method(*object, *intern(b, "c"), {})); });
}

}  // namespace

}  // namespace ouro::test
