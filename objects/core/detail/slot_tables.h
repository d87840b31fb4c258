// The behaviour of every built-in type, each written down in the file of its type.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

#define OURO_SLOTS(name) extern const TypeSlots k##name##Slots;
OURO_BUILTIN_TYPES(OURO_SLOTS, OURO_SLOTS)
#undef OURO_SLOTS

}  // namespace ouro::detail
