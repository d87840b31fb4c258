// What the calls of the table of operations find by name besides builtins, here and in CPython.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/iterators/generator.h>
#include <ouro/objects/modules/module.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/operations/operator_functions.h>
#include <ouro/objects/weak/weak_proxy.h>
#include <support/evaluator.h>
#include <support/fixture.h>

#include <optional>
#include <string>

namespace ouro::test {

inline constexpr const char* kOperationPrelude = R"(
import builtins, operator, types, weakref
from types import SimpleNamespace, MappingProxyType as mappingproxy, ModuleType as module, CellType as cell, GenericAlias
from weakref import ref, proxy, WeakSet, WeakMethod, WeakKeyDictionary, WeakValueDictionary, finalize
class Base:
    def f(self): return 1
Base.__module__ = 'test'
class Point(Base): pass
Point.__module__ = 'test'
point = Point()
target = Base()
def gen():
    yield 1
    yield 2
def plain(x, y=2): return (x, y)
plain.__module__ = None)";

/// A generator of 1 and 2.
struct GivesTwo {
  int given = 0;
  std::optional<int> operator()() { return given < 2 ? std::optional(++given) : std::nullopt; }
};

/// Gives the evaluator the names of the prelude.
inline void name_operation_scene(Evaluator& evaluator, Runtime& rt) {
  Builtins& builtins = rt.builtins();
  const Ref<Class> base = rt.new_class("Base");
  define(base, "f(self)", [](Object&) { return 1; });
  base.attr("__module__") = "test";
  const Ref<Class> point = rt.new_class("Point", {base.get()});
  point.attr("__module__") = "test";
  evaluator.name("Base", base, kOperationPrelude);
  evaluator.name("Point", point);
  evaluator.name("point", call(*point, {}));
  evaluator.name("target", call(*base, {}));
  const auto type = [&](const char* name, Kind kind) { evaluator.name(name, share<Object>(builtins.type(kind))); };
  type("SimpleNamespace", Kind::kSimpleNamespace);
  type("mappingproxy", Kind::kMappingProxy);
  type("module", Kind::kModule);
  type("cell", Kind::kCell);
  type("GenericAlias", Kind::kGenericAlias);
  type("ref", Kind::kWeakRef);
  type("WeakSet", Kind::kWeakSet);
  type("WeakMethod", Kind::kWeakMethod);
  type("WeakKeyDictionary", Kind::kWeakKeys);
  type("WeakValueDictionary", Kind::kWeakValues);
  type("finalize", Kind::kFinalize);
  evaluator.name("proxy", make_function(builtins, "proxy(object, callback=None)",
                                        [](Object& of, Object& callback) { return make_weak_proxy(of, &callback); }));
  evaluator.name("gen",
                 make_function(builtins, "gen()", [&builtins] { return make_generator(builtins, "gen", GivesTwo{}); }));
  evaluator.name("plain", make_function(builtins, "plain(x, y=2)", [](Object& x, Object& y) {
                   return make_tuple(builtins_of(x), {&x, &y});
                 }));
  const auto module = [&](const char* name, Ref<Dict> (*functions_of)(Builtins&, Object*)) {
    const Ref<Module> made = make_module(builtins, name);
    const Ref<Dict> all = functions_of(builtins, made.get());
    for (const auto [key, value] : all) made->set(text(static_cast<const Str&>(key)), value);
    evaluator.name(name, made);
  };
  module("operator", operator_functions);
  module("builtins", builtin_functions);
}

}  // namespace ouro::test
