// The hash table of a set: its shapes, placing and removing keys, growing, copying.
#include <ouro/objects/sets/detail/set_fill.h>
#include <ouro/objects/sets/detail/set_search.h>

#include <array>
#include <cstring>
#include <utility>

namespace ouro::detail {

namespace {

constexpr std::uint32_t kSmallestBits = 2;
constexpr std::uint32_t kLargestBits = 31;
/// Smaller tables grow to four times their size: to place their keys again costs more than the room that stays unused.
constexpr std::uint32_t kDoublingBits = 10;

constexpr SetShape smallest_for(std::uint64_t count) noexcept {
  for (std::uint32_t bits = kSmallestBits; bits <= kLargestBits; ++bits)
    if (count <= SetShape{bits}.capacity()) return {bits};
  return {};
}
static_assert(smallest_for(5) == kFirstSetShape && sizeof(Set) + kFirstSetShape.bytes() <= 152, "a set of five keys");

constexpr SetShape grown(const SetShape& shape) noexcept {
  if (shape.slot_bits == 0) return kFirstSetShape;
  const std::uint32_t bits = shape.slot_bits + (shape.slot_bits < kDoublingBits ? 2 : 1);
  return bits <= kLargestBits ? SetShape{bits} : SetShape{};
}

/// The prints of an empty table of one group.
using Group = std::array<std::uint8_t, kGroupSlots>;
constexpr Group empty_group(const SetShape& shape) noexcept {
  Group made{};
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = i < shape.slots() ? kEmptyPrint : kRemovedPrint;
  return made;
}
constexpr std::array<Group, 3> kEmptyGroups{empty_group({2}), empty_group({3}), empty_group({4})};

/// The keys of a table, with nulls between.
struct KeyRun {
  Object** keys;
  const std::uint32_t* hashes;
  std::uint32_t used;

