// Types that stand in the list and are not written yet (sets): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kWeakSetSlots{.name = "WeakSet", .kind = Kind::kWeakSet, .size = sizeof(Object)};

}  // namespace ouro
