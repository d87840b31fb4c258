// Making and destroying a space.
#pragma once

#include <ouro/allocator/space/space.h>

#include <algorithm>
#include <utility>

namespace ouro::alloc {

namespace detail {

/// Addresses for a space that names no number: its share of what the system will grant now.
[[nodiscard]] inline std::size_t default_reservation_bytes(std::size_t machine_bytes) noexcept {
  const std::size_t machine = machine_bytes != 0 ? machine_bytes : physical_memory_bytes();
  // The sanitizers keep shadow memory in proportion to what they are told about, and ThreadSanitizer leaves a program 1.5
  // TiB of addresses: enough for hundreds of runtimes of three spaces of a gigabyte.
  constexpr std::size_t kWatchedMemory = std::size_t{512} << 20;
  if (kThreadSanitizer) return reservation_share(std::min(machine / 8, kWatchedMemory), address_space_limit(), 0);
  if (kAddressSanitizer) return reservation_share(machine / 8, address_space_limit(), 0);
  return reservation_share(machine, address_space_limit(), address_space_in_use());
}

}  // namespace detail

template <Geometry G>
BasicSpace<G>::BasicSpace(const SpaceOptions& options, Budget* budget) noexcept : budget_(budget), options_(options) {
  usedpools_.fill(kNoPool);
  std::size_t bytes =
      options.reservation_bytes != 0 ? options.reservation_bytes : detail::default_reservation_bytes(options.machine_bytes);
  bytes = std::min(bytes, std::size_t{kNoPool} * G.pool_bytes);  // pool indexes have 32 bits
  std::size_t arenas = std::max<std::size_t>(1, bytes / G.arena_bytes);
  while (arenas != 0 && !reserve(arenas)) arenas /= 2;
  if (!memory_) options_.magazine_blocks = 0;  // no addresses, no table for the stacks
  close_magazines(false);
}

/// Reserves the addresses of the arenas and, behind them, those of the tables; false if the system refuses.
template <Geometry G>
bool BasicSpace<G>::reserve(std::size_t arenas) noexcept {
  const std::size_t bytes = arenas * G.arena_bytes;
  const std::size_t record_bytes = SideTable<Arena>::bytes_for(arenas);
  const std::size_t map_bytes = SlotMap::bytes_for(arenas);
  const std::size_t pools = arenas * kPoolsPerArena;
  const std::size_t header_bytes = SideTable<PoolHeader>::bytes_for(pools);
  const std::size_t slot_bytes = SlotMap::bytes_for(pools);
  const std::size_t bitmap_bytes = SideTable<std::uint64_t>::bytes_for(pools * kBitmapWords);
  const std::size_t stack_bytes = SideTable<void*>::bytes_for(kSizeClasses * kMagazineStride);
  constexpr std::size_t kHugePage = std::size_t{2} << 20;
  // One range for all: to make a space, and to drop it, costs one call. The map lies beside the first headers so that a
  // young space touches few pages of the page table.
  const std::size_t tables = record_bytes + map_bytes + header_bytes + slot_bytes + bitmap_bytes + stack_bytes;
  memory_ = Reservation::reserve(bytes + tables, options_.huge_pages ? kHugePage : G.pool_bytes);
  if (!memory_) return false;
  base_ = memory_.base();
  reserved_ = bytes;
  std::byte* next = base_ + bytes;
  const auto cut = [&next](std::size_t length) { return std::exchange(next, next + length); };
  arenas_.place(cut(record_bytes), arenas);
  map_.place(cut(map_bytes), arenas);
  headers_.place(cut(header_bytes), pools);
  bitmap_slots_.place(cut(slot_bytes), pools);
  bitmaps_.place(cut(bitmap_bytes), pools * kBitmapWords);
  stacks_.place(cut(stack_bytes), kSizeClasses * kMagazineStride);
  header_bias_ = address_of(headers_.data()) - (address_of(base_) >> kPoolShift) * sizeof(PoolHeader);
  if (options_.huge_pages) prefer_huge_pages(base_, reserved_);
  return true;
}

template <Geometry G>
BasicSpace<G>::~BasicSpace() {
  if (sealed_) {
    unseal();
    return;
  }
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    const Arena& arena = arenas_[a];
    if (arena.state == ArenaState::kUnused) continue;
    withdraw_roots(arena.base, G.arena_bytes);
    if (arena.state == ArenaState::kRunTail) continue;
    const bool is_run = arena.state == ArenaState::kRun;
    const std::size_t bytes = is_run ? headers_[a * kPoolsPerArena].run_pools * G.pool_bytes : G.arena_bytes;
    if (budget_ != nullptr) budget_->discharge(bytes);
    if (options_.arena_hook != nullptr) options_.arena_hook->unmap(arena.base, bytes);
  }
  unpoison(base_, extent());
}

// [law-sealed] A sealed space has the addresses of arenas in use and of their records, and no others. The records, which lie
// at the start of the tables, are all that is read from here on.
template <Geometry G>
void BasicSpace<G>::seal() noexcept {
  if (sealed_ || !memory_ || options_.arena_hook != nullptr) return;
  close_magazines(true);
  std::byte* unused = base_;
  const auto give_back_until = [&unused](std::byte* end) {
    unpoison(unused, static_cast<std::size_t>(end - unused));
    unmap_pages(unused, static_cast<std::size_t>(end - unused));
  };
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    if (arenas_[a].state == ArenaState::kUnused) continue;
    give_back_until(arenas_[a].base);
    unused = arenas_[a].base + G.arena_bytes;
  }
  give_back_until(base_ + reserved_);
  std::byte* const behind_records = base_ + reserved_ + SideTable<Arena>::bytes_for(map_.high_water());
  std::byte* const end = memory_.base() + memory_.size();
  unmap_pages(behind_records, static_cast<std::size_t>(end - behind_records));
  memory_.abandon();
  sealed_ = true;
}

/// The end of a sealed space.
template <Geometry G>
void BasicSpace<G>::unseal() noexcept {
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    if (arenas_[a].state == ArenaState::kUnused) continue;
    withdraw_roots(arenas_[a].base, G.arena_bytes);
    unpoison(arenas_[a].base, G.arena_bytes);
    unmap_pages(arenas_[a].base, G.arena_bytes);
  }
  unmap_pages(base_ + reserved_, SideTable<Arena>::bytes_for(map_.high_water()));
}

}  // namespace ouro::alloc
