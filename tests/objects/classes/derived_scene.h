// The classes and objects that derived_differential.cpp compares with CPython's, in Python and here.
#pragma once

#include <ouro/ouro.h>
#include <support/helpers.h>

#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

inline constexpr const char* kClasses = R"(
import re, sys, weakref, operator
sys.stdout.reconfigure(encoding='utf-8')
class I(int): pass
class F(float): pass
class S(str): pass
class T(tuple): pass
class L(list): pass
class D(dict): pass
class LL(L): pass
class Mixin:
    def __len__(self): return 42
    def __neg__(self): return 'mixed'
class LM(L, Mixin): pass
class ML(Mixin, list): pass
class Adds(int):
    def __add__(self, other): return 'add'
    def __rsub__(self, other): return 'rsub'
    def __repr__(self): return 'Adds'
class Equals(str):
    def __eq__(self, other): return True
    def __hash__(self): return 7
    def __str__(self): return 'str'
class Long(list):
    def __len__(self): return 7
    def __getitem__(self, key): return 'item'
    def __contains__(self, key): return True
    def __iter__(self): return iter('xy')
    def __radd__(self, other): return 'radd'
    def __mul__(self, other): return 'mul'
    def __setitem__(self, key, value): raise TypeError('set')
class Missing(dict):
    def __missing__(self, key): return 'missing'
class Keys(dict):
    def keys(self): return ['k']
    def __getitem__(self, key): return 'got'
class Iterates(dict):
    def __iter__(self): return iter(['k'])
    def keys(self): return ['k']
    def __getitem__(self, key): return 'got'
class Pair(tuple):
    def __new__(type, a, b): return tuple.__new__(type, (a, b))
    def __getitem__(self, key): return 'part'
class Unit(float):
    def __init__(self, *args, **kwargs): self.args = len(args)
    def __float__(self): return 8.5
    def __mul__(self, other): return NotImplemented
class Inits(list):
    def __init__(self, a, b): list.__init__(self, [a, b])
)";

/// What an expression of Python stands for here. The classes are those above.
class Scene {
 public:
  explicit Scene(Runtime& runtime) : rt(runtime) {
    add_plain_classes();
    add_number_classes();
    add_container_classes();
    add_objects();
  }

