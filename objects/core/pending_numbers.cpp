// Types that stand in the list and are not written yet (numbers): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kComplexSlots{.name = "complex", .kind = Kind::kComplex, .size = sizeof(Object)};

}  // namespace ouro
