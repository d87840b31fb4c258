// super and mappingproxy: what CPython says of them line by line, and what they hold.
#include <ouro/objects/classes/super.h>

#include <objects/classes/class_scene.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

TEST_CASE("super does what CPython's does", "[classes][super][differential]") {
  compare_classes({
      "A = type('A', (), {'f': told, 's': staticmethod(given), 'c': classmethod(told), 'p': property(seven), 'v': 1})",
      "B = type('B', (A,), {'f': me, 's': 1, 'c': 2, 'p': 3, 'v': 2})",
      "C = type('C', (B,), {})",
      "c = C()",
      "super(B, c).f(1, 2)",
      "super(B, c).s(1, 2)",
      "super(B, c).c(1, 2)",
      "super(B, c).p",
      "super(B, c).v",
      "super(C, c).v",
      "super(A, c).v",
      "super(B, C).f(c, 1)",
      "super(B, C).c(1)",
      "super(B, C).s(1)",
      "super(B, C).v",
      "super(B, C).p",
      "super()",
      "super(1)",
      "super(A, 1)",
      "super(C, B())",
      "super(B, c)",
      "super(B)",
      "super(B, B)",
      "super(int, True)",
      "super(A, c, 3)",
      "super(A, x=1)",
      "super(A, None)",
      "super(B, c).__thisclass__ is B, super(B, c).__self__ is c, super(B, c).__self_class__ is C",
      "super(B).__self__, super(B).__self_class__",
      "super(B, C).__self__ is C, super(B, C).__self_class__ is C",
      "super(B, c).foo",
      "super(B).v",
      "super(B, c).v = 1",
      "del super(B, c).v",
      "super(B, c).__thisclass__ = 1",
      "super(B, c).__class__",
      "super.__new__(super)",
      "super.__new__(super).__thisclass__",
      "super.__new__(super).__get__(5) == 5",
      "super(B).__get__(c)",
      "super(B).__get__(c).v",
      "super(B).__get__(5)",
      "super(B).__get__(None, A)",
      "super(B, c).__get__(c)",
      "super(A, c).__init__",
      "super(A, c).__init__()",
      "super(A, c).__repr__() == object.__repr__(c)",
      "super(A, c).__setattr__('w', 5)",
      "c.w",
      "super(A, c).__delattr__('w')",
      "super(A, c).__getattribute__('v')",
      "super(A, c).__eq__(c)",
      "super(A, c).__hash__() == hash(c)",
      "super(int, True).bit_length()",
      "super(bool, True).__add__(4)",
      "super(bool, True).bit_length()",
      "super(bool, True).real",
      "super(A, A).__new__(A)",
      "type(super(C, C).__new__(C)) is C",
      "super(B, c) == super(B, c)",
      "super(B, c)()",
      "len(super(B, c))",
      "L = type('L', (list,), {'append': told})",
      "l = L()",
      "super(L, l).append(4)",
      "l",
      "super(L, l).__len__()",
      "super(L, l)[0]",
      "D = type('D', (dict,), {})",
      "super(D, D).fromkeys([1])",
      "S = type('S', (super,), {'extra': seven})",
      "S(B, c).v, S(B, c).extra",
      "S(B, c).extra()",
      "s = S(B, c)",
      "s.mine = 5",
      "s.mine",
      "s",
      "type(S(B).__get__(c)) is S",
      "B.up = super(B)",
      "c.up.v",
      "B().up.f(1)",
      "B.up",
      "X = type('X', (), {'f': given})",
      "Y = type('Y', (X,), {})",
      "Z = type('Z', (X,), {'f': me})",
      "W = type('W', (Y, Z), {})",
      "super(Y, W()).f().__class__ is W",
      "super(Z, W()).f(1)",
      "F = type('F', (), {'__class__': property(seven)})",
      "super(A, F())",
      "super.__doc__",
      "super.__self__",
      "super.__thisclass__.__doc__",
      "super.__init__",
      "super.__get__",
      "super.__getattribute__(super(B, c), 'v')",
  });
}

