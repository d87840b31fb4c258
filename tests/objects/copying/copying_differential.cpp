// copy and deepcopy beside CPython's module copy: every kind of object, what classes say, cycles, random graphs.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/instance.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace ouro::test {

namespace {

/// What a graph looks like: types, texts of atoms, and a number for each object that was met before.
class Shape {
 public:
  std::string of(Object& object) {
    if (!is<List>(object) && !is<Tuple>(object) && !is<Dict>(object) && !is<Instance>(object)) return shown(object);
    if (const auto met = numbers_.find(&object); met != numbers_.end()) return "#" + std::to_string(met->second);
    const auto number = static_cast<int>(numbers_.size());
    numbers_[&object] = number;
    std::string text = std::string(object.type->name) + "(";
    if (const auto* const list = as<List>(object)) {
      for (Object& item : *list) text += of(item) + " ";
    } else if (const auto* const tuple = as<Tuple>(object)) {
      for (Object* const item : tuple->view()) text += of(*item) + " ";
    } else if (const auto* const dict = as<Dict>(object)) {
      for (const auto [key, value] : *dict) text += of(key) + ":" + of(value) + " ";
    }
    if (const Ref<> attributes =
            class_of(object) != nullptr ? find_attribute(object, *intern(builtins_of(object), "__dict__")) : Ref<>())
      for (const auto [key, value] : static_cast<const Dict&>(*attributes)) text += of(key) + "=" + of(value) + " ";
    return text + ")";
  }

 private:
  std::map<const Object*, int> numbers_;
};

constexpr const char* kShape = R"(def shape(given):
    numbers = {}
    def is_instance(x): return type(x).__module__ == '__main__' and type(x).__base__ is object
    def of(x):
        if not isinstance(x, (list, tuple, dict)) and not is_instance(x): return repr(x)
        if id(x) in numbers: return '#' + str(numbers[id(x)])
        numbers[id(x)] = len(numbers)
        text = type(x).__name__ + '('
        if isinstance(x, (list, tuple)):
            for item in x: text += of(item) + ' '
        elif isinstance(x, dict):
            for k, v in x.items(): text += of(k) + ':' + of(v) + ' '
        if type(x) not in (list, tuple, dict):
            for k, v in x.__dict__.items(): text += of(k) + '=' + of(v) + ' '
        return text + ')'
    return of(given))";

Ref<Class> class_with(Evaluator& evaluator, Runtime& rt, const char* name, const std::string& python,
                      std::initializer_list<Type*> bases = {}) {
  Ref<Class> made = rt.new_class(name, bases);
  evaluator.name(name, made, python);
  return made;
}

void name_class(Evaluator& evaluator, Runtime& rt, const char* name, const std::string& python,
                std::initializer_list<Type*> bases = {}) {
  evaluator.name(name, rt.new_class(name, bases), python);
}

Evaluator evaluator_of(Runtime& rt) {
  Evaluator evaluator(rt.builtins());
  evaluator.name("__name__", rt.str("__main__"), "'__main__'");
  Builtins& builtins = rt.builtins();
  evaluator.name("copy", make_function(builtins, "copy(x)", [](Object& x) { return ouro::copy(x); }),
                 "from copy import copy");
  evaluator.name("deepcopy",
                 make_function(builtins, "deepcopy(x, memo=None)",
                               [](Object& x, Object& memo) { return ouro::deepcopy(x, as<Dict>(memo)); }),
                 "from copy import deepcopy");
  evaluator.name("types", rt.none(), "import types");
  evaluator.name("namespace", share<Object>(rt.type<SimpleNamespace>()), "types.SimpleNamespace");
  evaluator.name("module", share<Object>(rt.type<Module>()), "types.ModuleType");
  evaluator.name("cell", share<Object>(rt.type<Cell>()), "types.CellType");
  name_class(evaluator, rt, "Node", "class Node:\n    pass");
  name_class(evaluator, rt, "Stack", "class Stack(list):\n    pass", {&rt.type<List>()});
  name_class(evaluator, rt, "Map", "class Map(dict):\n    pass", {&rt.type<Dict>()});
  name_class(evaluator, rt, "Number", "class Number(int):\n    pass", {&rt.type<Int>()});
  name_class(evaluator, rt, "Real", "class Real(float):\n    pass", {&rt.type<Float>()});
  name_class(evaluator, rt, "Text", "class Text(str):\n    pass", {&rt.type<Str>()});
  name_class(evaluator, rt, "Pair", "class Pair(tuple):\n    pass", {&rt.type<Tuple>()});
  name_class(evaluator, rt, "Tools", "class Tools(types.ModuleType):\n    pass", {&rt.type<Module>()});
  name_class(evaluator, rt, "Space", "class Space(types.SimpleNamespace):\n    pass", {&rt.type<SimpleNamespace>()});
  evaluator.name("shape", make_function(builtins, "shape(given)", [](Object& given) { return Shape().of(given); }), kShape);
  return evaluator;
}

