// The hash table of a set: its shapes, removing keys, growing.
#include <ouro/objects/containers/detail/hash_index.h>
#include <ouro/objects/sets/detail/set_table.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace ouro::detail {

namespace {

constexpr std::uint32_t kFirstIndexBits = 4;
constexpr std::uint32_t kLastIndexBits = 30;

/// How many keys an index of 2^bits slots may serve: two thirds.
constexpr std::uint64_t usable(std::uint32_t bits) noexcept { return (std::uint64_t{2} << bits) / 3; }

constexpr SetShape smallest_for(std::uint64_t count) noexcept {
  for (const std::uint32_t capacity : {4u, kUnindexed})
    if (count <= capacity) return {capacity, 0};
  for (std::uint32_t bits = kFirstIndexBits; bits <= kLastIndexBits; ++bits)
    for (const std::uint64_t capacity : {usable(bits) * 3 / 4, usable(bits)})
      if (count <= capacity) return {static_cast<std::uint32_t>(capacity), bits};
  return {};
}

consteval bool slots_tell_empty_from_full() {
  for (std::uint32_t bits = kFirstIndexBits; bits <= kLastIndexBits; ++bits)
    if (usable(bits) >= (std::uint64_t{1} << bits) - 1 || bits > 8 * TableShape::slot_bytes(bits)) return false;
  return true;
}
static_assert(slots_tell_empty_from_full(), "law table-load: the number of all ones is no key's");
static_assert(smallest_for(kUnindexed + 1).capacity > kUnindexed);
static_assert(sizeof(Set) + kFirstSetShape.bytes() <= 144, "a set of five keys");
static_assert(TableShape::slot_bytes(kFarIndexBits) == 4 && TableShape::slot_bytes(kFarIndexBits - 1) < 4);

/// Makes the index anew from the stored hashes, or fills the unused hashes if there is none. There are no removed keys.
void build_index_of(AnySet& set) noexcept {
  if (set.index_bits == 0) {
    std::fill(hashes_of(set) + set.used, hashes_of(set) + shape_of(set).hashes(), 0);
    return;
  }
  with_slot_type(set.index_bits, [&]<class Slot>(Slot) {
    set.left_out = build_index(index_of<Slot>(set), set.index_bits, {hashes_of(set), set.used}) & kScattered;
  });
}

/// Forgets removed keys at the end, the last one first.
void drop_last_keys(AnySet& set) noexcept {
  while (set.used != 0 && set.keys[set.used - 1] == nullptr) {
    --set.used;
    if (set.index_bits == 0) continue;
    with_slot_type(set.index_bits,
                   [&]<class Slot>(Slot) { leave(index_of<Slot>(set), order_of(set), hashes_of(set)[set.used], set.used); });
  }
}

/// Closes the gaps that removed keys left, and builds the index anew.
void compact(AnySet& set) noexcept {
  if (set.used == set.size) return;
  bump_version(set);
  std::uint32_t* const hashes = hashes_of(set);
  std::uint32_t kept = 0;
  for (std::uint32_t number = 0; number < set.used; ++number) {
    if (set.keys[number] == nullptr) continue;
    set.keys[kept] = set.keys[number];
    hashes[kept++] = hashes[number];
  }
  set.used = kept;
  build_index_of(set);
}

std::size_t index_bytes(const AnySet& set) noexcept { return TableShape::slot_bytes(set.index_bits) << set.index_bits; }

void put_shape(AnySet& set, void* buffer, const SetShape& shape) noexcept {
  set.keys = static_cast<Object**>(buffer);
  set.capacity = shape.capacity;
  set.index_bits = shape.index_bits & 0x1F;
}

/// Gives the table another shape, in a buffer of its own. There are no removed keys. Only the buffer can fail, and it does
/// so first.
bool reshape(AnySet& set, const SetShape& shape) noexcept {
  if (shape.capacity == 0) return false;
  Heap& heap = heap_of(set);
  void* const buffer = heap.memory.allocate_buffer(shape.bytes());
  if (buffer == nullptr) return false;
  const SetShape old = shape_of(set);
  Object** const old_keys = set.keys;
  const std::uint32_t* const old_hashes = hashes_of(set);
  bump_version(set);
  put_shape(set, buffer, shape);
  if (set.used != 0) {
    std::memcpy(set.keys, old_keys, set.used * sizeof(Object*));
    std::memcpy(hashes_of(set), old_hashes, set.used * sizeof(std::uint32_t));
  }
  if (old.index_bits == shape.index_bits && shape.index_bits != 0) {
    std::memcpy(index_of<std::byte>(set), old_hashes + old.capacity, index_bytes(set));
  } else {
    build_index_of(set);
  }
  free_set_table(heap, old_keys, old);
  return true;
}

/// Moves what is left of a much larger table into a smaller buffer. Without memory the table stays large.
void shrink(AnySet& set) noexcept {
  const SetShape shape = smallest_for(set.size + set.size / 4 + 1);
  if (shape.bytes() <= shape_of(set).bytes() / 2) static_cast<void>(reshape(set, shape));
}

}  // namespace

