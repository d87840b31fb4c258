// The pickle protocol as attributes: `__reduce__`, `__reduce_ex__`, `__getstate__`, `__setstate__`, beside CPython; and what
// foreign code may do meanwhile.
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/functions/wrapped_function.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <regex>

namespace ouro::test {

namespace {

constexpr const char* kPrelude = R"(
from copy import copy, deepcopy
import types
class Plain: pass
class Slotted: __slots__ = ('x', 'y')
class Numbers(list): pass
class Name(str): pass
class Said:
    def __getnewargs__(self): return (1, 2)
    def __new__(cls, *args): return object.__new__(cls)
    def __getstate__(self): return 'state'
class Keyed:
    def __getnewargs_ex__(self): return (1,), {'k': 2}
    def __new__(cls, *args, **kw): return object.__new__(cls)
class Wrong:
    def __getnewargs__(self): return [1]
class Reduced:
    def __reduce__(self): return (int, ('7',))
)";

Ref<> method(Runtime& rt, const char* signature, Ref<> (*code)(const Arguments&)) {
  return make_function(rt.builtins(), signature, [code](const Arguments& given) { return code(given); });
}

Ref<> new_object(const Arguments& given) {
  Builtins& builtins = builtins_of(*given.positional[0]);
  return call_method(builtins.type(Kind::kObject), *make_str(builtins, "__new__"), {given.positional.first(1), {}, {}});
}

void add_names(Evaluator& evaluator, Runtime& rt) {
  const auto add = [&](const Ref<Class>& type) { evaluator.name(std::string(type->name), type); };
  evaluator.name("copy", method(rt, "copy", [](const Arguments& given) { return copy(*given.positional[0]); }), kPrelude);
  evaluator.name("deepcopy", method(rt, "deepcopy", [](const Arguments& given) { return deepcopy(*given.positional[0]); }));
  add(rt.new_class("Plain"));
  const Ref<Dict> slots = rt.dict({{"__slots__", rt.tuple("x", "y")}});
  add(make_class(rt.builtins(), "Slotted", {}, slots.get()));
  add(rt.new_class("Numbers", {&rt.type<List>()}));
  add(rt.new_class("Name", {&rt.type<Str>()}));
  const Ref<Class> said = rt.new_class("Said");
  said.attr("__getnewargs__") = method(rt, "__getnewargs__", [](const Arguments& given) -> Ref<> {
    Builtins& builtins = builtins_of(*given.positional[0]);
    return make_tuple(builtins, {make_int(builtins, 1).get(), make_int(builtins, 2).get()});
  });
  said.attr("__new__") = make_static_method(*method(rt, "__new__", new_object));
  said.attr("__getstate__") = method(rt, "__getstate__", [](const Arguments& given) -> Ref<> {
    return make_str(builtins_of(*given.positional[0]), "state");
  });
  add(said);
  const Ref<Class> keyed = rt.new_class("Keyed");
  keyed.attr("__getnewargs_ex__") = method(rt, "__getnewargs_ex__", [](const Arguments& given) -> Ref<> {
    Builtins& builtins = builtins_of(*given.positional[0]);
    const Ref<> positional = make_tuple(builtins, {make_int(builtins, 1).get()});
    const Ref<Dict> keywords = make_dict(builtins);
    keywords->set("k", *make_int(builtins, 2));
    return make_tuple(builtins, {positional.get(), keywords.get()});
  });
  keyed.attr("__new__") = make_static_method(*method(rt, "__new__", new_object));
  add(keyed);
  const Ref<Class> wrong = rt.new_class("Wrong");
  wrong.attr("__getnewargs__") = method(
      rt, "__getnewargs__", [](const Arguments& given) -> Ref<> { return make_list(builtins_of(*given.positional[0])); });
  add(wrong);
  const Ref<Class> reduced = rt.new_class("Reduced");
  reduced.attr("__reduce__") = method(rt, "__reduce__", [](const Arguments& given) -> Ref<> {
    Builtins& builtins = builtins_of(*given.positional[0]);
    const Ref<> text = make_str(builtins, "7");
    const Ref<> arguments = make_tuple(builtins, {text.get()});
    return make_tuple(builtins, {&builtins.type(Kind::kInt), arguments.get()});
  });
  add(reduced);
}

bool shows_function_of_copyreg(const std::string&, const std::string& ours, const std::string& pythons) {
  static const std::regex function("<function (__newobj__|__newobj_ex__|_reconstructor) at 0x>");
  return ours == std::regex_replace(pythons, function, "<built-in function $1>");
}

const std::vector<std::string> kObjects{"object()",
                                        "None",
                                        "1",
                                        "True",
                                        "1.5",
                                        "1j",
                                        "'a'",
                                        "b'a'",
                                        "bytearray(b'a')",
                                        "(1,)",
                                        "[1]",
                                        "{1: 2}",
                                        "{1}",
                                        "frozenset({1})",
                                        "range(3)",
                                        "slice(1, 2)",
                                        "...",
                                        "NotImplemented",
                                        "len",
                                        "[].append",
                                        "list.append",
                                        "int.__add__",
                                        "(5).__add__",
                                        "range.start",
                                        "int.real",
                                        "dict.fromkeys",
                                        "int.__new__",
                                        "property()",
                                        "staticmethod(len)",
                                        "list[int]",
                                        "(int | str)",
                                        "memoryview(b'a')",
                                        "{1: 2}.keys()",
                                        "ValueError('x')",
                                        "OSError(1, 'a', 'f')",
                                        "KeyError()",
                                        "Plain()",
                                        "Slotted()",
                                        "Numbers([1, 2])",
                                        "Name('n')",
                                        "Said()",
                                        "Keyed()",
                                        "Wrong()",
                                        "Reduced()",
                                        "Plain",
                                        "int",
                                        "super(int)",
                                        "iter([1, 2])",
                                        "reversed([1, 2])",
                                        "iter((1, 2))",
                                        "iter('ab')",
                                        "iter('\\u4e2d')",
                                        "iter({1: 2})",
                                        "iter({1: 2}.items())",
                                        "reversed({1: 2})",
                                        "iter(range(3))",
                                        "iter(range(10 ** 20))",
                                        "iter({1})",
                                        "iter(b'ab')",
                                        "iter(bytearray(b'ab'))",
                                        "iter(memoryview(b'ab'))",
                                        "iter(int, 1)",
                                        "enumerate([1])",
                                        "zip([1], [2])",
                                        "zip([1], strict=True)",
                                        "map(len, [1])",
                                        "filter(None, [1])",
                                        "reversed((1, 2))"};

}  // namespace

