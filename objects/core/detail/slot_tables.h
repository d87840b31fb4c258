// The behaviour of every built-in type, each written down in the file of its type.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/type.h>

namespace ouro::detail {

extern const TypeSlots kObjectSlots;
extern const TypeSlots kTypeSlots;
extern const TypeSlots kNoneSlots;
extern const TypeSlots kNotImplementedSlots;
extern const TypeSlots kBoolSlots;
extern const TypeSlots kIntSlots;
extern const TypeSlots kFloatSlots;
extern const TypeSlots kStrSlots;
extern const TypeSlots kTupleSlots;
extern const TypeSlots kListSlots;
extern const TypeSlots kDictSlots;
extern const TypeSlots kSequenceIteratorSlots;
extern const TypeSlots kDictIteratorSlots;
extern const TypeSlots kDictViewSlots;
extern const TypeSlots kListIteratorSlots;
extern const TypeSlots kTupleIteratorSlots;
extern const TypeSlots kStrIteratorSlots;
extern const TypeSlots kAsciiIteratorSlots;
extern const TypeSlots kDictValueIteratorSlots;
extern const TypeSlots kDictItemIteratorSlots;
extern const TypeSlots kDictValuesSlots;
extern const TypeSlots kDictItemsSlots;
extern const TypeSlots kFunctionSlots;
extern const TypeSlots kMethodSlots;
extern const TypeSlots kWeakRefSlots;
extern const TypeSlots kWeakKeysSlots;
extern const TypeSlots kWeakValuesSlots;
extern const TypeSlots kFinalizeSlots;

}  // namespace ouro::detail
