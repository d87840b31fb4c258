// The step that most loops take: from one item of a list or tuple to the next, without a call.
#pragma once

#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple_layout.h>

namespace ouro::detail {

/// The next item of an iterator through a list, in either direction, or a tuple, borrowed, and the step to it. Null, and
/// nothing changed, if it is at its end, or another iterator.
[[nodiscard, gnu::always_inline]] inline Object* item_at_hand(Object& iterator) noexcept {
  if (!is<SequenceIterator>(iterator)) return nullptr;
  auto& steps = static_cast<SequenceIterator&>(iterator);
  const Object* const sequence = steps.sequence;
  if (sequence == nullptr) return nullptr;
  const std::uint64_t position = steps.position;
  if (is<List>(*sequence)) {
    const auto& list = static_cast<const List&>(*sequence);
    if (position < list.size) {
      steps.position = position + 1;
      return list.items[position];
    }
    const std::uint64_t left = position - SequenceIterator::kBackwards;
    if (position < SequenceIterator::kBackwards || left - 1 >= list.size) return nullptr;
    steps.position = position - 1;
    return list.items[left - 1];
  }
  if (!is<Tuple>(*sequence)) return nullptr;
  const auto& tuple = static_cast<const Tuple&>(*sequence);
  if (position >= tuple.size) return nullptr;
  steps.position = position + 1;
  return tuple.items[position];
}

}  // namespace ouro::detail
