// iter and next (CPython: PyObject_GetIter and PyIter_Next in Objects/abstract.c).
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

namespace ouro {

Ref<> iterate(Object& object) {
  const TypeSlots& slots = *object.type->slots;
  if (slots.iterate != nullptr) {
    Ref<> iterator = slots.iterate(object);
    if (iterator->type->slots->next == nullptr)
      raise(ErrorKind::kTypeError, fmt::format("iter() returned non-iterator of type '{}'", iterator->type->name));
    return iterator;
  }
  if (slots.sequence != nullptr && slots.sequence->item != nullptr) return make_sequence_iterator(object);
  raise(ErrorKind::kTypeError, fmt::format("'{}' object is not iterable", object.type->name));
}

Ref<> next(Object& iterator) {
  const UnarySlot slot = iterator.type->slots->next;
  if (slot == nullptr) raise(ErrorKind::kTypeError, fmt::format("'{}' object is not an iterator", iterator.type->name));
  return slot(iterator);
}

}  // namespace ouro
