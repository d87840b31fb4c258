// The iterators of Python's builtins that compute their items when they are asked for them.
//
//   Enumerate          enumerate(iterable, start)      (start, item), (start + 1, item) ...
//   Zip                zip(*iterables, strict=False)   tuples of the next item of each
//   Map                map(function, *iterables)       function(next item of each)
//   Filter             filter(function, iterable)      the items of which it is true
//   Reversed           reversed(sequence)              the items from the last to the first
//   CallableIterator   iter(callable, sentinel)        callable() until that equals the sentinel
//
// Each is what calling its type gives, and `next` does not throw at their end. They are containers: an iterator may lead
// back to what it iterates over. Code of classes runs at every step, and may drop the iterator: law iterator-holds
// (objects/containers/iterator.h). Making one takes constant time beside `iter` of its arguments and throws what that
// throws, or MemoryError.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/edges.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <span>

namespace ouro {

/// The object of `enumerate(iterable, start)`.
struct Enumerate : Object {
  static constexpr Kind kKind = Kind::kEnumerate;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 3);

  Object* iterator;     ///< owned
  Object* large;        ///< int, owned: the number of the next item, where 64 bits are too few; else null
  Object* given;        ///< owned; the tuple given last, null before the first
  std::int64_t number;  ///< of the next item, where `large` is null
};

/// The object of `zip(*iterables)`.
struct Zip : Object {
  static constexpr Kind kKind = Kind::kZip;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* iterators;  ///< tuple, owned
  Object* given;      ///< owned; the tuple given last, null before the first
  bool is_strict;     ///< ValueError unless all of them end together
};

/// The object of `map(function, *iterables)`.
struct Map : Object {
  static constexpr Kind kKind = Kind::kMap;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* function;   ///< owned
  Object* iterators;  ///< tuple, owned
};

/// The object of `filter(function, iterable)`.
struct Filter : Object {
  static constexpr Kind kKind = Kind::kFilter;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* function;  ///< owned; None: an item is asked for its own truth
  Object* iterator;  ///< owned
};

/// The object of `reversed(sequence)` for a sequence whose type has no `__reversed__`.
struct Reversed : Object {
  static constexpr Kind kKind = Kind::kReversed;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* sequence;    ///< owned; null when exhausted
  std::int64_t index;  ///< of the next item
};

/// The object of `iter(callable, sentinel)`.
struct CallableIterator : Object {
  static constexpr Kind kKind = Kind::kCallableIterator;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* callable;  ///< owned; null when exhausted
  Object* sentinel;  ///< owned, likewise
};

/// `enumerate(iterable, start)`.
[[nodiscard]] Ref<Enumerate> make_enumerate(Object& iterable, std::int64_t start = 0);
/// `zip(*iterables, strict=strict)`.
[[nodiscard]] Ref<Zip> make_zip(Builtins& builtins, std::span<Object* const> iterables, bool strict = false);
/// `map(function, *iterables)`. TypeError "map() must have at least two arguments.".
[[nodiscard]] Ref<Map> make_map(Object& function, std::span<Object* const> iterables);
/// `filter(function, iterable)`; None for the truth of the items.
[[nodiscard]] Ref<Filter> make_filter(Object& function, Object& iterable);
/// `reversed(sequence)`: what its `__reversed__` gives, else a Reversed. TypeError "'int' object is not reversible".
[[nodiscard]] Ref<> reversed(Object& sequence);
/// `iter(callable, sentinel)`. TypeError "iter(v, w): v must be callable".
[[nodiscard]] Ref<CallableIterator> iterate(Object& callable, Object& sentinel);

}  // namespace ouro
