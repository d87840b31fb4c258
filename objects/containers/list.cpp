// How lists are made, and what they do, apart from slices, sorting and slots.
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace ouro {

namespace {

void share_into(Object** to, std::span<Object* const> items) noexcept {
  for (std::size_t i = 0; i < items.size(); ++i) {
    increment(*items[i]);
    to[i] = items[i];
  }
}

/// Copies the items now in front of the list so often that it has `size` items. There must be room.
void fill_by_repeating(List& list, std::size_t unit, std::size_t size) noexcept {
  for (std::size_t i = unit; i < size; ++i) {
    Object* const item = list.items[i - unit];
    increment(*item);
    list.items[i] = item;
  }
  list.size = static_cast<std::uint32_t>(size);
}

std::size_t repeated_size(std::size_t size, std::int64_t times) {
  if (times <= 0 || size == 0) return 0;
  if (static_cast<std::uint64_t>(times) > List::kMaxSize / size) raise_out_of_memory();
  return size * static_cast<std::size_t>(times);
}

/// Where a search of a list begins or ends. Not clipped to the size of now: the list may change while it is searched.
std::size_t search_bound(std::int64_t bound, std::size_t size) noexcept {
  return static_cast<std::size_t>(std::max<std::int64_t>(detail::from_front(bound, size), 0));
}

void close_gap(List& list, std::size_t position) noexcept {
  std::memmove(list.items + position, list.items + position + 1, (list.size - position - 1) * sizeof(Object*));
  --list.size;
}

}  // namespace

std::size_t List::resolve_index(std::int64_t index, const char* complaint) const {
  const std::int64_t position = detail::from_front(index, size);
  if (!detail::is_position(position, size)) raise(ErrorKind::kIndexError, complaint);
  return static_cast<std::size_t>(position);
}

// Held as the list is: only if a collection has to run.
void List::make_room_for(Object& item) { detail::grow_list_by(*this, 1, &item); }

void List::erase(std::int64_t index) {
  const std::size_t position = resolve_index(index, "list assignment index out of range");
  const Ref<> dropped = Ref<>::adopt(items[position]);
  close_gap(*this, position);
  detail::shrink_list(*this);
}

void List::insert(std::int64_t index, Object& item) {
  if (size == capacity) make_room_for(item);
  expect_one_runtime(*this, item);
  const std::size_t position = detail::clip_bound(index, size);
  std::memmove(items + position + 1, items + position, (size - position) * sizeof(Object*));
  increment(item);
  items[position] = &item;
  ++size;
}

Ref<> List::pop(std::int64_t index) {
  if (size == 0) raise(ErrorKind::kIndexError, "pop from empty list");
  const std::size_t position = resolve_index(index, "pop index out of range");
  Ref<> popped = Ref<>::adopt(items[position]);
  close_gap(*this, position);
  detail::shrink_list(*this);
  return popped;
}

std::size_t List::index(Object& value, std::int64_t start, std::int64_t stop) {
  const Ref<> held[] = {detail::hold(*this), share(value)};
  const std::size_t end = search_bound(stop, size);
  for (std::size_t i = search_bound(start, size); i < end && i < size; ++i) {
    const Ref<> item = share(*items[i]);
    if (same_or_equal(*item, value)) return i;
  }
  raise(ErrorKind::kValueError, fmt::format("{} is not in list", shown_in_error(value)));
}

std::size_t List::count(Object& value) {
  const Ref<> held[] = {detail::hold(*this), share(value)};
  std::size_t found = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const Ref<> item = share(*items[i]);
    if (same_or_equal(*item, value)) ++found;
  }
  return found;
}

bool List::contains(Object& value) {
  const Ref<> held[] = {detail::hold(*this), share(value)};
  for (std::size_t i = 0; i < size; ++i) {
    const Ref<> item = share(*items[i]);
    if (same_or_equal(*item, value)) return true;
  }
  return false;
}

void List::remove(Object& value) {
  const Ref<> held[] = {detail::hold(*this), share(value)};
  for (std::size_t i = 0; i < size; ++i) {
    const Ref<> item = share(*items[i]);
    if (!same_or_equal(*item, value)) continue;
    // The comparison may have moved things: what stands here now goes, as in CPython; nothing if the list became shorter.
    if (i < size) erase(static_cast<std::int64_t>(i));
    return;
  }
  raise(ErrorKind::kValueError, "list.remove(x): x not in list");
}

void List::extend(std::span<Object* const> more) {
  const std::less<> before;
  const bool own = !before(more.data(), items) && before(more.data(), items + size);
  const std::ptrdiff_t offset = own ? more.data() - items : 0;
  for (Object* const item : more) expect_one_runtime(*this, *item);
  detail::grow_list(*this, std::size_t{size} + more.size());
  share_into(items + size, own ? std::span<Object* const>(items + offset, more.size()) : more);
  size += static_cast<std::uint32_t>(more.size());
}

