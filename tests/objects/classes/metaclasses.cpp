// type(name, bases, dict), metaclasses and the attributes of classes: what CPython says line by line, and the C++ way.
#include <ouro/objects/classes/metaclass.h>

#include <objects/classes/class_scene.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

TEST_CASE("type makes classes as CPython's does", "[classes][metaclass][differential]") {
  compare_classes({
      "type()",
      "type(1, 2)",
      "type(1, 2, 3)",
      "type(x=1)",
      "type(1, x=1)",
      "type('A', [], {})",
      "type('A', (), [])",
      "type('A', (), {})",
      "type('A', (), {}, x=1)",
      "type('A', (5,), {})",
      "type('A', (bool,), {})",
      "type(5), type(type), type(object)",
      "type.__new__()",
      "type.__new__(type)",
      "type.__new__(type, 1)",
      "type.__new__(5)",
      "type.__new__(int, 'A', (), {})",
      "type.__init__(type)",
      "type.__init__(type, 1, 2)",
      "A = type('A', (), {'x': 1})",
      "B = type('B', (A,), {'y': 2})",
      "A, B, A(), B()",
      "A.__name__, A.__qualname__, A.__module__, A.__doc__, A.__bases__, A.__base__, A.__mro__",
      "B.__bases__, B.__base__, B.__mro__",
      "A.__class__, type(A)",
      "A.__name__ = 3",
      "del A.__name__",
      "A.__name__ = 'Q'",
      "A, A.__name__, A.__qualname__",
      "A.__qualname__ = 'Z.Z'",
      "A, A(), A.__name__",
      "A.__qualname__ = 3",
      "del A.__qualname__",
      "A.__module__ = 'mm'",
      "A, A(), A.__module__",
      "A.__module__ = 5",
      "A, A.__module__",
      "del A.__module__",
      "A.__module__ = 'builtins'",
      "A",
      "A.__module__ = '__main__'",
      "A.__name__ = 'A'",
      "A.__qualname__ = 'A'",
      "int.__name__ = 'x'",
      "del int.__name__",
      "int.x = 5",
      "del int.real",
      "A.__mro__ = 1",
      "A.__base__ = 2",
      "del A.__mro__",
      "A.__dict__ = {}",
      "A.__doc__ = 4",
      "A.__doc__, A().__doc__",
      "del A.__doc__",
      "B.__doc__",
      "int.__module__, property.__module__, mappingproxy.__module__",
      "int.__qualname__, int.__bases__, bool.__base__, object.__base__, object.__bases__",
      "A.__text_signature__",
      "A.__annotations__",
      "A.__annotations__ is A.__annotations__",
      "int.__annotations__",
      "A.__annotations__ = 5",
      "A.__annotations__",
      "del A.__annotations__",
      "del A.__annotations__",
      "type('A', (A, A), {})",
      "type('A', (A, B), {})",
      "type('A', (object, A), {})",
      "type('A', (int, str), {})",
      "type('X', (), {'__qualname__': 3})",
      "type('X', (), {'__qualname__': 'q.r'})",
      "'__qualname__' in type('X', (), {'__qualname__': 'q.r'}).__dict__",
      "type('X', (), {'__module__': 'q.r'})",
      "type('X', (), {'__doc__': 'd'}).__doc__",
      "type('X', (B,), {'__doc__': 'd'})().__doc__",
      "type('X', (type('Y', (), {'__doc__': 'd'}),), {})().__doc__",
      "type('X', (), {'__eq__': 1}).__hash__",
      "hash(type('X', (), {'__eq__': me})())",
      "A.mro()",
      "type.mro(int)",
      "int.mro()",
      "type.mro",
      "A.__subclasses__()",
      "C = type('C', (A,), {})",
      "D = type('D', (A, ), {})",
      "A.__subclasses__()",
      "A().x, B().y, D.x",
      "del D",
      "int.__subclasses__()[0]",
      "type.__prepare__()",
      "type.__prepare__(1, 2, a=3)",
      "type.__instancecheck__(A, A())",
      "A.__instancecheck__(3)",
      "A.__instancecheck__(B())",
      "A.__subclasscheck__(B)",
      "B.__subclasscheck__(A)",
      "A.__subclasscheck__(5)",
      "F = type('F', (), {'__class__': A})",
      "A.__instancecheck__(F())",
      "B.__instancecheck__(F())",
      "G = type('G', (), {'__bases__': (A,)})",
      "A.__subclasscheck__(G())",
      "B.__subclasscheck__(G())",
      "type.__call__(A)",
      "type.__call__(A, 1)",
      "A.__call__()",
      "A(1)",
      "A(x=1)",
      "A.__init_subclass__()",
      "A.__init_subclass__(1)",
      "A.__init_subclass__(x=1)",
      "object.__init_subclass__",
      "A.__subclasshook__(5)",
      "object.__subclasshook__",
      "object.__new__()",
      "object.__new__(5)",
      "object.__new__(int)",
      "object.__new__(A, 1)",
      "A.__abstractmethods__",
      "int.__abstractmethods__",
      "del A.__abstractmethods__",
      "A.__abstractmethods__ = ['foo', 'bar']",
      "A()",
      "A.__abstractmethods__ = ['foo']",
      "A()",
      "B().y",
      "A.__abstractmethods__",
      "A.__abstractmethods__ = []",
      "A()",
      "del A.__abstractmethods__",
      "A.__abstractmethods__",
      "type.__name__, type.__doc__, type.__mro__",
      "type.__dict__['__name__'], type.__dict__['__mro__'], type.__dict__['mro']",
      "A.nothing",
      "A.nothing = 5",
      "B.nothing",
      "del A.nothing",
      "del A.nothing",
      "A == A, A == B, hash(A) == hash(A)",
      "A < B",
      "len(A)",
      "A[0]",
      "A + B",
      "[] in A",
  });
}

