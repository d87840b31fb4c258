// The table of a set: one buffer with its keys, their prints and their hashes.
//
//   | key | key | (empty) | ... | print print ... | hash hash ... |      slots keys, at least 16 prints, slots hashes
//     8 bytes each                1 byte each       4 bytes each
//
// Tables have 4, 8 or 16 slots, then 2^slot_bits of them in groups (set_group.h). A search compares the prints of a group:
// 16 bytes, of which those of a million keys lie in the nearer caches. Only the key that is found is touched besides, so a
// search that finds nothing costs one cache line, and one that finds its key two. 32 bits of the hash suffice: a wider hash
// would save one comparison of unequal keys in four billion.
//
// In each group the slots are taken from the first to the last. A removed key's slot is not taken again unless only empty
// ones stand behind it, so what a comparison adds stands behind what it was called for, and a search that is under way may
// go on.
//
// Laws
//   set-groups: the slots of a group that are not empty come before those that are, and a key stands in the first group of
//     its walk that was not full when it came; none before it has an empty slot.
//   set-load: at most three quarters of the slots of several groups are not empty.
//   table-hashes (containers/detail/dict_table.h): growing and moving use the stored hashes.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/sets/detail/set_group.h>
#include <ouro/objects/sets/set.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// The extent of a set's table.
struct SetShape {
  std::uint32_t slot_bits = 0;  ///< 0: no table

  [[nodiscard]] bool operator==(const SetShape&) const = default;
  [[nodiscard]] constexpr std::uint32_t slots() const noexcept { return std::uint32_t{1} << slot_bits; }
  [[nodiscard]] constexpr bool is_one_group() const noexcept { return slot_bits <= kGroupBits; }
  [[nodiscard]] constexpr std::uint32_t prints() const noexcept { return std::max(slots(), kGroupSlots); }
  /// How many slots may be taken.
  [[nodiscard]] constexpr std::uint32_t capacity() const noexcept {
    if (slot_bits == 0) return 0;
    return is_one_group() ? slots() : slots() - slots() / 4;
  }
  [[nodiscard]] constexpr std::size_t bytes() const noexcept {
    return std::size_t{slots()} * (sizeof(Object*) + sizeof(std::uint32_t)) + prints();
  }
};

/// The first table of a set that is not told how many elements to expect: most grow beyond fewer.
inline constexpr SetShape kFirstSetShape{3};

/// The smallest table that holds `count` keys; no table if there is none.
[[nodiscard]] SetShape set_shape_for(std::size_t count) noexcept;

[[nodiscard]] inline SetShape shape_of(const AnySet& set) noexcept { return {set.slot_bits}; }
[[nodiscard]] inline GroupOrder order_of(const AnySet& set) noexcept {
  return {(shape_of(set).slots() - 1) >> kGroupBits, set.scattered != 0};
}
[[nodiscard]] inline std::uint8_t* prints_of(const AnySet& set) noexcept {
  return reinterpret_cast<std::uint8_t*>(set.keys + shape_of(set).slots());
}
[[nodiscard]] inline std::uint32_t* hashes_of(const AnySet& set) noexcept {
  return reinterpret_cast<std::uint32_t*>(prints_of(set) + shape_of(set).prints());
}

/// Gives back the buffer of a table, if it has one. The size of the commonest is a constant here.
inline void free_set_table(Heap& heap, Object** keys, const SetShape& shape) noexcept {
  if (shape == kFirstSetShape) return heap.memory.free_buffer(keys, kFirstSetShape.bytes());
  if (shape.slot_bits != 0) heap.memory.free_buffer(keys, shape.bytes());
}

/// Says that the table moved: the slots of its keys, or its buffer. It begins again at 2^26, so whoever goes by it looks at
/// the buffer too.
inline void bump_version(AnySet& set) noexcept { set.version = (set.version + 1U) & 0x3FF'FFFFU; }

/// Makes all slots of a table empty; the caller owns the counts of its keys. Of one group the keys beyond `used` are not
/// looked at.
void empty_slots(AnySet& set) noexcept;
/// The table that a set grows into when it is full.
[[nodiscard]] SetShape next_shape(const AnySet& set) noexcept;
/// Room for one more key. False, and nothing changed, if there is no memory.
[[nodiscard]] bool make_room_for_key(AnySet& set) noexcept;
/// Room for `count` keys in all. False, and nothing changed that can be seen, if there is no memory.
[[nodiscard]] bool reserve_keys(AnySet& set, std::size_t count) noexcept;

/// Adds a key that is not there, and whose count the caller gives up, in the empty slot where it belongs. There must be
/// room.
inline void put_key(AnySet& set, std::uint32_t slot, std::uint32_t hash, Object& key) noexcept {
  OURO_ASSERT_INTERNAL(set.room != 0, "set-room");
  set.keys[slot] = &key;
  prints_of(set)[slot] = print_of(hash);
  hashes_of(set)[slot] = hash;
  --set.room;
  ++set.size;
  if (slot >= set.used) set.used = slot + 1;
}

/// Takes a key out. Its count is the caller's, who drops it when the set is in order.
[[nodiscard]] Object& remove_key(AnySet& set, std::uint32_t slot) noexcept;
/// The slot of the key that `pop` takes. The set must not be empty. Forgets empty slots behind it.
[[nodiscard]] std::uint32_t last_key(AnySet& set) noexcept;
/// Takes over the keys of `source`, each with a new count, into `set`, which must be empty, with room for `count` keys in
/// all. False if there is no memory.
[[nodiscard]] bool copy_keys(AnySet& set, const AnySet& source, std::size_t count) noexcept;
/// Exchanges the elements of two sets.
void swap_tables(AnySet& left, AnySet& right) noexcept;

/// All keys of a set, and the buffer they lie in. Drops them when it ends.
class [[nodiscard]] TakenKeys {
 public:
  /// Leaves `set` empty.
  explicit TakenKeys(AnySet& set) noexcept;
  TakenKeys(const TakenKeys&) = delete;
  TakenKeys& operator=(const TakenKeys&) = delete;
  ~TakenKeys();

 private:
  Heap& heap_;
  Object** keys_;
  std::uint32_t used_;
  SetShape shape_;
};

/// Sets the fields of a set to those of an empty one.
inline void make_empty(AnySet& set) noexcept {
  set.keys = nullptr;
  set.used = set.size = set.room = 0;
  set.slot_bits = set.scattered = 0;
  set.version = 0;
}

}  // namespace ouro::detail
