// Arenas of a space: taken, filled, drained, kept in reserve, given back.
#pragma once

#include <ouro/allocator/space/space.h>

#include <algorithm>

namespace ouro::alloc {

/// Takes a new arena, the lowest there is; kNoArena if the budget, the end of the reservation or the hook forbids it.
template <Geometry G>
std::uint32_t BasicSpace<G>::obtain_arena() noexcept {
  if (budget_ != nullptr && !budget_->charge(G.arena_bytes)) return kNoArena;
  const std::uint32_t index = map_.take();
  std::byte* const base = base_ + std::size_t{index} * G.arena_bytes;
  if (index == SlotMap::kNone || !map(base, G.arena_bytes)) {
    if (index != SlotMap::kNone) map_.give_back(index);
    if (budget_ != nullptr) budget_->discharge(G.arena_bytes);
    return kNoArena;
  }
  OURO_ASSERT_INTERNAL(arenas_[index].state == ArenaState::kUnused, "law-slot-map");
  arenas_[index] = Arena{.base = base,
                         .freepools = kAllPools,
                         .dirty = 0,
                         .idle = 0,
                         .prev = kNoArena,
                         .next = kNoArena,
                         .run_head = kNoArena,
                         .first_untouched = 0,
                         .nfreepools = kPoolsPerArena,
                         .ntotalpools = kPoolsPerArena,
                         .state = ArenaState::kInUse};
  poison(base, G.arena_bytes);
  announce_roots(base, G.arena_bytes);
  usable_.insert(index);
  ++arenas_empty_;
  ++arenas_obtained_;
  arenas_peak_ = std::max(arenas_peak_, ++arenas_in_use_);
  recent_peak_ = std::max(recent_peak_, arenas_in_use_);
  return index;
}

/// Gives a wholly empty arena back to the system. Its record is unused afterwards.
template <Geometry G>
void BasicSpace<G>::return_arena(std::uint32_t index) noexcept {
  Arena& arena = arenas_[index];
  OURO_ASSERT_INTERNAL(arena.nfreepools == kPoolsPerArena, "law-arena-bitmap");
  OURO_ASSERT_INTERNAL(arena.base == base_ + std::size_t{index} * G.arena_bytes, "law-arena-record");
  OURO_ASSERT_INTERNAL(arenas_empty_ != 0 && arenas_in_use_ >= arenas_empty_, "law-arena-counters");
  usable_.remove(index);
  unmap(arena.base, G.arena_bytes);
  withdraw_roots(arena.base, G.arena_bytes);
  arena = Arena{};
  map_.give_back(index);
  --arenas_in_use_;
  --arenas_empty_;
  ++arenas_returned_;
  if (budget_ != nullptr) budget_->discharge(G.arena_bytes);
}

/// Marks empty pools of an arena as taken.
template <Geometry G>
void BasicSpace<G>::occupy(std::uint32_t index, std::uint64_t pools) noexcept {
  Arena& arena = arenas_[index];
  OURO_ASSERT_INTERNAL((arena.freepools & pools) == pools, "law-arena-bitmap");
  if (arena.nfreepools == kPoolsPerArena) --arenas_empty_;
  usable_.remove(index);
  arena.freepools &= ~pools;
  arena.dirty |= pools;
  arena.idle &= ~pools;
  arena.nfreepools = static_cast<std::uint16_t>(std::popcount(arena.freepools));
  arena.first_untouched = std::max(arena.first_untouched, static_cast<std::uint16_t>(std::bit_width(pools)));
  usable_.insert(index);
}

/// Has the page of a pool that is taken next brought into memory together with those behind it, where the space grows: a
/// page fault for each costs half as much again. A small space pays for what it touches only.
template <Geometry G>
void BasicSpace<G>::prepare_pages(std::uint32_t index, unsigned lowest) noexcept {
  Arena& arena = arenas_[index];
  if ((arena.dirty >> lowest & 1) != 0 || arenas_in_use_ < kPrepareFrom / G.arena_bytes) return;
  if (options_.arena_hook != nullptr || options_.huge_pages) return;
  const std::uint64_t wanted = ((std::uint64_t{1} << kPreparedPools) - 1) << lowest;
  const std::uint64_t clean = wanted & arena.freepools & ~arena.dirty;
  const auto pools = static_cast<unsigned>(std::countr_one(clean >> lowest));
  if (pools < 2) return;
  bring_pages(arena.base + lowest * G.pool_bytes, pools * G.pool_bytes);
  arena.dirty |= ((std::uint64_t{1} << pools) - 1) << lowest;
}

/// Marks pools of an arena as empty. May give the arena back.
template <Geometry G>
void BasicSpace<G>::vacate(std::uint32_t index, std::uint64_t pools) noexcept {
  Arena& arena = arenas_[index];
  OURO_ASSERT_INTERNAL((arena.freepools & pools) == 0, "law-arena-bitmap");
  usable_.remove(index);
  arena.freepools |= pools;
  arena.nfreepools = static_cast<std::uint16_t>(std::popcount(arena.freepools));
  usable_.insert(index);
  if (arena.nfreepools != kPoolsPerArena) return;
  ++arenas_empty_;
  // Each arena that drains takes the peak a little nearer to what is needed now, and the reserve with it.
  constexpr std::size_t kSlowly = 32;
  OURO_ASSERT_INTERNAL(arenas_empty_ <= arenas_in_use_, "law-arena-counters");
  recent_peak_ -= (recent_peak_ - (arenas_in_use_ - arenas_empty_)) / kSlowly;
  while (arenas_empty_ > reserve_limit()) return_arena(usable_.first_with(kPoolsPerArena));
}

/// How many wholly empty arenas may be kept. Touching a page again costs as much as thirty allocations.
template <Geometry G>
std::size_t BasicSpace<G>::reserve_limit() const noexcept {
  if (options_.reserve_bytes != kAutomaticReserve) return options_.reserve_bytes / G.arena_bytes;
  return std::max(kLeastReserve / G.arena_bytes, recent_peak_ / 8);
}

template <Geometry G>
std::size_t BasicSpace<G>::return_reserve() noexcept {
  const std::size_t before = arenas_in_use_;
  while (arenas_empty_ != 0) return_arena(usable_.first_with(kPoolsPerArena));
  return (before - arenas_in_use_) * G.arena_bytes;
}

/// Gives back the pages of those empty pools of an arena, one call for each row of neighbours. Returns the bytes.
template <Geometry G>
std::size_t BasicSpace<G>::purge_pools(Arena& arena, std::uint64_t pools) noexcept {
  // A huge page brings pools into memory that nobody has used yet.
  pools &= arena.freepools & (options_.huge_pages ? kAllPools : arena.dirty);
  const std::size_t bytes = static_cast<std::size_t>(std::popcount(pools)) * G.pool_bytes;
  arena.dirty &= ~pools;
  while (pools != 0) {
    const auto first = static_cast<unsigned>(std::countr_zero(pools));
    const auto length = static_cast<unsigned>(std::countr_one(pools >> first));
    purge(arena.base + first * G.pool_bytes, length * G.pool_bytes);
    pools &= length == 64 ? 0 : ~(((std::uint64_t{1} << length) - 1) << first);
  }
  return bytes;
}

/// Gives back the pages of headers and bitmaps that belong to nothing in use.
template <Geometry G>
void BasicSpace<G>::purge_tables() noexcept {
  const auto purge_rows = [](auto& table, std::size_t end, std::size_t elements, auto&& is_unused) {
    for (std::size_t first = 0; first < end; ++first) {
      std::size_t last = first;
      while (last < end && is_unused(last)) ++last;
      table.purge(first * elements, last * elements);
      first = last;
    }
  };
  purge_rows(headers_, map_.high_water(), kPoolsPerArena,
             [&](std::size_t arena) { return !map_.is_taken(static_cast<std::uint32_t>(arena)); });
  purge_rows(bitmaps_, bitmap_slots_.high_water() / 64, 64 * kBitmapWords,
             [&](std::size_t row) { return bitmap_slots_.all_free(row); });
}

template <Geometry G>
bool BasicSpace<G>::reclaim() noexcept {
  const std::size_t pools = pools_in_use_;
  const std::size_t arenas = arenas_in_use_;
  flush_magazines();
  give_up_idle_pools();
  return_reserve();
  return pools_in_use_ < pools || arenas_in_use_ < arenas;
}

template <Geometry G>
std::size_t BasicSpace<G>::trim() noexcept {
  flush_magazines();
  give_up_idle_pools();
  std::size_t bytes = return_reserve();
  for (std::uint32_t a = 0; a < map_.high_water(); ++a)
    if (arenas_[a].state == ArenaState::kInUse) bytes += purge_pools(arenas_[a], kAllPools);
  purge_tables();
  recent_peak_ = arenas_in_use_;
  return bytes;
}

template <Geometry G>
std::size_t BasicSpace<G>::age() noexcept {
  flush_magazines();
  give_up_idle_pools();
  std::size_t bytes = 0;
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    Arena& arena = arenas_[a];
    if (arena.state != ArenaState::kInUse) continue;
    if (arena.idle == kAllPools) {
      bytes += G.arena_bytes;
      return_arena(a);
    } else {
      bytes += purge_pools(arena, arena.idle);
      arena.idle = arena.freepools;
    }
  }
  recent_peak_ -= (recent_peak_ - arenas_in_use_) / 2;
  return bytes;
}

template <Geometry G>
bool BasicSpace<G>::map(void* start, std::size_t bytes) noexcept {
  if (options_.arena_hook != nullptr && !options_.arena_hook->map(start, bytes)) return false;
  obtained_bytes_ += bytes;
  peak_bytes_ = std::max(peak_bytes_, arenas_in_use_ * G.arena_bytes + run_bytes_ + bytes);
  return true;
}

template <Geometry G>
void BasicSpace<G>::unmap(void* start, std::size_t bytes) noexcept {
  options_.arena_hook != nullptr ? options_.arena_hook->unmap(start, bytes) : purge_pages(start, bytes);
}

template <Geometry G>
void BasicSpace<G>::purge(void* start, std::size_t bytes) noexcept {
  purged_bytes_ += bytes;
  options_.arena_hook != nullptr ? options_.arena_hook->purge(start, bytes) : purge_pages(start, bytes);
}

}  // namespace ouro::alloc
