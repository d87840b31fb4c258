// The index of a hash table that keeps its entries in order of insertion: that of a dict.
//
//   slot   | a print of the hash | number of an entry |     all ones: empty
//            rest of the slot      index_bits
//
// A search goes along the slots that dict_probe.h says. The entries' folded hashes lie in an array of their own; from them
// an index is made anew, so that no key is hashed or compared again.
#pragma once

#include <ouro/objects/containers/detail/dict_table.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ouro::detail {

/// Enters what a slot is to hold behind the first slot of a search, which is taken. A call, so that entering where the first
/// slot is free needs few registers.
template <class Slot>
[[gnu::noinline]] bool enter_further(Slot* index, ProbeSequence probe, Slot value) noexcept {
  do probe.advance();
  while (index[probe.slot()] != kEmptySlot<Slot>);
  index[probe.slot()] = value;
  return probe.is_scattered();
}

/// Enters an entry into an index. True if neither slot was free with which a search begins that is not scattered.
template <class Slot>
bool enter(Slot* index, SearchOrder order, std::uint32_t hash, std::uint32_t number) noexcept {
  const auto value = static_cast<Slot>(slot_print<Slot>(order.index_bits, hash) | number);
  const ProbeSequence probe(order, hash);
  if (index[probe.slot()] != kEmptySlot<Slot>) return enter_further(index, probe, value);
  index[probe.slot()] = value;
  return probe.is_scattered();
}

/// How many of the lowest bits are the same in all hashes.
[[nodiscard]] inline std::uint32_t shared_bits(std::span<const std::uint32_t> hashes) noexcept {
  std::uint32_t differing = 0;
  for (const std::uint32_t hash : hashes) differing |= hash ^ hashes[0];
  return differing == 0 ? 0 : static_cast<std::uint32_t>(std::countr_zero(differing));
}

/// Enters all entries into an index that held others. False, and it is not complete, if more than `most` came to scattered
/// slots.
template <class Slot>
bool enter_all(Slot* index, SearchOrder order, std::span<const std::uint32_t> hashes, std::size_t most) noexcept {
  std::fill_n(index, std::size_t{1} << order.index_bits, kEmptySlot<Slot>);
  for (std::uint32_t number = 0; number < hashes.size(); ++number)
    if (enter(index, order, hashes[number], number) && most-- == 0) return false;
  return true;
}

/// Makes an index of 2^index_bits slots from the hashes of all entries; returns what its searches leave out (SearchOrder).
/// In the fullest index a fifth of the entries come to scattered slots by chance: more than a quarter means that their
/// hashes crowd.
template <class Slot>
[[nodiscard]] std::uint32_t build_index(Slot* index, std::uint32_t index_bits,
                                        std::span<const std::uint32_t> hashes) noexcept {
  const std::uint32_t left_out = shared_bits(hashes);
  if (enter_all(index, {index_bits, left_out}, hashes, kUnindexed + hashes.size() / 4)) return left_out;
  static_cast<void>(enter_all(index, {index_bits, kScattered}, hashes, hashes.size()));
  return kScattered;
}

/// Takes the last entry out of an index. No other was entered after it, so none stands behind its slot.
template <class Slot>
void leave(Slot* index, SearchOrder order, std::uint32_t hash, std::uint32_t number) noexcept {
  ProbeSequence probe(order, hash);
  while ((index[probe.slot()] & probe.mask()) != number) probe.advance();
  index[probe.slot()] = kEmptySlot<Slot>;
}

}  // namespace ouro::detail
