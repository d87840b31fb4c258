// Module: a name and attributes, as `import` gives it.
//
//   offset 0        16
//          +--------+------+
//          | header | dict |      the dict is the module's one edge, and its `__dict__`
//          +--------+------+
//
//   Ref<Module> tools = make_module(builtins, "tools", "What is needed often.");
//   tools.attr("twice") = make_function(builtins, "twice(x)", [](int x) { return 2 * x; });
//
// A module's own `__getattr__`, a function among its attributes, is asked for those that are not there (PEP 562).
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <string_view>

namespace ouro {

struct Dict;

/// The object of a module.
struct Module : Object {
  static constexpr Kind kKind = Kind::kModule;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* dict;  ///< owned; null once the collector cleared it

  /// `module.__dict__`: changing it changes the module. Throws MemoryError where the collector cleared the module.
  [[nodiscard]] Ref<Dict> attributes();
  /// `module.name = value`. Throws MemoryError.
  void set(std::string_view name, Object& value);
  /// `module.name`, borrowed, or null. Asks no `__getattr__`.
  [[nodiscard]] Object* find(std::string_view name) const noexcept;
};
static_assert(sizeof(Module) == 24);

/// `types.ModuleType(name, doc)`: with `__name__` and `__doc__` (None if it is empty), and `__package__`, `__loader__` and
/// `__spec__`, which are None. UnicodeDecodeError; MemoryError.
[[nodiscard]] Ref<Module> make_module(Builtins& builtins, std::string_view name, std::string_view doc = {});

}  // namespace ouro
