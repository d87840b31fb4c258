// Checks the laws of a dict's table by looking at it.
#pragma once

#include <ouro/objects/containers/detail/dict_keys.h>
#include <ouro/objects/containers/dict.h>
#include <support/catch.h>

#include <vector>

namespace ouro::test {

/// Laws table-index, table-load and dict-order's nulls. Throws where one is broken, with the law's name in the message.
inline void require_dict_laws(const Dict& dict) {
  using namespace ouro::detail;
  std::uint32_t live = 0;
  for (std::uint32_t i = 0; i < dict.used; ++i) {
    INFO("law dict-order: pair " << i);
    REQUIRE((dict.pairs[i].key == nullptr) == (dict.pairs[i].value == nullptr));
    if (dict.pairs[i].key != nullptr) ++live;
  }
  REQUIRE(live == dict.size);
  REQUIRE(dict.used <= dict.capacity);
  REQUIRE((dict.used == 0 || dict.pairs[dict.used - 1].key != nullptr));
  REQUIRE((dict.index_bits != 0 || dict.capacity <= kUnindexed));
  if (dict.index_bits == 0) return;
  with_slot_type(dict.index_bits, [&]<class Slot>(Slot) {
    const std::uint32_t mask = (1u << dict.index_bits) - 1;
    std::vector<std::uint32_t> slot_of(dict.used, mask + 1);
    std::uint32_t taken = 0;
    for (std::uint32_t slot = 0; slot <= mask; ++slot) {
      const Slot entry = index_of<Slot>(dict)[slot];
      if (entry == kEmptySlot<Slot>) continue;
      ++taken;
      INFO("law table-index: slot " << slot);
      REQUIRE((entry & mask) < dict.used);
      REQUIRE(slot_of[entry & mask] == mask + 1);
      slot_of[entry & mask] = slot;
      const std::uint32_t hash = hashes_of(dict)[entry & mask];
      REQUIRE(entry == static_cast<Slot>(ouro::detail::slot_print<Slot>(dict.index_bits, hash) | (entry & mask)));
    }
    for (std::uint32_t i = 0; i < dict.used; ++i) {
      INFO("law table-index: pair " << i);
      for (ProbeSequence probe(dict, hashes_of(dict)[i]); probe.slot() != slot_of[i]; probe.advance()) {
        const Slot before = index_of<Slot>(dict)[probe.slot()];
        REQUIRE(before != kEmptySlot<Slot>);
        REQUIRE((before & mask) < i);
      }
    }
    INFO("law table-load");
    REQUIRE(taken == dict.used);
    REQUIRE(std::uint64_t{taken} * 3 <= (std::uint64_t{2} << dict.index_bits));
  });
}

}  // namespace ouro::test
