// The laws of pools, of their blocks, of usedpools and of the magazines.
#pragma once

#include <ouro/allocator/space/detail/space_verifier.h>

#include <algorithm>

namespace ouro::alloc {

template <Geometry G>
void SpaceVerifier<G>::check_pools() noexcept {
  for (std::uint32_t a = 0; a < arena_count(); ++a) {
    if (Look::arenas(space_)[a].state != ArenaState::kInUse) continue;
    for (std::size_t i = std::size_t{a} * kPools; i < (std::size_t{a} + 1) * kPools; ++i) {
      const PoolHeader& pool = header(i);
      switch (pool.state) {
        case PoolState::kEmpty:
          break;
        case PoolState::kUsed:
        case PoolState::kFull:
          if (check_header(pool)) check_blocks(pool);
          break;
        case PoolState::kRun:
          check_run(pool);
          break;
        case PoolState::kRunTail:
          if (pool.run_head >= i || pool.run_head < a * kPools || header(pool.run_head).state != PoolState::kRun ||
              header(pool.run_head).run_pools <= i - pool.run_head)
            report_.add("law-run", Look::page_of(space_, pool), "a page of a run that does not reach here");
          break;
        default:
          report_.add("law-pool-header", Look::page_of(space_, pool), "its state is %u", static_cast<unsigned>(pool.state));
      }
    }
  }
}

template <Geometry G>
void SpaceVerifier<G>::check_run(const PoolHeader& head) noexcept {
  const std::uint32_t index = Look::index_of(space_, head);
  if (head.run_head != index || head.run_pools == 0 || index % kPools + head.run_pools > kPools) {
    report_.add("law-run", Look::page_of(space_, head), "a run of %u pages from pool %u", head.run_pools, head.run_head);
    return;
  }
  for (std::uint32_t i = index + 1; i < index + head.run_pools; ++i)
    if (header(i).state != PoolState::kRunTail || header(i).run_head != index)
      report_.add("law-run", Look::page_of(space_, head), "page %u of %u is not part of it", i - index, head.run_pools);
}

/// True if the header can be believed enough to look at the blocks.
template <Geometry G>
bool SpaceVerifier<G>::check_header(const PoolHeader& pool) noexcept {
  const void* const page = Look::page_of(space_, pool);
  if (pool.size_class >= kSizeClasses) return report_.add("law-pool-header", page, "class %u", pool.size_class), false;
  const std::size_t block_bytes = block_bytes_of(pool.size_class);
  if (pool.block_bytes != block_bytes || pool.capacity != G.pool_bytes / block_bytes ||
      pool.reciprocal != reciprocal_of(block_bytes)) {
    report_.add("law-pool-header", page, "class %u with %u blocks of %u bytes", pool.size_class, pool.capacity,
                pool.block_bytes);
    return false;
  }
  if (pool.carved <= pool.withheld || pool.carved > pool.capacity) {
    report_.add("law-carved", page, "%u of %u blocks are carved", pool.carved, pool.capacity);
    return false;
  }
  if (pool.capacity > 64 && (pool.bitmap >= pool_count() || !Look::bitmap_slots(space_).is_taken(pool.bitmap))) {
    report_.add("law-pool-header", page, "its bitmap is said to be number %u", pool.bitmap);
    return false;
  }
  return true;
}

template <Geometry G>
void SpaceVerifier<G>::check_blocks(const PoolHeader& pool) noexcept {
  const void* const page = Look::page_of(space_, pool);
  const std::uint64_t* const bitmap = Look::bitmap_of(space_, pool);
  std::size_t free = 0;
  for (std::size_t i = 0; i < divide_up(pool.capacity, 64) * 64; ++i) {
    if ((bitmap[i / 64] >> (i % 64) & 1U) == 0) continue;
    ++free;
    if (i < pool.withheld || i >= pool.carved)
      report_.add("law-free-block", page, "block %zu is marked free, and is none of the %u carved", i, pool.carved);
  }
  if (pool.withheld + pool.taken + free != pool.carved)
    report_.add("law-taken", page, "%u blocks are out and %zu free, %u carved", pool.taken, free, pool.carved);
  const bool has_room = pool.taken + pool.withheld < pool.capacity;
  if (has_room != (pool.state == PoolState::kUsed))
    report_.add("law-usedpools", page, "%u of %u blocks are out, its state is %u", pool.taken, pool.capacity,
                static_cast<unsigned>(pool.state));
  if (pool.state != PoolState::kUsed) return;
  ++listable_pools_;
  const auto index = Look::index_of(space_, pool);
  const bool linked_before = pool.prev == kNoPool ? Look::usedpools(space_)[pool.size_class] == index
                                                  : pool.prev < pool_count() && header(pool.prev).next == index;
  const bool linked_after = pool.next == kNoPool || (pool.next < pool_count() && header(pool.next).prev == index);
  if (!linked_before || !linked_after)
    report_.add("law-usedpools", page, "a used pool of class %u that its neighbours do not know", pool.size_class);
  if (pool.taken == 0 && (pool.prev != kNoPool || pool.next != kNoPool))
    report_.add("law-last-used", page, "no block of it is out, and it is not the only one of class %u", pool.size_class);
}

template <Geometry G>
void SpaceVerifier<G>::check_usedpools() noexcept {
  std::size_t listed = 0;
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    std::uint32_t index = Look::usedpools(space_)[c];
    for (std::uint32_t before = kNoPool; index != kNoPool; ++listed) {
      if (index >= pool_count() || listed > pool_count()) {
        report_.add("law-usedpools", space_.base(), "the list of class %u does not end", c);
        break;
      }
      const PoolHeader& pool = header(index);
      if (pool.state != PoolState::kUsed || pool.size_class != c || pool.prev != before)
        report_.add("law-usedpools", Look::page_of(space_, pool), "a pool that does not belong into the list of class %u",
                    c);
      before = index;
      index = pool.next;
    }
  }
  if (listed != listable_pools_)
    report_.add("law-usedpools", space_.base(), "%zu used pools have room, %zu are listed", listable_pools_, listed);
}

