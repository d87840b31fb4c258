// Arenas: which one serves, when one is given back, and what is kept in reserve.
#include <algorithm>
#include <random>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

constexpr unsigned kClass = 63;
constexpr std::size_t kPoolBlocks = 8;
constexpr std::size_t kTinyArenaBlocks = 4 * kPoolBlocks;
constexpr std::size_t kTinyArenaBytes = kTinyGeometry.arena_bytes;

std::size_t arena_number(const TinySpace& space, const void* block) {
  return (address_of(block) - address_of(space.base())) / kTinyArenaBytes;
}

/// Three tiny arenas, wholly allocated, and a current pool in a fourth; blocks[i] are those of arena i.
struct ThreeArenas {
  TinySpace space{without_reserve(kMiB)};
  std::vector<std::vector<void*>> blocks;
  void* keeper;

  ThreeArenas() {
    for (int i = 0; i < 3; ++i) blocks.push_back(take(space, kClass, kTinyArenaBlocks));
    keeper = space.allocate(kClass);
    REQUIRE(space.stats().arenas_in_use == 4);
  }
  /// Gives back all blocks of `count` pools of arena `a`.
  void drain(std::size_t a, std::size_t count) {
    for (std::size_t i = 0; i < count * kPoolBlocks; ++i) space.deallocate(blocks[a][i], kClass);
    blocks[a].erase(blocks[a].begin(), blocks[a].begin() + static_cast<std::ptrdiff_t>(count * kPoolBlocks));
  }
};

}  // namespace

TEST_CASE("An arena record knows its address, the pools not carved, the free and the total pools", "[claim-M15]") {
  Space space(without_reserve());
  auto blocks = take(space, kClass, 3 * kPoolBlocks + 1);
  ArenaView arena = arenas_of(space).at(0);
  CHECK(arena.base == space.base());
  CHECK(arena.ntotalpools == 64);
  CHECK(arena.nfreepools == 60);
  CHECK(arena.pools_not_carved == 60);
  for (std::size_t i = 0; i < kPoolBlocks; ++i) space.deallocate(blocks[kPoolBlocks + i], kClass);
  arena = arenas_of(space).at(0);
  CHECK(arena.nfreepools == 61);
  CHECK(arena.pools_not_carved == 60);  // carved once is not untouched again
  CHECK(arena.pools[0].state == PoolState::kFull);
  CHECK(arena.pools[0].allocated == kPoolBlocks);
  CHECK(arena.pools[1].state == PoolState::kEmpty);
  CHECK(arena.pools[3].state == PoolState::kUsed);
  CHECK(arena.pools[3].allocated == 1);
  CHECK(arena.pools[3].free == 1);
  CHECK(arena.pools[3].untouched == 6);
}

TEST_CASE("Arenas are taken when no arena has an empty pool, lowest address first", "[claim-M5][claim-M14]") {
  TinySpace space(without_reserve(kMiB));
  for (std::size_t arenas = 1; arenas <= 5; ++arenas) {
    auto blocks = take(space, kClass, kTinyArenaBlocks);
    CHECK(arena_number(space, blocks.front()) == arenas - 1);
    CHECK(arena_number(space, blocks.back()) == arenas - 1);
    CHECK(space.stats().arenas_in_use == arenas);
    CHECK(space.extent() == arenas * kTinyArenaBytes);
  }
  require_sound(space);
}

TEST_CASE("The fullest usable arena serves first", "[claim-M16][law-usable]") {
  ThreeArenas heap;
  heap.drain(0, 3);
  heap.drain(1, 1);
  heap.drain(2, 2);
  take(heap.space, kClass, kPoolBlocks - 1);  // fills the current pool of the fourth arena
  for (unsigned c = 1; c <= 3; ++c) {         // that arena has three empty pools, as has the first; the others have fewer
    void* const block = heap.space.allocate(c);
    CHECK(arena_number(heap.space, block) == (c == 1 ? 1U : 2U));
    require_sound(heap.space);
  }
}

TEST_CASE("Giving back blocks and pools gives nothing back to the system", "[claim-M17]") {
  ThreeArenas heap;
  const std::size_t held = resident_bytes(heap.space.base(), heap.space.extent());
  heap.drain(0, 3);
  heap.drain(1, 3);
  CHECK(heap.space.stats().arenas_returned == 0);
  CHECK(resident_bytes(heap.space.base(), heap.space.extent()) == held);
}

TEST_CASE("An arena whose pools are all empty is given back", "[claim-M17]") {
  ThreeArenas heap;
  const std::byte* const base = heap.space.base() + kTinyArenaBytes;
  CHECK(resident_bytes(base, kTinyArenaBytes) == kTinyArenaBytes);
  heap.drain(1, 4);
  CHECK(heap.space.stats().arenas_returned == 1);
  CHECK(heap.space.stats().arenas_in_use == 3);
  CHECK(resident_bytes(base, kTinyArenaBytes) == 0);
  require_sound(heap.space);
  take(heap.space, kClass, 4 * kPoolBlocks);  // the rest of the fourth arena, then an arena again:
  CHECK(heap.space.stats().arenas_obtained == 5);
  CHECK(heap.space.extent() == 4 * kTinyArenaBytes);  // the addresses that were given back
  require_sound(heap.space);
}

