// Types that stand in the list and are not written yet (iterators): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kListReverseIteratorSlots{
    .name = "list_reverseiterator", .kind = Kind::kSequenceIterator, .size = sizeof(Object)};
constinit const TypeSlots detail::kEnumerateSlots{.name = "enumerate", .kind = Kind::kEnumerate, .size = sizeof(Object)};
constinit const TypeSlots detail::kZipSlots{.name = "zip", .kind = Kind::kZip, .size = sizeof(Object)};
constinit const TypeSlots detail::kMapSlots{.name = "map", .kind = Kind::kMap, .size = sizeof(Object)};
constinit const TypeSlots detail::kFilterSlots{.name = "filter", .kind = Kind::kFilter, .size = sizeof(Object)};
constinit const TypeSlots detail::kReversedSlots{.name = "reversed", .kind = Kind::kReversed, .size = sizeof(Object)};
constinit const TypeSlots detail::kCallableIteratorSlots{
    .name = "callable_iterator", .kind = Kind::kCallableIterator, .size = sizeof(Object)};
constinit const TypeSlots detail::kGeneratorSlots{.name = "generator", .kind = Kind::kGenerator, .size = sizeof(Object)};

}  // namespace ouro
