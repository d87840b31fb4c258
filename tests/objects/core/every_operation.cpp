// Every attribute and function there is, called with arguments of every kind, with each of its allocations failing in turn.
// What it answers does not matter: nothing leaks, no law breaks, and a sanitizer finds nothing. Under OURO_STRESS a
// collection comes before each allocation as well.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/operations/operator_functions.h>
#include <ouro/objects/text/intern.h>
#include <support/evaluator.h>
#include <support/fixture.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace ouro::test {

namespace {

using Texts = std::vector<std::string>;

/// An object of each kind, made anew for each call.
const Texts& objects() {
  static const Texts kObjects = {"None",
                                 "...",
                                 "NotImplemented",
                                 "True",
                                 "5",
                                 "2**70",
                                 "1.5",
                                 "1+2j",
                                 "'text'",
                                 "'\\u017c\\u00f3'",
                                 "b'ab'",
                                 "bytearray(b'ab')",
                                 "memoryview(b'ab')",
                                 "memoryview(bytearray(b'abc'))[1:]",
                                 "(1, 'a')",
                                 "[3, 1, 2]",
                                 "['b', 'a']",
                                 "{1: 2, 'a': [3]}",
                                 "{1, 'a'}",
                                 "frozenset({1, 2})",
                                 "range(5)",
                                 "range(2**70, 2**70 + 3)",
                                 "slice(1, 2, 3)",
                                 "iter([1, 2])",
                                 "iter((1, 2))",
                                 "iter('ab')",
                                 "iter('\\u017ca')",
                                 "iter(b'ab')",
                                 "iter(bytearray(b'ab'))",
                                 "iter({1: 2})",
                                 "iter({1})",
                                 "iter(range(3))",
                                 "iter(range(2**70, 2**70 + 3))",
                                 "reversed([1, 2])",
                                 "reversed((1, 2))",
                                 "reversed({1: 2})",
                                 "{1: 2}.keys()",
                                 "{1: 2}.values()",
                                 "{1: 2}.items()",
                                 "iter({1: 2}.items())",
                                 "enumerate('ab')",
                                 "zip('ab', [1, 2])",
                                 "map(len, ['a'])",
                                 "filter(None, [1, 0])",
                                 "property(len, len)",
                                 "staticmethod(len)",
                                 "classmethod(len)",
                                 "int",
                                 "list",
                                 "dict",
                                 "object",
                                 "type",
                                 "ValueError",
                                 "len",
                                 "[1].append",
                                 "[1].__len__",
                                 "list.append",
                                 "list.__len__",
                                 "dict.__dict__['fromkeys']",
                                 "ValueError('a', 1)",
                                 "KeyError('k')",
                                 "OSError(2, 'no such file')",
                                 "UnicodeDecodeError('utf-8', b'a', 0, 1, 'bad')",
                                 "ExceptionGroup('g', [ValueError(1)])",
                                 "super(int, True)",
                                 "list[int]",
                                 "object()",
                                 "int.__dict__",
                                 "SimpleNamespace(a=1)",
                                 "module('m')",
                                 "cell(1)",
                                 "ReferenceType({1})",
                                 "ReferenceType(len)",
                                 "ReferenceType(len, len)",
                                 "WeakValueDictionary()",
                                 "WeakKeyDictionary()",
                                 "finalize(len, len)",
                                 "type('C', (), {'x': 1})",
                                 "type('C', (), {'x': 1})()",
                                 "type('L', (list,), {})([1])",
                                 "type('D', (dict,), {'__slots__': ('a',)})({1: 2})",
                                 "type('I', (int,), {})(3)",
                                 "type('S', (str,), {})('ab')",
                                 "type('E', (ValueError,), {})(1)",
                                 "type('T', (tuple,), {})([1])",
                                 "type('M', (type,), {})('K', (), {})",
                                 "type('B', (bytearray,), {})(b'a')",
                                 "WeakSet()"};
  return kObjects;
}

/// What methods are called with.
const std::vector<Texts>& arguments() {
  static const std::vector<Texts> kArguments = {{},
                                                {"1"},
                                                {"-1"},
                                                {"'a'"},
                                                {"b'a'"},
                                                {"[1, 2]"},
                                                {"{1: 2}"},
                                                {"None"},
                                                {"('a', 'b')"},
                                                {"len"},
                                                {"1.5"},
                                                {"{1, 3}"},
                                                {"[(1, 2), (3, 4)]"},
                                                {"slice(0, 1)"},
                                                {"int"},
                                                {"1", "2"},
                                                {"'a'", "'b'"},
                                                {"b'a'", "b'b'"},
                                                {"1", "[7]"},
                                                {"slice(0, 2)", "[7, 8]"},
                                                {"'a'", "1"},
                                                {"'__doc__'", "3"},
                                                {"None", "int"},
                                                {"'x'", "(int,)", "{}"}};
  return kArguments;
}

/// Calls one thing with arguments, all given as texts.
class Caller {
 public:
  explicit Caller(Fixture& fixture) : fixture_(fixture), evaluator_(fixture.rt.builtins()) {
    for_each_immortal_type(*fixture.rt.builtins().immortals, [&](const Type& type) {
      const std::size_t dot = type.name.rfind('.');  // of a type in a module
      if (type.slots != nullptr && dot != std::string_view::npos)
        evaluator_.name(std::string(type.name.substr(dot + 1)), share(const_cast<Type&>(type)));
    });
  }

