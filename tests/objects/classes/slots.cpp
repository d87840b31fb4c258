// `__slots__`: what CPython says of it line by line, lives of members, and what stands in front of them.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/messages/message.h>

#include <objects/classes/class_scene.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

TEST_CASE("__slots__ does what CPython's does", "[classes][slots][differential][law-slot-members]") {
  compare_classes({
      "S = type('S', (), {'__slots__': ('b', 'a')})",
      "s = S()",
      "s.a",
      "s.a = 1",
      "s.a",
      "s.a = 2",
      "s.a, getattr(s, 'a')",
      "del s.a",
      "del s.a",
      "s.a",
      "s.c = 1",
      "s.c",
      "del s.c",
      "s.__dict__",
      "s.__dict__ = {}",
      "S.a, S.b",
      "S.b.__get__(s)",
      "S.a.__get__(None)",
      "S.a.__get__(None, S) is S.a",
      "S.a.__get__(5)",
      "S.a.__set__(s, 3)",
      "s.a",
      "S.a.__set__(5, 3)",
      "S.a.__delete__(s)",
      "S.a.__delete__(s)",
      "S.a.__objclass__, S.a.__name__, S.a.__doc__, S.a.__qualname__, type(S.a)",
      "S.a.__name__ = 1",
      "S.__dict__['a'] is S.a",
      "S.__slots__",
      "T = type('T', (S,), {})",
      "t = T()",
      "t.a = 1",
      "t.x = 2",
      "t.__dict__, t.a, t.x",
      "t.b",
      "del t.a",
      "t.a",
      "t.a = 5",
      "t.__dict__ = {'a': 7}",
      "t.a, t.__dict__",
      "U = type('U', (S,), {'__slots__': ('c', 'a')})",
      "U.a, U.b, U.c",
      "u = U()",
      "u.a = 1",
      "u.b = 2",
      "u.c = 3",
      "u.a, u.b, u.c",
      "S.a.__get__(u)",
      "type('X', (), {'__slots__': 'x'}).x",
      "type('X', (), {'__slots__': (3,)})",
      "type('X', (), {'__slots__': ('3',)})",
      "type('X', (), {'__slots__': ('x',), 'x': 1})",
      "type('X', (), {'__slots__': ('__dict__', 'y')})().__dict__",
      "type('X', (), {'__slots__': ('__dict__', '__dict__')})",
      "type('X', (type('V', (), {}),), {'__slots__': ('__dict__',)})",
      "type('X', (type('V', (), {}),), {'__slots__': ('__weakref__',)})",
      "type('X', (), {'__slots__': ('__weakref__', '__weakref__')})",
      "type('X', (int,), {'__slots__': ('x',)})",
      "type('X', (tuple,), {'__slots__': ('x',)})",
      "type('X', (tuple,), {'__slots__': ()})().__dict__",
      "type('X', (type,), {'__slots__': ('x',)})",
      "type('X', (float,), {'__slots__': ()})().__dict__",
      "type('X', (float,), {'__slots__': ()})().y",
      "F = type('F', (float,), {'__slots__': ('y',)})",
      "f = F(1.5)",
      "f.y",
      "f.y = 4",
      "f.y, f",
      "f.z = 1",
      "f.real = 1",
      "L = type('L', (list,), {'__slots__': ('x', 'y')})",
      "l = L()",
      "l.x",
      "l.x = 1",
      "l.append(3)",
      "l, l.x",
      "l.z = 5",
      "l.append = 5",
      "del l.x",
      "del l.x",
      "M = type('M', (L,), {'__slots__': ('z',)})",
      "m = M()",
      "m.x = 1",
      "m.z = 2",
      "m.x, m.z",
      "N = type('N', (M,), {})",
      "n = N()",
      "n.x = 1",
      "n.w = 2",
      "n.x, n.w, n.__dict__",
      "R = type('R', (str,), {'__slots__': ('x',)})",
      "r = R('ab')",
      "r.x = 1",
      "r, r.x",
      "type('X', (), {'__slots__': ('__x',)})._X__x",
      "type('_X', (), {'__slots__': ('__x', '__y__')}).__y__",
      "type('X', (), {'__slots__': 5})",
      "type('X', (), {'__slots__': None})",
      "type('X', (), {'__slots__': {'a': 'doc'}}).a",
      "type('X', (S, type('W', (), {'__slots__': ('z',)})), {})",
      "type('X', (S, type('W', (), {'__slots__': ()})), {}).__mro__",
      "type('X', (), {'__slots__': ('x', 'x')}).x",
      "E = type('E', (ValueError,), {'__slots__': ()})",
      "E().zz = 1",
      "class_ = S",
      "Y = type('Y', (S,), {'a': 5})",
      "y = Y()",
      "y.a",
      "y.a = 7",
      "y.a, y.__dict__",
      "Z = type('Z', (S,), {'__slots__': (), 'a': 5})",
      "z = Z()",
      "z.a",
      "z.a = 7",
      "z.y = 7",
      "del z.a",
      "P = type('P', (), {'__slots__': ('a', 'b')})",
      "p = P()",
      "p.a = 1",
      "p.b = 2",
      "q = type('Q', (P,), {})()",
      "q.a = 3",
      "P.a = 5",
      "p.a, q.a",
      "p.a = 4",
      "q.a = 6",
      "q.a, q.__dict__",
      "del P.a",
      "p.a",
      "p.b",
      "q.a",
      "A = type('A', (), {'__slots__': ('a', 'b')})",
      "B = type('B', (), {'__slots__': ('b', 'a')})",
      "C = type('C', (), {'__slots__': ('a', 'c')})",
      "a = A()",
      "a.a = 1",
      "a.b = 2",
      "a.__class__ = B",
      "a.a, a.b, type(a) is B",
      "a.__class__ = C",
      "a.__class__ = type('D', (), {})",
      "a.__class__ = type('D', (A,), {'__slots__': ()})",
      "H = type('H', (), {'__slots__': ('__dict__', 'a')})",
      "h = H()",
      "h.a = 1",
      "h.b = 2",
      "h.__dict__, h.a, h.b",
      "del h.b",
      "h.b",
      "G = type('G', (), {'__slots__': ('a',), '__getattr__': told, '__setattr__': told})",
      "G().a",
      "I = type('I', (), {'__slots__': ('x',), '__init__': ignore})",
      "I(1)",
      "J = type('J', (), {'__slots__': ('__class__x', 'm')})",
      "J.m",
      "dir(s)[-2:]",
  });
}