  [[nodiscard]] Ref<> make(const std::string& expression) const { return makers_.at(expression)(); }
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    for (const auto& [name, maker] : makers_) names.push_back(name);
    return names;
  }
  [[nodiscard]] Class& type(const std::string& name) const { return *classes_.at(name); }

  Runtime& rt;

 private:
  void add(const std::string& name, std::initializer_list<Type*> bases) { classes_[name] = rt.new_class(name, bases); }
  template <class F>
  void def(const std::string& type, std::string_view signature, F method) {
    define(classes_.at(type), signature, method);
  }

  void add_plain_classes() {
    add("I", {&rt.type<Int>()});
    add("F", {&rt.type<Float>()});
    add("S", {&rt.type<Str>()});
    add("T", {&rt.type<Tuple>()});
    add("L", {&rt.type<List>()});
    add("D", {&rt.type<Dict>()});
    add("LL", {&type("L")});
    add("Mixin", {});
    def("Mixin", "__len__", [](Object&) { return 42; });
    def("Mixin", "__neg__", [](Object&) { return "mixed"; });
    add("LM", {&type("L"), &type("Mixin")});
    add("ML", {&type("Mixin"), &rt.type<List>()});
  }
  void add_number_classes() {
    add("Adds", {&rt.type<Int>()});
    def("Adds", "__add__", [](Object&, Object&) { return "add"; });
    def("Adds", "__rsub__", [](Object&, Object&) { return "rsub"; });
    def("Adds", "__repr__", [](Object&) { return "Adds"; });
    add("Equals", {&rt.type<Str>()});
    def("Equals", "__eq__", [](Object&, Object&) { return true; });
    def("Equals", "__hash__", [](Object&) { return 7; });
    def("Equals", "__str__", [](Object&) { return "str"; });
    add("Unit", {&rt.type<Float>()});
    def("Unit", "__float__", [](Object&) { return 8.5; });
    def("Unit", "__mul__", [](Object& self, Object&) { return share(builtins_of(self).not_implemented()); });
    def("Unit", "__init__", [](Object& self, const Arguments& rest) { share(self).attr("args") = rest.positional.size(); });
  }
  void add_container_classes() {
    add("Long", {&rt.type<List>()});
    def("Long", "__len__", [](Object&) { return 7; });
    def("Long", "__getitem__", [](Object&, Object&) { return "item"; });
    def("Long", "__contains__", [](Object&, Object&) { return true; });
    def("Long", "__iter__", [](Object& self) { return iterate(*make_str(builtins_of(self), "xy")); });
    def("Long", "__radd__", [](Object&, Object&) { return "radd"; });
    def("Long", "__mul__", [](Object&, Object&) { return "mul"; });
    def("Long", "__setitem__", [](Object&, Object&, Object&) { raise(ErrorKind::kTypeError, "set"); });
    add("Missing", {&rt.type<Dict>()});
    def("Missing", "__missing__", [](Object&, Object&) { return "missing"; });
    for (const char* const name : {"Keys", "Iterates"}) {
      add(name, {&rt.type<Dict>()});
      def(name, "keys", [](Object&) { return std::vector<std::string>{"k"}; });
      def(name, "__getitem__", [](Object&, Object&) { return "got"; });
    }
    def("Iterates", "__iter__", [](Object& self) {
      const Ref<> keys = make_list(builtins_of(self), {make_str(builtins_of(self), "k").get()});
      return iterate(*keys);
    });
    add("Pair", {&rt.type<Tuple>()});
    def("Pair", "__getitem__", [](Object&, Object&) { return "part"; });
    def("Pair", "__new__(type, a, b)", [](Class& type, Object& a, Object& b) {
      Builtins& builtins = *type.heap->builtins;
      const Ref<> make = get_attribute(builtins.type(Kind::kTuple), *intern(builtins, "__new__"));
      const Ref<Tuple> parts = make_tuple(builtins, {&a, &b});
      Object* const given[] = {&type, parts.get()};
      return call(*make, {given, {}, {}});
    });
    add("Inits", {&rt.type<List>()});
    def("Inits", "__init__(self, a, b)", [](Object& self, Object& a, Object& b) {
      Builtins& builtins = builtins_of(self);
      const Ref<> initialise = get_attribute(builtins.type(Kind::kList), *intern(builtins, "__init__"));
      const Ref<List> items = make_list(builtins, {&a, &b});
      Object* const given[] = {&self, items.get()};
      static_cast<void>(call(*initialise, {given, {}, {}}));
    });
  }

  template <class... A>
  void object(const std::string& expression, const std::string& type, A... arguments) {
    makers_[expression] = [this, type, arguments...] { return Ref<>(classes_.at(type)(arguments...)); };
  }
  void add_objects() {
    makers_["3"] = [this] { return rt.from(3); };
    makers_["2.5"] = [this] { return rt.from(2.5); };
    makers_["'ab'"] = [this] { return rt.from("ab"); };
    makers_["''"] = [this] { return rt.from(""); };
    makers_["(1, 2)"] = [this] { return Ref<>(rt.tuple(1, 2)); };
    makers_["()"] = [this] { return Ref<>(rt.tuple()); };
    makers_["[2, 1]"] = [this] { return Ref<>(rt.list(2, 1)); };
    makers_["{'a': 1}"] = [this] { return Ref<>(rt.dict({{"a", 1}})); };
    makers_["None"] = [this] { return rt.none(); };
    makers_["True"] = [this] { return rt.from(true); };
    makers_["0"] = [this] { return rt.from(0); };
    object("I(3)", "I", 3);
    object("I('12', base=3)", "I", 5);
    object("F(2.5)", "F", 2.5);
    object("S('ab')", "S", "ab");
    object("S('')", "S", "");
    object("L('ab')", "L", "ab");
    object("L()", "L");
    object("LL('a')", "LL", "a");
    object("LM('ab')", "LM", "ab");
    object("ML('ab')", "ML", "ab");
    object("Adds(3)", "Adds", 3);
    object("Equals('ab')", "Equals", "ab");
    object("Long('abc')", "Long", "abc");
    object("T('ab')", "T", "ab");
    object("T()", "T");
    object("Pair(1, 2)", "Pair", 1, 2);
    object("Unit(2.5)", "Unit", 2.5);
    object("Inits(2, 1)", "Inits", 2, 1);
    makers_["I(10**20)"] = [this] { return classes_.at("I")(int_from_text(rt.builtins(), "100000000000000000000")); };
    for (const char* const name : {"D", "Missing", "Keys", "Iterates"})
      makers_[std::string(name) + "({'a': 1})"] = [this, name] { return classes_.at(name)(rt.dict({{"a", 1}})); };
  }

  std::map<std::string, Ref<Class>> classes_;
  std::map<std::string, std::function<Ref<>()>> makers_;
};

}  // namespace ouro::test
