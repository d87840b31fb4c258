// The steps of operations on whole sets: over the items of an iterable, the elements of a set, the keys of a dict.
//
// Elements that come from a set or a dict are not hashed again. Comparing may run foreign code, which may change any of the
// sets: each step looks at sizes and tables anew, and what is held is said by `HeldElement`.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/sets/detail/set_keys.h>
#include <ouro/objects/sets/detail/set_parts.h>

namespace ouro::detail {

/// How many slots ahead the other set's table is asked for.
inline constexpr std::uint32_t kElementsAhead = 16;

[[nodiscard]] inline const AnySet& as_set(const Object& object) noexcept { return static_cast<const AnySet&>(object); }

/// `use(item)` with each item until it says false. Both are held meanwhile.
template <class F>
void for_each_item(Object& iterable, F&& use) {
  const auto items_of = [&](const auto& sequence) {
    for (std::size_t i = 0; i < sequence.size; ++i)
      if (const Ref<> item = share(*sequence.items[i]); !use(*item)) return;
  };
  if (is_exact<List>(iterable)) return items_of(static_cast<const List&>(iterable));
  if (is_exact<Tuple>(iterable)) return items_of(static_cast<const Tuple&>(iterable));
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> item = next(*iterator))
    if (!use(*item)) return;
}

/// Asks the memory for an element that is looked for in `other` soon, and for where it is looked for.
inline void prefetch_element(const AnySet& set, std::uint32_t slot, const AnySet& other) noexcept {
  if (set.keys[slot] == nullptr) return;
  __builtin_prefetch(set.keys[slot], 1);
  prefetch_slot(other, hashes_of(set)[slot]);
}

/// `use(element, hash)` with each element of `set`, from the slot `begin` on, until it says false. `other` is the set in
/// which they are looked for.
template <class F>
void for_each_element(const AnySet& set, const AnySet& other, F&& use, std::uint32_t begin = 0) {
  const auto step = [&](std::uint32_t slot) {
    const std::uint32_t later = slot + kElementsAhead;
    if (other.slot_bits >= kFarSlotBits && later < set.used) prefetch_element(set, later, other);
    return use(*set.keys[slot], hashes_of(set)[slot]);
  };
  for_each_slot(set, step, begin);
}

/// `use(key, hash)` with each key of a dict.
template <class F>
void for_each_key(const Dict& dict, F&& use) {
  for (std::uint32_t i = 0; i < dict.used; ++i)
    if (Object* const key = dict.pairs[i].key) use(*key, hashes_of(dict)[i]);
}

/// True if the set has an element that is equal to this one, whose hash may be known.
[[nodiscard]] inline bool has_equal(const AnySet& set, Object& element) {
  HeldElement held(set, element);
  return has_element(set, hash_element(element, held), element, held);
}
[[nodiscard]] inline bool has_equal(const AnySet& set, Object& element, std::uint32_t hash) {
  HeldElement held(set, element);
  return has_element(set, hash, element, held);
}

/// Adds an element if there is no equal one.
inline void add_to(AnySet& set, Object& element) {
  HeldElement held(set, element);
  static_cast<void>(add_element(set, hash_element(element, held), element, held));
}
inline void add_to(AnySet& set, Object& element, std::uint32_t hash) {
  const SetSearch near = search_first_group(set, hash, &element);
  if (near.verdict == Verdict::kSame) return;
  if (near.verdict == Verdict::kOther && set.room != 0) return insert_element(set, near.slot, hash, element);
  HeldElement held(set, element);
  static_cast<void>(add_element(set, hash, element, held));
}

/// Removes it; false if there is none.
inline bool take_out(AnySet& set, Object& element, std::uint32_t hash) {
  HeldElement held(set, element);
  return discard_element(set, hash, element, held);
}

/// An empty set or frozenset, whichever the other is; never of a derived class, as in CPython.
[[nodiscard]] inline Ref<AnySet> make_like(const AnySet& set) {
  return make_empty_set(builtins_of(set).type(set.type->kind));
}

}  // namespace ouro::detail
