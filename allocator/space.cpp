// Making and destroying a space.
#include <ouro/allocator/space.h>

#include <algorithm>

namespace ouro::alloc {

namespace {

/// Twice the machine's memory, so that a heap never meets the end of its addresses first; less where addresses are scarce.
std::size_t default_reservation_bytes() noexcept {
  const std::size_t twice = 2 * physical_memory_bytes();
  // The sanitizers keep shadow memory in proportion to what they are told about.
  const std::size_t wanted = kAddressSanitizer || kThreadSanitizer ? twice / 8 : twice;
  return std::min(wanted, address_space_limit() / 8);
}

}  // namespace

template <Geometry G>
BasicSpace<G>::BasicSpace(const SpaceOptions& options, Budget* budget) noexcept : budget_(budget), options_(options) {
  usedpools_.fill(kNoPool);
  std::size_t bytes = options.reservation_bytes != 0 ? options.reservation_bytes : default_reservation_bytes();
  bytes = std::min(bytes, std::size_t{kNoPool} * G.pool_bytes);  // pool indexes have 32 bits
  std::size_t arenas = std::max<std::size_t>(1, bytes / G.arena_bytes);
  while (arenas != 0 && !reserve(arenas)) arenas /= 2;
}

/// Reserves the addresses of the arenas and, behind them, those of the tables; false if the system refuses.
template <Geometry G>
bool BasicSpace<G>::reserve(std::size_t arenas) noexcept {
  const std::size_t bytes = arenas * G.arena_bytes;
  const std::size_t record_bytes = SideTable<Arena>::bytes_for(arenas);
  const std::size_t map_bytes = ArenaMap::bytes_for(arenas);
  const std::size_t header_bytes = SideTable<PoolHeader>::bytes_for(arenas * kPoolsPerArena);
  constexpr std::size_t kHugePage = std::size_t{2} << 20;
  // One range for all: to make a space, and to drop it, costs one call. The map lies beside the first headers so that a
  // young space touches few pages of the page table.
  memory_ = Reservation::reserve(bytes + record_bytes + map_bytes + header_bytes, options_.huge_pages ? kHugePage : 0);
  if (!memory_) return false;
  base_ = memory_.base();
  reserved_ = bytes;
  arenas_.place(base_ + bytes, arenas);
  map_.place(base_ + bytes + record_bytes, arenas);
  headers_.place(base_ + bytes + record_bytes + map_bytes, arenas * kPoolsPerArena);
  header_bias_ = address_of(headers_.data()) - (address_of(base_) >> kPoolShift) * sizeof(PoolHeader);
  if (options_.huge_pages) prefer_huge_pages(base_, reserved_);
  return true;
}

template <Geometry G>
BasicSpace<G>::~BasicSpace() {
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    const Arena& arena = arenas_[a];
    if (arena.state == ArenaState::kUnused) continue;
    withdraw_roots(base_ + a * G.arena_bytes, G.arena_bytes);
    if (budget_ != nullptr && arena.state == ArenaState::kInUse) budget_->discharge(G.arena_bytes);
    if (budget_ != nullptr && arena.state == ArenaState::kRun)
      budget_->discharge(headers_[a * kPoolsPerArena].run_pools * G.pool_bytes);
  }
  unpoison(base_, extent());
}

template BasicSpace<kDefaultGeometry>::BasicSpace(const SpaceOptions&, Budget*) noexcept;
template BasicSpace<kDefaultGeometry>::~BasicSpace();
template BasicSpace<kTinyGeometry>::BasicSpace(const SpaceOptions&, Budget*) noexcept;
template BasicSpace<kTinyGeometry>::~BasicSpace();

}  // namespace ouro::alloc
