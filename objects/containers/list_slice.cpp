// Parts of a list (CPython: list_subscript, list_ass_slice and list_ass_subscript in Objects/listobject.c).
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/detail/slice_positions.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/protocol.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace ouro {

namespace {

/// The items of an iterable in a list of our own, which nobody else can change.
Ref<List> frozen_items(const List& list, Object& iterable, std::int64_t step) {
  if (is_exact<List>(iterable) || &iterable == &list) return static_cast<const List&>(iterable).copy();
  return detail::items_of(iterable, step == 1 ? "can only assign an iterable" : "must assign iterable to extended slice");
}

void expect_size(const List& taken, std::size_t size) {
  if (taken.size != size)
    raise(ErrorKind::kValueError,
          fmt::format("attempt to assign sequence of size {} to extended slice of size {}", taken.size, size));
}

void move_items(List& list, std::size_t to, std::size_t from, std::size_t count) noexcept {
  // An empty list has no items to point to, not even for a move of none.
  if (count != 0) std::memmove(list.items + to, list.items + from, count * sizeof(Object*));
}

/// `list[first:first + gone] = items`. Nothing has changed if memory is lacking.
void replace_run(List& list, std::size_t first, std::size_t gone, std::span<Object* const> items) {
  detail::DroppedItems dropped = detail::room_to_drop(heap_of(list), gone);
  const std::size_t new_size = list.size - gone + items.size();
  detail::grow_list(list, new_size);
  for (; dropped.count < gone; ++dropped.count) dropped.items[dropped.count] = list.items[first + dropped.count];
  move_items(list, first + items.size(), first + gone, list.size - first - gone);
  for (std::size_t i = 0; i < items.size(); ++i) {
    increment(*items[i]);
    list.items[first + i] = items[i];
  }
  list.size = static_cast<std::uint32_t>(new_size);
  detail::shrink_list(list);
}

/// Deletes every step-th item. `range` counts upwards.
void erase_stepwise(List& list, const SliceRange& range) {
  detail::DroppedItems dropped = detail::room_to_drop(heap_of(list), range.size);
  dropped.forwards = true;
  const std::size_t left = detail::take_positions(
      range, list.size, [&](std::size_t position) noexcept { dropped.items[dropped.count++] = list.items[position]; },
      [&](std::size_t to, std::size_t from, std::size_t count) noexcept { move_items(list, to, from, count); });
  list.size = static_cast<std::uint32_t>(left);
  detail::shrink_list(list);
}

}  // namespace

Ref<List> List::slice(const Slice& part) const {
  const Ref<> held = detail::hold(*this);  // making a list may collect
  Ref<List> made = make_list(builtins_of(*this));
  const SliceRange range = resolve(part, size);
  made->reserve(range.size);
  for (std::size_t i = 0; i < range.size; ++i) made->append(*items[range.at(i)]);
  return made;
}

// Where the slice lies is known before the iterable is asked for its items, and looked at again afterwards: that may change
// the list.
void List::set_slice(const Slice& part, Object& iterable) {
  const Ref<> held = detail::hold(*this);
  const SliceRange wanted = resolve(part, size);
  const Ref<List> taken = frozen_items(*this, iterable, part.step);
  expect_one_runtime(*this, *taken);
  if (part.step == 1) {
    if (taken->size > wanted.size) detail::grow_list_by(*this, taken->size - wanted.size);
    const std::size_t first = std::min<std::size_t>(static_cast<std::size_t>(wanted.first), size);
    return replace_run(*this, first, std::min(wanted.size, size - first), taken->view());
  }
  expect_size(*taken, wanted.size);
  const SliceRange range = resolve(part, size);
  expect_size(*taken, range.size);
  // The old items change places with the new ones, and are dropped when the list is in order again.
  for (std::size_t i = 0; i < range.size; ++i) std::swap(items[range.at(i)], taken->items[i]);
  detail::DroppedItems dropped = detail::take_all(*taken);
  dropped.forwards = true;
}

void List::erase_slice(const Slice& part) {
  const SliceRange range = detail::upwards(resolve(part, size));
  if (range.size == 0) return;
  if (range.step == 1) return replace_run(*this, static_cast<std::size_t>(range.first), range.size, {});
  erase_stepwise(*this, range);
}

}  // namespace ouro