TEST_CASE("Because the fullest serve, the emptiest arenas drain while requests go on", "[claim-M16][claim-M17]") {
  Space space(without_reserve());
  std::mt19937 random(7);
  std::vector<std::pair<void*, unsigned>> blocks;
  const auto some_class = [&] { return static_cast<unsigned>(random() % kSizeClasses); };
  for (int i = 0; i < 60'000; ++i) {
    const unsigned c = some_class();
    blocks.emplace_back(space.allocate(c), c);
  }
  std::shuffle(blocks.begin(), blocks.end(), random);
  while (blocks.size() > 2'000) {
    space.deallocate(blocks.back().first, blocks.back().second);
    blocks.pop_back();
  }
  const std::size_t before = space.stats().arenas_in_use;
  CHECK(before == space.stats().arenas_peak);  // random survivors keep every arena ...
  for (int i = 0; i < 1'000'000; ++i) {
    auto& [block, c] = blocks[random() % blocks.size()];
    space.deallocate(block, c);
    block = space.allocate(c = some_class());
  }
  CHECK(space.stats().arenas_in_use * 3 < before);  // ... until churn has moved the living together
  require_sound(space);
}

TEST_CASE("The reserve keeps empty arenas for the next rise", "[law-reserve]") {
  TinySpace space({.reservation_bytes = kMiB, .reserve_bytes = 2 * kTinyArenaBytes, .magazine_blocks = 0});
  auto blocks = take(space, kClass, 5 * kTinyArenaBlocks);
  void* const keeper = space.allocate(kClass);
  give_back(space, kClass, blocks);
  SpaceStats stats = space.stats();
  CHECK(stats.arenas_in_reserve == 2);
  CHECK(stats.arenas_returned == 3);
  require_sound(space);
  SECTION("which is served without asking the system") {
    auto again = take(space, kClass, 2 * kTinyArenaBlocks);
    CHECK(space.stats().arenas_obtained == stats.arenas_obtained);
    give_back(space, kClass, again);
  }
  SECTION("which can be returned without a trim") {
    CHECK(space.return_reserve() == 2 * kTinyArenaBytes);
    CHECK(space.stats().arenas_in_reserve == 0);
    CHECK(space.stats().arenas_in_use == 1);
  }
  space.deallocate(keeper, kClass);
  require_sound(space);
}

TEST_CASE("By default the reserve is the larger of 32 MiB and an eighth of the recent peak", "[law-reserve]") {
  Space space({.reservation_bytes = 1024 * kMiB, .magazine_blocks = 0});
  const auto rise = [&](std::size_t bytes) {
    std::vector<void*> blocks;
    for (std::size_t i = 0; i < bytes / 512; ++i) blocks.push_back(space.allocate(kClass));  // untouched: costs no memory
    return blocks;
  };
  constexpr std::size_t kArena = kDefaultGeometry.arena_bytes;
  auto blocks = rise(600 * kMiB);
  const std::size_t peak = space.stats().arenas_in_use;
  REQUIRE(peak == 2400);
  std::vector<void*> some(blocks.end() - 310 * 512, blocks.end());
  blocks.resize(blocks.size() - some.size());
  give_back(space, kClass, some);
  CHECK(space.stats().arenas_in_reserve >= (peak - 310) / 8);  // the peak fades while the heap drains
  CHECK(space.stats().arenas_in_reserve < peak / 8);
  give_back(space, kClass, blocks);
  CHECK(space.stats().arenas_in_reserve == kLeastReserve / kArena);
  space.trim();
  CHECK(space.stats().arenas_in_use == 0);
  blocks = rise(40 * kMiB);  // the peak is forgotten
  give_back(space, kClass, blocks);
  CHECK(space.stats().arenas_in_reserve == kLeastReserve / kArena);
  require_sound(space);
}

TEST_CASE("An oscillating heap takes nothing from the system once it has its reserve", "[law-reserve]") {
  Space space({.reservation_bytes = 64 * kMiB});
  std::vector<void*> blocks;
  for (int round = 0; round < 3; ++round) {
    blocks = take(space, 20, 3000);
    give_back(space, 20, blocks);
  }
  const std::size_t obtained = space.stats().arenas_obtained;
  for (int round = 0; round < 50; ++round) {
    blocks = take(space, 20, 3000);
    give_back(space, 20, blocks);
  }
  CHECK(space.stats().arenas_obtained == obtained);
}

TEST_CASE("A space whose addresses are used up answers null and goes on", "[law-failure]") {
  TinySpace space(without_reserve(2 * kTinyArenaBytes));
  auto blocks = take(space, kClass, 2 * kTinyArenaBlocks);
  CHECK(space.allocate(kClass) == nullptr);
  CHECK(space.allocate(3) == nullptr);
  require_sound(space);
  space.deallocate(blocks[17], kClass);
  CHECK(space.allocate(kClass) == blocks[17]);
  CHECK(space.allocate(kClass) == nullptr);
  give_back(space, kClass, blocks);
  CHECK(space.allocate(3) != nullptr);
  require_sound(space);
}
