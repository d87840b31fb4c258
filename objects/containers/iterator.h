// Iterators of the built-in containers, and the views of a dict.
//
//   SequenceIterator   over list, tuple, str     position: the next item; in a str the byte it begins at; backwards
//                                                through a list what is left
//   DictIterator       over a dict's keys, values or items
//   DictView           what dict.keys() is: no iterator, but iter(view) makes one each time
//
// Law exhausted-stays: an iterator that was exhausted once drops its container and is exhausted for ever. Before that, a
// list's iterator sees items appended meanwhile.
// Law iterator-holds: an iterator holds its sequence while it runs foreign code, and looks whether the sequence still has
// items to give.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>

namespace ouro {

struct Dict;
struct List;

/// The object of `iter(list)`, `iter(tuple)`, `iter(str)`.
struct SequenceIterator : Object {
  static constexpr Kind kKind = Kind::kSequenceIterator;

  /// Set in the position of one that goes backwards: no sequence is so long that this could be an index.
  static constexpr std::uint64_t kBackwards = std::uint64_t{1} << 63;

  Object* sequence;        ///< owned; null when exhausted
  std::uint64_t position;  ///< index of the next item; for a str its first byte; backwards: kBackwards + items left
};
static_assert(sizeof(SequenceIterator) == 32);

/// Which part of its entries a dict's view or iterator shows.
enum class DictPart : std::uint8_t { kKeys, kValues, kItems };

/// The object of `iter(dict)`, of `iter(dict.items())`, and of `reversed` of these.
struct DictIterator : Object {
  static constexpr Kind kKind = Kind::kDictIterator;

  Object* dict;             ///< owned; null when exhausted
  Object* pair;             ///< owned; the tuple given last, of items; null before
  std::uint32_t position;   ///< the pair to look at next; of one that goes backwards the pair behind it
  std::uint32_t expected;   ///< the dict's size when the iterator was made
  std::uint32_t remaining;  ///< entries not yet shown
  DictPart part;
};
static_assert(sizeof(DictIterator) == 48);

/// The object of `dict.keys()`, `dict.values()` and `dict.items()`.
struct DictView : Object {
  static constexpr Kind kKind = Kind::kDictView;

  Object* dict;  ///< owned
  DictPart part;
};
static_assert(sizeof(DictView) == 32);

/// `iter(sequence)` for a list, tuple or str, or for anything whose type has an item slot. Throws MemoryError.
[[nodiscard]] Ref<SequenceIterator> make_sequence_iterator(Object& sequence);
/// `reversed(list)`. Throws MemoryError.
[[nodiscard]] Ref<SequenceIterator> make_reverse_iterator(List& list);
/// `iter(dict)`, or over its values or items. Throws MemoryError.
[[nodiscard]] Ref<DictIterator> make_dict_iterator(Dict& dict, DictPart part);
/// `reversed(dict)`, or over its values or items. Throws MemoryError.
[[nodiscard]] Ref<DictIterator> make_reverse_dict_iterator(Dict& dict, DictPart part);
/// A view of `dict`. Throws MemoryError.
[[nodiscard]] Ref<DictView> make_dict_view(Dict& dict, DictPart part);

/// `next(iterator)`, empty when it is exhausted. RuntimeError "dictionary changed size during iteration".
[[nodiscard]] Ref<> next_of(SequenceIterator& iterator);
[[nodiscard]] Ref<> next_of(DictIterator& iterator);

namespace detail {
/// `sequence[position]` of an object whose type has an item slot. Empty if IndexError or StopIteration says that there is
/// none, or if it failed.
[[nodiscard]] Ref<> item_at(Object& sequence, std::uint64_t position);
}  // namespace detail

}  // namespace ouro
