// The laws of pools, of their blocks and of the lists that pools and blocks are on.
#include <ouro/allocator/detail/space_verifier.h>

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
  if (pool.carved == 0 || pool.carved > pool.capacity) {
    report_.add("law-carved", page, "%u of %u blocks are carved", pool.carved, pool.capacity);
    return false;
  }
  return true;
}

template <Geometry G>
void SpaceVerifier<G>::check_blocks(const PoolHeader& pool) noexcept {
  BlockSet seen{};
  const std::size_t own = check_list(pool, pool.free, seen);
  const bool current = Look::is_current(space_, pool);
  const std::size_t detached = current ? check_list(pool, Look::heads(space_)[pool.size_class].detached, seen) : 0;
  check_countdown(pool, own, detached);
  if (pool.state == PoolState::kUsed && !current) {
    ++listable_pools_;
    const auto index = Look::index_of(space_, pool);
    const bool linked_before = pool.prev == kNoPool ? Look::usedpools(space_)[pool.size_class] == index
                                                    : pool.prev < pool_count() && header(pool.prev).next == index;
    const bool linked_after = pool.next == kNoPool || (pool.next < pool_count() && header(pool.next).prev == index);
    if (!linked_before || !linked_after)
      report_.add("law-usedpools", Look::page_of(space_, pool), "a used pool of class %u that its neighbours do not know",
                  pool.size_class);
  }
}

template <Geometry G>
void SpaceVerifier<G>::check_countdown(const PoolHeader& pool, std::size_t own, std::size_t detached) noexcept {
  const void* const page = Look::page_of(space_, pool);
  if (pool.state == PoolState::kFull) {
    if (pool.countdown != 1 || own != 0 || pool.carved != pool.capacity)
      report_.add("law-countdown", page, "a full pool with countdown %u, %zu free blocks, %u carved", pool.countdown, own,
                  pool.carved);
    return;
  }
  if (pool.countdown + own != pool.carved)
    report_.add("law-countdown", page, "countdown %u, %zu free blocks, %u carved", pool.countdown, own, pool.carved);
  if (detached > pool.countdown)
    report_.add("law-countdown", page, "%zu blocks are detached, countdown is %u", detached, pool.countdown);
  if (!Look::is_current(space_, pool) && (own == 0 || pool.countdown == 0))
    report_.add("law-usedpools", page, "%zu of its %u carved blocks are free, it is neither current nor full nor empty", own,
                pool.carved);
}

/// The length of the list, as far as its links can be believed.
template <Geometry G>
std::size_t SpaceVerifier<G>::check_list(const PoolHeader& pool, const FreeBlock* first, BlockSet& seen) noexcept {
  std::byte* const page = Look::page_of(space_, pool);
  std::size_t length = 0;
  for (const FreeBlock* block = first; block != nullptr; block = next_of(block), ++length) {
    const std::size_t offset = address_of(block) - address_of(page);
    if (offset >= std::size_t{pool.carved} * pool.block_bytes || offset % pool.block_bytes != 0) {
      report_.add("law-free-list", page, "link %zu leads to %p, which is no carved block of this pool", length,
                  static_cast<const void*>(block));
      break;
    }
    const std::size_t i = offset / pool.block_bytes;
    if ((seen[i / 64] >> (i % 64) & 1U) != 0) {
      report_.add("law-free-list", block, "block %zu is free twice", i);
      break;
    }
    seen[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  return length;
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
      if (pool.state != PoolState::kUsed || pool.size_class != c || pool.prev != before || Look::is_current(space_, pool))
        report_.add("law-usedpools", Look::page_of(space_, pool), "a pool that does not belong into the list of class %u",
                    c);
      before = index;
      index = pool.next;
    }
  }
  if (listed != listable_pools_)
    report_.add("law-usedpools", space_.base(), "%zu used pools are waiting, %zu are listed", listable_pools_, listed);
}

template <Geometry G>
void SpaceVerifier<G>::check_heads() noexcept {
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    const auto& head = Look::heads(space_)[c];
    if (head.current == nullptr) {
      if (head.detached != nullptr) report_.add("law-current", head.detached, "class %u serves a block of no pool", c);
      continue;
    }
    const std::size_t offset = address_of(head.current) - address_of(Look::headers(space_).data());
    const bool is_header = offset % sizeof(PoolHeader) == 0 && offset / sizeof(PoolHeader) < pool_count();
    if (!is_header || head.current->state != PoolState::kUsed || head.current->size_class != c)
      report_.add("law-current", head.current, "class %u serves from a pool that is not a used one of it", c);
  }
}

template void SpaceVerifier<kDefaultGeometry>::check_pools() noexcept;
template void SpaceVerifier<kTinyGeometry>::check_pools() noexcept;
template void SpaceVerifier<kDefaultGeometry>::check_usedpools() noexcept;
template void SpaceVerifier<kTinyGeometry>::check_usedpools() noexcept;
template void SpaceVerifier<kDefaultGeometry>::check_heads() noexcept;
template void SpaceVerifier<kTinyGeometry>::check_heads() noexcept;

}  // namespace ouro::alloc
