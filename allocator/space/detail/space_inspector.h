// The back door of a space: its insides, for the verifier that reads them and for the tests that break them.
#pragma once

#include <ouro/allocator/space/space.h>

namespace ouro::alloc {

/// Access to everything private of a space. Const where the space is.
template <Geometry G>
struct SpaceInspector {
  using S = BasicSpace<G>;

  static auto& headers(auto& space) noexcept { return space.headers_; }
  static auto& arenas(auto& space) noexcept { return space.arenas_; }
  static auto& map(auto& space) noexcept { return space.map_; }
  static auto& magazines(auto& space) noexcept { return space.magazines_; }
  static auto& bitmap_slots(auto& space) noexcept { return space.bitmap_slots_; }
  static auto* stack_of(auto& space, unsigned c) noexcept {
    return space.stacks_.data() + std::size_t{c} * kMagazineStride + 1;
  }
  static auto& usedpools(auto& space) noexcept { return space.usedpools_; }
  static auto& options(auto& space) noexcept { return space.options_; }
  static auto& arenas_in_use(auto& space) noexcept { return space.arenas_in_use_; }
  static auto& arenas_empty(auto& space) noexcept { return space.arenas_empty_; }
  static auto& usable_heads(auto& space) noexcept { return space.usable_.heads_; }
  static auto& usable_nonempty(auto& space) noexcept { return space.usable_.nonempty_; }

  static std::size_t reserve_limit(const S& space) noexcept { return space.reserve_limit(); }
  static auto* bitmap_of(auto& space, auto& pool) noexcept { return space.bitmap_of(pool); }
  static std::byte* page_of(const S& space, const PoolHeader& pool) noexcept { return space.page_of(pool); }
  static std::uint32_t index_of(const S& space, const PoolHeader& pool) noexcept { return space.index_of(pool); }
  static PoolHeader& header_of(const S& space, const void* address) noexcept { return space.header_of(address); }
};

}  // namespace ouro::alloc