TEST_CASE("metaclasses do what CPython's do", "[classes][metaclass][differential]") {
  compare_classes({
      "M = type('M', (type,), {'meta': told, 'shown': 5, '__len__': seven, '__getitem__': given, '__call__': told})",
      "N = type('N', (type,), {})",
      "A = M('A', (), {'x': 1})",
      "A, type(A), M, type(M), M.__mro__",
      "A.meta(1, 2)",
      "A.shown, A.x",
      "len(A)",
      "A[3]",
      "A(1, 2)",
      "a = object.__new__(A)",
      "a",
      "a.x",
      "a.meta",
      "a.shown",
      "A.x = 2",
      "a.x, A.x",
      "del A.x",
      "A.x",
      "A.mro()",
      "A.__name__, A.__qualname__, A.__mro__, A.__dict__['__module__']",
      "M(1)",
      "M()",
      "M(1, 2)",
      "type.__new__(M, 'B', (), {})",
      "type(type.__new__(M, 'B', (), {})) is M",
      "NA = N('NA', (), {})",
      "type('C', (A, NA), {})",
      "type(type('C', (A,), {})) is M",
      "N('C', (A,), {})",
      "type('C', (A, object), {}).meta(1)",
      "isinstance(A, M), isinstance(A, type), issubclass(M, type)",
      "O = type('O', (M, N), {})",
      "type(O('C', (A, NA), {})) is O",
      "P = type('P', (type,), {'__new__': given})",
      "P('X', (), {})",
      "type('Y', (P('Q', (), {})), {})",
      "Q = type('Q', (type,), {'__init__': keep})",
      "q = Q('q', (), {})",
      "R = type('R', (type,), {'__init__': ignore, 'x': property(seven), '__getattr__': told, '__setattr__': told})",
      "r = R('r', (), {'y': 2})",
      "r.x",
      "r.y",
      "r.z",
      "r.y = 5",
      "r.y",
      "r.x = 4",
      "S = type('S', (type,), {'__getattribute__': given})",
      "s = S('s', (), {})",
      "s.anything",
      "T = type('T', (type,), {'mro': me})",
      "T('t', (), {})",
      "U = type('U', (type,), {'mro': seven})",
      "U('u', (), {})",
      "V = type('V', (type,), {'mro': given})",
      "V('v', (), {}).__mro__",
      "I = type('I', (), {'__init_subclass__': ignore})",
      "type('J', (I,), {}, a=1, b=2)",
      "type('J', (), {}, a=1)",
      "N('J', (), {}, a=1)",
      "N('J', (I,), {}, a=1)",
      "type('K', (), {'d': type('D', (), {'__set_name__': fails})()})",
      "A.__class__ = N",
      "A.__class__ = M",
      "NA.__class__ = O",
      "type(NA)",
      "NA.__class__ = type",
      "int.__class__ = M",
      "M.__subclasses__()",
      "M.anything",
      "M.shown = 6",
      "A.shown",
      "M.shown",
      "super(M, A).mro()",
      "super(M, A).__call__()",
      "type.__call__(A)",
      "M.__call__",
      "M.__prepare__()",
      "A.__prepare__()",
      "A == A, A != A, hash(A) == hash(A)",
      "A.nothing",
      "{A: 1}[A]",
  });
}