TEST_CASE("mappingproxy does what CPython's does", "[classes][mappingproxy][differential]") {
  compare_classes({
      "m = mappingproxy({1: 2, 'a': 3})",
      "m",
      "m[1]",
      "m['b']",
      "m[[]]",
      "m[1] = 2",
      "del m[1]",
      "len(m)",
      "1 in m, 5 in m",
      "[] in m",
      "m.get(1), m.get(5), m.get(5, 7)",
      "m.get()",
      "m.get(1, 2, 3)",
      "m.get(k=1)",
      "m.keys(), m.values(), m.items()",
      "m.keys(1)",
      "m.copy()",
      "type(m.copy())",
      "list(m)",
      "str(m)",
      "m == {1: 2, 'a': 3}, m != {1: 2}, {1: 2} == m",
      "m == m, m == mappingproxy({}), m == 3",
      "m < {1: 2}",
      "m < m",
      "m | {3: 4}",
      "{3: 4} | m",
      "m | m",
      "m | 3",
      "3 | m",
      "m |= {}",
      "m.__ior__({})",
      "hash(m)",
      "mappingproxy()",
      "mappingproxy(5)",
      "mappingproxy([])",
      "mappingproxy(())",
      "mappingproxy({}, 1)",
      "mappingproxy(mapping={})",
      "mappingproxy(other={})",
      "mappingproxy('ab')",
      "mappingproxy('ab')[1]",
      "len(mappingproxy('ab'))",
      "mappingproxy('ab').keys()",
      "mappingproxy(range(3))",
      "mappingproxy(m)",
      "mappingproxy(m)[1]",
      "d = {}",
      "n = mappingproxy(d)",
      "d['k'] = n",
      "n",
      "d.clear()",
      "n",
      "d['x'] = 1",
      "n['x']",
      "not n",
      "n.x",
      "n.x = 1",
      "M = type('M', (), {'__getitem__': told, 'keys': seven})",
      "mappingproxy(M())[3]",
      "mappingproxy(M()).keys()",
      "mappingproxy(M()).values()",
      "len(mappingproxy(M()))",
      "type('X', (mappingproxy,), {})",
      "mappingproxy.get",
      "mappingproxy.__or__",
      "mappingproxy.__doc__",
      "mappingproxy.__mro__",
      "A = type('A', (), {'x': 1})",
      "v = A.__dict__",
      "type(v)",
      "v['x'], 'x' in v, 'y' in v",
      "A.y = 5",
      "v['y']",
      "del A.x",
      "'x' in v",
      "v['z'] = 1",
      "type(v.copy())",
      "(v | {'q': 1})['q']",
      "type(int.__dict__)",
      "int.__dict__['real']",
      "int.__dict__['x'] = 1",
  });
}

TEST_CASE("a class keeps its own dict from what compares its __dict__", "[classes][mappingproxy]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> type = rt.new_class("A");
  type.attr("f") = 1;
  const Ref<Class> thief = rt.new_class("Thief");
  Ref<> stolen;
  define(thief, "__eq__", [&stolen](Object&, Object& other) {
    stolen = share(other);
    return true;
  });
  define(thief, "__ror__", [&stolen](Object&, Object& other) {
    stolen = share(other);
    return true;
  });
  const Ref<> proxy = type.attr("__dict__");
  CHECK(compare(*proxy, *thief(), Comparison::kEqual));
  REQUIRE(stolen);
  CHECK_FALSE(stolen.is(*type->attributes));
  static_cast<void>(apply(Operator::kBitOr, *proxy, *thief()));
  CHECK_FALSE(stolen.is(*type->attributes));
  stolen.reset();
}

TEST_CASE("super and mappingproxy are found by the collector", "[classes][super]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  {
    const Ref<Class> type = rt.new_class("A");
    const Ref<> object = type();
    object.attr("up") = make_super(*type, *object);
    object.attr("view") = make_mapping_proxy(*object.attr("__dict__").get());
    type.attr("of_class") = make_super(*type, *type);
    type.attr("own") = type.attr("__dict__").get();
  }
  rt.gc().collect();
}

TEST_CASE("super and mappingproxy pass on that memory is out", "[classes][super]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<Class> type = rt.new_class("A");
  const Ref<> object = type();
  const Ref<> dict = rt.dict({{"a", 1}});
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_super(*type, *object)); });
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_mapping_proxy(*dict)); });
  const Ref<> bound = make_super(*type, *object);
  const Ref<> proxy = make_mapping_proxy(*dict);
  fail_each_allocation(b.heap, [&] { static_cast<void>(str(*proxy)); });
  fail_each_allocation(b.heap, [&] { static_cast<void>(get_attribute(*bound, *intern(b, "__repr__"))); });
}

}  // namespace

}  // namespace ouro::test
