// Types that stand in the list and are not written yet (classes): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kGenericAliasSlots{
    .name = "types.GenericAlias", .kind = Kind::kGenericAlias, .size = sizeof(Object)};

}  // namespace ouro
