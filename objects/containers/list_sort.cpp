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
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
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

/// Sorts elements by `before` of numbers that stand for their keys. Runs no code but safepoints; what they throw leaves the
/// elements as they were. False, and nothing done, if they are few or the memory limit leaves no room. Throws MemoryError.
template <class T, class NumberOf, class Before>
bool sort_by_numbers(Heap& heap, T* elements, std::size_t size, NumberOf number_of, Before before) {
  using Entry = Numbered<decltype(number_of(key_of(*elements))), T>;
  constexpr std::size_t kFew = 64;  // fewer lie close together anyway
  if (size < kFew || heap.memory.budget().is_short_of(2 * size * sizeof(Entry))) return false;
  detail::ScratchBuffer<Entry> entries(heap, size);
  detail::ScratchBuffer<Entry> scratch(heap, size / 2);
  for (std::size_t i = 0; i < size; ++i) entries.data()[i] = {number_of(key_of(elements[i])), elements[i]};
  detail::stable_sort(entries.data(), size, scratch.data(), before, [&] { heap.safepoint(); });
  for (std::size_t i = 0; i < size; ++i) elements[i] = entries.data()[i].element;
  return true;
}

/// Of ints that are not big, or of floats.
template <class K, class T>
bool sort_by_values(Heap& heap, T* elements, std::size_t size) {
  return sort_by_numbers(
      heap, elements, size, [](Object& key) noexcept { return static_cast<K&>(key).value; },
      [](const auto& a, const auto& b) noexcept { return a.number < b.number; });
}

std::string_view text_of(Object& key) noexcept { return text(static_cast<Str&>(key)); }

/// How many bytes all texts begin with in common.
template <class T>
std::size_t common_bytes(const T* elements, std::size_t size) noexcept {
  const std::string_view first = text_of(key_of(elements[0]));
  std::size_t common = first.size();
  for (std::size_t i = 1; i < size && common != 0; ++i) {
    const std::string_view other = text_of(key_of(elements[i]));
    const std::size_t most = std::min(common, other.size());
    common =
        static_cast<std::size_t>(std::mismatch(first.begin(), first.begin() + most, other.begin()).first - first.begin());
  }
  return common;
}

/// Eight bytes of a text as a number that is less where the text is; zeros behind its end, which are not greater than any.
std::uint64_t bytes_from(std::string_view text, std::size_t begin) noexcept {
  std::uint64_t bytes = 0;
  const std::size_t count = std::min(text.size() - begin, sizeof bytes);
  std::memcpy(&bytes, text.data() + begin, count);
  return std::endian::native == std::endian::little ? __builtin_bswap64(bytes) : bytes;
}

/// Of str, by the first bytes in which they differ. The order of UTF-8 bytes is the order of code points.
template <class T>
bool sort_by_texts(Heap& heap, T* elements, std::size_t size) {
  const std::size_t common = common_bytes(elements, size);
  return sort_by_numbers(
      heap, elements, size, [common](Object& key) noexcept { return bytes_from(text_of(key), common); },
      [](const auto& a, const auto& b) noexcept {
        if (a.number != b.number) return a.number < b.number;
        return text_of(key_of(a.element)) < text_of(key_of(b.element));
      });
}

/// Sorts elements whose keys are compared by `less`, which runs no code: nothing is moved where they are in order already.
/// `by_numbers(heap, elements, size)` is the quicker way where there is room for it.
template <class T, class Less, class ByNumbers>
void sort_plain(Heap& heap, T* elements, std::size_t size, T* scratch, Less less, ByNumbers by_numbers) {
  const auto before = [&](const T& a, const T& b) noexcept { return less(key_of(a), key_of(b)); };
  if (std::is_sorted(elements, elements + size, before) || by_numbers(heap, elements, size)) return;
  detail::stable_sort(elements, size, scratch, before, [&] { heap.safepoint(); });
}

template <class K>
constexpr auto kLessValue =
    [](Object& a, Object& b) noexcept { return static_cast<K&>(a).value < static_cast<K&>(b).value; };

/// Sorts with the cheapest comparison that suits all keys: keys of one built-in type need no look at any type. Long merges
/// are followed by a safepoint; small lists of atoms are sorted without one, as in CPython.
template <class T>
void sort_elements(Heap& heap, T* elements, std::size_t size, T* scratch) {
  const auto small = [](const Object& key) { return is_exact<Int>(key) && !static_cast<const Int&>(key).is_big(); };
  if (all_keys(elements, size, small))
    return sort_plain(heap, elements, size, scratch, kLessValue<Int>, sort_by_values<Int, T>);
  if (all_keys(elements, size, [](const Object& key) { return is_exact<Float>(key); }))
    return sort_plain(heap, elements, size, scratch, kLessValue<Float>, sort_by_values<Float, T>);
  if (all_keys(elements, size, [](const Object& key) { return is_exact<Str>(key); }))
    return sort_plain(
        heap, elements, size, scratch, [](Object& a, Object& b) noexcept { return text_of(a) < text_of(b); },
        sort_by_texts<T>);
  detail::stable_sort(
      elements, size, scratch, [](const T& a, const T& b) { return compare(key_of(a), key_of(b), Comparison::kLess); },
      [&] { heap.safepoint(); });
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
