// Abstract base classes: what CPython's module abc says line by line, and the C++ way.
#include <ouro/objects/classes/abc.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <sstream>
#include <string>
#include <vector>

namespace ouro::test {

namespace {

constexpr const char* kAbcPrelude = R"(
from abc import *
import abc
def fresh():
    def f(self): return 1
    return f
def likes_int(cls, other): return True if other is int else NotImplemented
def hates_str(cls, other): return False if other is str else NotImplemented
def says_five(cls, other): return 5
def raises(cls, other): raise KeyError('no'))";

/// Gives the evaluator the names of module abc.
void name_abc(Evaluator& evaluator) {
  Builtins& builtins = evaluator.builtins();
  const Ref<Dict> all = abc_functions(builtins);
  for (const auto [name, value] : all) evaluator.name(std::string(text(static_cast<const Str&>(name))), share(value));
  const auto says = [&](const char* signature, auto code) {
    const std::string name(signature, std::string_view(signature).find('('));
    evaluator.name(name, make_function(builtins, signature, code));
  };
  evaluator.name("ABCMeta", abc_meta(builtins), kAbcPrelude);
  says("fresh()", [&builtins] { return make_function(builtins, "f(self)", [](Object&) { return 1; }); });
  says("likes_int(cls, other)", [](Object& type, Object& other) {
    const bool is_int = &other == &builtins_of(type).type(Kind::kInt);
    return share(is_int ? builtins_of(type).boolean(true) : builtins_of(type).not_implemented());
  });
  says("hates_str(cls, other)", [](Object& type, Object& other) {
    const bool is_str = &other == &builtins_of(type).type(Kind::kStr);
    return share(is_str ? builtins_of(type).boolean(false) : builtins_of(type).not_implemented());
  });
  says("says_five(cls, other)", [](Object&, Object&) { return 5; });
  says("raises(cls, other)", [](Object&, Object&) -> int { raise(ErrorKind::kKeyError, "'no'"); });
}

constexpr const char* kAbcLines = R"(ABCMeta
ABC
type(ABC), type(ABCMeta)
ABCMeta.__module__, ABC.__module__, ABCMeta.__name__
ABC.__slots__
ABC()
A = ABCMeta('A', (), {'f': abstractmethod(fresh()), 'g': fresh()})
A.__abstractmethods__
A()
A(1)
A.__module__
type(A)
A.f.__isabstractmethod__
hasattr(A.g, '__isabstractmethod__')
B = ABCMeta('B', (A,), {})
B()
B.__abstractmethods__
C = ABCMeta('C', (A,), {'f': fresh()})
C().f()
C.__abstractmethods__
D = type('D', (A,), {'f': fresh()})
type(D)
D().g()
E = ABCMeta('E', (), {'b': abstractmethod(fresh()), 'a': abstractmethod(fresh()), 'c': abstractmethod(fresh())})
E()
sorted(E.__abstractmethods__)
F = ABCMeta('F', (E,), {'a': fresh(), 'b': fresh()})
F()
G = ABCMeta('G', (), {'p': property(abstractmethod(fresh()))})
G()
G = ABCMeta('G', (), {'p': property(fresh(), abstractmethod(fresh()))})
G()
G = ABCMeta('G', (), {'p': classmethod(abstractmethod(fresh()))})
G()
G = ABCMeta('G', (), {'p': staticmethod(abstractmethod(fresh()))})
G()
G = ABCMeta('G', (), {'p': abstractclassmethod(fresh())})
G()
G = ABCMeta('G', (), {'p': abstractstaticmethod(fresh())})
G()
G = ABCMeta('G', (), {'p': abstractproperty(fresh())})
G()
abstractclassmethod(fresh()).__isabstractmethod__
abstractproperty(fresh()).__isabstractmethod__
abstractclassmethod(fresh()).__func__.__isabstractmethod__
abstractclassmethod(5)
abstractclassmethod.__mro__
abstractproperty.__mro__
abstractmethod(5)
abstractmethod(len)
abstractmethod(int)
abstractmethod(None)
property(abstractmethod(fresh())).__isabstractmethod__
property(fresh()).__isabstractmethod__
G = ABCMeta('G', (list,), {'f': abstractmethod(fresh())})
G()
G = ABCMeta('G', (object,), {'f': abstractmethod(fresh()), '__slots__': ()})
G()
isinstance(5, A)
issubclass(int, A)
A.register(int)
isinstance(5, A)
isinstance(True, A)
issubclass(bool, A)
issubclass(float, A)
issubclass(A, A), issubclass(C, A), issubclass(A, C), isinstance(C(), A)
A.register(int)
A.register(5)
A.register('a')
A.register()
int in A.__mro__
P = ABCMeta('P', (), {})
Q = ABCMeta('Q', (P,), {})
Q.register(P)
P.register(Q)
Q.register(Q)
Q.register(float)
issubclass(float, P), isinstance(2.5, P), isinstance(2.5, Q), isinstance(5, Q)
isinstance('a', Q)
isinstance('a', Q)
Q.register(str)
isinstance('a', Q), isinstance('a', P)
R = ABCMeta('R', (), {'__subclasshook__': classmethod(likes_int)})
issubclass(int, R), issubclass(bool, R), isinstance(5, R), issubclass(str, R), issubclass(R, R)
R.register(str)
issubclass(str, R)
S = ABCMeta('S', (), {'__subclasshook__': classmethod(hates_str)})
S.register(str)
issubclass(str, S), isinstance('a', S)
T = ABCMeta('T', (), {'__subclasshook__': classmethod(says_five)})
issubclass(str, T)
isinstance(5, T)
T.register(int)
U = ABCMeta('U', (), {'__subclasshook__': classmethod(raises)})
issubclass(str, U)
isinstance(5, U)
issubclass(5, A)
isinstance(5, (A, str))
issubclass(str, (P, int))
token = get_cache_token()
get_cache_token() == token
P.register(bytes)
get_cache_token() - token
P.register(bytes)
get_cache_token() - token
V = type('V', (), {})
issubclass(V, P)
P.register(V)
issubclass(V, P), isinstance(V(), P)
W = type('W', (V,), {})
isinstance(W(), P)
X = type('X', (), {'__class__': V})
isinstance(X(), P)
isinstance(X(), A)
P._abc_registry_clear()
P._abc_caches_clear()
issubclass(V, P), issubclass(float, P), issubclass(bytes, P)
A._abc_impl
A._abc_impl = 5
issubclass(str, A)
del A._abc_impl
issubclass(str, A)
ABCMeta.__subclasscheck__(int, str)
ABCMeta.__instancecheck__(5, 5)
ABCMeta.register(int, str)
H = ABCMeta('H', (), {'f': abstractmethod(fresh())})
H.f = fresh()
H()
update_abstractmethods(H) is H
H().f()
H.__abstractmethods__
H.k = abstractmethod(fresh())
H()
update_abstractmethods(H) is H
H()
I = type('I', (H,), {})
I.k = fresh()
I()
update_abstractmethods(I) is I
type(I())
update_abstractmethods(int)
update_abstractmethods(V) is V
update_abstractmethods(5)
V.__abstractmethods__
H.__abstractmethods__ = {'z'}
H()
H.__abstractmethods__ = ()
type(H())
K = ABCMeta('K', (), {'f': 5, 'g': None, 'h': A})
K.__abstractmethods__
ABCMeta()
ABCMeta('A', ())
ABCMeta('A', 5, {})
ABCMeta('A', (int, str), {})
ABCMeta('A', (), {}, a=1)
M = type('M', (ABCMeta,), {})
N = M('N', (A,), {})
type(N)
N()
N.register(complex)
isinstance(1j, N), isinstance(1j, A)
)";

