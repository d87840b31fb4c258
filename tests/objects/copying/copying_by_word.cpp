// What objects say themselves of how they are copied, beside CPython: attributes of instances, bound methods, memos.
#include <support/fixture.h>
#include <support/python.h>

#include <string>
#include <vector>

#include <objects/copying/classes_to_copy.h>

namespace ouro::test {

TEST_CASE("what an object says of copying itself is heard as by CPython", "[json][copying][differential]") {
  Fixture fixture;
  if (!have_python_or_skip()) return;
  Runtime& rt = fixture.rt;
  Evaluator evaluator = copying_evaluator(rt);
  add_classes_that_say(evaluator, rt);
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
  Evaluator evaluator = copying_evaluator(rt);
  const Ref<Class> type = class_to_copy(evaluator, rt, "Owner",
                                        "class Owner:\n    def run(self): return 1\n    other = run\n"
                                        "    def __deepcopy__(self, memo): return None\n");
  define(type, "run(self)", [](Object&) { return 1; });
  type.attr("other") = Ref<>(type.attr("run"));
  define(type, "__deepcopy__(self, memo)", [](Object& self, Object&) { return make_none(builtins_of(self)); });
  const Ref<Class> notes = class_to_copy(evaluator, rt, "Notes",
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
  Evaluator evaluator = copying_evaluator(rt);
  const Ref<Class> type = class_to_copy(evaluator, rt, "Named",
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

}  // namespace ouro::test
