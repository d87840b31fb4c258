// Types that stand in the list and are not written yet (classes): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kPropertySlots{.name = "property", .kind = Kind::kProperty, .size = sizeof(Object)};
constinit const TypeSlots detail::kStaticMethodSlots{
    .name = "staticmethod", .kind = Kind::kStaticMethod, .size = sizeof(Object)};
constinit const TypeSlots detail::kClassMethodSlots{
    .name = "classmethod", .kind = Kind::kClassMethod, .size = sizeof(Object)};
constinit const TypeSlots detail::kSuperSlots{.name = "super", .kind = Kind::kSuper, .size = sizeof(Object)};
constinit const TypeSlots detail::kMappingProxySlots{
    .name = "mappingproxy", .kind = Kind::kMappingProxy, .size = sizeof(Object)};
constinit const TypeSlots detail::kGenericAliasSlots{
    .name = "types.GenericAlias", .kind = Kind::kGenericAlias, .size = sizeof(Object)};

}  // namespace ouro
