// What a space knows about itself: views, block states, statistics. All by walking.
#pragma once

#include <ouro/allocator/space/space.h>

#include <algorithm>

namespace ouro::alloc {

/// Calls `visit` for each block of a pool that waits in the magazine of its class.
template <Geometry G>
template <class F>
void BasicSpace<G>::for_each_waiting(const PoolHeader& pool, F&& visit) const noexcept {
  const Magazine& magazine = magazines_[pool.size_class];
  const std::uintptr_t page = address_of(page_of(pool)) >> kPoolShift;
  for (const auto waiting : {magazine.ready_blocks(), magazine.returned_blocks()})
    for (const void* const block : waiting)
      if (address_of(block) >> kPoolShift == page) visit(block);
}

/// Sets the bit of every free block of a used or full pool, those in the magazine included.
template <Geometry G>
void BasicSpace<G>::add_free_blocks(const PoolHeader& pool, BlockSet& set) const noexcept {
  const std::uint64_t* const bitmap = bitmap_of(pool);
  for (std::size_t i = 0; i < divide_up(pool.capacity, 64); ++i) set[i] |= bitmap[i];
  for_each_waiting(pool, [&](const void* block) {
    const std::size_t i = block_index(block, pool);
    set[i / 64] |= std::uint64_t{1} << (i % 64);
  });
}

template <Geometry G>
PoolView BasicSpace<G>::view_of(std::uint32_t index) const noexcept {
  const PoolHeader& pool = headers_[index];
  if (pool.state == PoolState::kRun)
    return {.start = page_of(pool), .block_bytes = pool.run_pools * G.pool_bytes, .carved = 1, .state = pool.state};
  return {.start = page_of(pool) + std::size_t{pool.withheld} * pool.block_bytes,
          .block_bytes = pool.block_bytes,
          .carved = static_cast<std::uint32_t>(pool.carved - pool.withheld),
          .state = pool.state};
}

template <Geometry G>
PoolView BasicSpace<G>::pool_at(const void* address) const noexcept {
  const auto index = static_cast<std::uint32_t>((address_of(address) - address_of(base_)) >> kPoolShift);
  const Arena& arena = arenas_[index / kPoolsPerArena];
  if (arena.state == ArenaState::kRun || arena.state == ArenaState::kRunTail)
    return view_of(arena.run_head * kPoolsPerArena);
  return view_of(headers_[index].state == PoolState::kRunTail ? headers_[index].run_head : index);
}

/// Bytes at the end of an arena that nothing was ever written to: a walk over a small space does not go there.
template <Geometry G>
[[nodiscard]] std::size_t untouched_bytes(const Arena& arena) noexcept {
  const bool has_some = arena.state == ArenaState::kInUse && arena.first_untouched != 0;
  return has_some ? G.arena_bytes - arena.first_untouched * G.pool_bytes : 0;
}

template <Geometry G>
auto BasicSpace<G>::next_row(std::size_t from) const noexcept -> Row {
  const std::size_t end = map_.high_water();
  const auto is_taken = [this](std::size_t arena) { return map_.is_taken(static_cast<std::uint32_t>(arena)); };
  std::size_t first = divide_up(from, G.arena_bytes);
  while (first < end && !is_taken(first)) first += first % 64 == 0 && map_.all_free(first / 64) ? 64 : 1;
  first = std::min(first, end);
  std::size_t last = first;
  while (last < end && is_taken(last)) ++last;
  return {first * G.arena_bytes, last * G.arena_bytes - (last != first ? untouched_bytes<G>(arenas_[last - 1]) : 0)};
}

template <Geometry G>
BlockState BasicSpace<G>::state_of(const void* block) const noexcept {
  if (!contains(block) || address_of(block) - address_of(base()) >= extent()) return BlockState::kUntouched;
  const PoolView view = pool_at(block);
  if (view.state == PoolState::kRun) return BlockState::kAllocated;
  if (view.state == PoolState::kEmpty) return BlockState::kUntouched;
  const PoolHeader& pool = header_of(block);
  const std::size_t i = block_index(block, pool);
  if (i < pool.withheld || i >= pool.carved) return BlockState::kUntouched;
  BlockSet free{};
  add_free_blocks(pool, free);
  return (free[i / 64] >> (i % 64) & 1U) != 0 ? BlockState::kFree : BlockState::kAllocated;
}

template <Geometry G>
PoolCell BasicSpace<G>::cell_of(const PoolHeader& pool) const noexcept {
  PoolCell cell{.state = pool.state, .size_class = pool.size_class, .allocated = 0, .free = 0, .untouched = 0};
  if (pool.state != PoolState::kUsed && pool.state != PoolState::kFull) return cell;
  cell.allocated = pool.taken;
  for_each_waiting(pool, [&](const void*) { --cell.allocated; });
  cell.free = static_cast<std::uint16_t>(pool.carved - pool.withheld - cell.allocated);
  cell.untouched = static_cast<std::uint16_t>(pool.capacity - pool.carved);
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
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    stats.classes[c].block_bytes = block_bytes_of(c);
    stats.classes[c].cached = magazines_[c].blocks();
    stats.cached_bytes += magazines_[c].blocks() * block_bytes_of(c);
  }
  for_each_pool([&](const PoolView& view) { count_pool(header_of(view.start), stats); });
  stats.allocated_blocks = stats.runs;
  stats.allocated_bytes = stats.run_bytes;
  for (const ClassStats& of_class : stats.classes) {
    stats.allocated_blocks += of_class.allocated;
    stats.allocated_bytes += of_class.allocated * of_class.block_bytes;
  }
  count_arenas(stats);
  return stats;
}

