// List: a growing sequence of objects.
//
//   offset 0        16      24     28         32
//          +--------+-------+------+----------+
//          | header | items | size | capacity |       items --> | item | item | item | (room) |
//          +--------+-------+------+----------+                 the first `size` are the object's edges (buffer)
//
// The items lie in a buffer of their own, which grows as CPython's does, by about an eighth, and moves pages instead of
// copying them where it is large.
//
// Laws
//   list-32: a list is one 32-byte block plus its buffer.
//   store-first: a slot is changed before the old item is dropped, because a drop may run any code, this list's included.
//   list-recheck: whoever calls foreign code while it walks a list looks at size and items again afterwards.
#pragma once

#include <ouro/base/standard/range.h>
#include <ouro/objects/containers/slice.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>

namespace ouro {

struct List;

/// Walks a list by position, so that it stays valid whatever happens to the list: it sees appended items and stops early
/// when the list shrinks, as Python's `for` does. Yields borrowed items.
class ListCursor {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = Object;

  explicit ListCursor(const List& list) noexcept : list_(&list) {}
  [[nodiscard]] inline Object& operator*() const noexcept;
  ListCursor& operator++() noexcept {
    ++position_;
    return *this;
  }
  void operator++(int) noexcept { ++position_; }
  [[nodiscard]] inline bool operator==(std::default_sentinel_t) const noexcept;

 private:
  const List* list_;
  std::uint32_t position_ = 0;
};

/// The object of a list. Constant time where nothing else is said; indexes count from the end if negative. Everything that
/// needs memory may throw MemoryError and has changed nothing then.
struct List : Object {
  static constexpr Kind kKind = Kind::kList;
  static constexpr Home kHome = Home::kContainers;
  static constexpr bool kDropsBackwards = true;
  static constexpr EdgeLayout kEdges = EdgeLayout::buffer(sizeof(Object), sizeof(Object) + sizeof(Object**));

  Object** items;          ///< null if capacity is 0
  std::uint32_t size;      ///< number of items; none of them is null
  std::uint32_t capacity;  ///< room in the buffer, in items

  // ---- Single items ----

  /// `list[index]`, borrowed. IndexError "list index out of range".
  [[nodiscard]] Object& get(std::int64_t index) const {
    heap_of(*this).assert_locked("list.get");
    if (static_cast<std::uint64_t>(index) < size) [[likely]]
      return *items[index];
    return *items[resolve_index(index, "list index out of range")];
  }
  /// `list[index] = item`. IndexError "list assignment index out of range".
  void set(std::int64_t index, Object& item) {
    heap_of(*this).assert_locked("list.set");
    const auto at = static_cast<std::uint64_t>(index) < size ? static_cast<std::size_t>(index)
                                                             : resolve_index(index, "list assignment index out of range");
    expect_one_runtime(*this, item);
    increment(item);
    store(items[at], &item);
  }
  /// `del list[index]`. IndexError as for `set`. Linear in what follows.
  void erase(std::int64_t index);

  /// `list.append(item)`. Amortised constant. The second form takes the caller's count over; SystemError if it is empty.
  void append(Object& item) {
    heap_of(*this).assert_locked("list.append");
    expect_one_runtime(*this, item);
    if (size == capacity) [[unlikely]]
      make_room_for(item);
    increment(item);
    items[size++] = &item;
  }
  void append(Ref<> item) {
    if (!item) [[unlikely]]
      detail::raise_unusable(nullptr);
    heap_of(*this).assert_locked("list.append");
    expect_one_runtime(*this, *item);
    if (size == capacity) [[unlikely]]
      make_room_for(*item);
    items[size++] = item.release();
  }
  /// `list.insert(index, item)`, the index clipped to the list. Linear in what follows.
  void insert(std::int64_t index, Object& item);
  /// `list.pop(index)`. IndexError "pop from empty list", "pop index out of range". Linear in what follows.
  Ref<> pop(std::int64_t index = -1);

