// Blocks of a pool: made ready in batches, reused first, aligned, never overlapping.
#include <algorithm>
#include <cstring>

#include "helpers.h"

using namespace ouro::test;

namespace {
constexpr unsigned kClass = 7;  // 64 bytes: 64 blocks a pool
}

TEST_CASE("A new pool readies two blocks and leaves the rest untouched", "[claim-M11][claim-M8]") {
  Space space(without_reserve());
  auto* const first = static_cast<std::byte*>(space.allocate(kClass));
  CHECK(space.state_of(first) == BlockState::kAllocated);
  CHECK(space.state_of(first + 64) == BlockState::kFree);
  for (std::size_t i = 2; i < 64; ++i) CHECK(space.state_of(first + 64 * i) == BlockState::kUntouched);
  const ClassStats stats = space.stats().classes[kClass];
  CHECK(stats.pools == 1);
  CHECK(stats.allocated == 1);
  CHECK(stats.free == 1);
  CHECK(stats.untouched == 62);
}

TEST_CASE("Blocks are made ready in batches, never further than the pool goes", "[claim-M11]") {
  Space space(without_reserve());
  std::vector<std::size_t> ready;
  auto* const first = static_cast<std::byte*>(space.allocate(kClass));
  for (std::size_t given = 1;; ++given) {
    const std::size_t carved = space.pool_at(first).carved;
    if (ready.empty() || ready.back() != carved) ready.push_back(carved);
    CHECK(carved < 2 * given + 2);  // what is ready stays in proportion to what was asked for
    require_sound(space);
    if (given == 64) break;
    REQUIRE(space.allocate(kClass) == first + 64 * given);  // and is given out in address order
  }
  CHECK(ready == std::vector<std::size_t>{2, 4, 8, 16, 32, 64});
}

TEST_CASE("Memory is not touched before it is needed", "[claim-M9]") {
  SECTION("an untouched page of an arena is not in memory") {
    Space space(without_reserve());
    void* const block = touched(space.allocate(63));
    CHECK(resident_bytes(space.base(), space.extent()) == kPoolBytes);
    CHECK(space.extent() == kDefaultGeometry.arena_bytes);
    space.deallocate(block, 63);
  }
  SECTION("an untouched block of a pool still holds what the system gave: zeros") {
    if (kAddressSanitizer) return;  // untouched blocks must not be read there
    Space space(without_reserve());
    auto* const first = static_cast<std::byte*>(space.allocate(kClass));
    CHECK(std::all_of(first + 2 * 64, first + kPoolBytes, [](std::byte byte) { return byte == std::byte{0}; }));
  }
  SECTION("a space that served nothing holds nothing") {
    Space space(without_reserve());
    CHECK(space.extent() == 0);
    CHECK(resident_bytes(space.base(), space.reserved()) == 0);
    CHECK(space.stats().arenas_in_use == 0);
  }
}

TEST_CASE("A freed block is reused before an untouched one is taken", "[claim-M9]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 8);  // all that are ready: 2 + 2 + 4
  const std::size_t untouched = space.stats().classes[kClass].untouched;
  std::vector<void*> freed{blocks[1], blocks[4], blocks[6]};
  for (void* block : freed) space.deallocate(block, kClass);
  std::vector<void*> again = take(space, kClass, 3);
  std::sort(freed.begin(), freed.end());
  std::sort(again.begin(), again.end());
  CHECK(again == freed);
  CHECK(space.stats().classes[kClass].untouched == untouched);
  CHECK(space.allocate(kClass) == static_cast<std::byte*>(blocks[0]) + 8 * 64);  // only now a new one
  CHECK(space.stats().classes[kClass].untouched < untouched);
}