SetShape set_shape_for(std::size_t count) noexcept { return smallest_for(count); }

bool make_room_for_key(AnySet& set) noexcept {
  if (set.used < set.capacity) return true;
  if (set.capacity == 0) return reshape(set, kFirstSetShape);
  compact(set);
  // A quarter of a large table must have been free, or it would be compacted again too soon.
  const std::uint32_t spare = set.capacity <= kUnindexed ? 0 : set.capacity / 4;
  if (set.size + spare < set.capacity) return true;
  return reshape(set, smallest_for(std::size_t{set.capacity} + 1)) || set.size < set.capacity;
}

bool reserve_keys(AnySet& set, std::size_t count) noexcept {
  if (count <= set.capacity) {
    if (set.used > set.size && count > set.capacity - (set.used - set.size)) compact(set);
    return true;
  }
  compact(set);
  return reshape(set, smallest_for(count));
}

void enter_key(AnySet& set, std::uint32_t hash, std::uint32_t number) noexcept {
  with_slot_type(set.index_bits,
                 [&]<class Slot>(Slot) { static_cast<void>(enter(index_of<Slot>(set), order_of(set), hash, number)); });
}

Object& remove_key(AnySet& set, std::uint32_t number) noexcept {
  Object& removed = *std::exchange(set.keys[number], nullptr);
  --set.size;
  // Removed keys at the end cost little to forget; others are closed up when they outnumber what is left.
  drop_last_keys(set);
  if (set.used - set.size > set.size + kUnindexed) compact(set);
  if (set.used == set.size && set.capacity > 4 * kUnindexed && set.size < set.capacity / 8) shrink(set);
  return removed;
}

bool copy_keys(AnySet& set, const AnySet& source) noexcept {
  if (source.size == 0) return true;
  if (!reserve_keys(set, source.size)) return false;
  bump_version(set);
  const std::uint32_t* const hashes = hashes_of(source);
  std::uint32_t* const copied = hashes_of(set);
  for (std::uint32_t number = 0; number < source.used; ++number) {
    Object* const key = source.keys[number];
    if (key == nullptr) continue;
    increment(*key);
    copied[set.used] = hashes[number];
    set.keys[set.used++] = key;
  }
  set.size = set.used;
  const bool same_index = source.used == source.size && shape_of(set) == shape_of(source) && set.index_bits != 0;
  if (!same_index) {
    build_index_of(set);
    return true;
  }
  set.left_out = source.left_out;
  std::memcpy(index_of<std::byte>(set), index_of<std::byte>(source), index_bytes(set));
  return true;
}

void swap_tables(AnySet& left, AnySet& right) noexcept {
  std::swap(left.keys, right.keys);
  std::swap(left.used, right.used);
  std::swap(left.size, right.size);
  std::swap(left.capacity, right.capacity);
  const std::uint32_t bits = left.index_bits;
  const std::uint32_t left_out = left.left_out;
  left.index_bits = right.index_bits;
  left.left_out = right.left_out;
  right.index_bits = bits & 0x1F;
  right.left_out = left_out & kScattered;
  bump_version(left);
  bump_version(right);
}

TakenKeys::TakenKeys(AnySet& set) noexcept : heap_(heap_of(set)), keys_(set.keys), used_(set.used), shape_(shape_of(set)) {
  const std::uint32_t version = set.version;
  make_empty(set);
  set.version = version & 0x3F'FFFFU;
  bump_version(set);
}

TakenKeys::~TakenKeys() {
  for (std::uint32_t number = 0; number < used_; ++number)
    if (keys_[number] != nullptr) decrement(*keys_[number]);
  free_set_table(heap_, keys_, shape_);
}

}  // namespace ouro::detail
