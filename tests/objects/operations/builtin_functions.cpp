// The functions of builtins beside CPython's, line by line.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>
#include <support/tries.h>

#include <algorithm>
#include <string>
#include <vector>

#include <objects/iterators/scene.h>
#include <objects/operations/call_lines.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

/// All but those whose results depend on addresses, hash keys or what types have.
const std::vector<std::string> kFunctions{
    "abs",     "all",        "any",        "bin",        "callable", "chr",     "delattr", "divmod", "getattr",
    "hasattr", "hex",        "isinstance", "issubclass", "iter",     "len",     "max",     "min",    "next",
    "oct",     "ord",        "pow",        "repr",       "round",    "setattr", "sorted",  "sum",    "ascii",
    "format",  "isinstance", "max",        "min",        "sum",      "sorted",  "getattr", "next"};
const std::vector<std::string> kKeywords{"key", "default", "reverse", "start",  "x",       "strict",
                                         "exp", "mod",     "base",    "number", "ndigits", "obj"};

}  // namespace

TEST_CASE("a function of builtins takes, refuses and gives what CPython's does", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_scene(evaluator);
  name_operands(evaluator);
  CallLines any(5);
  std::vector<std::string> lines;
  for (int i = 0; i < tries(6000); ++i) lines.push_back(any.call(any.any_of(kFunctions), 3, kPool, kKeywords));
  for (const std::string& function : kFunctions)
    for (const std::string& argument : kPool) lines.push_back(function + "(" + argument + ")");
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a function of builtins shows as CPython's, and knows its name, module and signature", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  std::vector<std::string> lines;
  for (const std::string& function : kFunctions)
    for (const char* const ask : {"", ".__name__", ".__qualname__", ".__module__", ".__doc__", ".__class__", " == len", ".x",
                                  "(no=1)", "(1, 2, 3, 4, 5)", ".__call__", "()"})
      lines.push_back(function + ask);
  for (const char* const line : {"len.__text_signature__",
                                 "abs.__text_signature__",
                                 "isinstance.__text_signature__",
                                 "{len: 1}[len]",
                                 "len is len",
                                 "id(5) == id(5)",
                                 "hash(12345)",
                                 "hash(2.5)",
                                 "hash([])",
                                 "dir(1, 2)",
                                 "id()",
                                 "'append' in dir(list)",
                                 "len in [len]",
                                 "vars(5)",
                                 "vars(1, 2)",
                                 "vars(x=1)",
                                 "list(map(len, ['a', 'bc']))",
                                 "sorted([3, 1], key=abs, reverse=True)",
                                 "max('ab', 'c', key=len)",
                                 "IOError is OSError",
                                 "max([], default=None)",
                                 "min(3, 1, 2, default=5)",
                                 "sum([[1], [2]], [])",
                                 "sum(['a'], '')",
                                 "sum([0.1] * 10)",
                                 "chr(0x10ffff)",
                                 "chr(0x110000)",
                                 "chr(-1)",
                                 "chr(2**40)",
                                 "ord('\\U0001f600')",
                                 "bin(-2**70)",
                                 "hex(255)",
                                 "oct(True)",
                                 "next(iter([]), 5)",
                                 "next(iter([]))",
                                 "round(2.675, 2)",
                                 "round(-15, -1)",
                                 "pow(2, -1, 7)",
                                 "divmod(-7, 2)"})
    lines.emplace_back(line);
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("isinstance and issubclass ask tuples, special methods and __bases__", "[iterators]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Builtins& builtins = fixture.rt.builtins();
  Evaluator evaluator(builtins);
  const Ref<Class> hook = make_class(builtins, "Hook");
  define(hook, "__instancecheck__(self, x)", [](Object&, Object& x) { return repr(x); });
  define(hook, "__subclasscheck__(self, x)", [](Object&, Object& x) { return length(x); });
  evaluator.name(
      "hook", call(*hook, {}),
      "class Hook:\n  def __instancecheck__(self, x): return repr(x)\n  def __subclasscheck__(self, x): return len(x)\n"
      "hook = Hook()");
  const Ref<Class> fake = make_class(builtins, "Fake");
  evaluator.name("fake", call(*fake, {}), "class Fake: pass\nfake = Fake()");
  evaluator.name("below", call(*fake, {}), "Fake()");
  std::vector<std::string> lines{"fake.__bases__ = ()",
                                 "below.__bases__ = (fake,)",
                                 "issubclass(below, fake)",
                                 "issubclass(fake, below)",
                                 "isinstance(fake, fake)",
                                 "fake.__class__ is type(fake)",
                                 "below.__bases__ = (fake, fake)",
                                 "issubclass(below, fake)",
                                 "below.__bases__ = 5",
                                 "issubclass(below, fake)",
                                 "isinstance(5, below)"};
  const std::vector<std::string> infos{"int",  "bool",      "object", "(int, str)", "((str,), (list, int))",
                                       "()",   "5",         "(5,)",   "(int, 5)",   "(5, int)",
                                       "hook", "(hook, 5)", "fake",   "None",       "[int]",
                                       "type", "Exception"};
  for (const std::string& info : infos)
    for (const char* const subject :
         {"5", "True", "'a'", "int", "bool", "fake", "hook", "None", "type", "ValueError", "[]", "ValueError()"}) {
      lines.push_back("isinstance(" + std::string(subject) + ", " + info + ")");
      lines.push_back("issubclass(" + std::string(subject) + ", " + info + ")");
    }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("a nested tuple of classes ends in a RecursionError, not in a crash", "[iterators]") {
  World world;
  Ref<> info = share<Object>(world.builtins.type(Kind::kStr));
  for (int i = 0; i < 1000; ++i) info = make_tuple(world.builtins, {info.get()});
  const Ref<> five = make_int(world.builtins, 5);
  CHECK(error_of([&] { return is_instance_of(*five, *info); }) ==
        "RecursionError: maximum recursion depth exceeded in __instancecheck__");
  CHECK(error_of([&] { return is_subclass_of(world.builtins.type(Kind::kInt), *info); }) ==
        "RecursionError: maximum recursion depth exceeded in __subclasscheck__");
}

TEST_CASE("calls of functions of builtins survive a lack of memory", "[iterators]") {
  World world;
  Evaluator evaluator(world.builtins);
  for (const char* const line :
       {"sorted([3000, 1000, 2000], key=abs)", "max([1000, 2000], key=str)", "sum([10**30, 10**30])", "bin(10**20)",
        "chr(5000)", "list(enumerate('ab', 5000))", "list(zip([1000], 'a'))", "list(map(str, [1000, 2000]))",
        "list(filter(None, [1000, 0]))", "list(reversed([1000, 2000]))", "isinstance(5, (str, (list, int)))",
        "getattr(5, 'nothing', 1000)", "next(iter([]), 1000)", "iter(len, 5)", "divmod(10**30, 7)", "repr([1000])"})
    CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(evaluator.evaluate(line)); }) > 0);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(builtin_functions(world.builtins)); }) > 0);
}

TEST_CASE("every name of CPython's builtins is there, but for what belongs to a program", "[iterators]") {
  if (!have_python_or_skip()) return;
  World world;
  const Ref<Dict> ours = builtin_functions(world.builtins);
  const std::vector<std::string> theirs = python_says("import builtins\nfor name in dir(builtins): print(name)", "");
  const std::vector<std::string> of_programs{"open",    "print",  "input",      "eval",    "exec",  "compile",
                                             "globals", "locals", "breakpoint", "aiter",   "anext", "copyright",
                                             "credits", "exit",   "quit",       "license", "help"};
  for (const std::string& name : theirs) {
    if (name.starts_with('_') || std::ranges::find(of_programs, name) != of_programs.end()) continue;
    INFO(name);
    CHECK(ours->contains(*make_str(world.builtins, name)));
  }
}

}  // namespace ouro::test
