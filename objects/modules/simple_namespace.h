// SimpleNamespace: attributes and nothing else (types.SimpleNamespace).
//
//   offset 0        16
//          +--------+------+
//          | header | dict |      the dict is the one edge, and the `__dict__`
//          +--------+------+
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

namespace ouro {

struct Dict;

/// The object of a namespace. Two are equal if their attributes are.
struct SimpleNamespace : Object {
  static constexpr Kind kKind = Kind::kSimpleNamespace;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* dict;  ///< owned; null once the collector cleared it

  /// `namespace.__dict__`: changing it changes the namespace. Throws MemoryError where the collector cleared it.
  [[nodiscard]] Ref<Dict> attributes();
};
static_assert(sizeof(SimpleNamespace) == 24);

/// `types.SimpleNamespace(**attributes)`, which are copied; null: there are none. TypeError if a name is no str;
/// MemoryError.
[[nodiscard]] Ref<SimpleNamespace> make_namespace(Builtins& builtins, const Dict* attributes = nullptr);

}  // namespace ouro
