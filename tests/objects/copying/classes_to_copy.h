// What tests of copying copy, here and in CPython: classes of all sorts, and the text that tells what a graph looks like.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/runtime/runtime.h>
#include <support/evaluator.h>
#include <support/helpers.h>

#include <initializer_list>
#include <map>
#include <string>

namespace ouro::test {

/// What a graph looks like: types, texts of atoms, and a number for each object that was met before.
class GraphShape {
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

inline constexpr const char* kGraphShape = R"(def shape(given):
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

inline Ref<Class> class_to_copy(Evaluator& evaluator, Runtime& rt, const char* name, const std::string& python,
                                std::initializer_list<Type*> bases = {}) {
  Ref<Class> made = rt.new_class(name, bases);
  evaluator.name(name, made, python);
  return made;
}

inline void name_class_to_copy(Evaluator& evaluator, Runtime& rt, const char* name, const std::string& python,
                               std::initializer_list<Type*> bases = {}) {
  evaluator.name(name, rt.new_class(name, bases), python);
}

inline Evaluator copying_evaluator(Runtime& rt) {
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
  name_class_to_copy(evaluator, rt, "Node", "class Node:\n    pass");
  name_class_to_copy(evaluator, rt, "Stack", "class Stack(list):\n    pass", {&rt.type<List>()});
  name_class_to_copy(evaluator, rt, "Map", "class Map(dict):\n    pass", {&rt.type<Dict>()});
  name_class_to_copy(evaluator, rt, "Number", "class Number(int):\n    pass", {&rt.type<Int>()});
  name_class_to_copy(evaluator, rt, "Real", "class Real(float):\n    pass", {&rt.type<Float>()});
  name_class_to_copy(evaluator, rt, "Text", "class Text(str):\n    pass", {&rt.type<Str>()});
  name_class_to_copy(evaluator, rt, "Pair", "class Pair(tuple):\n    pass", {&rt.type<Tuple>()});
  name_class_to_copy(evaluator, rt, "Tools", "class Tools(types.ModuleType):\n    pass", {&rt.type<Module>()});
  name_class_to_copy(evaluator, rt, "Space", "class Space(types.SimpleNamespace):\n    pass", {&rt.type<SimpleNamespace>()});
  evaluator.name("shape", make_function(builtins, "shape(given)", [](Object& given) { return GraphShape().of(given); }),
                 kGraphShape);
  return evaluator;
}

/// Classes that say how they are copied.
inline void add_classes_that_say(Evaluator& evaluator, Runtime& rt) {
  const auto reducer = [&](const char* name, const char* method, const char* python_method) {
    const Ref<Class> made = class_to_copy(
        evaluator, rt, name, std::string("class ") + name + ":\n    def " + python_method + ": return self.given\n");
    define(made, method, [](Object& self) { return get_attribute(self, *intern(builtins_of(self), "given")); });
  };
  reducer("Copies", "__copy__(self)", "__copy__(self)");
  reducer("Reduces", "__reduce__(self)", "__reduce__(self)");
  reducer("States", "__getstate__(self)", "__getstate__(self)");
  reducer("Argues", "__getnewargs__(self)", "__getnewargs__(self)");
  reducer("ArguesByName", "__getnewargs_ex__(self)", "__getnewargs_ex__(self)");
  const Ref<Class> deep = class_to_copy(evaluator, rt, "Deep",
                                        "class Deep:\n    def __deepcopy__(self, memo): return [deepcopy(self.given, memo), "
                                        "len(memo) > 0]\n");
  define(deep, "__deepcopy__(self, memo)", [](Object& self, Object& memo) {
    Builtins& builtins = builtins_of(self);
    const Ref<> given = get_attribute(self, *intern(builtins, "given"));
    const Ref<> copied = ouro::deepcopy(*given, &static_cast<Dict&>(memo));
    return make_list(builtins, {copied.get(), make_bool(builtins, static_cast<const Dict&>(memo).size > 0).get()});
  });
  const Ref<Class> extended = class_to_copy(
      evaluator, rt, "Extended", "class Extended:\n    def __reduce_ex__(self, protocol): return (list, ([protocol],))");
  define(extended, "__reduce_ex__(self, protocol)", [](Object& self, Object& protocol) {
    Builtins& builtins = builtins_of(self);
    const Ref<> items = make_list(builtins, {&protocol});
    const Ref<> arguments = make_tuple(builtins, {items.get()});
    return make_tuple(builtins, {&builtins.type(Kind::kList), arguments.get()});
  });
  const Ref<Class> restored =
      class_to_copy(evaluator, rt, "Restored", "class Restored:\n    def __setstate__(self, state): self.state = state");
  define(restored, "__setstate__(self, state)",
         [](Object& self, Object& state) { set_attribute(self, *intern(builtins_of(self), "state"), state); });
  const Ref<Class> refuses =
      class_to_copy(evaluator, rt, "Refuses", "class Refuses:\n    __reduce_ex__ = None\n    __reduce__ = None");
  refuses.attr("__reduce_ex__") = rt.none();
  refuses.attr("__reduce__") = rt.none();
  const Ref<Class> half = class_to_copy(evaluator, rt, "Half", "class Half:\n    __copy__ = None\n    __deepcopy__ = None");
  half.attr("__copy__") = rt.none();
  half.attr("__deepcopy__") = rt.none();
  const Ref<Class> number = class_to_copy(evaluator, rt, "Five", "class Five:\n    __copy__ = 5\n    __deepcopy__ = 6");
  number.attr("__copy__") = 5;
  number.attr("__deepcopy__") = 6;
}

}  // namespace ouro::test