/// Classes that say how they are copied.
void add_sayers(Evaluator& evaluator, Runtime& rt) {
  const auto reducer = [&](const char* name, const char* method, const char* python_method) {
    const Ref<Class> made = class_with(
        evaluator, rt, name, std::string("class ") + name + ":\n    def " + python_method + ": return self.given\n");
    define(made, method, [](Object& self) { return get_attribute(self, *intern(builtins_of(self), "given")); });
  };
  reducer("Copies", "__copy__(self)", "__copy__(self)");
  reducer("Reduces", "__reduce__(self)", "__reduce__(self)");
  reducer("States", "__getstate__(self)", "__getstate__(self)");
  reducer("Argues", "__getnewargs__(self)", "__getnewargs__(self)");
  reducer("ArguesByName", "__getnewargs_ex__(self)", "__getnewargs_ex__(self)");
  const Ref<Class> deep = class_with(evaluator, rt, "Deep",
                                     "class Deep:\n    def __deepcopy__(self, memo): return [deepcopy(self.given, memo), "
                                     "len(memo) > 0]\n");
  define(deep, "__deepcopy__(self, memo)", [](Object& self, Object& memo) {
    Builtins& builtins = builtins_of(self);
    const Ref<> given = get_attribute(self, *intern(builtins, "given"));
    const Ref<> copied = ouro::deepcopy(*given, &static_cast<Dict&>(memo));
    return make_list(builtins, {copied.get(), make_bool(builtins, static_cast<const Dict&>(memo).size > 0).get()});
  });
  const Ref<Class> extended = class_with(
      evaluator, rt, "Extended", "class Extended:\n    def __reduce_ex__(self, protocol): return (list, ([protocol],))");
  define(extended, "__reduce_ex__(self, protocol)", [](Object& self, Object& protocol) {
    Builtins& builtins = builtins_of(self);
    const Ref<> items = make_list(builtins, {&protocol});
    const Ref<> arguments = make_tuple(builtins, {items.get()});
    return make_tuple(builtins, {&builtins.type(Kind::kList), arguments.get()});
  });
  const Ref<Class> restored =
      class_with(evaluator, rt, "Restored", "class Restored:\n    def __setstate__(self, state): self.state = state");
  define(restored, "__setstate__(self, state)",
         [](Object& self, Object& state) { set_attribute(self, *intern(builtins_of(self), "state"), state); });
  const Ref<Class> refuses =
      class_with(evaluator, rt, "Refuses", "class Refuses:\n    __reduce_ex__ = None\n    __reduce__ = None");
  refuses.attr("__reduce_ex__") = rt.none();
  refuses.attr("__reduce__") = rt.none();
  const Ref<Class> half = class_with(evaluator, rt, "Half", "class Half:\n    __copy__ = None\n    __deepcopy__ = None");
  half.attr("__copy__") = rt.none();
  half.attr("__deepcopy__") = rt.none();
  const Ref<Class> number = class_with(evaluator, rt, "Five", "class Five:\n    __copy__ = 5\n    __deepcopy__ = 6");
  number.attr("__copy__") = 5;
  number.attr("__deepcopy__") = 6;
}

}  // namespace

