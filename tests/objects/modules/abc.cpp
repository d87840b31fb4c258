// The module abc, beside CPython's; and what foreign code may do to what its classes remember.
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/modules/abc.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

namespace ouro::test {

namespace {

constexpr const char* kPrelude = R"(
from abc import ABCMeta, ABC, abstractmethod, get_cache_token
def plain(self): return 1
def made(name, value):
    def function(self): return value
    function.__name__ = name
    return function
def hook(answer):
    return classmethod(lambda cls, other: answer)
)";

void add_names(Evaluator& evaluator, Runtime& rt, const Ref<Module>& abc) {
  evaluator.name("ABCMeta", abc.attr("ABCMeta"), kPrelude);
  for (const char* const name : {"ABC", "abstractmethod", "get_cache_token"}) evaluator.name(name, abc.attr(name));
  evaluator.name("made", make_function(rt.builtins(), "made", [&rt](const std::string& name, const Ref<>& value) -> Ref<> {
                   return make_function(
                       rt.builtins(), name, [](Object& kept, Object&) { return share(kept); }, value);
                 }));
  evaluator.name("hook", make_function(rt.builtins(), "hook", [&rt](const Ref<>& answer) -> Ref<> {
                   const Ref<> function = make_function(
                       rt.builtins(), "__subclasshook__", [](Object& kept, Object&, Object&) { return share(kept); },
                       answer);
                   return make_class_method(*function);
                 }));
}

}  // namespace

TEST_CASE("classes are registered, asked, and refused as by CPython's module abc", "[abc]") {
  if (!have_python_or_skip()) return;
  Fixture test;
  const Ref<Module> abc = make_abc_module(test.rt.builtins());
  Evaluator evaluator(test.rt.builtins());
  add_names(evaluator, test.rt, abc);
  compare_lines_with_python(evaluator,
                            {
                                "ABCMeta",
                                "ABC",
                                "type(ABC)",
                                "ABCMeta.__mro__",
                                "ABC.__slots__",
                                "ABC.__abstractmethods__",
                                "ABC()",
                                // registering
                                "A = ABCMeta('A', (), {'__module__': '__main__'})",
                                "A",
                                "A.register(int) is int",
                                "issubclass(int, A)",
                                "isinstance(1, A)",
                                "isinstance(True, A)",
                                "isinstance('a', A)",
                                "A.register(str)",
                                "isinstance('a', A)",
                                "A.register(1)",
                                "A.register()",
                                "issubclass(1, A)",
                                "isinstance(1, (str, A))",
                                "A.register(A)",
                                "B = ABCMeta('B', (A,), {'__module__': '__main__'})",
                                "issubclass(B, A)",
                                "issubclass(A, B)",
                                "B.register(A)",
                                "issubclass(int, B)",
                                "B.register(float)",
                                "issubclass(float, A)",
                                "isinstance(1.5, A)",
                                "isinstance(1.5, B)",
                                "C = type('C', (), {'__module__': '__main__'})",
                                "isinstance(C(), A)",
                                "A.register(C)",
                                "isinstance(C(), A)",
                                "D = type('D', (C,), {'__module__': '__main__'})",
                                "issubclass(D, A)",
                                "isinstance(D(), A)",
                                "isinstance(D, A)",
                                // abstract methods
                                "f = abstractmethod(made('f', 1))",
                                "f.__isabstractmethod__",
                                "E = ABCMeta('E', (ABC,), {'f': f, 'g': made('g', 2), '__module__': '__main__'})",
                                "E.__abstractmethods__",
                                "E()",
                                "F = type(E)('F', (E,), {'__module__': '__main__'})",
                                "F()",
                                "F.__abstractmethods__",
                                "G = ABCMeta('G', (E,), {'f': made('f', 5), '__module__': '__main__'})",
                                "G().f()",
                                "G.__abstractmethods__",
                                "H = ABCMeta('H', (E,), {'h': property(f), 'k': f, '__module__': '__main__'})",
                                "sorted(H.__abstractmethods__)",
                                "H()",
                                "E.__abstractmethods__ = frozenset()",
                                "E().g()",
                                "abstractmethod(1)",
                                "abstractmethod()",
                                // hooks
                                "Y = ABCMeta('Y', (), {'__subclasshook__': hook(True), '__module__': '__main__'})",
                                "issubclass(int, Y)",
                                "isinstance(1, Y)",
                                "N = ABCMeta('N', (), {'__subclasshook__': hook(False), '__module__': '__main__'})",
                                "N.register(int)",
                                "issubclass(int, N)",
                                "issubclass(N, N)",
                                "O = ABCMeta('O', (), {'__subclasshook__': hook(NotImplemented), '__module__': '__main__'})",
                                "O.register(int)",
                                "issubclass(bool, O)",
                                "W = ABCMeta('W', (), {'__subclasshook__': hook(3), '__module__': '__main__'})",
                                "issubclass(int, W)",
                                // what is wrong
                                "A._abc_impl = 1",
                                "issubclass(int, A)",
                                "isinstance(1, A)",
                                "ABCMeta()",
                                "ABCMeta('Z', 1, {})",
                                "ABCMeta('Z', (1,), {})",
                                "ABCMeta('Z')",
                                "ABCMeta('Z', (), {}, k=1)",
                            });
}

