// Types that stand in the list and are not written yet (sets): this file goes with the last of them.
#include <ouro/objects/core/detail/slot_tables.h>

namespace ouro {

constinit const TypeSlots detail::kDictReverseKeyIteratorSlots{
    .name = "dict_reversekeyiterator", .kind = Kind::kDictIterator, .size = sizeof(Object)};
constinit const TypeSlots detail::kDictReverseValueIteratorSlots{
    .name = "dict_reversevalueiterator", .kind = Kind::kDictIterator, .size = sizeof(Object)};
constinit const TypeSlots detail::kDictReverseItemIteratorSlots{
    .name = "dict_reverseitemiterator", .kind = Kind::kDictIterator, .size = sizeof(Object)};
constinit const TypeSlots detail::kWeakSetSlots{.name = "WeakSet", .kind = Kind::kWeakSet, .size = sizeof(Object)};
constinit const TypeSlots detail::kWeakMethodSlots{.name = "WeakMethod", .kind = Kind::kWeakMethod, .size = sizeof(Object)};
constinit const TypeSlots detail::kWeakProxySlots{.name = "weakproxy", .kind = Kind::kWeakProxy, .size = sizeof(Object)};
constinit const TypeSlots detail::kWeakCallableProxySlots{
    .name = "weakcallableproxy", .kind = Kind::kWeakProxy, .size = sizeof(Object)};

}  // namespace ouro
