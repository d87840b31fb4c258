// Searches in the table of a set, and walks through it.
//
// A search looks at the groups that set_group.h says, in turn. It ends at the key, or at the first group with an empty slot.
#pragma once

#include <ouro/objects/sets/detail/set_table.h>

#include <bit>
#include <cstdint>

namespace ouro::detail {

/// How a search ended.
struct SetSearch {
  /// kOther: there is no such key.
  Verdict verdict;
  /// Where the key is, or the empty slot where it belongs; kAbsent if there is none.
  std::uint32_t slot;
};

/// Looks for `wanted`, or a key for which `same(slot)` says kSame. Gives up if it says that the table changed. `same` is
/// asked only about keys with an equal hash. `wanted` is not null.
template <class Same>
[[nodiscard]] SetSearch search_groups(const AnySet& set, std::uint32_t hash, const Object* wanted, Same&& same) {
  if (set.slot_bits == 0) return {Verdict::kOther, kAbsent};
  Object* const* const keys = set.keys;
  for (GroupWalk walk(order_of(set), hash);; walk.advance()) {
    const std::uint32_t first = walk.first_slot();
    const std::uint8_t* const prints = prints_of(set) + first;
    // The prints are looked at anew after each question: the code that it runs may add keys, behind the one it was about.
    std::uint32_t passed = 0;
    while (const std::uint32_t found = slots_with_print(prints, print_of(hash)) & ~passed) {
      const std::uint32_t slot = first + static_cast<std::uint32_t>(std::countr_zero(found));
      if (keys[slot] == wanted) return {Verdict::kSame, slot};
      if (hashes_of(set)[slot] == hash)
        if (const Verdict verdict = same(slot); verdict != Verdict::kOther) return {verdict, slot};
      passed |= found ^ (found - 1);
    }
    if (const std::uint32_t empty = slots_with_print(prints, kEmptyPrint))
      return {Verdict::kOther, first + static_cast<std::uint32_t>(std::countr_zero(empty))};
    if (walk.is_only()) return {Verdict::kOther, kAbsent};
  }
}

/// What most searches come to, in the first group: `wanted` itself is there, or no key has the hash. Anything else is
/// kTableChanged here: the search is to be made as a whole. `wanted` is not null.
[[nodiscard]] inline SetSearch search_first_group(const AnySet& set, std::uint32_t hash, const Object* wanted) noexcept {
  if (set.slot_bits == 0) return {Verdict::kOther, kAbsent};
  const std::uint32_t first = GroupWalk(order_of(set), hash).first_slot();
  Object* const* const keys = set.keys;
  __builtin_prefetch(keys + first);  // while the prints come
  const std::uint8_t* const prints = prints_of(set) + first;
  if (const std::uint32_t found = slots_with_print(prints, print_of(hash))) {
    const std::uint32_t slot = first + static_cast<std::uint32_t>(std::countr_zero(found));
    if (keys[slot] == wanted) [[likely]]
      return {Verdict::kSame, slot};
  } else if (const std::uint32_t empty = slots_with_print(prints, kEmptyPrint)) {
    return {Verdict::kOther, first + static_cast<std::uint32_t>(std::countr_zero(empty))};
  }
  return {Verdict::kTableChanged, kAbsent};
}

/// The empty slot where a key with this hash belongs. There must be room.
[[nodiscard]] inline std::uint32_t empty_slot_for(const AnySet& set, std::uint32_t hash) noexcept {
  for (GroupWalk walk(order_of(set), hash);; walk.advance())
    if (const std::uint32_t empty = slots_with_print(prints_of(set) + walk.first_slot(), kEmptyPrint))
      return walk.first_slot() + static_cast<std::uint32_t>(std::countr_zero(empty));
}

/// `use(slot)` for each slot with a key, from `begin` on, until it says false. The code that it runs may change the set.
template <class F>
inline void for_each_slot(const AnySet& set, F&& use, std::uint32_t begin = 0) {
  std::uint32_t passed = begin & (kGroupSlots - 1);
  for (std::uint32_t first = begin - passed; first < set.used; first += kGroupSlots, passed = 0) {
    std::uint32_t found = slots_with_key(prints_of(set) + first) >> passed << passed;
    for (; found != 0; found &= found - 1) {
      const std::uint32_t slot = first + static_cast<std::uint32_t>(std::countr_zero(found));
      if (slot >= set.used) return;
      if (set.keys[slot] != nullptr && !use(slot)) return;
    }
  }
}

/// Tables of so many slots do not lie in the nearest cache.
inline constexpr std::uint32_t kFarSlotBits = 12;

/// Asks the memory for what a search that comes soon looks at. Requires a table.
inline void prefetch_slot(const AnySet& set, std::uint32_t hash) noexcept {
  const std::uint32_t first = GroupWalk(order_of(set), hash).first_slot();
  __builtin_prefetch(prints_of(set) + first);
  __builtin_prefetch(set.keys + first);
}

}  // namespace ouro::detail