  // ---- Search; linear, may run code of the items' classes ----

  /// `list.index(value, start, stop)`. ValueError "3 is not in list".
  [[nodiscard]] std::size_t index(Object& value, std::int64_t start = 0,
                                  std::int64_t stop = std::numeric_limits<std::int64_t>::max());
  /// `list.count(value)`.
  [[nodiscard]] std::size_t count(Object& value);
  /// `value in list`.
  [[nodiscard]] bool contains(Object& value);
  /// `list.remove(value)`. ValueError "list.remove(x): x not in list".
  void remove(Object& value);

  // ---- The whole list; linear ----

  /// `list.extend(iterable)`. What was taken from the iterable before it failed stays in the list, as in CPython.
  void extend(Object& iterable);
  /// Appends these objects, all or none.
  void extend(std::span<Object* const> more);
  /// `list.clear()`.
  void clear() noexcept;
  /// `list.reverse()`.
  void reverse() noexcept;
  /// `list.copy()`.
  [[nodiscard]] Ref<List> copy() const;
  /// `list.sort(key=key, reverse=reverse)`: stable, n log n comparisons with `<`, fewer where runs exist. The list is empty
  /// for code that looks at it meanwhile; ValueError "list modified during sort". If a comparison throws, the list has all
  /// its items in some order.
  void sort(Object* key = nullptr, bool reverse = false);
  /// Room for `count` items, so that appending up to there cannot fail.
  void reserve(std::size_t count);

  // ---- Slices; linear ----

  /// `list[start:stop:step]`.
  [[nodiscard]] Ref<List> slice(const Slice& part) const;
  /// `list[start:stop:step] = iterable`. ValueError "attempt to assign sequence of size 2 to extended slice of size 3".
  void set_slice(const Slice& part, Object& iterable);
  /// `del list[start:stop:step]`.
  void erase_slice(const Slice& part);

  // ---- Operators ----

  /// `list + other`.
  [[nodiscard]] Ref<List> concatenate(const List& other) const;
  /// `list * times`; nothing if `times` is not positive.
  [[nodiscard]] Ref<List> repeat(std::int64_t times) const;
  /// `list *= times`.
  void repeat_in_place(std::int64_t times);

  [[nodiscard]] std::span<Object* const> view() const noexcept { return {items, size}; }
  [[nodiscard]] ListCursor begin() const noexcept { return ListCursor(*this); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The most items a list can have. CPython's limit is higher than memory; so is this one.
  static constexpr std::size_t kMaxSize = std::numeric_limits<std::uint32_t>::max() - 16;

 private:
  [[nodiscard]] std::size_t resolve_index(std::int64_t index, const char* complaint) const;
  /// Room for one more. May collect, so what comes is held meanwhile.
  void make_room_for(Object& item);
};
static_assert(sizeof(List) == 32, "law list-32");

inline Object& ListCursor::operator*() const noexcept { return *list_->items[position_]; }
inline bool ListCursor::operator==(std::default_sentinel_t) const noexcept { return position_ >= list_->size; }

/// An empty list with room for `room` items. Throws MemoryError.
[[nodiscard]] Ref<List> make_list(Builtins& builtins, std::size_t room = 0);
/// The same for `type`, which is list or a class that derives from it. No object of a class is made if memory is lacking.
[[nodiscard]] Ref<List> make_list_of(Type& type, std::size_t room = 0);
/// The list of these objects, which are shared. `items` must stay valid while a collection runs: those of another list might
/// not, use `copy` there. Linear.
[[nodiscard]] Ref<List> make_list(Builtins& builtins, std::span<Object* const> items);
[[nodiscard]] inline Ref<List> make_list(Builtins& builtins, std::initializer_list<Object*> items) {
  return make_list(builtins, std::span<Object* const>(items.begin(), items.size()));
}
/// `list(iterable)`.
[[nodiscard]] Ref<List> list_from(Object& iterable);

}  // namespace ouro