TEST_CASE("what a class answered no to it is asked again after a registration with any class", "[abc]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<Module> abc = make_abc_module(rt.builtins());
  const Ref<> shape = abc.attr("ABCMeta")("Shape", rt.tuple(), rt.dict());
  const Ref<> other = abc.attr("ABCMeta")("Other", rt.tuple(), rt.dict());
  const Ref<Class> circle = rt.new_class("Circle");
  CHECK_FALSE(is_subclass_of(*circle, *shape));
  const Ref<> token = abc.attr("get_cache_token")();
  static_cast<void>(shape.attr("register")(other));
  CHECK_FALSE(equal(*token, *Ref<>(abc.attr("get_cache_token")())));
  static_cast<void>(other.attr("register")(circle));
  CHECK(is_subclass_of(*circle, *shape));
}

TEST_CASE("a class that was registered or asked about dies when nobody else holds it", "[abc]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<Module> abc = make_abc_module(rt.builtins());
  const Ref<> shape = abc.attr("ABCMeta")("Shape", rt.tuple(), rt.dict());
  Ref<Class> circle = rt.new_class("Circle");
  Ref<Class> line = rt.new_class("Line");
  const Ref<> weak[] = {make_weakref(*circle), make_weakref(*line)};
  static_cast<void>(shape.attr("register")(circle));
  CHECK(is_subclass_of(*circle, *shape));
  CHECK_FALSE(is_subclass_of(*line, *shape));
  circle.reset();
  line.reset();
  rt.gc().collect();
  for (const Ref<>& each : weak) CHECK(shown(*each).find("dead") != std::string::npos);
}

TEST_CASE("a hook that registers, and drops what it is asked about, is survived", "[abc]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<Module> abc = make_abc_module(rt.builtins());
  const Ref<Dict> body = rt.dict();
  Ref<> shape;
  std::vector<Ref<>> kept{rt.new_class("Circle")};
  body->set("__subclasshook__",
            *make_class_method(*make_function(rt.builtins(), "__subclasshook__", [&](Object& type, Object&) {
              static_cast<void>(Ref<>::share(&type).attr("register")(rt.new_class("Other")));
              kept.clear();
              return Ref<>::share(rt.builtins().not_implemented());
            })));
  shape = abc.attr("ABCMeta")("Shape", rt.tuple(), body);
  CHECK_FALSE(is_subclass_of(*kept[0], *shape));
  CHECK(kept.empty());
  rt.gc().collect();
}

}  // namespace ouro::test
