// The memory of a list's items: growing and shrinking by CPython's rule.
#include <ouro/objects/containers/detail/list_buffer.h>

#include <cstring>
#include <utility>

namespace ouro::detail {

bool set_list_capacity(List& list, std::size_t capacity) noexcept {
  OURO_ASSERT_INTERNAL(capacity >= list.size, "list-capacity");
  if (capacity == list.capacity) return true;
  alloc::Allocator& memory = heap_of(list).memory;
  const std::size_t old_bytes = list.capacity * sizeof(Object*);
  void* buffer = nullptr;
  if (capacity == 0) {
    memory.free_buffer(list.items, old_bytes);
  } else {
    if (capacity > List::kMaxSize) return false;
    buffer = list.capacity == 0 ? memory.allocate_buffer(capacity * sizeof(Object*))
                                : memory.reallocate_buffer(list.items, old_bytes, capacity * sizeof(Object*));
    if (buffer == nullptr) return false;
  }
  list.items = static_cast<Object**>(buffer);
  list.capacity = static_cast<std::uint32_t>(capacity);
  return true;
}

namespace {

/// The room that a list gets which needs room for `size` items. One that grows by a lot at once gets what it asked for:
/// CPython's rule, too.
std::size_t room_to_grow(const List& list, std::size_t size) noexcept {
  const std::size_t room = list_room_for(size);
  return size - list.size > room - size ? (size + 3) & ~std::size_t{3} : room;
}

}  // namespace

void grow_list(List& list, std::size_t size) {
  if (size > list.capacity && !set_list_capacity(list, room_to_grow(list, size))) raise_out_of_memory();
}

void grow_list_by(List& list, std::size_t more, Object* item) {
  const auto is_done = [&] {
    const std::size_t size = list.size + more;
    return size <= list.capacity || set_list_capacity(list, room_to_grow(list, size));
  };
  if (is_done()) return;
  const Ref<> held[] = {share<Object>(list), Ref<>::share(item)};
  const std::size_t wanted = room_to_grow(list, list.size + more) * sizeof(Object*);
  if (!heap_of(list).make_room(wanted) || !is_done()) raise_out_of_memory();
}

void shrink_list(List& list) noexcept {
  if (list.size >= list.capacity / 2) return;
  const std::size_t room = list.size == 0 ? 0 : list_room_for(list.size);
  if (room < list.capacity) static_cast<void>(set_list_capacity(list, room));
}

DroppedItems::~DroppedItems() {
  // In CPython's order, so that nested structures die in the same one.
  for (std::size_t i = 0; i < count; ++i) decrement(*items[forwards ? i : count - 1 - i]);
  if (capacity != 0) heap.memory.free_buffer(items, capacity * sizeof(Object*));
}

DroppedItems room_to_drop(Heap& heap, std::size_t count) {
  if (count == 0) return {heap, nullptr, 0, 0};
  void* const buffer = heap.memory.allocate_buffer(count * sizeof(Object*));
  if (buffer == nullptr) raise_out_of_memory();
  return {heap, static_cast<Object**>(buffer), 0, count};
}

DroppedItems take_all(List& list) noexcept {
  // A list that is being sorted has no room, and a mark where its items were: it stays as it is.
  if (list.capacity == 0) return {heap_of(list), nullptr, 0, 0};
  return {heap_of(list), std::exchange(list.items, nullptr), std::exchange(list.size, 0), std::exchange(list.capacity, 0)};
}

}  // namespace ouro::detail
