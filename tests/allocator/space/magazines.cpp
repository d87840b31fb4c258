// Magazines: the short stacks of ready blocks in front of the pools.
#include <algorithm>
#include <set>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

constexpr unsigned kClass = 7;  // 64 bytes: 64 blocks a pool
using Look = SpaceInspector<kDefaultGeometry>;

}  // namespace

TEST_CASE("Freed blocks are given out again before any pool is asked", "[claim-M9][law-magazine]") {
  Space space(with_magazines());
  auto blocks = take(space, kClass, 20);
  std::vector<void*> freed{blocks[3], blocks[11], blocks[7]};
  for (void* const block : freed) space.deallocate(block, kClass);
  const std::size_t ready = Look::magazines(space)[kClass].ready_blocks().size();
  take(space, kClass, ready);
  CHECK(space.allocate(kClass) == blocks[7]);  // the last freed first
  CHECK(space.allocate(kClass) == blocks[11]);
  CHECK(space.allocate(kClass) == blocks[3]);
}

TEST_CASE("A pair of request and release looks at no pool", "[law-magazine]") {
  Space space(with_magazines());
  void* block = space.allocate(kClass);
  const auto play_pairs = [&] {
    for (int i = 0; i < 1000; ++i) {
      space.deallocate(block, kClass);
      block = space.allocate(kClass);
    }
  };
  play_pairs();  // a batch is made ready
  const PoolHeader before = Look::header_of(space, block);
  play_pairs();
  const PoolHeader& after = Look::header_of(space, block);
  CHECK(after.taken == before.taken);
  CHECK(after.freeblocks == before.freeblocks);
}

TEST_CASE("A magazine begins small and doubles with every draw, up to its bound", "[law-magazine]") {
  Space space(with_magazines());
  const Magazine& magazine = Look::magazines(space)[kClass];
  CHECK(magazine.capacity == 0);
  std::vector<std::size_t> capacities;
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(space.allocate(kClass) != nullptr);
    if (capacities.empty() || capacities.back() != magazine.capacity) capacities.push_back(magazine.capacity);
  }
  CHECK(capacities == std::vector<std::size_t>{8, 16, 32, 64, 128});
}

TEST_CASE("A full magazine puts back the older half and keeps the rest", "[law-magazine]") {
  SpaceOptions options = with_magazines();
  options.magazine_blocks = 8;
  Space space(options);
  auto blocks = take(space, kClass, 64);
  const Magazine& magazine = Look::magazines(space)[kClass];
  while (magazine.capacity < 8 || magazine.returned != magazine.limit) {
    space.deallocate(blocks.back(), kClass);
    blocks.pop_back();
  }
  const std::vector<void*> before(magazine.returned_blocks().begin(), magazine.returned_blocks().end());
  space.deallocate(blocks.back(), kClass);
  std::vector<void*> expected(before.begin() + 4, before.end());
  expected.push_back(blocks.back());
  CHECK(std::vector<void*>(magazine.returned_blocks().begin(), magazine.returned_blocks().end()) == expected);
  for (const void* block : before) CHECK(space.state_of(block) == BlockState::kFree);
  require_sound(space);
}

TEST_CASE("In a sparse class what comes back goes to its pool, and the fullest pools serve", "[claim-M16]") {
  Space space(with_magazines());
  constexpr std::size_t kPools = 100;
  auto blocks = take(space, kClass, 64 * kPools);
  std::vector<void*> kept;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    i % 8 == 0 ? kept.push_back(blocks[i]) : space.deallocate(blocks[i], kClass);
  CHECK(space.stats().classes[kClass].pools == kPools);  // one block in eight holds every page
  for (std::size_t round = 0; round < 20; ++round)
    for (void*& block : kept) {
      space.deallocate(block, kClass);
      block = touched(space.allocate(kClass));
    }
  CHECK(space.stats().classes[kClass].pools < kPools / 4);  // and moves together as it is replaced
  require_sound(space);
}

