// Types that stand in the list and are not written yet (modules): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kModuleSlots{.name = "module", .kind = Kind::kModule, .size = sizeof(Object)};
constinit const TypeSlots detail::kSimpleNamespaceSlots{
    .name = "types.SimpleNamespace", .kind = Kind::kSimpleNamespace, .size = sizeof(Object)};
constinit const TypeSlots detail::kCellSlots{.name = "cell", .kind = Kind::kCell, .size = sizeof(Object)};

}  // namespace ouro
