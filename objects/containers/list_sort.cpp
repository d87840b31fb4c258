// list.sort (CPython: list_sort_impl in Objects/listobject.c).
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/detail/stable_sort.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/detail/scratch_buffer.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <algorithm>
#include <utility>

namespace ouro {

namespace {

/// An item with the key it is sorted by.
struct Keyed {
  Object* key;
  Object* item;
};

Object& key_of(Object* item) noexcept { return *item; }
Object& key_of(const Keyed& keyed) noexcept { return *keyed.key; }

/// The items of a list while it is sorted. They are taken out, so that code which comparisons run finds an empty list and
/// can do no harm; they go back when this ends.
class [[nodiscard]] TakenItems {
 public:
  explicit TakenItems(List& list) noexcept
      : list_(share(list)),
        items_(std::exchange(list.items, &mark_)),
        size_(std::exchange(list.size, 0)),
        capacity_(std::exchange(list.capacity, 0)) {}
  TakenItems(const TakenItems&) = delete;
  TakenItems& operator=(const TakenItems&) = delete;
  ~TakenItems() {
    const detail::DroppedItems foreign = detail::take_all(*list_);
    list_->items = items_;
    list_->size = size_;
    list_->capacity = capacity_;
  }

  [[nodiscard]] Object** items() const noexcept { return items_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// True if somebody put something into the list meanwhile.
  [[nodiscard]] bool disturbed() const noexcept { return list_->items != &mark_; }

 private:
  Ref<List> list_;
  Object* mark_ = nullptr;  ///< its address stands in the list
  Object** items_;
  std::uint32_t size_;
  std::uint32_t capacity_;
};

/// Owns the keys of the first `count` elements.
struct HeldKeys {
  const Keyed* elements;
  std::size_t count = 0;
  ~HeldKeys() {
    for (std::size_t i = 0; i < count; ++i) decrement(*elements[i].key);
  }
};

template <class T, class Predicate>
bool all_keys(const T* elements, std::size_t size, Predicate predicate) {
  return std::all_of(elements, elements + size, [&](const T& element) { return predicate(key_of(element)); });
}

/// An element with the number it is sorted by, so that comparing reads no object.
template <class V, class T>
struct Numbered {
  V number;
  T element;
};

/// Sorts elements whose keys are all of the type K by their `value`. Runs no code but safepoints; what they throw leaves the
/// elements as they were. False, and nothing done, if the memory limit leaves no room for the numbers. Throws MemoryError.
template <class K, class T>
bool sort_by_numbers(Heap& heap, T* elements, std::size_t size) {
  using Entry = Numbered<decltype(K::value), T>;
  constexpr std::size_t kFew = 64;  // fewer lie close together anyway
  if (size < kFew || heap.memory.budget().is_short_of(2 * size * sizeof(Entry))) return false;
  detail::ScratchBuffer<Entry> entries(heap, size);
  detail::ScratchBuffer<Entry> scratch(heap, size / 2);
  for (std::size_t i = 0; i < size; ++i) entries.data()[i] = {static_cast<K&>(key_of(elements[i])).value, elements[i]};
  detail::stable_sort(
      entries.data(), size, scratch.data(), [](const Entry& a, const Entry& b) noexcept { return a.number < b.number; },
      [&] { heap.safepoint(); });
  for (std::size_t i = 0; i < size; ++i) elements[i] = entries.data()[i].element;
  return true;
}

/// Sorts with the cheapest comparison that suits all keys: keys of one built-in type need no look at any type. Long merges
/// are followed by a safepoint; small lists of atoms are sorted without one, as in CPython.
template <class T>
void sort_elements(Heap& heap, T* elements, std::size_t size, T* scratch) {
  const auto sort_by = [&](auto less) {
    detail::stable_sort(
        elements, size, scratch, [&](const T& a, const T& b) { return less(key_of(a), key_of(b)); },
        [&] { heap.safepoint(); });
  };
  const auto small = [](const Object& key) { return is_exact<Int>(key) && !static_cast<const Int&>(key).is_big(); };
  if (all_keys(elements, size, small)) {
    if (sort_by_numbers<Int>(heap, elements, size)) return;
    return sort_by([](Object& a, Object& b) noexcept { return static_cast<Int&>(a).value < static_cast<Int&>(b).value; });
  }
  if (all_keys(elements, size, [](const Object& key) { return is_exact<Float>(key); })) {
    if (sort_by_numbers<Float>(heap, elements, size)) return;
    return sort_by(
        [](Object& a, Object& b) noexcept { return static_cast<Float&>(a).value < static_cast<Float&>(b).value; });
  }
  // The order of UTF-8 bytes is the order of code points.
  if (all_keys(elements, size, [](const Object& key) { return is_exact<Str>(key); }))
    return sort_by([](Object& a, Object& b) noexcept { return text(static_cast<Str&>(a)) < text(static_cast<Str&>(b)); });
  sort_by([](Object& a, Object& b) { return compare(a, b, Comparison::kLess); });
}

/// Turning the elements round before and after keeps equal ones in their order.
template <class T>
void sort_directed(Heap& heap, T* elements, std::size_t size, T* scratch, bool reverse) {
  struct TurnRound {
    T* first;
    T* last;
    ~TurnRound() { std::reverse(first, last); }
  };
  if (!reverse) return sort_elements(heap, elements, size, scratch);
  std::reverse(elements, elements + size);
  const TurnRound turn_round{elements, elements + size};
  sort_elements(heap, elements, size, scratch);
}

void sort_by_key(TakenItems& taken, Object& key, bool reverse, Keyed* elements, Keyed* scratch) {
  // Writes the items back in their new order, whatever happens once all keys are there.
  struct WriteBack {
    const TakenItems& taken;
    const Keyed* elements;
    ~WriteBack() {
      for (std::size_t i = 0; i < taken.size(); ++i) taken.items()[i] = elements[i].item;
    }
  };
  HeldKeys held{elements};
  for (std::size_t i = 0; i < taken.size(); ++i) {
    Object* const item = taken.items()[i];
    elements[i] = {call(key, Arguments{{&item, 1}, {}, {}}).release(), item};
    held.count = i + 1;
  }
  const WriteBack write_back{taken, elements};
  sort_directed(heap_of(key), elements, taken.size(), scratch, reverse);
}

void refuse_disturbed(const TakenItems& taken) {
  if (taken.disturbed()) raise(ErrorKind::kValueError, "list modified during sort");
}

}  // namespace

void List::sort(Object* key, bool reverse) {
  Heap& heap = heap_of(*this);
  if (key == nullptr || is_none(*key)) {
    detail::ScratchBuffer<Object*> scratch(heap, size / 2);
    const TakenItems taken(*this);
    sort_directed(heap, taken.items(), taken.size(), scratch.data(), reverse);
    return refuse_disturbed(taken);
  }
  const Ref<> held_key = share(*key);
  detail::ScratchBuffer<Keyed> elements(heap, size);
  detail::ScratchBuffer<Keyed> scratch(heap, size / 2);
  TakenItems taken(*this);
  sort_by_key(taken, *key, reverse, elements.data(), scratch.data());
  refuse_disturbed(taken);
}

}  // namespace ouro
