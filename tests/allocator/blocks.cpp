#include <algorithm>

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

TEST_CASE("Blocks are made ready in batches, never further than the pool goes", "[claim-M11][law-countdown]") {
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
    void* const block = space.allocate(63);
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

TEST_CASE("Freed blocks form a list through themselves, the last freed first", "[claim-M9][law-free-list]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 8);
  space.deallocate(blocks[2], kClass);
  space.deallocate(blocks[5], kClass);
  space.deallocate(blocks[3], kClass);
  const PoolHeader& pool = SpaceInspector<kDefaultGeometry>::header_of(space, blocks[0]);
  const FreeBlock* const first = pool.free;
  CHECK(first == blocks[3]);
  CHECK(next_of(first) == blocks[5]);
  CHECK(next_of(next_of(first)) == blocks[2]);
  CHECK(next_of(next_of(next_of(first))) == nullptr);
  CHECK(space.allocate(kClass) == blocks[3]);
  CHECK(space.allocate(kClass) == blocks[5]);
  CHECK(space.allocate(kClass) == blocks[2]);
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
  auto rest = take(space, kClass, 7);  // the detached blocks and then the freed one
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