TEST_CASE("every object says by the pickle protocol what CPython's says", "[reduce]") {
  if (!have_python_or_skip()) return;
  Fixture test;
  Evaluator evaluator(test.rt.builtins());
  add_names(evaluator, test.rt);
  std::vector<std::string> lines{"p = Plain()", "p.x = 1", "s = Slotted()", "s.y = [2]", "n = Numbers([3])", "n.z = 4"};
  for (const std::string& object : {std::string("p"), std::string("s"), std::string("n")})
    for (const char* const said : {".__reduce__()", ".__reduce_ex__(2)", ".__reduce_ex__(0)", ".__getstate__()"})
      lines.push_back(object + said);
  for (const std::string& object : kObjects) {
    for (const char* const said : {".__reduce__()", ".__reduce_ex__(4)", ".__reduce_ex__(1)", ".__reduce_ex__('x')",
                                   ".__reduce_ex__(2 ** 40)", ".__getstate__()"})
      if (object != "Plain" && object != "int") lines.push_back("(" + object + ")" + said);
    if (object.find("()") == std::string::npos) lines.push_back("type(copy(" + object + "))");
    lines.push_back("type(deepcopy(" + object + "))");
  }
  compare_lines_with_python(evaluator, lines, shows_function_of_copyreg);
}

TEST_CASE("an iterator that is set to a position goes on from there, and its copy as well", "[reduce]") {
  if (!have_python_or_skip()) return;
  Fixture test;
  Evaluator evaluator(test.rt.builtins());
  add_names(evaluator, test.rt);
  std::vector<std::string> lines;
  for (const char* const made :
       {"iter([1, 2, 3])", "reversed([1, 2, 3])", "iter((1, 2, 3))", "iter('abc')", "iter('\\u4e2d\\u6587a')",
        "iter(b'abc')", "iter(bytearray(b'abc'))", "iter(range(1, 10, 3))", "iter(range(5, -5, -4))",
        "iter(range(10 ** 20, 10 ** 20 + 4))", "reversed((1, 2, 3))", "zip([1, 2], 'ab')", "iter({1: 2, 3: 4})",
        "reversed({1: 2, 3: 4}.items())", "enumerate('abc', 2)", "map(abs, [-1, 2])", "iter({5})"})
    for (const char* const state : {"0", "1", "-1", "-5", "3", "2", "100", "2 ** 70", "'a'", "1.5", "None", "True"}) {
      const bool is_odd = std::string(state) == "1.5" || std::string(state) == "True";
      if (is_odd && std::string(made).find("10 ** 20") != std::string::npos) continue;  // CPython keeps the very object
      for (const std::string& line :
           {"i = " + std::string(made), std::string("next(i, 0)"), "i.__setstate__(" + std::string(state) + ")",
            std::string("i.__reduce__()"), std::string("c = copy(i)"), std::string("list(c)"), std::string("list(i)"),
            std::string("i.__reduce__()"), "i.__setstate__(" + std::string(state) + ")", std::string("list(i)")})
        lines.push_back(line);
    }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a state that drops the iterator's sequence, or the iterator, leaves nothing behind", "[reduce]") {
  Fixture test;
  Runtime& rt = test.rt;
  Ref<> iterator = iterate(*rt.list(1, 2, 3));
  const Ref<Class> type = rt.new_class("State");
  type.attr("__bool__") = make_function(rt.builtins(), "__bool__", [&iterator](Object&) {
    iterator.reset();
    return true;
  });
  const Ref<> state = type();
  iterator = Ref<>(make_zip(rt.builtins(), {}));
  const Ref<> set_state = iterator.attr("__setstate__");
  static_cast<void>(set_state(state));
  CHECK_FALSE(iterator);
}

TEST_CASE("copying fails with MemoryError at each allocation, and nothing has happened", "[reduce]") {
  Fixture test;
  Runtime& rt = test.rt;
  const Ref<> iterator = iterate(*rt.list(1, 2, 3));
  const Ref<Class> type = rt.new_class("Plain");
  const Ref<> object = type();
  object.attr("x") = 1;
  for (const Ref<>& each : {iterator, object}) {
    for (std::size_t nth = 1;; ++nth) {
      rt.heap().memory.faults().fail_at(nth);
      const auto reduce = [&] {
        const Ref<> two = rt.from(2);
        Object* const given[] = {two.get()};
        static_cast<void>(call_method(*each, *rt.str("__reduce_ex__"), {given, {}, {}}));
        static_cast<void>(copy(*each));
      };
      std::string error;
      try {
        reduce();
      } catch (const Error& thrown) {
        error = thrown.what();
      }
      const bool reached = rt.heap().memory.faults().armed();
      rt.heap().memory.faults().clear();
      if (reached) break;
      if (!error.empty()) CHECK(error == "MemoryError");
    }
  }
  CHECK(shown(*next(*iterator)) == "1");
}

}  // namespace ouro::test
