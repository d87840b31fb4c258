// iter and next (CPython: PyObject_GetIter and PyIter_Next in Objects/abstract.c).
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/sets/set_iterator.h>

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

namespace {

[[noreturn, gnu::cold]] void refuse_next(const Object& iterator) {
  raise(ErrorKind::kTypeError, fmt::format("'{}' object is not an iterator", iterator.type->name));
}

[[gnu::always_inline]] inline Ref<> next_by_slot(Object& iterator) {
  const UnarySlot slot = iterator.type->slots->next;
  if (slot == nullptr) [[unlikely]]
    refuse_next(iterator);
  return slot(iterator);
}

/// True for iterators that note no failure: what they run into they throw.
[[gnu::always_inline]] inline bool notes_no_failure(const Object& iterator) noexcept {
  return is<DictIterator>(iterator) || is<SetIterator>(iterator);
}

[[gnu::noinline]] Ref<> next_or_throw(Object& iterator) {
  Heap& heap = heap_of(iterator);
  const FailureMark mark(heap.failures);
  Ref<> item = next_by_slot(iterator);
  if (mark.failed()) [[unlikely]]
    raise_failure(heap);
  return item;
}

}  // namespace

// What is at hand is given without a call: then there is nothing to save or to undo on the way.
Ref<> detail::next_or_fail(Object& iterator) {
  if (Object* const item = item_at_hand(iterator)) return share(*item);
  return next_by_slot(iterator);
}

Ref<> next(Object& iterator) {
  if (Object* const item = detail::item_at_hand(iterator)) return share(*item);
  return notes_no_failure(iterator) ? next_by_slot(iterator) : next_or_throw(iterator);
}

Outcome<Ref<>> try_next(Object& iterator) {
  return detail::attempt(heap_of(iterator), [&] { return detail::next_or_fail(iterator); });
}

}  // namespace ouro