TEST_CASE("copies of every kind of object are CPython's", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
  const char* const values[] = {"None",
                                "NotImplemented",
                                "True",
                                "5",
                                "10**30",
                                "1.5",
                                "'text'",
                                "''",
                                "()",
                                "(1, 'a')",
                                "(1, [2])",
                                "((), ([],))",
                                "[]",
                                "[1, [2], {}]",
                                "{}",
                                "{'a': [1], 2: (3, [4])}",
                                "range(3)",
                                "list",
                                "Node",
                                "Stack",
                                "type",
                                "ValueError",
                                "[1].append",
                                "list.append",
                                "[1].__len__",
                                "(5).__add__",
                                "list.__len__",
                                "int.real",
                                "{}.keys()",
                                "{1: 2}.items()",
                                "module('m')",
                                "Tools('m')",
                                "cell(1)",
                                "namespace()",
                                "namespace(a=[1], b=2)",
                                "Space(a=[1])",
                                "ValueError()",
                                "ValueError(1, [2])",
                                "KeyError('k')",
                                "OSError(2, 'text', 'name')",
                                "StopIteration([1])",
                                "Node()",
                                "Stack([1, [2]])",
                                "Map({'a': [1]})",
                                "Number(5)",
                                "Real(2.5)",
                                "Text('x')",
                                "Pair([1, [2]])",
                                "object()",
                                "Pair()"};
  std::vector<std::string> lines;
  for (const std::string value : values) {
    lines.insert(lines.end(), {"x = " + value, "c = 0", "c = copy(x)", "c", "c is x", "d = 0", "d = deepcopy(x)", "d",
                               "d is x", "shape(d)", "shape([x, c, d])"});
  }
  for (const char* const value : {"Node()", "Stack([[1]])", "Map({1: [2]})", "Number(7)", "Real(0.5)", "Text('t')",
                                  "Pair([[1]])", "ValueError([1])", "Space(z=[1])"}) {
    for (const char* const line :
         {"", "x.a = [1]", "x.b = x", "x.c = x.a", "x.d = x.__dict__", "del x.a", "x.a = (x, x.c)"}) {
      lines.push_back(*line == '\0' ? std::string("x = ") + value : line);
      lines.insert(lines.end(), {"c = copy(x)", "shape(c)", "shape([x, c])", "c is x", "d = deepcopy(x)", "shape(d)",
                                 "shape([x, d])", "d.b is d", "d.__dict__ is x.__dict__"});
    }
  }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("what classes say of copying is heard as by CPython", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
  add_sayers(evaluator, fixture.rt);
  std::vector<std::string> lines{"copy(Refuses())",  "deepcopy(Refuses())",    "copy(Five())",
                                 "deepcopy(Five())", "copy(Half()).__class__", "deepcopy(Half()).__class__",
                                 "copy(Extended())", "deepcopy([Extended()])"};
  const char* const given[] = {"5",
                               "7.5",
                               "'x'",
                               "()",
                               "(1,)",
                               "(list, 5)",
                               "(list, ())",
                               "[list, ()]",
                               "(list, ([1, [2]],))",
                               "(list, (), None, None, None, None)",
                               "(list, (), None, None, None, None, 1)",
                               "(list, (), None, [1, [2]])",
                               "(list, (), 5)",
                               "(Node, (), 5)",
                               "(Node, (), (1, 2))",
                               "(Node, (), (None, {'x': [2]}))",
                               "(Node, (), {'x': [2]})",
                               "(Node, (), ({'y': 1}, {'x': [2]}))",
                               "(dict, (), None, None, [(1, [2])])",
                               "(dict, (), None, None, [1])",
                               "(dict, (), None, None, [(1, 2, 3)])",
                               "(dict, (), None, None, [(1,)])",
                               "(int, None)",
                               "(Node, (), (None, [1]))",
                               "{1: 2}",
                               "(Restored, (), 5)",
                               "(Restored, (), ([1],))",
                               "(Restored, (), None)",
                               "(Stack, (), {'a': [1]}, [2])",
                               "(Map, (), None, None, [('k', [1])])",
                               "None",
                               "(1, 2)",
                               "((1,), {})",
                               "((1,), 2)",
                               "((), {})",
                               "(1, 2, 3)",
                               "([], {})",
                               "(None, ())",
                               "(5, ())",
                               "(list, ([1],), [])",
                               "(Node, (), {1: 2})",
                               "(tuple, ([[1]],))"};
  for (const std::string value : given)
    for (const char* const type : {"Reduces", "Copies", "States", "Argues", "ArguesByName", "Deep"})
      for (const char* const act : {"copy", "deepcopy"}) {
        lines.push_back(std::string("x = ") + type + "()");
        lines.push_back("x.given = " + value);
        lines.push_back("y = 0");
        lines.push_back(std::string("y = ") + act + "(x)");
        lines.push_back("y is x");
        lines.push_back("shape(y)");
      }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("what an object says of copying itself is heard as by CPython", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Runtime& rt = fixture.rt;
  Evaluator evaluator = evaluator_of(rt);
  add_sayers(evaluator, rt);
  const auto gives = [&](const std::string& name, const std::string& parameters, const std::string& expression) {
    const Ref<> result = evaluator.evaluate(expression);
    evaluator.name(name,
                   make_function(
                       rt.builtins(), name + parameters, [](Object& kept, Arguments) { return share(kept); }, result),
                   "def " + name + "(*given):\n  return " + expression);
  };
  gives("to_list", "", "(list, ([7],))");
  gives("to_state", "", "{'x': 5}");
  std::vector<std::string> lines;
  for (const char* const maker : {"Node()", "Stack([1])", "Map({1: 2})", "Number(3)", "Reduces()", "States()"})
    for (const char* const name :
         {"__reduce_ex__", "__reduce__", "__getstate__", "__setstate__", "__copy__", "__deepcopy__"})
      for (const char* const value : {"to_list", "to_state", "None", "5"})
        for (const char* const act : {"copy", "deepcopy"}) {
          lines.push_back(std::string("x = ") + maker);
          lines.push_back("x.given = (list, ([8],))");
          lines.push_back(std::string("x.") + name + " = " + value);
          lines.emplace_back("y = 0");
          lines.push_back(std::string("y = ") + act + "(x)");
          for (const char* const line : {"type(y)", "list(y)", "y.x", "y is x", "len(y.__dict__)"}) lines.emplace_back(line);
        }
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("bound methods are copied by their names, and a memo that others know is asked about everything",
          "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Runtime& rt = fixture.rt;
  Evaluator evaluator = evaluator_of(rt);
  const Ref<Class> type = class_with(evaluator, rt, "Owner",
                                     "class Owner:\n    def run(self): return 1\n    other = run\n"
                                     "    def __deepcopy__(self, memo): return None\n");
  define(type, "run(self)", [](Object&) { return 1; });
  type.attr("other") = Ref<>(type.attr("run"));
  define(type, "__deepcopy__(self, memo)", [](Object& self, Object&) { return make_none(builtins_of(self)); });
  const Ref<Class> notes = class_with(evaluator, rt, "Notes",
                                      "class Notes:\n    def __deepcopy__(self, memo):\n"
                                      "        memo[id(self.key)] = self.value\n        return 1\n");
  define(notes, "__deepcopy__(self, memo)", [](Object& self, Object& memo) {
    const Ref<> key = get_attribute(self, *intern(builtins_of(self), "key"));
    const Ref<> value = get_attribute(self, *intern(builtins_of(self), "value"));
    set_item(memo, *make_int(builtins_of(self), reinterpret_cast<std::uintptr_t>(key.get())), *value);
    return 1;
  });
  compare_lines_with_python(
      evaluator, {"x = Owner()", "copy(x.run) == x.run", "copy(x.other) == x.run", "m = x.run", "x.run = 5", "copy(m)",
                  "deepcopy(m)", "del x.run", "copy(m) == m", "n = Notes()", "n.key = 'some text'", "n.value = [1]",
                  "deepcopy([n, 'other', n.key])", "n.key = list", "deepcopy([n, n.key, n.key])", "deepcopy([n.key, n])",
                  "n.key = 10**20", "deepcopy((n.key, n, n.key))"});
}

TEST_CASE("a keyword for __new__ that is no text is a TypeError", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Runtime& rt = fixture.rt;
  Evaluator evaluator = evaluator_of(rt);
  const Ref<Class> type = class_with(evaluator, rt, "Named",
                                     "class Named:\n    def __new__(cls, *given, **named): return object.__new__(cls)\n"
                                     "    def __getnewargs_ex__(self): return self.given\n");
  type.attr("__new__") = make_function(
      rt.builtins(), "__new__", [](Object& made, Arguments) { return Ref<>(make_instance(static_cast<Class&>(made))); });
  define(type, "__getnewargs_ex__(self)",
         [](Object& self) { return get_attribute(self, *intern(builtins_of(self), "given")); });
  std::vector<std::string> lines;
  for (const char* const given : {"((), {1: 2})", "((), {'a': 2})", "((1,), {})", "((), {'a': 2, 3: 4})"})
    for (const char* const act : {"copy", "deepcopy"})
      lines.insert(lines.end(), {"x = Named()", std::string("x.given = ") + given, "y = 0",
                                 std::string("y = ") + act + "(x)", "shape(y)"});
  compare_lines_with_python(evaluator, lines);
}

TEST_CASE("cycles and shared objects are copied as CPython copies them", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Evaluator evaluator = evaluator_of(fixture.rt);
  add_sayers(evaluator, fixture.rt);
  compare_lines_with_python(evaluator, {"a = []",
                                        "a.append(a)",
                                        "b = deepcopy(a)",
                                        "b",
                                        "b[0] is b",
                                        "b is a",
                                        "copy(a)[0] is a",
                                        "t = ([],)",
                                        "t[0].append(t)",
                                        "u = deepcopy(t)",
                                        "u",
                                        "u[0][0] is u",
                                        "u is t",
                                        "shape(u)",
                                        "d = {}",
                                        "d['me'] = d",
                                        "e = deepcopy(d)",
                                        "e",
                                        "e['me'] is e",
                                        "x = [1]",
                                        "y = [x, x, (x,), {'k': x}]",
                                        "z = deepcopy(y)",
                                        "shape(z)",
                                        "z[0] is z[1]",
                                        "z[0] is x",
                                        "z[2][0] is z[0]",
                                        "n = Node()",
                                        "n.n = n",
                                        "n.l = [n, n]",
                                        "m = deepcopy(n)",
                                        "shape(m)",
                                        "m.n is m",
                                        "m.l[0] is m",
                                        "s = Stack([1])",
                                        "s.append(s)",
                                        "s.me = s",
                                        "r = deepcopy(s)",
                                        "shape(r)",
                                        "r[1] is r",
                                        "r.me is r",
                                        "memo = {}",
                                        "deepcopy([[1]], memo)",
                                        "len(memo)",
                                        "deepcopy(5, memo)",
                                        "p = [1]",
                                        "q = deepcopy(p, memo)",
                                        "deepcopy(p, memo) is q",
                                        "v = Deep()",
                                        "v.given = [v.__class__, 1]",
                                        "deepcopy([v, v])",
                                        "deepcopy([v.given, v])",
                                        "namespace(a=n).a is n",
                                        "w = deepcopy(namespace(a=n, b=[n]))",
                                        "w.a is w.b[0]",
                                        "w.a is n",
                                        "f = n.l.append",
                                        "deepcopy(f) is f",
                                        "g = v.__deepcopy__",
                                        "deepcopy(g).__self__ is v",
                                        "copy(g).__self__ is v"});
}

TEST_CASE("random graphs are copied as CPython copies them", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  fixture.rt.collector().set_stress(false);  // graphs are what counts here
  Evaluator evaluator = evaluator_of(fixture.rt);
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  const char* const makers[] = {"[]", "{}", "Node()", "Stack()", "Map()", "[1, 2.5]", "Pair([1])"};
  std::vector<std::string> lines;
  for (int graph = 0; graph < number_from("OURO_GRAPHS", 150); ++graph) {
    std::vector<std::string> kinds;
    const std::uint32_t count = 2 + below(6);
    for (std::uint32_t i = 0; i < count; ++i) {
      kinds.emplace_back(makers[below(std::size(makers))]);
      lines.push_back("v" + std::to_string(i) + " = " + kinds[i]);
    }
    const auto target = [&] {
      const std::string name = "v" + std::to_string(below(count));
      switch (below(5)) {
        case 0:
          return "(" + name + ", 1)";
        case 1:
          return "((" + name + ",), " + name + ")";
        default:
          return name;
      }
    };
    for (std::uint32_t link = 0; link < 2 * count; ++link) {
      const std::uint32_t from = below(count);
      const std::string name = "v" + std::to_string(from);
      const bool is_list = kinds[from].starts_with("[") || kinds[from] == "Stack()";
      if (is_list) {
        lines.push_back(name + ".append(" + target() + ")");
      } else if (kinds[from] == "{}" || kinds[from] == "Map()") {
        lines.push_back(name + "[" + std::to_string(below(4)) + "] = " + target());
      }
      if (!kinds[from].starts_with("[") && kinds[from] != "{}")
        lines.push_back(name + "." + std::string(1, static_cast<char>('a' + below(3))) + " = " + target());
    }
    std::string all = "[";
    for (std::uint32_t i = 0; i < count; ++i) all += "v" + std::to_string(i) + ", ";
    lines.insert(lines.end(),
                 {"d = deepcopy(" + all + "])", "shape(d)", "shape([d, " + all + "]])", "c = copy(v0)", "shape([c, v0])"});
  }
  compare_lines_with_python(evaluator, lines);
}

}  // namespace ouro::test