std::vector<std::string> abc_lines() {
  std::vector<std::string> lines;
  std::stringstream all(kAbcLines);
  for (std::string line; std::getline(all, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("abstract base classes are what CPython's are", "[classes][abc][differential]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_abc(evaluator);
  // CPython says the module of the frame that calls type.__new__, which is Lib/abc.py.
  const auto explained = [](const std::string&, const std::string& ours, std::string theirs) {
    const std::size_t at = theirs.find(theirs.starts_with("'abc") ? "abc" : "abc.");
    return at != std::string::npos && theirs.replace(at, 3, "__main__") == ours;
  };
  compare_lines_with_python(evaluator, abc_lines(), explained);
}

TEST_CASE("an abstract class made in C++ names what must be replaced, and knows whom it registered", "[classes][abc]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& builtins = rt.builtins();
  const Ref<Dict> body = make_dict(builtins);
  body->set("area", *mark_abstract(*make_function(builtins, "area(self)", [](Object&) { return 1; })));
  const Ref<Class> shape = make_abstract_class(builtins, "Shape", {}, body.get());
  CHECK(error_of([&] { return call(*shape, {}); }) ==
        "TypeError: Can't instantiate abstract class Shape with abstract method area");
  CHECK(!is_subclass_of(rt.type<Int>(), *shape));
  const std::uint64_t before = abc_cache_token(builtins);
  register_subclass(*shape, rt.type<Int>());
  CHECK(abc_cache_token(builtins) == before + 1);
  CHECK(is_instance_of(*rt.from(5), *shape));
  const Ref<Class> square = rt.new_class("Square", {shape.get()});
  CHECK(error_of([&] { return call(*square, {}); }) ==
        "TypeError: Can't instantiate abstract class Square with abstract method area");
  define(square, "area(self)", [](Object&) { return 4; });
  update_abstract_methods(*square);
  CHECK(is_instance_of(*call(*square, {}), *shape));
  CHECK(abc_meta(builtins).is(abc_meta(builtins)));
  CHECK(abc_base(builtins).is(abc_base(builtins)));
}

TEST_CASE("a class registers and remembers others without keeping them alive", "[classes][abc]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Class> base = make_abstract_class(rt.builtins(), "Base");
  Weak<Class> watched;
  {
    const Ref<Class> other = rt.new_class("Other");
    const Ref<Class> asked = rt.new_class("Asked");
    watched = Weak<Class>(other);
    register_subclass(*base, *other);
    CHECK(is_subclass_of(*other, *base));
    CHECK(!is_subclass_of(*asked, *base));
  }
  rt.gc().collect();
  CHECK(!watched.lock());
  CHECK(!is_subclass_of(rt.type<Int>(), *base));
}

}  // namespace ouro::test
