// Runs of a space: blocks of whole pages, for what is too big for a pool.
#pragma once

#include <ouro/allocator/space/huge_pages.h>
#include <ouro/allocator/space/space.h>

#include <algorithm>

namespace ouro::alloc {

namespace detail {

/// How many arenas are searched for neighbouring empty pools before a new arena is taken instead.
inline constexpr std::size_t kTries = 32;

[[nodiscard]] constexpr std::uint64_t row_of(unsigned first, unsigned count) noexcept {
  return (~std::uint64_t{0} >> (64 - count)) << first;
}

}  // namespace detail

template <Geometry G>
void* BasicSpace<G>::allocate_run(std::size_t bytes) noexcept {
  if (bytes > reserved_) return nullptr;
  const std::size_t pools = std::max<std::size_t>(1, divide_up(bytes, G.pool_bytes));
  return pools <= kPoolsPerArena ? run_in_arena(static_cast<unsigned>(pools)) : run_of_arenas(pools * G.pool_bytes);
}

template <Geometry G>
void* BasicSpace<G>::run_in_arena(unsigned pools) noexcept {
  std::uint32_t arena = usable_.fullest_with_adjacent(pools, detail::kTries);
  if (arena == kNoArena) arena = obtain_arena();
  // No new arena: now it is worth a search of all.
  if (arena == kNoArena) arena = usable_.fullest_with_adjacent(pools, map_.size());
  if (arena == kNoArena) return nullptr;
  const unsigned first = find_adjacent(arenas_[arena].freepools, pools);
  OURO_ASSERT_INTERNAL(first + pools <= kPoolsPerArena, "law-run");
  occupy(arena, detail::row_of(first, pools));
  const std::uint32_t head = arena * kPoolsPerArena + first;
  for (std::uint32_t i = head; i < head + pools; ++i) {
    headers_[i] = PoolHeader{};
    headers_[i].state = i == head ? PoolState::kRun : PoolState::kRunTail;
    headers_[i].run_head = head;
    headers_[i].run_pools = pools;
  }
  std::byte* const start = base_ + std::size_t{head} * G.pool_bytes;
  unpoison(start, pools * G.pool_bytes);
  return start;
}

template <Geometry G>
void* BasicSpace<G>::run_of_arenas(std::size_t bytes) noexcept {
  const std::size_t count = divide_up(bytes, G.arena_bytes);
  if (budget_ != nullptr && !budget_->charge(bytes)) return nullptr;
  const std::uint32_t first = map_.take(count);
  std::byte* const start = base_ + std::size_t{first} * G.arena_bytes;
  if (first == SlotMap::kNone || !map(start, bytes)) {
    for (std::uint32_t i = 0; first != SlotMap::kNone && i < count; ++i) map_.give_back(first + i);
    if (budget_ != nullptr) budget_->discharge(bytes);
    return nullptr;
  }
  run_bytes_ += bytes;
  for (std::uint32_t i = 0; i < count; ++i) {
    arenas_[first + i] = Arena{};
    arenas_[first + i].base = start + i * G.arena_bytes;
    arenas_[first + i].run_head = first;
    arenas_[first + i].state = i == 0 ? ArenaState::kRun : ArenaState::kRunTail;
    announce_roots(arenas_[first + i].base, G.arena_bytes);
  }
  PoolHeader& head = headers_[std::size_t{first} * kPoolsPerArena];
  head = PoolHeader{};
  head.state = PoolState::kRun;
  head.run_head = first * kPoolsPerArena;
  head.run_pools = static_cast<std::uint32_t>(bytes / G.pool_bytes);
  if (!options_.huge_pages && options_.arena_hook == nullptr) prefer_huge_pages_for(start, bytes);
  unpoison(start, bytes);
  return start;
}

template <Geometry G>
void BasicSpace<G>::deallocate_run(void* run, std::size_t bytes) noexcept {
  PoolHeader& head = header_of(run);
  OURO_ASSERT_INTERNAL(contains(run), "law-owner");
  OURO_ASSERT_INTERNAL(head.state == PoolState::kRun, "law-run");
  OURO_ASSERT_INTERNAL(head.run_pools == std::max<std::size_t>(1, divide_up(bytes, G.pool_bytes)), "law-sized-free");
  const std::uint32_t index = index_of(head);
  const std::uint32_t arena = index / kPoolsPerArena;
  const std::size_t pools = head.run_pools;
  if (arenas_[arena].state == ArenaState::kInUse) {
    std::fill(&head, &head + pools, PoolHeader{});
    poison(run, pools * G.pool_bytes);
    return vacate(arena, detail::row_of(index % kPoolsPerArena, static_cast<unsigned>(pools)));
  }
  head = PoolHeader{};
  unmap(run, pools * G.pool_bytes);
  if (!options_.huge_pages && options_.arena_hook == nullptr) forget_huge_pages_for(run, pools * G.pool_bytes);
  run_bytes_ -= pools * G.pool_bytes;
  for (std::uint32_t i = arena; i < arena + divide_up(bytes, G.arena_bytes); ++i) {
    withdraw_roots(arenas_[i].base, G.arena_bytes);
    arenas_[i] = Arena{};
    map_.give_back(i);
  }
  if (budget_ != nullptr) budget_->discharge(pools * G.pool_bytes);
}

}  // namespace ouro::alloc
