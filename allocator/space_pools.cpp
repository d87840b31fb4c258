// Pools of a space: the slow half of allocate and deallocate.
#include <ouro/allocator/space.h>

#include <algorithm>

namespace ouro::alloc {

/// Serves a request whose detached list is empty: finds a list, in the order that space.h tells.
template <Geometry G>
void* BasicSpace<G>::refill(unsigned size_class) noexcept {
  ClassHead& head = heads_[size_class];
  if (head.current != nullptr) {
    PoolHeader& pool = *head.current;
    if (pool.free != nullptr) {
      detach(head);
      return pop(head, size_class);
    }
    if (pool.carved < pool.capacity) {
      carve(head, page_of(pool));
      return pop(head, size_class);
    }
    pool.state = PoolState::kFull;
    pool.countdown = 1;
    head.current = nullptr;
  }
  return adopt(head, size_class) ? pop(head, size_class) : nullptr;
}

/// Moves the current pool's own free list to where requests are served from.
template <Geometry G>
void BasicSpace<G>::detach(ClassHead& head) noexcept {
  PoolHeader& pool = *head.current;
  head.detached = pool.free;
  pool.free = nullptr;
  pool.countdown = pool.carved;
}

/// Makes untouched blocks of the current pool, which has no free one, ready: two at first, then as many again as it has.
template <Geometry G>
void BasicSpace<G>::carve(ClassHead& head, std::byte* start) noexcept {
  PoolHeader& pool = *head.current;
  const std::size_t wanted = std::max<std::size_t>(2, pool.carved);
  const std::size_t count = std::min<std::size_t>(wanted, static_cast<std::size_t>(pool.capacity - pool.carved));
  std::byte* const first = start + std::size_t{pool.carved} * pool.block_bytes;
  unpoison(first, count * pool.block_bytes);
  FreeBlock* next = nullptr;
  for (std::byte* at = first + count * pool.block_bytes; at != first;) next = ::new (at -= pool.block_bytes) FreeBlock{next};
  poison(first, count * pool.block_bytes);
  head.detached = next;
  pool.carved = static_cast<std::uint16_t>(pool.carved + count);
  pool.countdown = pool.carved;
}

/// Gives a class without a current pool one: the first of usedpools, else an empty one. False if there is no memory.
template <Geometry G>
bool BasicSpace<G>::adopt(ClassHead& head, unsigned size_class) noexcept {
  if (usedpools_[size_class] != kNoPool) {
    head.current = &headers_[usedpools_[size_class]];
    unlink_used(*head.current);
    detach(head);
    return true;
  }
  head.current = open_pool(size_class);
  if (head.current == nullptr) return false;
  carve(head, page_of(*head.current));
  return true;
}

/// Called by the free that brings a countdown to zero. What that means depends on the pool.
template <Geometry G>
void BasicSpace<G>::last_of_countdown(void* block, PoolHeader& pool) noexcept {
  push(pool, block);
  poison(block, pool.block_bytes);
  if (pool.state == PoolState::kFull) {  // its first free block
    pool.state = PoolState::kUsed;
    pool.countdown = pool.carved - 1U;
    link_used(pool);
  } else if (is_current(pool)) {
    // It stays, however empty: an isolated pair of allocate and deallocate must not open and close it. All its blocks are
    // back, so none is left where requests are served from, and they may as well go there now.
    detach(heads_[pool.size_class]);
  } else {  // its last block
    unlink_used(pool);
    close_pool(pool);
  }
}

template <Geometry G>
PoolHeader* BasicSpace<G>::open_pool(unsigned size_class) noexcept {
  std::uint32_t arena = usable_.fullest();
  if (arena == kNoArena) arena = obtain_arena();
  if (arena == kNoArena) return nullptr;
  const auto lowest = static_cast<unsigned>(std::countr_zero(arenas_[arena].freepools));
  occupy(arena, std::uint64_t{1} << lowest);
  PoolHeader& pool = headers_[arena * kPoolsPerArena + lowest];
  const std::size_t block_bytes = block_bytes_of(size_class);
  pool = PoolHeader{.free = nullptr,
                    .countdown = 0,
                    .carved = 0,
                    .capacity = static_cast<std::uint16_t>(G.pool_bytes / block_bytes),
                    .reciprocal = reciprocal_of(block_bytes),
                    .block_bytes = static_cast<std::uint16_t>(block_bytes),
                    .size_class = static_cast<std::uint8_t>(size_class),
                    .state = PoolState::kUsed,
                    .prev = kNoPool,
                    .next = kNoPool};
  return &pool;
}

/// Makes a pool without allocated blocks, in no list, an empty one.
template <Geometry G>
void BasicSpace<G>::close_pool(PoolHeader& pool) noexcept {
  const std::uint32_t index = index_of(pool);
  pool = PoolHeader{};
  vacate(index / kPoolsPerArena, std::uint64_t{1} << (index % kPoolsPerArena));
}

template <Geometry G>
void BasicSpace<G>::link_used(PoolHeader& pool) noexcept {
  std::uint32_t& first = usedpools_[pool.size_class];
  pool.prev = kNoPool;
  pool.next = first;
  if (first != kNoPool) headers_[first].prev = index_of(pool);
  first = index_of(pool);
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

/// Gives up the current pools of which no block is allocated.
template <Geometry G>
void BasicSpace<G>::flush_idle_heads() noexcept {
  for (ClassHead& head : heads_) {
    if (head.current == nullptr || live_blocks(*head.current) != 0) continue;
    PoolHeader& pool = *head.current;
    head = ClassHead{};
    close_pool(pool);
  }
}

template void* BasicSpace<kDefaultGeometry>::refill(unsigned) noexcept;
template void BasicSpace<kDefaultGeometry>::last_of_countdown(void*, PoolHeader&) noexcept;
template void BasicSpace<kDefaultGeometry>::flush_idle_heads() noexcept;
template void* BasicSpace<kTinyGeometry>::refill(unsigned) noexcept;
template void BasicSpace<kTinyGeometry>::last_of_countdown(void*, PoolHeader&) noexcept;
template void BasicSpace<kTinyGeometry>::flush_idle_heads() noexcept;

}  // namespace ouro::alloc
