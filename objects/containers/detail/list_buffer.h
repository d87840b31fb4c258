// The item buffer of a list: how it grows, shrinks and is swapped for another.
#pragma once

#include <ouro/objects/containers/list.h>

#include <cstddef>

namespace ouro::detail {

/// CPython's over-allocation: an eighth more than needed, in steps of four, so that n appends copy O(n) items in total.
[[nodiscard]] constexpr std::size_t list_room_for(std::size_t size) noexcept {
  return (size + (size >> 3) + 6) & ~std::size_t{3};
}

/// A buffer for `capacity` items, more than 0. Throws MemoryError.
[[nodiscard]] inline Object** new_items(Heap& heap, std::size_t capacity) {
  void* const buffer = capacity <= List::kMaxSize ? heap.memory.allocate_buffer(capacity * sizeof(Object*)) : nullptr;
  if (buffer == nullptr) [[unlikely]]
    raise_out_of_memory();
  return static_cast<Object**>(buffer);
}

/// Gives `list` room for exactly `capacity` items, at least its size. False, and nothing changed, if there is no memory.
[[nodiscard]] bool set_list_capacity(List& list, std::size_t capacity) noexcept;

/// Makes room for `size` items in all, a little more if the list must grow for it. Throws MemoryError. Collects nothing.
void grow_list(List& list, std::size_t size);

/// Makes room for `more` items than it has when this returns. At the memory limit a collection is tried, whose finalizers
/// may change the list: call it before anything is looked at. The list is held meanwhile, and `item`, if there is one.
/// Throws MemoryError.
void grow_list_by(List& list, std::size_t more, Object* item = nullptr);

/// Gives back room that a list which became shorter no longer needs. Never fails: without memory the room stays.
void shrink_list(List& list) noexcept;

/// Items that left a list and are to be dropped, each a count the holder owns. Drops them when it ends, after the list is
/// in order again; the buffer belongs to it if `capacity` is not 0.
struct [[nodiscard]] DroppedItems {
  Heap& heap;
  Object** items = nullptr;
  std::size_t count = 0;
  std::size_t capacity = 0;
  bool forwards = false;  ///< as CPython drops those of an extended slice; all others go backwards

  DroppedItems(Heap& home, Object** first, std::size_t number, std::size_t room) noexcept
      : heap(home), items(first), count(number), capacity(room) {}
  DroppedItems(const DroppedItems&) = delete;
  DroppedItems& operator=(const DroppedItems&) = delete;
  ~DroppedItems();
};

/// Room for `count` items to be dropped later. Throws MemoryError.
[[nodiscard]] DroppedItems room_to_drop(Heap& heap, std::size_t count);

/// Takes everything out of `list`, buffer included, and leaves it empty.
[[nodiscard]] DroppedItems take_all(List& list) noexcept;

}  // namespace ouro::detail
