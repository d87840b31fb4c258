// Keys with known hashes put into an empty table of a set.
#pragma once

#include <ouro/objects/sets/detail/set_table.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ouro::detail {

/// Puts keys into an empty table with room for them. `keys.each(use)` calls `use(key, hash)` until that says false, and says
/// whether it came to the end. False, and not all are in, if more than `most` came to scattered groups.
template <class Keys>
[[nodiscard]] bool place(AnySet& set, const Keys& keys, std::size_t most) noexcept {
  const GroupOrder order = order_of(set);
  Object** const slots = set.keys;
  std::uint8_t* const prints = prints_of(set);
  std::uint32_t* const hashes = hashes_of(set);
  std::uint32_t placed = 0;
  const auto put = [&](Object& key, std::uint32_t hash) noexcept {
    GroupWalk walk(order, hash);
    std::uint32_t empty;
    while ((empty = slots_with_print(prints + walk.first_slot(), kEmptyPrint)) == 0) walk.advance();
    const std::uint32_t slot = walk.first_slot() + static_cast<std::uint32_t>(std::countr_zero(empty));
    slots[slot] = &key;
    prints[slot] = print_of(hash);
    hashes[slot] = hash;
    ++placed;
    return !walk.is_scattered() || most-- != 0;
  };
  if (!keys.each(put)) return false;
  set.size = placed;
  set.room -= placed;
  set.used = shape_of(set).is_one_group() ? placed : shape_of(set).slots();
  return true;
}

/// Fills an empty table with `count` keys, whose counts the caller gives up. By chance a twentieth of the keys finds the
/// first group full in the fullest table: more than an eighth means that their hashes crowd.
template <class Keys>
void fill(AnySet& set, std::size_t count, const Keys& keys) noexcept {
  set.scattered = 0;
  if (place(set, keys, kGroupSlots + count / 8)) return;
  set.scattered = 1;
  empty_slots(set);
  static_cast<void>(place(set, keys, std::numeric_limits<std::size_t>::max()));
}

}  // namespace ouro::detail
