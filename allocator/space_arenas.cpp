// Arenas of a space: taken, filled, drained, kept in reserve, given back.
#include <ouro/allocator/space.h>

#include <algorithm>

namespace ouro::alloc {

/// Takes a new arena, the lowest there is; kNoArena if the budget or the end of the reservation forbids it.
template <Geometry G>
std::uint32_t BasicSpace<G>::obtain_arena() noexcept {
  if (budget_ != nullptr && !budget_->charge(G.arena_bytes)) return kNoArena;
  const std::uint32_t index = map_.take();
  if (index == kNoArena) {
    if (budget_ != nullptr) budget_->discharge(G.arena_bytes);
    return kNoArena;
  }
  std::byte* const base = base_ + std::size_t{index} * G.arena_bytes;
  arenas_[index] = Arena{.base = base,
                         .freepools = kAllPools,
                         .dirty = 0,
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
  usable_.remove(index);
  purge_pages(arena.base, G.arena_bytes);
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
  arena.nfreepools = static_cast<std::uint16_t>(std::popcount(arena.freepools));
  arena.first_untouched = std::max(arena.first_untouched, static_cast<std::uint16_t>(std::bit_width(pools)));
  usable_.insert(index);
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
  if (++arenas_empty_ > reserve_limit()) return_arena(index);
}

/// How many wholly empty arenas may be kept. Touching a page again costs as much as thirty allocations.
template <Geometry G>
std::size_t BasicSpace<G>::reserve_limit() const noexcept {
  constexpr std::size_t kLeast = std::size_t{1} << 20;
  if (options_.reserve_bytes != kAutomaticReserve) return options_.reserve_bytes / G.arena_bytes;
  return std::max(divide_up(kLeast, G.arena_bytes), recent_peak_ / 8);
}

template <Geometry G>
std::size_t BasicSpace<G>::return_reserve() noexcept {
  const std::size_t before = arenas_in_use_;
  while (arenas_empty_ != 0) return_arena(usable_.first_with(kPoolsPerArena));
  return (before - arenas_in_use_) * G.arena_bytes;
}

/// Gives back the pages of an arena's empty pools, one system call for each row of neighbours. Returns the bytes.
template <Geometry G>
std::size_t BasicSpace<G>::purge_empty_pools(Arena& arena) noexcept {
  // A huge page brings pools into memory that nobody has used yet.
  std::uint64_t purged = arena.freepools & (options_.huge_pages ? kAllPools : arena.dirty);
  const std::size_t bytes = static_cast<std::size_t>(std::popcount(purged)) * G.pool_bytes;
  arena.dirty &= ~purged;
  while (purged != 0) {
    const auto first = static_cast<unsigned>(std::countr_zero(purged));
    const auto length = static_cast<unsigned>(std::countr_one(purged >> first));
    purge_pages(arena.base + first * G.pool_bytes, length * G.pool_bytes);
    purged &= length == 64 ? 0 : ~(((std::uint64_t{1} << length) - 1) << first);
  }
  return bytes;
}

/// Gives back the pages of headers all of whose arenas are unused.
template <Geometry G>
void BasicSpace<G>::purge_unused_headers() noexcept {
  const auto end = static_cast<std::uint32_t>(map_.high_water());
  for (std::uint32_t first = 0; first < end; ++first) {
    std::uint32_t last = first;
    while (last < end && !map_.is_taken(last)) ++last;
    headers_.purge(std::size_t{first} * kPoolsPerArena, std::size_t{last} * kPoolsPerArena);
    first = last;
  }
}

template <Geometry G>
std::size_t BasicSpace<G>::trim() noexcept {
  flush_idle_heads();
  std::size_t bytes = return_reserve();
  for (std::uint32_t a = 0; a < map_.high_water(); ++a)
    if (arenas_[a].state == ArenaState::kInUse) bytes += purge_empty_pools(arenas_[a]);
  purge_unused_headers();
  recent_peak_ = arenas_in_use_;
  return bytes;
}

template std::uint32_t BasicSpace<kDefaultGeometry>::obtain_arena() noexcept;
template void BasicSpace<kDefaultGeometry>::occupy(std::uint32_t, std::uint64_t) noexcept;
template void BasicSpace<kDefaultGeometry>::vacate(std::uint32_t, std::uint64_t) noexcept;
template std::size_t BasicSpace<kDefaultGeometry>::return_reserve() noexcept;
template std::size_t BasicSpace<kDefaultGeometry>::trim() noexcept;
template std::size_t BasicSpace<kDefaultGeometry>::reserve_limit() const noexcept;
template std::uint32_t BasicSpace<kTinyGeometry>::obtain_arena() noexcept;
template void BasicSpace<kTinyGeometry>::occupy(std::uint32_t, std::uint64_t) noexcept;
template void BasicSpace<kTinyGeometry>::vacate(std::uint32_t, std::uint64_t) noexcept;
template std::size_t BasicSpace<kTinyGeometry>::return_reserve() noexcept;
template std::size_t BasicSpace<kTinyGeometry>::trim() noexcept;
template std::size_t BasicSpace<kTinyGeometry>::reserve_limit() const noexcept;

}  // namespace ouro::alloc