void List::extend(Object& iterable) {
  const Ref<> held[] = {detail::hold(*this), share(iterable)};
  if (is_exact<List>(iterable) || &iterable == this) {
    const auto& list = static_cast<const List&>(iterable);
    detail::grow_list_by(*this, list.size);
    return extend(list.view());
  }
  if (is_exact<Tuple>(iterable)) {
    const auto& tuple = static_cast<const Tuple&>(iterable);
    detail::grow_list_by(*this, tuple.size);
    return extend(tuple.view());
  }
  const Ref<> iterator = iterate(iterable);
  const std::size_t hint = detail::length_hint(iterable).value_or(0);
  if (hint != 0) detail::grow_list_by(*this, hint);
  while (Ref<> item = next(*iterator)) append(std::move(item));
  detail::shrink_list(*this);
}

void List::clear() noexcept { static_cast<void>(detail::take_all(*this)); }

void List::reverse() noexcept { std::reverse(items, items + size); }

Ref<List> List::copy() const {
  // Making the list may collect, and a finalizer may drop or change this one: it is held, and looked at afterwards.
  const Ref<> held = detail::hold(*this);
  Ref<List> made = make_list(builtins_of(*this));
  made->reserve(size);
  made->extend(view());
  return made;
}

void List::reserve(std::size_t count) {
  const auto is_done = [&] {
    return count <= capacity || detail::set_list_capacity(*this, std::max<std::size_t>(count, size));
  };
  if (is_done()) return;
  const Ref<> held = detail::hold(*this);
  if (!heap_of(*this).make_room(count * sizeof(Object*)) || !is_done()) raise_out_of_memory();
}

Ref<List> List::concatenate(const List& other) const {
  const Ref<> held[] = {detail::hold(*this), detail::hold(other)};
  Ref<List> sum = make_list(builtins_of(*this));
  sum->reserve(std::size_t{size} + other.size);
  sum->extend(view());
  sum->extend(other.view());
  return sum;
}

Ref<List> List::repeat(std::int64_t times) const {
  const Ref<> held = detail::hold(*this);
  Ref<List> product = make_list(builtins_of(*this));
  const std::size_t target = repeated_size(size, times);
  if (target == 0) return product;
  product->reserve(target);
  product->extend(view());
  fill_by_repeating(*product, product->size, target);
  return product;
}

void List::repeat_in_place(std::int64_t times) {
  // It may collect, and a finalizer may drop or change the list: the size is looked at again.
  const Ref<> held = detail::hold(*this);
  if (const std::size_t wanted = repeated_size(size, times); wanted > size)
    static_cast<void>(heap_of(*this).make_room(wanted * sizeof(Object*)));
  const std::size_t target = repeated_size(size, times);
  if (target == 0) return clear();
  detail::grow_list(*this, target);
  fill_by_repeating(*this, size, target);
}

Ref<List> make_list(Builtins& builtins, std::size_t room) {
  Type& type = builtins.immortals->type(Kind::kList);
  if (room == 0)
    return make<List>(type, sizeof(List), [](List& made) noexcept {
      made.items = nullptr;
      made.size = made.capacity = 0;
    });
  static_cast<void>(builtins.heap.make_room(room * sizeof(Object*)));
  return make<List>(type, sizeof(List), [&](List& made) {
    made.items = detail::new_items(builtins.heap, room);
    made.size = 0;
    made.capacity = static_cast<std::uint32_t>(room);
  });
}

Ref<List> make_list_of(Type& type, std::size_t room) {
  if (!type.has(kClassType)) return make_list(*type.heap->builtins, room);
  return detail::make_derived<List>(type, sizeof(List), [](List& made) noexcept {
    made.items = nullptr;
    made.size = made.capacity = 0;
  });
}

Ref<List> make_list(Builtins& builtins, std::span<Object* const> items) {
  if (items.empty()) return make_list(builtins);
  detail::HeldItems held(items);  // making the list may collect
  static_cast<void>(builtins.heap.make_room(items.size_bytes()));
  Ref<List> list = make<List>(builtins.immortals->type(Kind::kList), sizeof(List), [&](List& made) {
    made.items = detail::new_items(builtins.heap, items.size());
    made.size = made.capacity = static_cast<std::uint32_t>(items.size());
    std::memcpy(made.items, items.data(), items.size_bytes());
  });
  held.release();
  return list;
}

Ref<List> list_from(Object& iterable) {
  const Ref<> held = share(iterable);  // making a list may collect
  Ref<List> list = make_list(builtins_of(iterable));
  list->extend(iterable);
  return list;
}

}  // namespace ouro
