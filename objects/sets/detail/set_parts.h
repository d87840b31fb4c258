// What the sources of sets share among themselves.
#pragma once

#include <ouro/objects/sets/set.h>

#include <cstddef>

namespace ouro {
struct AttributeTable;
}  // namespace ouro

namespace ouro::detail {

/// An empty set or frozenset, or object of a class that derives from one.
[[nodiscard]] Ref<AnySet> make_empty_set(Type& type);
/// The same with what an iterable gives, which may be null. A frozenset gives itself where nothing else is called for.
[[nodiscard]] Ref<AnySet> make_set_of(Type& type, Object* iterable);
/// A frozenset with the elements of a set.
[[nodiscard]] Ref<FrozenSet> frozen_copy(const AnySet& set);

/// Fills an empty set with the elements of another, neither hashed nor compared. If more are to come, `expected` says how
/// many there will be in all.
void copy_elements(AnySet& set, const AnySet& source, std::size_t expected = 0);
/// How many elements sets of two sizes are expected to have together: half of the smaller one are new. Where all are, a
/// table grows once more; room for all would be twice the memory where none is.
[[nodiscard]] constexpr std::size_t expected_together(std::size_t left, std::size_t right) noexcept {
  return left < right ? right + left / 2 : left + right / 2;
}
/// Room for `count` elements. Throws MemoryError.
void reserve_elements(AnySet& set, std::size_t count);
/// Adds what an iterable gives.
void update_elements(AnySet& set, Object& iterable);
/// Removes what an iterable gives.
void remove_elements(AnySet& set, Object& iterable);

/// Takes each element of the other out, or puts it in where it is not there.
void toggle_elements(AnySet& set, const AnySet& other);
/// Adds to `made`, which is empty, those elements of `from` that `other` has (`wanted`) or has not.
void filter_elements(AnySet& made, const AnySet& from, const AnySet& other, bool wanted);

/// As the functions without these names, but a set is no element.
[[nodiscard]] bool contains_element(const AnySet& set, Object& element);
bool discard_element(Set& set, Object& element);

extern const AttributeTable kSetAttributes;
extern const AttributeTable kFrozenSetAttributes;

}  // namespace ouro::detail
