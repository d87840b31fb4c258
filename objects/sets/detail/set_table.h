// The table of a set: one buffer with its keys, their hashes and the index. It is a dict's (containers/detail/dict_table.h)
// without values.
//
//   | key 0 | key 1 | ... | hash 0 | hash 1 | ... | index: slot 0 | slot 1 | ...          capacity keys, capacity hashes
//     8 bytes each          4 bytes each            2^index_bits slots of 1, 2 or 4 bytes
//
// Tables of up to 8 keys have no index; their hashes are looked at in turn. A removed key keeps its slot until the table is
// built anew, so no other slot changes meanwhile, and a search that is under way may go on.
//
// Laws: those of the dict's table.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/bits.h>
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/sets/set.h>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// The extent of a set's table.
struct SetShape {
  std::uint32_t capacity = 0;
  std::uint32_t index_bits = 0;

  [[nodiscard]] bool operator==(const SetShape&) const = default;
  /// Hashes there is room for. Without an index there are a few more than keys, so that four can be compared at once.
  [[nodiscard]] constexpr std::size_t hashes() const noexcept { return index_bits == 0 ? align_up(capacity, 4) : capacity; }
  [[nodiscard]] constexpr std::size_t bytes() const noexcept {
    const std::size_t index = index_bits == 0 ? 0 : TableShape::slot_bytes(index_bits) << index_bits;
    return capacity * sizeof(Object*) + hashes() * sizeof(std::uint32_t) + index;
  }
};

/// The first table of a set that is not told how many elements to expect: most grow beyond fewer.
inline constexpr SetShape kFirstSetShape{kUnindexed, 0};

/// The smallest table that holds `count` keys; capacity 0 if there is none.
[[nodiscard]] SetShape set_shape_for(std::size_t count) noexcept;

[[nodiscard]] inline SetShape shape_of(const AnySet& set) noexcept { return {set.capacity, set.index_bits}; }
[[nodiscard]] inline SearchOrder order_of(const AnySet& set) noexcept { return {set.index_bits, set.left_out}; }

[[nodiscard]] inline std::uint32_t* hashes_of(const AnySet& set) noexcept {
  return reinterpret_cast<std::uint32_t*>(set.keys + set.capacity);
}
template <class Slot>
[[nodiscard]] inline Slot* index_of(const AnySet& set) noexcept {
  return reinterpret_cast<Slot*>(hashes_of(set) + set.capacity);
}

/// Gives back the buffer of a table, if it has one. The size of the commonest is a constant here.
inline void free_set_table(Heap& heap, Object** keys, const SetShape& shape) noexcept {
  if (shape == kFirstSetShape) return heap.memory.free_buffer(keys, kFirstSetShape.bytes());
  if (shape.capacity != 0) heap.memory.free_buffer(keys, shape.bytes());
}

/// One bit for each of the first 8 keys that has this hash. No branch that could be mispredicted. Requires that there is no
/// index.
[[nodiscard]] inline std::uint32_t keys_with_hash(const AnySet& set, std::uint32_t hash) noexcept {
  static_assert(kUnindexed == 8);
  if (set.used == 0) return 0;
  const std::uint32_t* const hashes = hashes_of(set);
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < 4; ++i) found |= std::uint32_t{hashes[i] == hash} << i;
  if (set.capacity > 4)
    for (std::uint32_t i = 4; i < 8; ++i) found |= std::uint32_t{hashes[i] == hash} << i;
  return found & ((std::uint32_t{1} << set.used) - 1);
}

/// The number of the key that is `wanted` or for which `same(number)` says so; kAbsent if there is none. Sets `changed` and
/// gives up if `same` says that the table changed. In an index of large slots `same` is also asked about a few keys with
/// another hash: the slots' prints tell most apart, and the hashes lie in memory of their own.
template <class Same>
[[nodiscard]] inline std::uint32_t find_number(const AnySet& set, std::uint32_t hash, const Object* wanted, Same&& same,
                                               bool& changed) {
  Object* const* const keys = set.keys;
  // True: the search ends here.
  const auto ends_at = [&](std::uint32_t number) {
    if (keys[number] == wanted) return true;
    if (keys[number] == nullptr) return false;
    const Verdict verdict = same(number);
    changed = verdict == Verdict::kTableChanged;
    return verdict != Verdict::kOther;
  };
  if (set.index_bits == 0) {
    for (std::uint32_t found = keys_with_hash(set, hash); found != 0; found &= found - 1) {
      const auto number = static_cast<std::uint32_t>(std::countr_zero(found));
      if (ends_at(number)) return number;
    }
    return kAbsent;
  }
  return with_slot_type(set.index_bits, [&]<class Slot>(Slot) {
    const Slot* const index = index_of<Slot>(set);
    const Slot print = slot_print<Slot>(set.index_bits, hash);
    for (ProbeSequence probe(order_of(set), hash);; probe.advance()) {
      const Slot found = index[probe.slot()];
      if (found == kEmptySlot<Slot>) return kAbsent;
      const std::uint32_t number = found & probe.mask();
      if (static_cast<Slot>(found ^ print) > probe.mask()) continue;
      if (sizeof(Slot) < 4 && hashes_of(set)[number] != hash) continue;
      if (ends_at(number)) return number;
    }
  });
}

/// Indexes of so many bits do not lie in the nearest cache.
inline constexpr std::uint32_t kFarIndexBits = 14;

/// Asks the memory for the first slot of a search that comes soon.
inline void prefetch_slot(const AnySet& set, std::uint32_t hash) noexcept {
  if (set.index_bits < kFarIndexBits) return;
  __builtin_prefetch(index_of<std::uint32_t>(set) + ProbeSequence(order_of(set), hash).slot());
}

/// Says that the table moved: the numbers of its keys, its index or its buffer. It begins again at 2^22, so whoever goes by
/// it looks at the buffer too.
inline void bump_version(AnySet& set) noexcept { set.version = (set.version + 1U) & 0x3F'FFFFU; }

/// Room for one more key. False, and nothing changed, if there is no memory.
[[nodiscard]] bool make_room_for_key(AnySet& set) noexcept;
/// Room for `count` keys in all, removed ones forgotten. False, and nothing changed that can be seen, if there is no memory.
[[nodiscard]] bool reserve_keys(AnySet& set, std::size_t count) noexcept;
/// Enters the key of that number, which was just added, into the index.
void enter_key(AnySet& set, std::uint32_t hash, std::uint32_t number) noexcept;

/// Adds a key that is not there, and whose count the caller gives up. There must be room.
inline void append_key(AnySet& set, std::uint32_t hash, Object& key) noexcept {
  OURO_ASSERT_INTERNAL(set.used < set.capacity, "set-room");
  const std::uint32_t number = set.used++;
  set.keys[number] = &key;
  hashes_of(set)[number] = hash;
  ++set.size;
  if (set.index_bits != 0) enter_key(set, hash, number);
}

/// Takes a key out. Its count is the caller's, who drops it when the set is in order.
[[nodiscard]] Object& remove_key(AnySet& set, std::uint32_t number) noexcept;
/// Takes over the keys of `source`, each with a new count, into `set`, which must be empty. False if there is no memory.
[[nodiscard]] bool copy_keys(AnySet& set, const AnySet& source) noexcept;
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
  set.used = set.size = set.capacity = 0;
  set.index_bits = set.left_out = 0;
  set.version = 0;
}

}  // namespace ouro::detail