TEST_CASE("the class of an object and the bases of a class can be changed as in CPython",
          "[classes][layout][differential]") {
  compare_classes({
      "A = type('A', (), {'f': seven})",
      "B = type('B', (), {'f': me, 'g': seven})",
      "C = type('C', (B,), {})",
      "a = A()",
      "a.x = 1",
      "a.y = 2",
      "a.__class__ = B",
      "a.x, a.y, a.g(), a.f() is a, type(a) is B, a.__class__ is B",
      "a.z = 3",
      "a.__dict__",
      "a.__class__ = C",
      "a.x, a.g()",
      "a.__class__ = 3",
      "a.__class__ = int",
      "a.__class__ = object",
      "del a.__class__",
      "a.__class__ = type('L', (list,), {})",
      "(5).__class__ = int",
      "(5).__class__ = A",
      "len.__class__ = 5",
      "A.__class__ = type",
      "L = type('L', (list,), {})",
      "K = type('K', (list,), {'h': seven})",
      "l = L()",
      "l.append(1)",
      "l.w = 4",
      "l.__class__ = K",
      "l, l.w, l.h()",
      "l.__class__ = list",
      "l.__class__ = A",
      "X = type('X', (C,), {})",
      "X.__bases__ = (A,)",
      "X.__bases__ = 3",
      "X.__bases__ = ()",
      "X.__bases__ = (3,)",
      "X.__bases__ = (X,)",
      "del X.__bases__",
      "int.__bases__ = (A,)",
      "x = X()",
      "Y = type('Y', (X,), {})",
      "y = Y()",
      "X.__bases__ = (A,)",
      "X.__mro__, Y.__mro__, X.__bases__, X.__base__",
      "x.f(), y.f()",
      "x.g",
      "A.__subclasses__(), C.__subclasses__()",
      "X.__bases__ = (A, B)",
      "x.f(), x.g(), Y.__mro__",
      "X.__bases__ = (Y,)",
      "X.__bases__ = (object,)",
      "X.__bases__ = (L,)",
      "A.__bases__ = (B,)",
      "X.__bases__ = (A, A)",
      "X.__bases__ = (object, A)",
      "X.__mro__",
      "A.__len__ = seven",
      "len(x), len(y)",
      "X.__bases__ = (B,)",
      "len(x)",
      "len(y)",
      "E = type('E', (ValueError,), {})",
      "G = type('G', (ValueError,), {})",
      "e = E(1)",
      "e.__class__ = G",
      "e",
      "e.__class__ = type('H', (KeyError,), {})",
  });
}

TEST_CASE("a class statement from C++ takes metaclass and keywords", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<Class> meta = rt.new_class("M", {&b.type(Kind::kType)});
  const Ref<> made = make_class(b, ClassStatement{.name = "A", .metaclass = meta.get()});
  CHECK(made->type == meta.get());
  Object* const bases[] = {made.get()};
  CHECK(make_class(b, "B", bases)->type == meta.get());
  const Ref<> derived = make_class(b, ClassStatement{.name = "C", .bases = bases});
  CHECK(derived->type == meta.get());
  const Ref<> other = rt.new_class("N", {&b.type(Kind::kType)});
  CHECK(error_of([&] { return make_class(b, ClassStatement{.name = "C", .bases = bases, .metaclass = other.get()}); }) ==
        "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses "
        "of "
        "all its bases");
  const Ref<Str> keyword = intern(b, "a");
  Object* const names[] = {keyword.get()};
  Object* const values[] = {&b.none()};
  CHECK(error_of([&] {
          return make_class(b,
                            ClassStatement{.name = "C", .bases = bases, .keyword_names = names, .keyword_values = values});
        }) == "TypeError: C.__init_subclass__() takes no keyword arguments");
  const Ref<> space = prepare_namespace(b, ClassStatement{.name = "D", .bases = bases});
  CHECK(shown(*space) == "{}");
}

TEST_CASE("a class and its metaclass die together", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  for (int round = 0; round < 3; ++round) {
    const Ref<Class> meta = rt.new_class("M", {&b.type(Kind::kType)});
    const Ref<> made = make_class(b, ClassStatement{.name = "A", .metaclass = meta.get()});
    meta.attr("last") = made;
    const Ref<> object = call(*made, {});
    object.attr("self") = object;
    made.attr("one") = object;
  }
  rt.gc().collect();
}

TEST_CASE("a method of a class is called by its name, whatever its metaclass is", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<Class> meta = rt.new_class("M", {&b.type(Kind::kType)});
  meta.attr("hello") = make_function(b, "hello", [](Object&) { return 5; });
  const Ref<> made = make_class(b, ClassStatement{.name = "E", .metaclass = meta.get()});
  CHECK(shown(*call_method(*made, *rt.str("hello"), {})) == "5");
  CHECK(shown(*call_method(*made, *rt.str("__subclasses__"), {})) == "[]");
}

TEST_CASE("making a class passes on that memory is out", "[classes][metaclass]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& b = rt.builtins();
  const Ref<Class> meta = rt.new_class("M", {&b.type(Kind::kType)});
  const Ref<Class> base = rt.new_class("A");
  const Ref<Class> other = rt.new_class("B");
  const Ref<Class> derived = rt.new_class("C", {base.get()});
  const Ref<Class> below = rt.new_class("D", {derived.get()});
  fail_each_allocation(b.heap,
                       [&] { static_cast<void>(make_class(b, ClassStatement{.name = "E", .metaclass = meta.get()})); });
  bool turn = false;
  bool is_changed = false;
  fail_each_allocation(b.heap, [&] {
    derived.attr("__bases__") = Ref<>(make_tuple(b, {turn ? base.get() : other.get()}));
    is_changed = is_subtype(*below, turn ? *base : *other);
    turn = !turn;
  });
  CHECK(is_changed);
  const Ref<> object = base();
  object.attr("x") = 1;
  fail_each_allocation(b.heap, [&] { object.attr("__class__") = Ref<>(share<Object>(*other)); });
  CHECK(object.attr("x") == 1);
  CHECK(object->type == other.get());
}

}  // namespace

}  // namespace ouro::test
