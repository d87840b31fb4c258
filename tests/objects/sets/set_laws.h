// Checks the laws of a set's table by looking at it.
#pragma once

#include <ouro/objects/sets/detail/set_keys.h>
#include <ouro/objects/sets/set.h>
#include <support/catch.h>

#include <cstdint>

namespace ouro::test {

/// Laws set-groups and set-load. Throws where one is broken, with the law's name in the message.
inline void require_set_laws(const AnySet& set) {
  using namespace ouro::detail;
  if (set.slot_bits == 0) {
    REQUIRE((set.used == 0 && set.size == 0 && set.room == 0));
    return;
  }
  const SetShape shape = shape_of(set);
  const std::uint8_t* const prints = prints_of(set);
  std::uint32_t keys = 0;
  std::uint32_t empty = 0;
  for (std::uint32_t slot = 0; slot < shape.prints(); ++slot) {
    INFO("law set-groups: slot " << slot);
    const bool has_key = slot < set.used && set.keys[slot] != nullptr;
    REQUIRE(has_key == (prints[slot] >= kFirstPrint));
    REQUIRE((slot < shape.slots() || prints[slot] == kRemovedPrint));
    if (slot < shape.slots() && slot % kGroupSlots != 0 && prints[slot - 1] == kEmptyPrint)
      REQUIRE(prints[slot] == kEmptyPrint);
    if (has_key) ++keys;
    if (prints[slot] == kEmptyPrint) ++empty;
    if (!has_key) continue;
    REQUIRE(prints[slot] == print_of(hashes_of(set)[slot]));
    for (GroupWalk walk(order_of(set), hashes_of(set)[slot]); walk.first_slot() != slot / kGroupSlots * kGroupSlots;
         walk.advance())
      REQUIRE(slots_with_print(prints + walk.first_slot(), kEmptyPrint) == 0);
  }
  INFO("law set-load");
  REQUIRE(keys == set.size);
  REQUIRE(empty == set.room + shape.slots() - shape.capacity());
  if (shape.is_one_group()) REQUIRE(set.used == shape.slots() - set.room);
}

}  // namespace ouro::test