TEST_CASE("A pool remembers its free blocks one by one, and gives out the lowest first", "[claim-M9][law-taken]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 8);
  for (const std::size_t i : {5U, 2U, 3U}) space.deallocate(blocks[i], kClass);
  using Look = SpaceInspector<kDefaultGeometry>;
  PoolHeader& pool = Look::header_of(space, blocks[0]);
  CHECK(*Look::bitmap_of(space, pool) == 0b10'1100);
  CHECK(pool.taken == 5);
  CHECK(space.allocate(kClass) == blocks[2]);
  CHECK(space.allocate(kClass) == blocks[3]);
  CHECK(space.allocate(kClass) == blocks[5]);
  CHECK(*Look::bitmap_of(space, pool) == 0);
}

TEST_CASE("A free block is neither read nor written, so whoever frees it late pays no cache miss", "[claim-M9]") {
  if (kAddressSanitizer) return;  // a free block must not be read there
  Space space(with_magazines());
  auto blocks = take(space, kClass, 1000);
  for (void* const block : blocks) std::memset(block, 0x5A, 64);
  for (void* const block : blocks) space.deallocate(block, kClass);
  space.flush_magazines();
  const auto untouched = [](const void* block) {
    const auto* const bytes = static_cast<const unsigned char*>(block);
    return std::all_of(bytes, bytes + 64, [](unsigned char byte) { return byte == 0x5A; });
  };
  CHECK(std::all_of(blocks.begin(), blocks.end(), untouched));
}

TEST_CASE("A pool of more than 64 blocks has its bitmap in a table, and gives it back", "[law-taken]") {
  Space space(without_reserve());
  using Look = SpaceInspector<kDefaultGeometry>;
  for (const unsigned c : {0U, 1U, 2U, 3U, 6U}) {
    auto blocks = take(space, c, 3 * capacity_of(c));
    for (std::size_t i = 0; i < blocks.size(); i += 3) space.deallocate(blocks[i], c);
    require_sound(space);
    const PoolHeader& pool = Look::header_of(space, blocks[1]);
    CHECK(Look::bitmap_slots(space).is_taken(pool.bitmap));
    for (std::size_t i = 0; i < blocks.size(); ++i)
      if (i % 3 != 0) space.deallocate(blocks[i], c);
    space.trim();
    CHECK_FALSE(Look::bitmap_slots(space).is_taken(0));
  }
  require_sound(space);
}

TEST_CASE("A block passes through its three states: untouched, allocated, free", "[claim-M8]") {
  Space space(without_reserve());
  auto* const first = static_cast<std::byte*>(space.allocate(kClass));
  std::byte* const tenth = first + 9 * 64;
  CHECK(space.state_of(tenth) == BlockState::kUntouched);
  take(space, kClass, 9);
  CHECK(space.state_of(tenth) == BlockState::kAllocated);
  space.deallocate(tenth, kClass);
  CHECK(space.state_of(tenth) == BlockState::kFree);
  auto rest = take(space, kClass, 1);
  CHECK(space.state_of(tenth) == BlockState::kAllocated);
  CHECK(std::find(rest.begin(), rest.end(), tenth) != rest.end());
}

TEST_CASE("Blocks of one pool have one size and do not overlap", "[claim-M6][claim-M7]") {
  Space space(without_reserve());
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    std::vector<void*> blocks = take(space, c, 2 * capacity_of(c) + 1);
    std::sort(blocks.begin(), blocks.end());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      CHECK(space.pool_at(blocks[i]).block_bytes == block_bytes_of(c));
      const std::size_t in_page = address_of(blocks[i]) % kPoolBytes;
      REQUIRE(in_page % block_bytes_of(c) == 0);
      REQUIRE(in_page + block_bytes_of(c) <= kPoolBytes);
      if (i > 0) REQUIRE(address_of(blocks[i]) - address_of(blocks[i - 1]) >= block_bytes_of(c));
    }
  }
  require_sound(space);
}

TEST_CASE("Blocks are aligned to 8 bytes, those of a multiple of 16 to 16", "[law-alignment]") {
  Space space(without_reserve());
  for (unsigned c = 0; c < kSizeClasses; ++c)
    for (void* block : take(space, c, capacity_of(c) + 1)) {
      REQUIRE(address_of(block) % 8 == 0);
      if (block_bytes_of(c) % 16 == 0) REQUIRE(address_of(block) % 16 == 0);
    }
}
