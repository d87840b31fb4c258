// The walks over a space: the inline second half of space.h.
//
// [law-walk] A walk visits exactly the allocated blocks, in address order, and may give back the one it visits.
#pragma once

#include <ouro/allocator/space/space.h>

namespace ouro::alloc {

template <Geometry G>
template <class F>
void BasicSpace<G>::for_each_pool(F&& visit) const {
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    const Arena& arena = arenas_[a];
    if (arena.state != ArenaState::kInUse && arena.state != ArenaState::kRun) continue;
    for (std::uint64_t taken = ~arena.freepools & kAllPools; taken != 0; taken &= taken - 1) {
      const std::uint32_t index = a * kPoolsPerArena + static_cast<unsigned>(std::countr_zero(taken));
      // Asked again for each: an earlier visit may have emptied this pool, or given the whole arena back.
      const PoolState state = headers_[index].state;
      if (state == PoolState::kEmpty || state == PoolState::kRunTail) continue;
      visit(view_of(index));
      if (state == PoolState::kRun && arena.state != ArenaState::kInUse) break;
    }
  }
}

template <Geometry G>
template <class F>
void BasicSpace<G>::for_each_block(F&& visit) const {
  for_each_pool([&](const PoolView& pool) {
    if (pool.state == PoolState::kRun) return visit(pool.start, pool.block_bytes);
    const PoolHeader& header = header_of(pool.start);
    BlockSet free{};
    add_free_blocks(header, free);
    std::byte* const page = page_of(header);
    for (std::size_t i = header.withheld, end = header.carved; i < end; ++i)
      if ((free[i / 64] >> (i % 64) & 1U) == 0) visit(page + i * pool.block_bytes, pool.block_bytes);
  });
}

template <Geometry G>
template <class F>
void BasicSpace<G>::for_each_arena(F&& visit) const {
  for (std::uint32_t a = 0; a < map_.high_water(); ++a)
    if (arenas_[a].state == ArenaState::kInUse) visit(arena_view(arenas_[a]));
}

template <Geometry G>
template <class F>
void BasicSpace<G>::for_each_unused(F&& visit) const {
  const std::size_t end = map_.high_water();
  for (std::size_t first = 0; first < end; ++first) {
    std::size_t last = first;
    while (last < end && !map_.is_taken(static_cast<std::uint32_t>(last))) ++last;
    if (last != first) visit(first * G.arena_bytes, last * G.arena_bytes);
    first = last;
  }
}

}  // namespace ouro::alloc
