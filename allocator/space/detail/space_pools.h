// Pools of a space: where the blocks of magazines come from and go to, in batches.
#pragma once

#include <ouro/allocator/space/space.h>

#include <algorithm>
#include <utility>

namespace ouro::alloc {

/// Draws up to `wanted` blocks of the class into an array, in the order that space.h tells. At least one, unless there is
/// no memory; a new pool is opened only for the first.
template <Geometry G>
std::size_t BasicSpace<G>::draw(unsigned size_class, void** into, std::size_t wanted) noexcept {
  std::size_t drawn = 0;
  while (drawn < wanted) {
    if (usedpools_[size_class] == kNoPool && (drawn != 0 || !open_pool(size_class))) break;
    PoolHeader& pool = headers_[usedpools_[size_class]];
    drawn += draw_from(pool, into + drawn, wanted - drawn);
    if (pool.taken + pool.withheld < pool.capacity) continue;
    unlink_used(pool);
    pool.state = PoolState::kFull;
  }
  room_[size_class] -= static_cast<std::uint32_t>(drawn);
  return drawn;
}

/// Draws the pool's free blocks, lowest address first; untouched ones only if there is no free one.
template <Geometry G>
std::size_t BasicSpace<G>::draw_from(PoolHeader& pool, void** into, std::size_t wanted) noexcept {
  if (pool.taken + pool.withheld == pool.carved) carve(pool, wanted);
  std::byte* const page = page_of(pool);
  const std::size_t block_bytes = pool.block_bytes;
  std::uint64_t* word = bitmap_of(pool);
  std::size_t drawn = 0;
  for (std::size_t first = 0; first < pool.carved && drawn < wanted; first += 64, ++word) {
    std::uint64_t bits = *word;
    for (; bits != 0 && drawn < wanted; bits &= bits - 1)
      into[drawn++] = page + (first + static_cast<unsigned>(std::countr_zero(bits))) * block_bytes;
    *word = bits;
  }
  pool.taken = static_cast<std::uint16_t>(pool.taken + drawn);
  return drawn;
}

/// Makes untouched blocks ready: two at first, then as many again as there are, or as many as are wanted at once.
template <Geometry G>
void BasicSpace<G>::carve(PoolHeader& pool, std::size_t wanted) noexcept {
  const std::size_t ready = static_cast<std::size_t>(pool.carved - pool.withheld);
  const std::size_t end = std::min<std::size_t>(pool.capacity, pool.carved + std::max<std::size_t>({2, ready, wanted}));
  std::uint64_t* const bitmap = bitmap_of(pool);
  for (std::size_t i = pool.carved; i < end; i = (i / 64 + 1) * 64) {
    const std::size_t in_word = std::min(end - i / 64 * 64, std::size_t{64}) - i % 64;
    bitmap[i / 64] |= (~std::uint64_t{0} >> (64 - in_word)) << (i % 64);
  }
  pool.carved = static_cast<std::uint16_t>(end);
}

/// Marks blocks of the class as free in their pools. One by one: neighbours in the array seldom lie in one pool, and a loop
/// that tries to gather those that do costs a mispredicted branch for each that does not.
template <Geometry G>
void BasicSpace<G>::put_back(unsigned size_class, void* const* blocks, std::size_t count) noexcept {
  room_[size_class] += static_cast<std::uint32_t>(count);
  for (std::size_t i = 0; i < count; ++i) {
    PoolHeader& pool = header_of(blocks[i]);
    const std::size_t bit = block_index(blocks[i], pool);
    std::uint64_t& word = bitmap_of(pool)[bit / 64];
    OURO_ASSERT_INTERNAL((word >> (bit % 64) & 1U) == 0, "law-free-block");
    word |= std::uint64_t{1} << (bit % 64);
    --pool.taken;
    if (pool.state == PoolState::kFull) [[unlikely]]
      relist(pool);
    if (pool.taken == 0) [[unlikely]]
      retire(pool);
  }
}

/// A full pool has room again.
template <Geometry G>
void BasicSpace<G>::relist(PoolHeader& pool) noexcept {
  pool.state = PoolState::kUsed;
  link_used(pool);
  // An idle pool was kept because it was the only one in the list. Now it is not.
  PoolHeader& serving = headers_[usedpools_[pool.size_class]];
  if (&serving == &pool || serving.taken != 0) return;
  unlink_used(serving);
  close_pool(serving);
}

/// A pool of which no block is out any more is given up, unless it is the only one in its list.
template <Geometry G>
void BasicSpace<G>::retire(PoolHeader& pool) noexcept {
  if (pool.prev == kNoPool && pool.next == kNoPool) return;
  unlink_used(pool);
  close_pool(pool);
}

/// Puts an empty pool into usedpools of a class. False if there is no memory.
template <Geometry G>
bool BasicSpace<G>::open_pool(unsigned size_class) noexcept {
  std::uint32_t arena = usable_.fullest();
  if (arena == kNoArena) arena = obtain_arena();
  if (arena == kNoArena) return false;
  const auto lowest = static_cast<unsigned>(std::countr_zero(arenas_[arena].freepools));
  occupy(arena, std::uint64_t{1} << lowest);
  PoolHeader& pool = headers_[arena * kPoolsPerArena + lowest];
  const std::size_t block_bytes = block_bytes_of(size_class);
  const auto withheld = static_cast<std::uint16_t>(options_.withhold_first ? 1 : 0);
  pool = PoolHeader{};
  pool.reciprocal = reciprocal_of(block_bytes);
  pool.carved = pool.withheld = withheld;
  pool.capacity = static_cast<std::uint16_t>(G.pool_bytes / block_bytes);
  pool.block_bytes = static_cast<std::uint16_t>(block_bytes);
  pool.size_class = static_cast<std::uint8_t>(size_class);
  pool.state = PoolState::kUsed;
  if (pool.capacity > 64) pool.bitmap = bitmap_slots_.take();  // there are as many places as pools
  const auto usable = static_cast<std::uint32_t>(pool.capacity - withheld);
  room_[size_class] += usable;
  blocks_[size_class] += usable;
  pools_at_flush_ = std::max(pools_at_flush_, ++pools_in_use_);
  link_used(pool);
  return true;
}

/// Makes a pool without allocated blocks, in no list, an empty one.
template <Geometry G>
void BasicSpace<G>::close_pool(PoolHeader& pool) noexcept {
  if (pool.capacity > 64) {
    std::fill_n(bitmap_of(pool), kBitmapWords, std::uint64_t{0});
    bitmap_slots_.give_back(pool.bitmap);
  }
  const auto usable = static_cast<std::uint32_t>(pool.capacity - pool.withheld);
  room_[pool.size_class] -= usable;
  blocks_[pool.size_class] -= usable;
  const std::uint32_t index = index_of(pool);
  pool = PoolHeader{};
  --pools_in_use_;
  vacate(index / kPoolsPerArena, std::uint64_t{1} << (index % kPoolsPerArena));
}

/// Puts a pool with room behind the one that serves now, so that this one is used up first while the others may drain.
template <Geometry G>
void BasicSpace<G>::link_used(PoolHeader& pool) noexcept {
  std::uint32_t& first = usedpools_[pool.size_class];
  pool.prev = first;
  pool.next = kNoPool;
  if (first == kNoPool) return void(first = index_of(pool));
  PoolHeader& serving = headers_[first];
  pool.next = std::exchange(serving.next, index_of(pool));
  if (pool.next != kNoPool) headers_[pool.next].prev = index_of(pool);
}

template <Geometry G>
void BasicSpace<G>::unlink_used(PoolHeader& pool) noexcept {
  if (pool.prev != kNoPool)
    headers_[pool.prev].next = pool.next;
  else
    usedpools_[pool.size_class] = pool.next;
  if (pool.next != kNoPool) headers_[pool.next].prev = pool.prev;
  pool.prev = pool.next = kNoPool;
}

/// Gives up the pools that classes keep although none of their blocks is out.
template <Geometry G>
void BasicSpace<G>::give_up_idle_pools() noexcept {
  for (const std::uint32_t first : usedpools_) {
    if (first == kNoPool || headers_[first].taken != 0) continue;
    unlink_used(headers_[first]);
    close_pool(headers_[first]);
  }
}

}  // namespace ouro::alloc