template <Geometry G>
void BasicSpace<G>::count_pool(const PoolHeader& pool, SpaceStats& stats) const noexcept {
  if (pool.state == PoolState::kRun) {
    const std::size_t bytes = pool.run_pools * G.pool_bytes;
    ++stats.runs;
    stats.run_bytes += bytes;
    if (arenas_[index_of(pool) / kPoolsPerArena].state == ArenaState::kRun) stats.large_run_bytes += bytes;
    return;
  }
  const PoolCell cell = cell_of(pool);
  ClassStats& of_class = stats.classes[pool.size_class];
  ++of_class.pools;
  of_class.allocated += cell.allocated;
  of_class.free += cell.free;
  of_class.untouched += cell.untouched;
  of_class.waste_bytes += G.pool_bytes - static_cast<std::size_t>(pool.capacity - pool.withheld) * pool.block_bytes;
  ++(pool.state == PoolState::kFull ? stats.pools_full : stats.pools_used);
}

template <Geometry G>
void BasicSpace<G>::count_arenas(SpaceStats& stats) const noexcept {
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    const Arena& arena = arenas_[a];
    if (arena.state != ArenaState::kInUse) continue;
    stats.pools_empty += arena.nfreepools;
    stats.retained_bytes += static_cast<std::size_t>(std::popcount(arena.freepools & arena.dirty)) * G.pool_bytes;
    ++stats.arenas_by_pools_taken[kPoolsPerArena - arena.nfreepools];
  }
  stats.pool_bytes = G.pool_bytes;
  stats.arena_bytes = G.arena_bytes;
  stats.arenas_in_use = arenas_in_use_;
  stats.arenas_in_reserve = arenas_empty_;
  stats.arenas_peak = arenas_peak_;
  stats.arenas_obtained = arenas_obtained_;
  stats.arenas_returned = arenas_returned_;
  stats.purged_bytes = purged_bytes_;
  stats.peak_bytes = peak_bytes_;
  stats.obtained_bytes = obtained_bytes_;
  stats.reserved_bytes = reserved_;
}

}  // namespace ouro::alloc
