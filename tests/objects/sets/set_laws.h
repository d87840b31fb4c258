// Checks the laws of a set's table by looking at it.
#pragma once

#include <ouro/objects/sets/detail/set_keys.h>
#include <ouro/objects/sets/set.h>
#include <support/catch.h>

#include <cstdint>
#include <vector>

namespace ouro::test {

/// Laws table-index and table-load. Throws where one is broken, with the law's name in the message.
inline void require_set_laws(const AnySet& set) {
  using namespace ouro::detail;
  std::uint32_t live = 0;
  for (std::uint32_t i = 0; i < set.used; ++i)
    if (set.keys[i] != nullptr) ++live;
  REQUIRE(live == set.size);
  REQUIRE(set.used <= set.capacity);
  REQUIRE((set.used == 0 || set.keys[set.used - 1] != nullptr));
  REQUIRE((set.index_bits != 0 || set.capacity <= kUnindexed));
  if (set.index_bits == 0) return;
  with_slot_type(set.index_bits, [&]<class Slot>(Slot) {
    const std::uint32_t mask = (1u << set.index_bits) - 1;
    std::vector<std::uint32_t> slot_of(set.used, mask + 1);
    std::uint32_t taken = 0;
    for (std::uint32_t slot = 0; slot <= mask; ++slot) {
      const Slot entry = index_of<Slot>(set)[slot];
      if (entry == kEmptySlot<Slot>) continue;
      ++taken;
      INFO("law table-index: slot " << slot);
      REQUIRE((entry & mask) < set.used);
      REQUIRE(slot_of[entry & mask] == mask + 1);
      slot_of[entry & mask] = slot;
      REQUIRE(entry == static_cast<Slot>(slot_print<Slot>(set.index_bits, hashes_of(set)[entry & mask]) | (entry & mask)));
    }
    for (std::uint32_t i = 0; i < set.used; ++i) {
      INFO("law table-index: key " << i);
      for (ProbeSequence probe(order_of(set), hashes_of(set)[i]); probe.slot() != slot_of[i]; probe.advance())
        REQUIRE(index_of<Slot>(set)[probe.slot()] != kEmptySlot<Slot>);
    }
    INFO("law table-load");
    REQUIRE(taken == set.used);
    REQUIRE(std::uint64_t{taken} * 3 <= (std::uint64_t{2} << set.index_bits));
  });
}

}  // namespace ouro::test
