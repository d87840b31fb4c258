// Searches in the table of a dict (dict_table.h): as a whole, and where they begin, which is where most end.
#pragma once

#include <ouro/objects/containers/detail/compare_hashes.h>
#include <ouro/objects/containers/detail/dict_table.h>

#include <bit>
#include <cstdint>

namespace ouro::detail {

/// One bit for each of the first 8 pairs that has this hash. Requires that there is no index.
[[nodiscard]] inline std::uint32_t pairs_with_hash(const Dict& dict, std::uint32_t hash) noexcept {
  static_assert(kUnindexed == 8);
  if (dict.used == 0) return 0;
  const std::uint32_t* const hashes = hashes_of(dict);
  std::uint32_t found = four_with_hash(hashes, hash);
  if (dict.capacity > 4) found |= four_with_hash(hashes + 4, hash) << 4;
  return found & ((std::uint32_t{1} << dict.used) - 1);
}

/// The number of the pair whose key is `wanted` or for which `same` says so; kAbsent if there is none. Sets `changed` and
/// gives up if `same` says that the table changed. `same` is asked only about pairs with an equal hash. `wanted` is not
/// null.
template <class Same>
[[nodiscard]] inline std::uint32_t find_pair(const Dict& dict, std::uint32_t hash, const Object* wanted, Same&& same,
                                             bool& changed) {
  const DictPair* const pairs = dict.pairs;
  const std::uint32_t* const hashes = hashes_of(dict);
  // True: the search ends here.
  const auto ends_at = [&](std::uint32_t pair) {
    if (pairs[pair].key == wanted) return true;
    if (hashes[pair] != hash || pairs[pair].key == nullptr) return false;
    const Verdict verdict = same(pair);
    changed = verdict == Verdict::kTableChanged;
    return verdict != Verdict::kOther;
  };
  if (dict.index_bits == 0) {
    for (std::uint32_t found = pairs_with_hash(dict, hash); found != 0; found &= found - 1) {
      const auto pair = static_cast<std::uint32_t>(std::countr_zero(found));
      if (ends_at(pair)) return pair;
    }
    return kAbsent;
  }
  return with_slot_type(dict.index_bits, [&]<class Slot>(Slot) {
    const Slot* const index = index_of<Slot>(dict);
    const Slot print = slot_print<Slot>(dict.index_bits, hash);
    for (ProbeSequence probe(dict, hash);; probe.advance()) {
      const Slot found = index[probe.slot()];
      if (found == kEmptySlot<Slot>) return kAbsent;
      const std::uint32_t pair = found & probe.mask();
      if (static_cast<Slot>(found ^ print) <= probe.mask() && ends_at(pair)) return pair;
    }
  });
}

/// Not told by where a search begins.
inline constexpr std::uint32_t kFurther = kAbsent - 1;

/// What the index says of the first two slots of a search. No call, so that nothing is to be saved.
template <class Slot>
[[nodiscard, gnu::always_inline]] inline std::uint32_t look_at_first_slots(const Dict& dict, std::uint32_t hash,
                                                                           const Object* wanted) noexcept {
  const SearchOrder order = order_of(dict);
  if (order.left_out == kScattered) [[unlikely]]
    return kFurther;
  const std::uint32_t mask = (std::uint32_t{1} << order.index_bits) - 1;
  const Slot* const index = index_of<Slot>(dict);
  const Slot print = slot_print<Slot>(order.index_bits, hash);
  std::uint32_t slot = hash >> order.left_out & mask;
  for (int looked = 0; looked < 2; ++looked, slot ^= 1) {
    const Slot found = index[slot];
    if (found == kEmptySlot<Slot>) return kAbsent;
    if (static_cast<Slot>(found ^ print) > mask) continue;
    const std::uint32_t pair = found & mask;
    return dict.pairs[pair].key == wanted ? pair : kFurther;
  }
  return kFurther;
}

/// What most searches come to where they begin: the number of the pair whose key is `wanted` itself, or kAbsent if no key
/// has the hash. Else kFurther: the search is to be made as a whole. `wanted` is not null.
[[nodiscard, gnu::always_inline]] inline std::uint32_t find_near(const Dict& dict, std::uint32_t hash,
                                                                 const Object* wanted) noexcept {
  if (dict.index_bits == 0) {
    const std::uint32_t found = pairs_with_hash(dict, hash);
    if (found == 0) return kAbsent;
    const auto pair = static_cast<std::uint32_t>(std::countr_zero(found));
    return dict.pairs[pair].key == wanted ? pair : kFurther;
  }
  return with_slot_type(dict.index_bits, [&]<class Slot>(Slot) { return look_at_first_slots<Slot>(dict, hash, wanted); });
}

}  // namespace ouro::detail
