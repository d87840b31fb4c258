// The verifier of a space: every law of pool.h, arena.h, usable_arenas.h and space.h, checked one by one.
//
// It trusts nothing it has not checked: a link is followed only after it was seen to point to a pool, a list only as far as
// it can be long. So it ends, and touches no memory outside the space, whatever the damage.
#pragma once

#include <ouro/allocator/space/detail/space_inspector.h>

namespace ouro::alloc {

/// One verification. Each function checks the laws it is named for and adds what is broken to the report.
template <Geometry G>
class SpaceVerifier {
 public:
  SpaceVerifier(const BasicSpace<G>& space, Report& report) noexcept : space_(space), report_(report) {}

  /// All of them.
  void run() noexcept;

 private:
  using Look = SpaceInspector<G>;
  static constexpr unsigned kPools = G.pools_per_arena();

  // space_verify_arenas.h
  void check_arenas() noexcept;
  void check_bitmap(const Arena& arena, std::uint32_t first_pool) noexcept;
  void check_untouched(const Arena& arena) noexcept;
  void check_large_run(std::uint32_t arena) noexcept;
  void check_usable() noexcept;
  [[nodiscard]] std::size_t check_bucket(unsigned nfreepools) noexcept;

  // space_verify_pools.h
  void check_pools() noexcept;
  void check_run(const PoolHeader& head) noexcept;
  [[nodiscard]] bool check_header(const PoolHeader& pool) noexcept;
  void check_blocks(const PoolHeader& pool) noexcept;
  void check_usedpools() noexcept;
  void check_magazines() noexcept;
  void check_waiting(const Magazine& magazine, const void* const& entry, unsigned size_class) noexcept;

  [[nodiscard]] const PoolHeader& header(std::size_t index) const noexcept { return Look::headers(space_)[index]; }
  [[nodiscard]] std::size_t arena_count() const noexcept { return Look::map(space_).high_water(); }
  [[nodiscard]] std::size_t pool_count() const noexcept { return arena_count() * kPools; }

  const BasicSpace<G>& space_;
  Report& report_;
  std::size_t listable_pools_ = 0;  ///< those that must be in usedpools
};

}  // namespace ouro::alloc
