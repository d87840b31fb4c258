// The table of a dict: one buffer with its pairs, their hashes and the index.
//
//   | pair 0 | pair 1 | ... | hash 0 | hash 1 | ... | index: slot 0 | slot 1 | ...          capacity pairs, capacity hashes
//     16 bytes each           4 bytes each             2^index_bits slots of 1, 2 or 4 bytes
//
//   slot   | a print of the hash | number of a pair |     all ones: empty
//            rest of the slot      index_bits
//
// A search goes along the slots that dict_probe.h says. Each slot has a print of the hash, so that one that belongs to
// another key is passed over without touching anything else; identity of keys is tried next, then the whole 32 bits, and
// only then are the keys compared. 32 bits suffice: a wider hash would save one comparison of unequal keys in four billion.
// Tables of up to 8 pairs have no index; their hashes are looked at in turn.
//
// A deleted pair keeps its slot until the table is built anew, so no other slot changes meanwhile, and a search that is
// under way may go on.
//
// Laws
//   table-index: the index is what entering the pairs in turn, the deleted ones included, gives: each stands in exactly one
//     slot, and no slot on the way there is empty.
//   table-load: at most two thirds of the slots are taken.
//   table-hashes: growing and moving use the stored hashes. Keys are neither hashed nor compared again, so no code runs.
#pragma once

#include <ouro/base/bits.h>
#include <ouro/objects/containers/detail/dict_probe.h>
#include <ouro/objects/containers/dict.h>

#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// No pair: a key that is not there.
inline constexpr std::uint32_t kAbsent = ~std::uint32_t{0};

/// Tables with at most so many pairs have no index.
inline constexpr std::uint32_t kUnindexed = 8;

/// The extent of a table.
struct TableShape {
  std::uint32_t capacity = 0;
  std::uint32_t index_bits = 0;

  [[nodiscard]] bool operator==(const TableShape&) const = default;
  /// Bytes of an index slot. Narrow enough to stay in cache, wide enough to hold some bits of the hash.
  [[nodiscard]] static constexpr std::size_t slot_bytes(std::uint32_t bits) noexcept {
    return bits <= 7 ? 1 : bits <= 13 ? 2 : 4;
  }
  /// Hashes there is room for. Without an index there are a few more than pairs, so that four can be compared at once.
  [[nodiscard]] constexpr std::size_t hashes() const noexcept { return index_bits == 0 ? align_up(capacity, 4) : capacity; }
  [[nodiscard]] constexpr std::size_t bytes() const noexcept {
    const std::size_t index = index_bits == 0 ? 0 : slot_bytes(index_bits) << index_bits;
    return capacity * sizeof(DictPair) + hashes() * sizeof(std::uint32_t) + index;
  }
};

/// The first table of a dict that is not told how many pairs to expect.
inline constexpr TableShape kFirstShape{3, 0};

/// The smallest table that holds `count` pairs; capacity 0 if there is none. Steps are small, to waste little: 3, 5 and 8,
/// then half and all of what an index of each size may hold.
[[nodiscard]] TableShape shape_for(std::size_t count) noexcept;

[[nodiscard]] inline TableShape shape_of(const Dict& dict) noexcept { return {dict.capacity, dict.index_bits}; }

/// Gives back the buffer of a table, if it has one. The size of the commonest is a constant here.
inline void free_table(Heap& heap, DictPair* pairs, const TableShape& shape) noexcept {
  if (shape.capacity == kFirstShape.capacity) return heap.memory.free_buffer(pairs, kFirstShape.bytes());
  if (shape.capacity != 0) heap.memory.free_buffer(pairs, shape.bytes());
}

[[nodiscard]] inline std::uint32_t* hashes_of(const Dict& dict) noexcept {
  return reinterpret_cast<std::uint32_t*>(dict.pairs + dict.capacity);
}
template <class Slot>
[[nodiscard]] inline Slot* index_of(const Dict& dict) noexcept {
  return reinterpret_cast<Slot*>(hashes_of(dict) + dict.capacity);
}

/// What the slot of a key with this hash holds besides the number of its pair: bits that keys with the same first slot do
/// not share.
template <class Slot>
[[nodiscard]] inline Slot slot_print(std::uint32_t index_bits, std::uint32_t hash) noexcept {
  return static_cast<Slot>((hash * 0x9E3779B1U >> 16) << index_bits);
}

template <class Slot>
inline constexpr Slot kEmptySlot = static_cast<Slot>(~Slot{0});

/// Calls `function` with a value of the type of the index's slots. Requires an index.
template <class F>
inline decltype(auto) with_slot_type(std::uint32_t index_bits, F&& function) {
  switch (TableShape::slot_bytes(index_bits)) {
    case 1:
      return function(std::uint8_t{});
    case 2:
      return function(std::uint16_t{});
    default:
      return function(std::uint32_t{});
  }
}

/// What `same(pair)` may answer about the key of a pair.
enum class Verdict : std::uint8_t { kOther, kSame, kTableChanged };

/// Says that the table moved: the numbers of its pairs, its index or its buffer. It counts to 2^24 and begins again, so
/// whoever goes by it looks at the buffer too.
inline void bump_version(Dict& dict) noexcept { dict.version = (dict.version + 1U) & 0xFF'FFFFU; }

/// Room for one more pair. False, and nothing changed, if there is no memory.
[[nodiscard]] bool make_room_for_pair(Dict& dict) noexcept;
/// Room for `count` pairs in all, deleted ones removed. False, and nothing changed that can be seen, if there is no memory.
[[nodiscard]] bool reserve_pairs(Dict& dict, std::size_t count) noexcept;
/// Enters the pair of that number, which was just added, into the index.
void enter_pair(Dict& dict, std::uint32_t hash, std::uint32_t number) noexcept;

/// Adds a pair whose key is not there, and whose counts the caller gives up. There must be room.
inline void append_pair(Dict& dict, std::uint32_t hash, DictPair pair) noexcept {
  OURO_ASSERT_INTERNAL(dict.used < dict.capacity, "dict-room");
  const std::uint32_t number = dict.used++;
  dict.pairs[number] = pair;
  hashes_of(dict)[number] = hash;
  ++dict.size;
  if (dict.index_bits != 0) enter_pair(dict, hash, number);
}

/// Takes a pair out. The caller owns its counts now, and drops them when the dict is in order.
[[nodiscard]] DictPair remove_pair(Dict& dict, std::uint32_t pair) noexcept;
/// Takes over the pairs of `source`, each with a new count, into `dict`, which must be empty. False if there is no memory.
[[nodiscard]] bool copy_pairs(Dict& dict, const Dict& source) noexcept;

/// All pairs of a dict, and the buffer they lie in. Drops them when it ends.
class [[nodiscard]] TakenTable {
 public:
  /// Leaves `dict` empty.
  explicit TakenTable(Dict& dict) noexcept;
  TakenTable(const TakenTable&) = delete;
  TakenTable& operator=(const TakenTable&) = delete;
  ~TakenTable();

 private:
  Heap& heap_;
  DictPair* pairs_;
  std::uint32_t used_;
  TableShape shape_;
};

/// Sets a dict's fields to those of an empty one.
void make_empty(Dict& dict) noexcept;

}  // namespace ouro::detail