  /// The texts that name an object in this build of the library.
  [[nodiscard]] bool knows(const std::string& object) {
    try {
      static_cast<void>(evaluator_.evaluate(object));
      return true;
    } catch (const std::runtime_error& unknown) {
      UNSCOPED_INFO(object << ": " << unknown.what());
      return false;
    }
  }
  [[nodiscard]] Texts names_of(const std::string& object) {
    Texts names;
    const Ref<List> all = dir(*evaluator_.evaluate(object));
    for (Object* const name : all->view()) names.emplace_back(text(static_cast<const Str&>(*name)));
    return names;
  }

  /// `object.name(arguments)`.
  void call_method(const std::string& object, const std::string& name, const Texts& given) {
    const Ref<Str> key = intern(fixture_.rt.builtins(), name);
    say(object + "." + name, given);
    with_failures(object, given, [&](Object& self, const Arguments& all) { return call(*get_attribute(self, *key), all); });
  }
  /// `function(arguments)`.
  void call_function(const std::string& name, Object& function, const Texts& given) {
    say(name, given);
    with_failures("None", given, [&](Object&, const Arguments& all) { return call(function, all); });
  }

 private:
  /// Does it with memory enough, then with the first allocation failing, and so on until none is left to fail.
  template <class F>
  void with_failures(const std::string& object, const Texts& given, F&& act) {
    alloc::FaultPlan& faults = fixture_.rt.heap().memory.faults();
    for (std::size_t nth = 0;; ++nth) {
      const Ref<> self = evaluator_.evaluate(object);
      std::vector<Ref<>> held;
      std::vector<Object*> all;
      for (const std::string& each : given) all.push_back(held.emplace_back(evaluator_.evaluate(each)).get());
      if (nth > 0) faults.fail_at(nth);
      try {
        const Ref<> result = act(*self, Arguments{all, {}, {}});
      } catch (const Error&) {  // any will do: an allocation that failed may have been looked for, as in a look-up
      }
      const bool was_reached = nth == 0 || !faults.armed();
      faults.clear();
      if (!was_reached) return;
    }
  }

  /// With OURO_SAY_CALLS set, what is called next: the last line names the call that crashed.
  static void say(const std::string& what, const Texts& given) {
    static const bool kSays = std::getenv("OURO_SAY_CALLS") != nullptr;
    if (!kSays) return;
    std::string line = what + "(";
    for (const std::string& each : given) line += (&each == given.data() ? "" : ", ") + each;
    std::fprintf(stderr, "%s)\n", line.c_str());
  }

  Fixture& fixture_;
  Evaluator evaluator_;
};

/// Whether one of `share_` calls is made: all in a release build, where a call is cheap.
class Selection {
 public:
  bool next() { return random_() % share_ == 0; }

 private:
  std::mt19937 random_{4242};
  unsigned share_ = std::getenv("OURO_STRESS") != nullptr ? 120 : kChecks >= CheckLevel::kInternal ? 40 : 1;
};

/// What cannot be called: a number with these would have more digits than there is memory.
const std::set<std::string>& endless() {
  static const std::set<std::string> kEndless = {"__rpow__", "__rlshift__"};
  return kEndless;
}

}  // namespace

TEST_CASE("Every attribute of every kind of object stands arguments of any kind, and any allocation that fails", "[core]") {
  Fixture fixture;
  Caller caller(fixture);
  Selection selection;
  std::size_t calls = 0;
  for (const std::string& object : objects()) {
    CHECK(caller.knows(object));
    for (const std::string& name : caller.names_of(object)) {
      if (object == "2**70" && endless().count(name) != 0) continue;
      for (const Texts& given : arguments()) {
        if (!selection.next()) continue;
        caller.call_method(object, name, given);
        ++calls;
      }
    }
    fixture.verify();
  }
  CHECK(calls > 500);
}

TEST_CASE("Every function of builtins and operator stands arguments of any kind, and any allocation that fails", "[core]") {
  Fixture fixture;
  Caller caller(fixture);
  Selection selection;
  std::mt19937 random(77);
  for (const Ref<Dict>& functions : {builtin_functions(fixture.rt.builtins()), operator_functions(fixture.rt.builtins())}) {
    for (const auto [key, function] : functions) {
      const Ref<> held = share(function);
      const std::string name(text(static_cast<const Str&>(key)));
      for (int i = 0; i < 200; ++i) {
        Texts given;
        for (std::size_t left = random() % 4; left > 0; --left) {
          const std::string& object = objects()[random() % objects().size()];
          if (object != "2**70" && object != "range(2**70, 2**70 + 3)") given.push_back(object);
        }
        if (selection.next()) caller.call_function(name, *held, given);
      }
    }
    fixture.verify();
  }
}

}  // namespace ouro::test
