// Types that stand in the list and are not written yet (bytes): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kMemoryViewSlots{.name = "memoryview", .kind = Kind::kMemoryView, .size = sizeof(Object)};
constinit const TypeSlots detail::kMemoryIteratorSlots{
    .name = "memory_iterator", .kind = Kind::kSequenceIterator, .size = sizeof(Object)};

}  // namespace ouro
