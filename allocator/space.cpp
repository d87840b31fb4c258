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
  for (bytes = align_down(std::max(bytes, G.arena_bytes), G.arena_bytes); bytes >= G.arena_bytes;
       bytes = align_down(bytes / 2, G.arena_bytes)) {
    const std::size_t arenas = bytes / G.arena_bytes;
    memory_ = Reservation::reserve(bytes, G.arena_bytes);
    if (memory_ && headers_.reserve(arenas * kPoolsPerArena) && arenas_.reserve(arenas) && map_.reserve(arenas)) break;
    memory_.release();
  }
  if (!memory_) {
    map_.reserve(0);
    return;
  }
  if (options.huge_pages) prefer_huge_pages(memory_.base(), memory_.size());
  header_bias_ = address_of(headers_.data()) - (address_of(memory_.base()) >> kPoolShift) * sizeof(PoolHeader);
}

template <Geometry G>
BasicSpace<G>::~BasicSpace() {
  for (std::uint32_t a = 0; a < map_.high_water(); ++a) {
    const Arena& arena = arenas_[a];
    if (arena.state == ArenaState::kUnused) continue;
    withdraw_roots(memory_.base() + a * G.arena_bytes, G.arena_bytes);
    if (budget_ != nullptr && arena.state == ArenaState::kInUse) budget_->discharge(G.arena_bytes);
    if (budget_ != nullptr && arena.state == ArenaState::kRun)
      budget_->discharge(headers_[a * kPoolsPerArena].run_pools * G.pool_bytes);
  }
  unpoison(memory_.base(), extent());
}

template BasicSpace<kDefaultGeometry>::BasicSpace(const SpaceOptions&, Budget*) noexcept;
template BasicSpace<kDefaultGeometry>::~BasicSpace();
template BasicSpace<kTinyGeometry>::BasicSpace(const SpaceOptions&, Budget*) noexcept;
template BasicSpace<kTinyGeometry>::~BasicSpace();

}  // namespace ouro::alloc
