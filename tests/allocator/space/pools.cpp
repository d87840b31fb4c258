// Pools: empty, used and full, and which one serves.
#include <set>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

constexpr unsigned kClass = 63;  // 512 bytes: eight blocks a pool
constexpr std::size_t kBlocks = 8;

PoolState state_at(const Space& space, const void* block) { return space.pool_at(block).state; }

}  // namespace

TEST_CASE("A pool is opened only when no pool of the class has room", "[claim-M10]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, kBlocks);
  CHECK(space.stats().classes[kClass].pools == 1);
  blocks.push_back(space.allocate(kClass));
  CHECK(space.stats().classes[kClass].pools == 2);
  space.deallocate(blocks[3], kClass);
  take(space, kClass, kBlocks);  // one of the first pool, seven of the second
  CHECK(space.stats().classes[kClass].pools == 2);
  CHECK(space.state_of(blocks[3]) == BlockState::kAllocated);
  REQUIRE(space.allocate(kClass) != nullptr);
  CHECK(space.stats().classes[kClass].pools == 3);
  require_sound(space);
}

TEST_CASE("A pool goes from empty to used to full and back", "[claim-M12]") {
  Space space(without_reserve());
  auto first = take(space, kClass, kBlocks);
  CHECK(state_at(space, first[0]) == PoolState::kFull);
  CHECK(arenas_of(space)[0].pools[0].state == PoolState::kFull);
  auto second = take(space, kClass, 1);
  CHECK(state_at(space, first[0]) == PoolState::kFull);
  CHECK(state_at(space, second[0]) == PoolState::kUsed);
  require_sound(space);

  space.deallocate(first.back(), kClass);
  first.pop_back();
  CHECK(state_at(space, second[0]) == PoolState::kUsed);
  CHECK(space.stats().pools_used == 2);
  require_sound(space);

  void* const page = first[0];
  give_back(space, kClass, first);
  CHECK(state_at(space, page) == PoolState::kEmpty);
  CHECK(space.stats().pools_empty == 63);
  require_sound(space);
}

TEST_CASE("An empty pool has no class and can serve any", "[claim-M12]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, kBlocks);
  auto others = take(space, kClass, 1);  // keeps the arena, and the class
  void* const page = blocks[0];
  give_back(space, kClass, blocks);
  REQUIRE(state_at(space, page) == PoolState::kEmpty);
  for (const unsigned c : {0U, 31U, 62U}) {
    void* const block = space.allocate(c);
    CHECK(block == page);
    CHECK(space.pool_at(block).block_bytes == block_bytes_of(c));
    CHECK(space.stats().classes[c].pools == 1);
    space.deallocate(block, c);
    space.trim();
    CHECK(state_at(space, page) == PoolState::kEmpty);
  }
  require_sound(space);
}

TEST_CASE("Pools of one class with room are doubly linked, and usedpools finds one at once", "[claim-M13][law-usedpools]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 4 * kBlocks);
  for (std::size_t pool = 0; pool < 3; ++pool) space.deallocate(blocks[pool * kBlocks], kClass);
  using Look = SpaceInspector<kDefaultGeometry>;
  const auto& headers = Look::headers(space);
  std::vector<std::uint32_t> listed;
  std::uint32_t before = kNoPool;
  for (std::uint32_t i = Look::usedpools(space)[kClass]; i != kNoPool; i = headers[i].next) {
    CHECK(headers[i].prev == before);
    listed.push_back(before = i);
  }
  CHECK(listed == std::vector<std::uint32_t>{0, 2, 1});
  give_back(space, kClass, blocks = std::vector<void*>(blocks.begin() + 2 * kBlocks + 1, blocks.begin() + 3 * kBlocks));
  CHECK(headers[0].next == 1);  // the middle one became empty and left
  CHECK(headers[1].prev == 0);
  require_sound(space);
}

