// iter and next (CPython: PyObject_GetIter and PyIter_Next in Objects/abstract.c).
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
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

Ref<> detail::next_or_fail(Object& iterator) {
  const UnarySlot slot = iterator.type->slots->next;
  if (slot == nullptr) raise(ErrorKind::kTypeError, fmt::format("'{}' object is not an iterator", iterator.type->name));
  return slot(iterator);
}

Ref<> next(Object& iterator) {
  Heap& heap = heap_of(iterator);
  const FailureMark mark(heap.failures);
  Ref<> item = detail::next_or_fail(iterator);
  if (mark.failed()) [[unlikely]]
    raise_failure(heap);
  return item;
}

Outcome<Ref<>> try_next(Object& iterator) {
  return detail::attempt(heap_of(iterator), [&] { return detail::next_or_fail(iterator); });
}

}  // namespace ouro