TEST_CASE("a class may have more slots than a shape has names", "[classes][slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<List> names = make_list(b);
  for (int i = 10; i < 80; ++i) names->append(*make_str(b, "m" + std::to_string(i)));
  const Ref<> attributes = rt.dict({{"__slots__", names}});
  const Ref<Class> type = make_class(b, "Many", {}, static_cast<Dict*>(attributes.get()));
  const Ref<> object = type();
  for (Object* const name : names->view()) set_attribute(*object, *name, *name);
  for (Object* const name : names->view()) CHECK(get_attribute(*object, *name).is(*name));
  object.attr("m69") = object;
  CHECK(error_of([&] { object.attr("x") = 1; }) == "AttributeError: 'Many' object has no attribute 'x'");
}

TEST_CASE("cycles through slots are found, of instances and of derived built-in types", "[classes][slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  {
    const Ref<> attributes = rt.dict({{"__slots__", rt.list("a", "b")}});
    const Ref<Class> plain = make_class(b, "A", {}, static_cast<Dict*>(attributes.get()));
    Object* const bases[] = {&b.type(Kind::kList)};
    const Ref<Class> derived = make_class(b, "B", bases, static_cast<Dict*>(attributes.get()));
    for (const Ref<Class>& type : {plain, derived}) {
      const Ref<> object = type();
      object.attr("b") = object;
      object.attr("a") = type;
    }
  }
  rt.gc().collect();
}

TEST_CASE("slots keep no more than the fixed part of an instance and a word each", "[classes][slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> attributes = rt.dict({{"__slots__", rt.list("a", "b", "c")}});
  const Ref<Class> type = make_class(rt.builtins(), "A", {}, static_cast<Dict*>(attributes.get()));
  CHECK(block_bytes(*type()) == instance_bytes(3));
}

TEST_CASE("an instance with slots goes into a message", "[classes][slots]") {
  Fixture from;
  Fixture to;
  const auto make_type = [](Runtime& rt) {
    const Ref<> attributes = rt.dict({{"__slots__", rt.list("a", "b", "__dict__")}});
    const Ref<Class> type = make_class(rt.builtins(), "A", {}, static_cast<Dict*>(attributes.get()));
    rt.exports().add("A", *type);
    return type;
  };
  const Ref<Class> type = make_type(from.rt);
  const Ref<Class> other = make_type(to.rt);
  const Ref<> object = type();
  object.attr("b") = 5;
  object.attr("x") = 6;
  const Ref<> copy = Message(object).unpack(to.rt.builtins());
  CHECK(copy->type == other.get());
  CHECK(copy.attr("b") == 5);
  CHECK(copy.attr("x") == 6);
  CHECK_FALSE(has_attribute(*copy, *intern(to.rt.builtins(), "a")));
}

TEST_CASE("making and filling instances with slots passes on that memory is out", "[classes][slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<> attributes = rt.dict({{"__slots__", rt.list("a", "b")}});
  fail_each_allocation(b.heap, [&] { static_cast<void>(make_class(b, "A", {}, static_cast<Dict*>(attributes.get()))); });
  const Ref<Class> type = make_class(b, "A", {}, static_cast<Dict*>(attributes.get()));
  fail_each_allocation(b.heap, [&] { static_cast<void>(instantiate(*type, {})); });
  const Ref<> object = type();
  fail_each_allocation(b.heap, [&] { set_attribute(*object, *intern(b, "a"), b.none()); });
}

}  // namespace

}  // namespace ouro::test
