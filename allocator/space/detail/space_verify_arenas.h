// The laws of arena records, of the arena map and of the usable arenas.
#pragma once

#include <ouro/allocator/space/detail/space_verifier.h>

namespace ouro::alloc {

template <Geometry G>
void SpaceVerifier<G>::check_arenas() noexcept {
  std::size_t in_use = 0;
  std::size_t empty = 0;
  for (std::uint32_t a = 0; a < arena_count(); ++a) {
    const Arena& arena = Look::arenas(space_)[a];
    std::byte* const base = space_.base() + std::size_t{a} * G.arena_bytes;
    if (Look::map(space_).is_taken(a) != (arena.state != ArenaState::kUnused))
      report_.add("law-slot-map", base, "arena %u: its bit and its record disagree about its use", a);
    if (arena.state == ArenaState::kUnused) continue;
    if (arena.base != base)
      report_.add("law-arena-record", base, "arena %u: its record says it is at %p", a, static_cast<void*>(arena.base));
    if (arena.state == ArenaState::kRun) check_large_run(a);
    if (arena.state != ArenaState::kInUse) continue;
    ++in_use;
    if (arena.nfreepools == kPools) ++empty;
    check_bitmap(arena, a * kPools);
    check_untouched(arena);
  }
  if (in_use != Look::arenas_in_use(space_) || empty != Look::arenas_empty(space_))
    report_.add("law-arena-counters", space_.base(), "%zu arenas in use, %zu of them empty; counted %zu and %zu", in_use,
                empty, Look::arenas_in_use(space_), Look::arenas_empty(space_));
  if (empty > Look::reserve_limit(space_))
    report_.add("law-reserve", space_.base(), "%zu empty arenas are kept, %zu are allowed", empty,
                Look::reserve_limit(space_));
}

template <Geometry G>
void SpaceVerifier<G>::check_bitmap(const Arena& arena, std::uint32_t first_pool) noexcept {
  if (arena.ntotalpools != kPools)
    report_.add("law-arena-record", arena.base, "it has %u pools, its record says %u", kPools, arena.ntotalpools);
  if (static_cast<unsigned>(std::popcount(arena.freepools)) != arena.nfreepools)
    report_.add("law-arena-bitmap", arena.base, "%d pools are marked free, nfreepools is %u", std::popcount(arena.freepools),
                arena.nfreepools);
  for (unsigned i = 0; i < 64; ++i) {
    const bool marked = (arena.freepools >> i & 1U) != 0;
    const bool empty = i < kPools && header(first_pool + i).state == PoolState::kEmpty;
    if (marked != empty)
      report_.add("law-arena-bitmap", arena.base, "pool %u: marked %s, its header says otherwise", i,
                  marked ? "free" : "taken");
  }
}

template <Geometry G>
void SpaceVerifier<G>::check_untouched(const Arena& arena) noexcept {
  if (arena.first_untouched > kPools) {
    report_.add("law-arena-untouched", arena.base, "first_untouched is %u", arena.first_untouched);
    return;
  }
  const std::uint64_t touched = arena.first_untouched == 0 ? 0 : ~std::uint64_t{0} >> (64 - arena.first_untouched);
  const std::uint64_t taken = ~arena.freepools & (~std::uint64_t{0} >> (64 - kPools));
  if ((taken & ~touched) != 0 || (arena.dirty & ~touched) != 0)
    report_.add("law-arena-untouched", arena.base, "a pool from %u on was in use", arena.first_untouched);
  if ((taken & ~arena.dirty) != 0)
    report_.add("law-arena-dirty", arena.base, "a pool in use is not marked as holding memory");
}

template <Geometry G>
void SpaceVerifier<G>::check_large_run(std::uint32_t first) noexcept {
  const PoolHeader& head = header(std::size_t{first} * kPools);
  std::byte* const base = space_.base() + std::size_t{first} * G.arena_bytes;
  if (head.state != PoolState::kRun || head.run_head != first * kPools || head.run_pools <= kPools) {
    report_.add("law-run", base, "arena %u begins a run, its first pool header does not", first);
    return;
  }
  for (std::size_t a = first + 1; a < first + divide_up(head.run_pools, kPools); ++a)
    if (a >= arena_count() || Look::arenas(space_)[a].state != ArenaState::kRunTail ||
        Look::arenas(space_)[a].run_head != first) {
      report_.add("law-run", base, "a run of %u pages, but arena %zu is not part of it", head.run_pools, a);
      return;
    }
}

template <Geometry G>
void SpaceVerifier<G>::check_usable() noexcept {
  std::size_t expected = 0;
  for (std::uint32_t a = 0; a < arena_count(); ++a) {
    const Arena& arena = Look::arenas(space_)[a];
    if (arena.state == ArenaState::kInUse && arena.nfreepools != 0) ++expected;
  }
  std::size_t listed = 0;
  for (unsigned bucket = 1; bucket <= kMaxPoolsPerArena; ++bucket) listed += check_bucket(bucket);
  if (listed != expected)
    report_.add("law-usable", space_.base(), "%zu arenas have an empty pool, %zu are listed", expected, listed);
}

/// The number of arenas in the bucket, as far as its links can be believed.
template <Geometry G>
std::size_t SpaceVerifier<G>::check_bucket(unsigned nfreepools) noexcept {
  std::uint32_t index = Look::usable_heads(space_)[nfreepools];
  const bool marked = (Look::usable_nonempty(space_) >> (nfreepools - 1) & 1U) != 0;
  if (marked != (index != kNoArena))
    report_.add("law-usable", space_.base(), "bucket %u: its bit says %s", nfreepools, marked ? "not empty" : "empty");
  std::size_t length = 0;
  for (std::uint32_t before = kNoArena; index != kNoArena; ++length) {
    if (index >= arena_count() || length > arena_count()) {
      report_.add("law-usable", space_.base(), "bucket %u: its list does not end", nfreepools);
      break;
    }
    const Arena& arena = Look::arenas(space_)[index];
    if (arena.state != ArenaState::kInUse || arena.nfreepools != nfreepools || arena.prev != before)
      report_.add("law-usable", arena.base, "arena %u with %u empty pools is in bucket %u", index, arena.nfreepools,
                  nfreepools);
    before = index;
    index = arena.next;
  }
  return length;
}

template <Geometry G>
void SpaceVerifier<G>::run() noexcept {
  check_arenas();
  check_usable();
  check_pools();
  check_usedpools();
  check_magazines();
}

template <Geometry G>
void BasicSpace<G>::verify(Report& report) const noexcept {
  SpaceVerifier<G>(*this, report).run();
}

}  // namespace ouro::alloc