TEST_CASE("Blocks in magazines are free to whoever looks: walks, states and statistics", "[law-walk][law-stats]") {
  Space space(with_magazines());
  auto blocks = take(space, kClass, 100);
  std::set<const void*> alive(blocks.begin(), blocks.end());
  for (std::size_t i = 0; i < 100; i += 3) {
    space.deallocate(blocks[i], kClass);
    alive.erase(blocks[i]);
    CHECK(space.state_of(blocks[i]) == BlockState::kFree);
  }
  const SpaceStats stats = space.stats();
  CHECK(stats.classes[kClass].cached == Look::magazines(space)[kClass].blocks());
  CHECK(stats.classes[kClass].cached > 0);
  CHECK(stats.cached_bytes == 64 * stats.classes[kClass].cached);
  CHECK(stats.classes[kClass].allocated == alive.size());
  CHECK(stats.allocated_blocks == alive.size());
  std::set<const void*> seen;
  space.for_each_block([&](std::byte* start, std::size_t) { seen.insert(start); });
  CHECK(seen == alive);
}

TEST_CASE("Trim empties magazines, so that no block in one holds an arena", "[law-trim]") {
  Space space(with_magazines());
  std::vector<std::vector<void*>> of_class;
  for (unsigned c = 0; c < kSizeClasses; ++c) of_class.push_back(take(space, c, 3 * capacity_of(c)));
  for (unsigned c = 0; c < kSizeClasses; ++c) give_back(space, c, of_class[c]);
  CHECK(space.stats().cached_bytes > 0);
  space.trim();
  CHECK(space.stats().cached_bytes == 0);
  CHECK(space.stats().held_bytes() == 0);
  CHECK(Look::magazines(space)[kClass].capacity == kFirstMagazineBlocks);
  require_sound(space);
}

TEST_CASE("A heap that shrinks empties its magazines by itself", "[law-magazine]") {
  Space space(with_magazines());
  constexpr std::size_t kMany = 40'000;
  auto blocks = take(space, kClass, kMany);
  take(space, 20, 1000);
  std::vector<void*> small = take(space, 3, 50);
  give_back(space, 3, small);
  CHECK(space.stats().classes[3].cached > 0);
  give_back(space, kClass, blocks);
  CHECK(space.stats().classes[3].cached == 0);
}

TEST_CASE("A space without magazines serves every request from its pools", "[law-closed]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 10);
  give_back(space, kClass, blocks);
  for (const Magazine& magazine : Look::magazines(space)) CHECK(magazine.capacity == 0);
  CHECK(space.stats().cached_bytes == 0);
  CHECK(space.stats().classes[kClass].free == 16);
}

TEST_CASE("A closed magazine hears every request, and an open one is not asked", "[law-closed]") {
  Space space(with_magazines());
  auto blocks = take(space, kClass, 10);
  space.deallocate(blocks.back(), kClass);
  space.close_magazines(true);
  require_sound(space);
  CHECK(space.stats().cached_bytes == 0);
  CHECK(space.try_allocate(kClass) == nullptr);
  void* const block = space.allocate(kClass);
  REQUIRE(block != nullptr);
  CHECK_FALSE(space.try_deallocate(block, kClass));
  space.deallocate(block, kClass);
  CHECK(space.stats().cached_bytes == 0);
  space.close_magazines(false);
  static_cast<void>(space.allocate(kClass));
  CHECK(space.try_allocate(kClass) != nullptr);
  require_sound(space);
}

TEST_CASE("A space that withholds the first block of a pool has a block before each it gives out", "[law-closed]") {
  SpaceOptions options = without_reserve();
  options.withhold_first = true;
  Space space(options);
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    auto blocks = take(space, c, 2 * capacity_of(c));
    for (const void* block : blocks) REQUIRE(address_of(block) % kPoolBytes >= block_bytes_of(c));
    require_sound(space);
    std::size_t seen = 0;
    space.for_each_block([&](std::byte*, std::size_t) { ++seen; });
    CHECK(seen == blocks.size());
    give_back(space, c, blocks);
    space.trim();
    CHECK(space.stats().held_bytes() == 0);
  }
}
