// The hash table of a dict: its shapes, finding and removing keys, growing.
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/containers/detail/hash_index.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

namespace ouro::detail {

namespace {

constexpr std::uint32_t kFirstIndexBits = 4;
constexpr std::uint32_t kLastIndexBits = 31;

/// How many pairs an index of 2^bits slots may serve.
constexpr std::uint64_t usable(std::uint32_t bits) noexcept { return (std::uint64_t{2} << bits) / 3; }

constexpr TableShape smallest_for(std::uint64_t count) noexcept {
  for (const std::uint32_t capacity : {3u, 5u, kUnindexed})
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
static_assert(slots_tell_empty_from_full(), "law table-load: the number of all ones is no pair's");
/// The first shape is the smallest, and its capacity is no other's.
consteval bool first_shape_is_smallest() {
  const TableShape first = smallest_for(1);
  const TableShape next = smallest_for(first.capacity + 1);
  return first.capacity == kFirstShape.capacity && first.index_bits == 0 && next.capacity > first.capacity;
}
static_assert(first_shape_is_smallest());
static_assert(sizeof(Dict) + smallest_for(5).bytes() <= 160, "a dict of five keys");

/// Makes the index anew from the stored hashes, or fills the unused hashes if there is none. There are no deleted pairs.
void build_index_of(Dict& dict) noexcept {
  if (dict.index_bits == 0) {
    std::fill(hashes_of(dict) + dict.used, hashes_of(dict) + shape_of(dict).hashes(), 0);
    return;
  }
  with_slot_type(dict.index_bits, [&]<class Slot>(Slot) {
    leave_out(dict, build_index(index_of<Slot>(dict), dict.index_bits, {hashes_of(dict), dict.used}));
  });
}

/// Forgets deleted pairs at the end, the last one first.
void drop_last_pairs(Dict& dict) noexcept {
  while (dict.used != 0 && dict.pairs[dict.used - 1].key == nullptr) {
    --dict.used;
    if (dict.index_bits != 0)
      with_slot_type(dict.index_bits, [&]<class Slot>(Slot) {
        leave(index_of<Slot>(dict), order_of(dict), hashes_of(dict)[dict.used], dict.used);
      });
  }
}

/// Closes the gaps that deleted pairs left. The index must be built anew afterwards.
void slide_pairs(Dict& dict) noexcept {
  std::uint32_t* const hashes = hashes_of(dict);
  std::uint32_t kept = 0;
  for (std::uint32_t pair = 0; pair < dict.used; ++pair) {
    if (dict.pairs[pair].key == nullptr) continue;
    dict.pairs[kept] = dict.pairs[pair];
    hashes[kept++] = hashes[pair];
  }
  dict.used = kept;
}

void compact(Dict& dict) noexcept {
  if (dict.used == dict.size) return;
  bump_version(dict);
  slide_pairs(dict);
  build_index_of(dict);
}

void set_shape(Dict& dict, const TableShape& shape) noexcept {
  dict.capacity = shape.capacity;
  dict.index_bits = shape.index_bits & 0xFF;
}

/// Gives the table a larger shape. There are no deleted pairs. Only the buffer can fail, and it does so first.
bool enlarge(Dict& dict, const TableShape& shape) noexcept {
  if (shape.capacity == 0) return false;
  const TableShape old = shape_of(dict);
  alloc::Allocator& memory = heap_of(dict).memory;
  void* const buffer = old.capacity == 0 ? memory.allocate_buffer(shape.bytes())
                                         : memory.reallocate_buffer(dict.pairs, old.bytes(), shape.bytes());
  if (buffer == nullptr) return false;
  bump_version(dict);
  dict.pairs = static_cast<DictPair*>(buffer);
  const std::uint32_t* const old_hashes = hashes_of(dict);
  set_shape(dict, shape);
  if (old.index_bits == shape.index_bits && old.index_bits != 0) {
    // The same slots, further back. They move first, for the hashes may come to lie where they were.
    std::memmove(hashes_of(dict) + shape.capacity, old_hashes + old.capacity,
                 TableShape::slot_bytes(old.index_bits) << old.index_bits);
    std::memmove(hashes_of(dict), old_hashes, dict.used * sizeof(std::uint32_t));
  } else {
    std::memmove(hashes_of(dict), old_hashes, dict.used * sizeof(std::uint32_t));
    build_index_of(dict);
  }
  return true;
}

/// The table of a dict that has none yet, as most dicts need it.
bool open_first(Dict& dict) noexcept {
  void* const buffer = heap_of(dict).memory.allocate_buffer(kFirstShape.bytes());
  if (buffer == nullptr) return false;
  bump_version(dict);
  dict.pairs = static_cast<DictPair*>(buffer);
  set_shape(dict, kFirstShape);
  std::fill_n(hashes_of(dict), kFirstShape.hashes(), 0);
  return true;
}

/// Moves what is left of a much larger table into a smaller buffer. Without memory the table stays large.
void shrink(Dict& dict) noexcept {
  const TableShape old = shape_of(dict);
  const TableShape shape = shape_for(dict.size + dict.size / 4 + 1);
  if (shape.bytes() > old.bytes() / 2) return;
  alloc::Allocator& memory = heap_of(dict).memory;
  void* const buffer = memory.allocate_buffer(shape.bytes());
  if (buffer == nullptr) return;
  DictPair* const old_pairs = dict.pairs;
  const std::uint32_t* const old_hashes = hashes_of(dict);
  bump_version(dict);
  dict.pairs = static_cast<DictPair*>(buffer);
  set_shape(dict, shape);
  std::memcpy(dict.pairs, old_pairs, dict.used * sizeof(DictPair));
  std::memcpy(hashes_of(dict), old_hashes, dict.used * sizeof(std::uint32_t));
  build_index_of(dict);
  memory.free_buffer(old_pairs, old.bytes());
}

}  // namespace

TableShape shape_for(std::size_t count) noexcept { return smallest_for(count); }

bool make_room_for_pair(Dict& dict) noexcept {
  if (dict.used < dict.capacity) return true;
  if (dict.capacity == 0) return open_first(dict);
  compact(dict);
  // A quarter of a large table must have been free, or it would be compacted again too soon.
  const std::uint32_t spare = dict.capacity <= kUnindexed ? 0 : dict.capacity / 4;
  if (dict.size + spare < dict.capacity) return true;
  return enlarge(dict, shape_for(std::size_t{dict.capacity} + 1)) || dict.size < dict.capacity;
}

bool reserve_pairs(Dict& dict, std::size_t count) noexcept {
  if (count <= dict.capacity) {
    if (dict.used > dict.size && count > dict.capacity - (dict.used - dict.size)) compact(dict);
    return true;
  }
  compact(dict);
  return enlarge(dict, shape_for(count));
}

void enter_pair(Dict& dict, std::uint32_t hash, std::uint32_t number) noexcept {
  with_slot_type(dict.index_bits,
                 [&]<class Slot>(Slot) { static_cast<void>(enter(index_of<Slot>(dict), order_of(dict), hash, number)); });
}

DictPair remove_pair(Dict& dict, std::uint32_t pair) noexcept {
  const DictPair removed = dict.pairs[pair];
  dict.pairs[pair] = {nullptr, nullptr};
  --dict.size;
  // Deleted pairs at the end cost little to forget; others are closed up when they outnumber what is left.
  drop_last_pairs(dict);
  if (dict.used - dict.size > dict.size + kUnindexed) compact(dict);
  if (dict.used == dict.size && dict.capacity > 4 * kUnindexed && dict.size < dict.capacity / 8) shrink(dict);
  return removed;
}

bool copy_pairs(Dict& dict, const Dict& source) noexcept {
  if (source.size == 0) return true;
  if (dict.capacity < source.size && !enlarge(dict, shape_for(source.size))) return false;
  bump_version(dict);
  const std::uint32_t* const hashes = hashes_of(source);
  for (std::uint32_t pair = 0; pair < source.used; ++pair) {
    const DictPair& from = source.pairs[pair];
    if (from.key == nullptr) continue;
    increment(*from.key);
    increment(*from.value);
    hashes_of(dict)[dict.used] = hashes[pair];
    dict.pairs[dict.used++] = from;
  }
  dict.size = dict.used;
  const bool same_index = source.used == source.size && shape_of(dict) == shape_of(source) && dict.index_bits != 0;
  if (!same_index) {
    build_index_of(dict);
    return true;
  }
  leave_out(dict, order_of(source).left_out);
  std::memcpy(index_of<std::byte>(dict), index_of<std::byte>(source),
              TableShape::slot_bytes(dict.index_bits) << dict.index_bits);
  return true;
}

TakenTable::TakenTable(Dict& dict) noexcept
    : heap_(heap_of(dict)), pairs_(dict.pairs), used_(dict.used), shape_(shape_of(dict)) {
  const std::uint32_t version = dict.version;
  make_empty(dict);
  dict.version = version & 0xFF'FFFFU;
  bump_version(dict);
}

TakenTable::~TakenTable() {
  for (std::uint32_t pair = 0; pair < used_; ++pair) {
    if (pairs_[pair].key == nullptr) continue;
    decrement(*pairs_[pair].key);
    decrement(*pairs_[pair].value);
  }
  free_table(heap_, pairs_, shape_);
}

void make_empty(Dict& dict) noexcept {
  dict.pairs = nullptr;
  dict.used = dict.size = dict.capacity = 0;
  dict.index_bits = 0;
  dict.version = 0;
}

}  // namespace ouro::detail
