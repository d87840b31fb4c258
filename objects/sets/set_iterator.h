// The iterator of a set.
//
// Law exhausted-stays (objects/containers/iterator.h): an iterator that was exhausted once is so for ever.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>

namespace ouro {

struct AnySet;

/// The object of `iter(set)`. It gives at most as many elements as there were when it was made.
struct SetIterator : Object {
  static constexpr Kind kKind = Kind::kSetIterator;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* set;              ///< owned; null when exhausted
  std::uint32_t position;   ///< the key to look at next
  std::uint32_t expected;   ///< the set's size when the iterator was made
  std::uint32_t remaining;  ///< elements not yet given
};

/// `iter(set)`. Throws MemoryError.
[[nodiscard]] Ref<SetIterator> make_set_iterator(AnySet& set);
/// `next(iterator)`, empty when it is exhausted. RuntimeError "Set changed size during iteration", for ever.
[[nodiscard]] Ref<> next_of(SetIterator& iterator);

}  // namespace ouro