TEST_CASE("An idle pool is given up when another pool of its class has room", "[law-last-used]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, kBlocks + 1);
  space.deallocate(blocks[kBlocks], kClass);
  CHECK(state_at(space, blocks[kBlocks]) == PoolState::kUsed);  // idle, and the only one with room
  space.deallocate(blocks[0], kClass);
  CHECK(state_at(space, blocks[kBlocks]) == PoolState::kEmpty);
  CHECK(state_at(space, blocks[0]) == PoolState::kUsed);
  require_sound(space);
}

TEST_CASE("A first request of a class takes an empty pool into use", "[claim-M14]") {
  Space space(without_reserve());
  take(space, kClass, 1);
  const ArenaView before = arenas_of(space)[0];
  void* const block = space.allocate(10);
  const ArenaView after = arenas_of(space)[0];
  CHECK(after.nfreepools + 1 == before.nfreepools);
  CHECK(before.pools[1].state == PoolState::kEmpty);
  CHECK(after.pools[1].state == PoolState::kUsed);
  CHECK(after.pools[1].size_class == 10);
  CHECK(page_number(space, block) == 1);
}

TEST_CASE("A full pool that frees a block comes back to usedpools", "[claim-M14]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, kBlocks + 1);
  const auto& usedpools = SpaceInspector<kDefaultGeometry>::usedpools(space);
  CHECK(usedpools[kClass] == 1);
  space.deallocate(blocks[5], kClass);
  CHECK(SpaceInspector<kDefaultGeometry>::headers(space)[1].next == 0);
  CHECK(state_at(space, blocks[0]) == PoolState::kUsed);
  take(space, kClass, kBlocks - 1);  // the pool that serves is used up first
  CHECK(space.allocate(kClass) == blocks[5]);
  CHECK(usedpools[kClass] == kNoPool);
  CHECK(state_at(space, blocks[0]) == PoolState::kFull);
  require_sound(space);
}

TEST_CASE("The only pool of a class with room is not given up for being empty", "[law-last-used]") {
  Space space(without_reserve());
  void* const block = space.allocate(kClass);
  space.deallocate(block, kClass);
  CHECK(state_at(space, block) == PoolState::kUsed);
  const std::size_t obtained = space.stats().arenas_obtained;
  for (int i = 0; i < 100; ++i) {
    void* const again = space.allocate(kClass);
    CHECK(page_number(space, again) == 0);
    space.deallocate(again, kClass);
    require_sound(space);
  }
  CHECK(space.stats().arenas_obtained == obtained);
  CHECK(space.stats().classes[kClass].untouched == kBlocks - 2);
}

TEST_CASE("The lowest empty pool of an arena is taken first", "[law-lowest]") {
  Space space(without_reserve());
  std::vector<std::vector<void*>> pools;
  for (unsigned c = 20; c < 26; ++c) pools.push_back(take(space, c, 1));
  for (std::size_t i = 0; i < pools.size(); ++i) CHECK(page_number(space, pools[i][0]) == i);
  space.deallocate(pools[4][0], 24);
  space.deallocate(pools[1][0], 21);
  space.trim();
  CHECK(page_number(space, space.allocate(40)) == 1);
  CHECK(page_number(space, space.allocate(41)) == 4);
  CHECK(page_number(space, space.allocate(42)) == 6);
}

TEST_CASE("A freed block stays with its pool", "[claim-M12]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 3 * kBlocks);
  std::set<std::size_t> pages;
  for (std::size_t i = 0; i < blocks.size(); i += 2) {
    space.deallocate(blocks[i], kClass);
    CHECK(space.state_of(blocks[i]) == BlockState::kFree);
    pages.insert(page_number(space, blocks[i]));
  }
  CHECK(pages.size() == 3);
  CHECK(space.stats().classes[kClass].pools == 3);
  for (std::size_t i = 0; i < 12; ++i) CHECK(pages.count(page_number(space, space.allocate(kClass))) == 1);
}
