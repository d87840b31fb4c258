// What a space knows about itself: views, block states, statistics. All by walking.
#include <ouro/allocator/space.h>

namespace ouro::alloc {

/// Blocks of a pool that are given out. Counts the detached list; needs no other walk.
template <Geometry G>
std::size_t BasicSpace<G>::live_blocks(const PoolHeader& pool) const noexcept {
  if (pool.state == PoolState::kRun) return 1;
  if (pool.state == PoolState::kFull) return pool.carved;
  if (pool.state != PoolState::kUsed) return 0;
  if (!is_current(pool)) return pool.countdown;
  std::size_t detached = 0;
  for (const FreeBlock* block = heads_[pool.size_class].detached; block != nullptr; block = next_of(block)) ++detached;
  return pool.countdown - detached;
}

/// Sets the bit of every free block of a used or full pool.
template <Geometry G>
void BasicSpace<G>::add_free_blocks(const PoolHeader& pool, BlockSet& set) const noexcept {
  const auto add_list = [&](const FreeBlock* first) {
    for (const FreeBlock* block = first; block != nullptr; block = next_of(block)) {
      const std::size_t i = (address_of(block) & (G.pool_bytes - 1)) * std::uint64_t{pool.reciprocal} >> 32;
      set[i / 64] |= std::uint64_t{1} << (i % 64);
    }
  };
  add_list(pool.free);
  if (is_current(pool)) add_list(heads_[pool.size_class].detached);
}

template <Geometry G>
PoolView BasicSpace<G>::view_of(std::uint32_t index) const noexcept {
  const PoolHeader& pool = headers_[index];
  PoolView view{.start = page_of(pool), .block_bytes = pool.block_bytes, .carved = pool.carved, .state = pool.state};
  if (pool.state == PoolState::kRun) view.block_bytes = pool.run_pools * G.pool_bytes, view.carved = 1;
  return view;
}

template <Geometry G>
PoolView BasicSpace<G>::pool_at(const void* address) const noexcept {
  const auto index = static_cast<std::uint32_t>((address_of(address) - address_of(base_)) >> kPoolShift);
  const Arena& arena = arenas_[index / kPoolsPerArena];
  if (arena.state == ArenaState::kRun || arena.state == ArenaState::kRunTail)
    return view_of(arena.run_head * kPoolsPerArena);
  return view_of(headers_[index].state == PoolState::kRunTail ? headers_[index].run_head : index);
}

template <Geometry G>
BlockState BasicSpace<G>::state_of(const void* block) const noexcept {
  if (!contains(block) || address_of(block) - address_of(base()) >= extent()) return BlockState::kUntouched;
  const PoolView view = pool_at(block);
  if (view.state == PoolState::kRun) return BlockState::kAllocated;
  if (view.state == PoolState::kEmpty) return BlockState::kUntouched;
  const PoolHeader& pool = header_of(block);
  const std::size_t i = (address_of(block) & (G.pool_bytes - 1)) * std::uint64_t{pool.reciprocal} >> 32;
  if (i >= pool.carved) return BlockState::kUntouched;
  BlockSet free{};
  add_free_blocks(pool, free);
  return (free[i / 64] >> (i % 64) & 1U) != 0 ? BlockState::kFree : BlockState::kAllocated;
}

template <Geometry G>
PoolCell BasicSpace<G>::cell_of(const PoolHeader& pool) const noexcept {
  PoolCell cell{.state = pool.state, .size_class = pool.size_class, .allocated = 0, .free = 0, .untouched = 0};
  if (pool.state != PoolState::kUsed && pool.state != PoolState::kFull) return cell;
  cell.allocated = static_cast<std::uint16_t>(live_blocks(pool));
  cell.free = static_cast<std::uint16_t>(pool.carved - cell.allocated);
  cell.untouched = static_cast<std::uint16_t>(pool.capacity - pool.carved);
  // A current pool learns that it is full with the next request; who looks may know at once.
  if (cell.allocated == pool.capacity) cell.state = PoolState::kFull;
  return cell;
}

template <Geometry G>
ArenaView BasicSpace<G>::arena_view(const Arena& arena) const noexcept {
  ArenaView view{.base = arena.base,
                 .pools_not_carved = static_cast<unsigned>(arena.ntotalpools - arena.first_untouched),
                 .nfreepools = arena.nfreepools,
                 .ntotalpools = arena.ntotalpools,
                 .pools = {}};
  const auto first = static_cast<std::size_t>(&arena - arenas_.data()) * kPoolsPerArena;
  for (unsigned i = 0; i < arena.ntotalpools; ++i) view.pools[i] = cell_of(headers_[first + i]);
  return view;
}

template <Geometry G>
SpaceStats BasicSpace<G>::stats() const noexcept {
  SpaceStats stats{};
  for (unsigned c = 0; c < kSizeClasses; ++c) stats.classes[c].block_bytes = block_bytes_of(c);
  for_each_pool([&](const PoolView& view) {
    const PoolHeader& pool = header_of(view.start);
    const PoolCell cell = cell_of(pool);
    if (view.state == PoolState::kRun) {
      ++stats.runs;
      stats.run_bytes += view.block_bytes;
      if (arenas_[index_of(pool) / kPoolsPerArena].state == ArenaState::kRun) stats.large_run_bytes += view.block_bytes;
      return;
    }
    ClassStats& of_class = stats.classes[pool.size_class];
    ++of_class.pools;
    of_class.allocated += cell.allocated;
    of_class.free += cell.free;
    of_class.untouched += cell.untouched;
    ++(cell.state == PoolState::kFull ? stats.pools_full : stats.pools_used);
  });
  stats.allocated_blocks = stats.runs;
  stats.allocated_bytes = stats.run_bytes;
  for (const ClassStats& of_class : stats.classes) {
    stats.allocated_blocks += of_class.allocated;
    stats.allocated_bytes += of_class.allocated * of_class.block_bytes;
  }
  stats.arena_bytes = G.arena_bytes;
  stats.arenas_in_use = arenas_in_use_;
  stats.arenas_in_reserve = arenas_empty_;
  stats.arenas_peak = arenas_peak_;
  stats.arenas_obtained = arenas_obtained_;
  stats.arenas_returned = arenas_returned_;
  const std::size_t pools_of_runs = (stats.run_bytes - stats.large_run_bytes) / G.pool_bytes;
  stats.pools_empty = arenas_in_use_ * kPoolsPerArena - stats.pools_used - stats.pools_full - pools_of_runs;
  stats.reserved_bytes = reserved_;
  return stats;
}

template std::size_t BasicSpace<kDefaultGeometry>::live_blocks(const PoolHeader&) const noexcept;
template void BasicSpace<kDefaultGeometry>::add_free_blocks(const PoolHeader&, BlockSet&) const noexcept;
template PoolView BasicSpace<kDefaultGeometry>::view_of(std::uint32_t) const noexcept;
template PoolView BasicSpace<kDefaultGeometry>::pool_at(const void*) const noexcept;
template BlockState BasicSpace<kDefaultGeometry>::state_of(const void*) const noexcept;
template ArenaView BasicSpace<kDefaultGeometry>::arena_view(const Arena&) const noexcept;
template SpaceStats BasicSpace<kDefaultGeometry>::stats() const noexcept;
template std::size_t BasicSpace<kTinyGeometry>::live_blocks(const PoolHeader&) const noexcept;
template void BasicSpace<kTinyGeometry>::add_free_blocks(const PoolHeader&, BlockSet&) const noexcept;
template PoolView BasicSpace<kTinyGeometry>::view_of(std::uint32_t) const noexcept;
template PoolView BasicSpace<kTinyGeometry>::pool_at(const void*) const noexcept;
template BlockState BasicSpace<kTinyGeometry>::state_of(const void*) const noexcept;
template ArenaView BasicSpace<kTinyGeometry>::arena_view(const Arena&) const noexcept;
template SpaceStats BasicSpace<kTinyGeometry>::stats() const noexcept;

}  // namespace ouro::alloc