  template <class F>
  bool each(F&& use) const {
    for (std::uint32_t slot = 0; slot < used; ++slot)
      if (keys[slot] != nullptr && !use(*keys[slot], hashes[slot])) return false;
    return true;
  }
};
KeyRun run_of(const AnySet& set) noexcept {
  if (set.slot_bits == 0) return {nullptr, nullptr, 0};
  return {set.keys, hashes_of(set), set.used};
}

/// Places all keys in a table of this shape, in a buffer of its own. Only the buffer can fail, and it does so first.
bool rebuild(AnySet& set, const SetShape& shape) noexcept {
  if (shape.slot_bits == 0) return false;
  Heap& heap = heap_of(set);
  void* const buffer = heap.memory.allocate_buffer(shape.bytes());
  if (buffer == nullptr) return false;
  const KeyRun old = run_of(set);
  const SetShape old_shape = shape_of(set);
  bump_version(set);
  set.keys = static_cast<Object**>(buffer);
  set.slot_bits = shape.slot_bits & 0x1F;
  const std::uint32_t size = set.size;
  empty_slots(set);
  fill(set, size, old);
  free_set_table(heap, old.keys, old_shape);
  return true;
}

/// Closes the gaps that removed keys left in a table of one group.
void close_gaps(AnySet& set) noexcept {
  bump_version(set);
  std::uint32_t* const hashes = hashes_of(set);
  std::uint8_t* const prints = prints_of(set);
  std::uint32_t kept = 0;
  for (std::uint32_t slot = 0; slot < set.used; ++slot) {
    if (set.keys[slot] == nullptr) continue;
    set.keys[kept] = set.keys[slot];
    hashes[kept] = hashes[slot];
    prints[kept++] = prints[slot];
  }
  std::fill(prints + kept, prints + set.used, kEmptyPrint);
  set.room += set.used - kept;
  set.used = kept;
}

/// Says that the slot of a removed key, and removed ones before it, are empty again, if only empty ones stand behind it and
/// no search goes on to another group.
void leave_slot(AnySet& set, std::uint32_t slot) noexcept {
  const bool is_one_group = shape_of(set).is_one_group();
  std::uint8_t* const prints = prints_of(set);
  prints[slot] = kRemovedPrint;
  const std::uint32_t first = slot & ~(kGroupSlots - 1);
  const std::uint32_t behind = slot + 1;
  if (is_one_group ? behind != set.used : behind == first + kGroupSlots || prints[behind] != kEmptyPrint) return;
  for (std::uint32_t last = behind; last > first && prints[last - 1] == kRemovedPrint; --last) {
    prints[last - 1] = kEmptyPrint;
    ++set.room;
    if (is_one_group) set.used = last - 1;
  }
}

/// Moves what is left of a much larger table into a smaller one. Without memory the table stays large.
void shrink(AnySet& set) noexcept {
  const SetShape shape = smallest_for(set.size + set.size / 4 + 1);
  if (shape.bytes() <= shape_of(set).bytes() / 2) static_cast<void>(rebuild(set, shape));
}

std::uint32_t removed_keys(const AnySet& set) noexcept { return shape_of(set).capacity() - set.room - set.size; }

/// Makes room where keys were removed. Half of the slots must have been left, or the table grows: so there is room for as
/// many keys as there are, and a search that begins anew ends although each of its comparisons adds and removes one.
bool forget_removed(AnySet& set) noexcept {
  const SetShape shape = shape_of(set);
  if (removed_keys(set) < shape.capacity() / 2) return rebuild(set, grown(shape));
  if (!shape.is_one_group()) return rebuild(set, shape);
  close_gaps(set);
  return true;
}

/// How many slots ahead the keys' counts are asked for.
constexpr std::uint32_t kAhead = 16;

void share_keys(const AnySet& set) noexcept {
  const bool is_far = set.slot_bits >= kFarSlotBits;
  for_each_slot(set, [&](std::uint32_t slot) {
    if (is_far && slot + kAhead < set.used) __builtin_prefetch(set.keys[slot + kAhead], 1);
    increment(*set.keys[slot]);
    return true;
  });
}

/// Gives a set without a table a copy of another's.
bool copy_table(AnySet& set, const AnySet& source) noexcept {
  void* const buffer = heap_of(set).memory.allocate_buffer(shape_of(source).bytes());
  if (buffer == nullptr) return false;
  share_keys(source);
  bump_version(set);
  std::memcpy(buffer, source.keys, shape_of(source).bytes());
  set.keys = static_cast<Object**>(buffer);
  set.used = source.used;
  set.size = source.size;
  set.room = source.room;
  set.slot_bits = source.slot_bits;
  set.scattered = source.scattered;
  return true;
}

/// True if a table as it is serves for `count` keys, and is not too large.
bool serves(const AnySet& set, std::size_t count) noexcept {
  const std::uint32_t least = smallest_for(count).slot_bits;
  return removed_keys(set) == 0 && least != 0 && least <= set.slot_bits && set.slot_bits <= least + 2;
}

}  // namespace

void empty_slots(AnySet& set) noexcept {
  const SetShape shape = shape_of(set);
  set.size = 0;
  set.room = shape.capacity();
  if (shape.is_one_group()) {
    set.used = 0;
    std::memcpy(prints_of(set), kEmptyGroups[shape.slot_bits - kSmallestBits].data(), sizeof(Group));
    return;
  }
  set.used = shape.slots();
  std::memset(set.keys, 0, shape.slots() * sizeof(Object*));
  std::memset(prints_of(set), kEmptyPrint, shape.slots());
}

SetShape set_shape_for(std::size_t count) noexcept { return smallest_for(count); }

SetShape next_shape(const AnySet& set) noexcept { return grown(shape_of(set)); }

bool make_room_for_key(AnySet& set) noexcept {
  if (set.room != 0) return true;
  return removed_keys(set) != 0 ? forget_removed(set) : rebuild(set, grown(shape_of(set)));
}

bool reserve_keys(AnySet& set, std::size_t count) noexcept {
  if (count <= std::size_t{set.size} + set.room) return true;
  const SetShape least = smallest_for(count);
  return least.slot_bits == 0 || least.slot_bits > set.slot_bits ? rebuild(set, least) : forget_removed(set);
}

Object& remove_key(AnySet& set, std::uint32_t slot) noexcept {
  Object& removed = *std::exchange(set.keys[slot], nullptr);
  --set.size;
  leave_slot(set, slot);
  const std::uint32_t slots = shape_of(set).slots();
  if (slots > 4 * kGroupSlots && set.size < slots / 8) shrink(set);
  return removed;
}

std::uint32_t last_key(AnySet& set) noexcept {
  while (set.keys[set.used - 1] == nullptr) --set.used;
  return set.used - 1;
}

bool copy_keys(AnySet& set, const AnySet& source, std::size_t count) noexcept {
  if (source.size == 0) return true;
  const std::size_t needed = std::max<std::size_t>(count, source.size);
  if (set.slot_bits == 0 && serves(source, needed)) return copy_table(set, source);
  if (!reserve_keys(set, needed)) return false;
  bump_version(set);
  if (removed_keys(set) != 0) empty_slots(set);
  share_keys(source);
  fill(set, source.size, run_of(source));
  return true;
}

void swap_tables(AnySet& left, AnySet& right) noexcept {
  std::swap(left.keys, right.keys);
  std::swap(left.used, right.used);
  std::swap(left.size, right.size);
  std::swap(left.room, right.room);
  const std::uint32_t bits = left.slot_bits;
  const std::uint32_t scattered = left.scattered;
  left.slot_bits = right.slot_bits;
  left.scattered = right.scattered;
  right.slot_bits = bits & 0x1F;
  right.scattered = scattered & 1;
  bump_version(left);
  bump_version(right);
}

TakenKeys::TakenKeys(AnySet& set) noexcept : heap_(heap_of(set)), keys_(set.keys), used_(set.used), shape_(shape_of(set)) {
  const std::uint32_t version = set.version;
  make_empty(set);
  set.version = version & 0x3FF'FFFFU;
  bump_version(set);
}

TakenKeys::~TakenKeys() {
  for (std::uint32_t slot = 0; slot < used_; ++slot)
    if (keys_[slot] != nullptr) decrement(*keys_[slot]);
  free_set_table(heap_, keys_, shape_);
}

}  // namespace ouro::detail
