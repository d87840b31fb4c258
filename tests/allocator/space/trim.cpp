// Trimming gives back what is empty, and only that.
#include <algorithm>
#include <cstring>
#include <random>

#include <allocator/helpers.h>

using namespace ouro::test;

TEST_CASE("Trim gives back the pages of empty pools and leaves the others", "[law-trim]") {
  Space space(without_reserve());
  auto blocks = take(space, 63, 64 * 8);  // an arena, wholly allocated
  for (std::size_t pool = 0; pool < 64; ++pool)
    if (pool % 4 != 0)
      for (std::size_t i = 0; i < 8; ++i) space.deallocate(blocks[pool * 8 + i], 63);
  std::memset(blocks[0], 0x5A, 512);
  CHECK(resident_bytes(space.base(), space.extent()) == 64 * kPoolBytes);
  CHECK(space.trim() == 48 * kPoolBytes);
  CHECK(resident_bytes(space.base(), space.extent()) == 16 * kPoolBytes);
  CHECK(static_cast<unsigned char*>(blocks[0])[511] == 0x5A);
  require_sound(space);
  CHECK(space.trim() == 0);  // nothing is purged twice
  CHECK(page_number(space, space.allocate(7)) == 1);
  require_sound(space);
}

TEST_CASE("Trim gives up an idle pool and keeps one that somebody uses", "[law-last-used][law-trim]") {
  Space space(without_reserve());
  void* const idle = space.allocate(12);
  void* const busy = space.allocate(13);
  space.deallocate(idle, 12);
  space.trim();
  CHECK(space.pool_at(idle).state == PoolState::kEmpty);
  CHECK(space.pool_at(busy).state == PoolState::kUsed);
  CHECK(space.allocate(13) == static_cast<std::byte*>(busy) + block_bytes_of(13));
  space.deallocate(busy, 13);
  require_sound(space);
}

TEST_CASE("After everything is freed and trimmed a space holds no memory", "[claim-M17][law-trim]") {
  Space space;
  std::mt19937 random(1);
  std::vector<std::pair<void*, unsigned>> blocks;
  for (int i = 0; i < 100'000; ++i) {
    const auto c = static_cast<unsigned>(random() % kSizeClasses);
    blocks.emplace_back(touched(space.allocate(c)), c);
  }
  for (auto [block, c] : blocks) space.deallocate(block, c);
  space.trim();
  CHECK(space.stats().held_bytes() == 0);
  CHECK(resident_bytes(space.base(), space.extent()) == 0);
  const auto& headers = SpaceInspector<kDefaultGeometry>::headers(space);
  CHECK(headers.resident() <= kPoolBytes);
  require_sound(space);
}

TEST_CASE("After a rise, an ebb and churn, trim leaves little more than what lives", "[law-trim]") {
  Space space;
  std::mt19937 random(11);
  std::vector<std::pair<void*, unsigned>> blocks;
  const auto some_class = [&] { return static_cast<unsigned>(random() % kSizeClasses); };
  for (int i = 0; i < 200'000; ++i) {
    const unsigned c = some_class();
    blocks.emplace_back(touched(space.allocate(c)), c);
  }
  std::shuffle(blocks.begin(), blocks.end(), random);
  while (blocks.size() > 20'000) {
    space.deallocate(blocks.back().first, blocks.back().second);
    blocks.pop_back();
  }
  for (int i = 0; i < 800'000; ++i) {
    auto& [block, c] = blocks[random() % blocks.size()];
    space.deallocate(block, c);
    block = touched(space.allocate(c = some_class()));
  }
  const std::size_t live = space.stats().allocated_bytes;
  const std::size_t before = resident_bytes(space.base(), space.extent());
  space.trim();
  const std::size_t after = resident_bytes(space.base(), space.extent());
  CHECK(before > 3 * live);
  CHECK(static_cast<double>(after) < 1.4 * static_cast<double>(live));
  require_sound(space);
}