template <Geometry G>
void SpaceVerifier<G>::check_magazines() noexcept {
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    const Magazine& magazine = Look::magazines(space_)[c];
    if (magazine.capacity == 0 && magazine.ready == magazine.bottom && magazine.returned == magazine.limit) continue;
    void* const* const first = Look::stack_of(space_, c);
    void* const* const second = first + kMagazineStack;
    const bool in_place = (magazine.bottom == first && magazine.limit == second + magazine.capacity) ||
                          (magazine.bottom == second && magazine.limit == first + magazine.capacity) ||
                          (magazine.bottom == kNoStack.end() && magazine.returned == magazine.limit &&
                           magazine.limit == first + magazine.capacity);  // closed, and blocks rest there
    if (!in_place || magazine.capacity > kMagazineBlocks || magazine.ready_blocks().size() > kMagazineBlocks ||
        magazine.returned_blocks().size() > magazine.capacity) {
      report_.add("law-magazine", &magazine, "the magazine of class %u is out of place", c);
      continue;
    }
    for (const void* const& entry : magazine.ready_blocks()) check_waiting(magazine, entry, c);
    for (const void* const& entry : magazine.returned_blocks()) check_waiting(magazine, entry, c);
  }
}

/// A block that waits in a magazine.
template <Geometry G>
void SpaceVerifier<G>::check_waiting(const Magazine& magazine, const void* const& entry, unsigned size_class) noexcept {
  const void* const block = entry;
  const std::size_t index = (address_of(block) - address_of(space_.base())) / G.pool_bytes;
  if (index >= pool_count() || header(index).size_class != size_class ||
      (header(index).state != PoolState::kUsed && header(index).state != PoolState::kFull)) {
    report_.add("law-magazine", &entry, "the magazine of class %u holds %p, which is no block of it", size_class, block);
    return;
  }
  const PoolHeader& pool = header(index);
  const std::size_t offset = address_of(block) - address_of(Look::page_of(space_, pool));
  const std::size_t i = offset / pool.block_bytes;
  if (offset % pool.block_bytes != 0 || i < pool.withheld || i >= pool.carved) {
    report_.add("law-magazine", block, "it is no carved block of its pool");
    return;
  }
  const bool in_pool = (Look::bitmap_of(space_, pool)[i / 64] >> (i % 64) & 1U) != 0;
  const auto count_in = [&](auto waiting) { return std::count(waiting.begin(), waiting.end(), block); };
  if (in_pool || count_in(magazine.ready_blocks()) + count_in(magazine.returned_blocks()) != 1)
    report_.add("law-free-block", block, "block %zu is free twice", i);
}

}  // namespace ouro::alloc
