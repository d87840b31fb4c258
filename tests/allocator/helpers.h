// What the tests of the allocator share: spaces of a handy size, blocks by the dozen, the verifier as a matter of course.
#pragma once

#include <ouro/allocator/allocator.h>
#include <ouro/allocator/space/detail/space_inspector.h>
#include <support/catch.h>

#include <vector>

namespace ouro::test {

using namespace ouro;
using namespace ouro::alloc;

inline constexpr std::size_t kMiB = std::size_t{1} << 20;
inline constexpr std::size_t kPoolBytes = kDefaultGeometry.pool_bytes;

/// Options of a small space that keeps no empty arena and no magazines, so that each return is seen at once.
inline SpaceOptions without_reserve(std::size_t reservation_bytes = 64 * kMiB) {
  return {.reservation_bytes = reservation_bytes, .reserve_bytes = 0, .magazine_blocks = 0};
}

/// The same with magazines.
inline SpaceOptions with_magazines(std::size_t reservation_bytes = 64 * kMiB) {
  return {.reservation_bytes = reservation_bytes, .reserve_bytes = 0};
}

/// How many blocks of the class a pool holds.
inline std::size_t capacity_of(unsigned size_class) { return kPoolBytes / block_bytes_of(size_class); }

/// Fails the test, with the findings, if a law is broken.
template <class Verifiable>
void require_sound(const Verifiable& memory) {
  Report report;
  memory.verify(report);
  for (const Finding& finding : report) UNSCOPED_INFO(finding.law << ": " << finding.detail.data());
  REQUIRE(report.clean());
}

/// The block, its first byte written, as whoever asked for it would do.
inline void* touched(void* block) {
  REQUIRE(block != nullptr);
  *static_cast<unsigned char*>(block) = 0x11;
  return block;
}

/// `count` blocks of the class, each of which was served and touched.
template <Geometry G>
std::vector<void*> take(BasicSpace<G>& space, unsigned size_class, std::size_t count) {
  std::vector<void*> blocks;
  for (std::size_t i = 0; i < count; ++i) blocks.push_back(touched(space.allocate(size_class)));
  return blocks;
}

/// Gives all of them back and forgets them.
template <Geometry G>
void give_back(BasicSpace<G>& space, unsigned size_class, std::vector<void*>& blocks) {
  for (void* block : blocks) space.deallocate(block, size_class);
  blocks.clear();
}

/// The views of all arenas in use, in address order.
template <Geometry G>
std::vector<ArenaView> arenas_of(const BasicSpace<G>& space) {
  std::vector<ArenaView> views;
  space.for_each_arena([&](const ArenaView& view) { views.push_back(view); });
  return views;
}

/// The number of the page of the space that holds the block.
template <Geometry G>
std::size_t page_number(const BasicSpace<G>& space, const void* block) {
  return (address_of(block) - address_of(space.base())) / G.pool_bytes;
}

}  // namespace ouro::test
