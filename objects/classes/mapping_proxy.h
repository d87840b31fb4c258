// MappingProxy: a mapping that can be read, not changed: what `cls.__dict__` is.
//
// Whoever changed the dict of a class itself would go past what the class remembers of its attributes (law special-current).
// A proxy shows the dict as it is now; nothing gets at the dict through it.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

namespace ouro {

/// The object of a mapping proxy.
struct MappingProxy : Object {
  static constexpr Kind kKind = Kind::kMappingProxy;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* mapping;  ///< owned
};
static_assert(sizeof(MappingProxy) == 24);

/// `types.MappingProxyType(mapping)`. TypeError "mappingproxy() argument must be a mapping, not int"; MemoryError.
[[nodiscard]] Ref<MappingProxy> make_mapping_proxy(Object& mapping);

}  // namespace ouro
