// Ageing: what nobody uses goes back to the system by and by, without a call to trim.
#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

constexpr unsigned kClass = 63;  // eight blocks a pool
constexpr std::size_t kArena = kDefaultGeometry.arena_bytes;

}  // namespace

TEST_CASE("Pages of pools that were empty from one ageing to the next go back", "[law-trim]") {
  Space space(with_magazines());
  auto blocks = take(space, kClass, 512);  // an arena
  std::vector<void*> half(blocks.begin(), blocks.begin() + 256);
  give_back(space, kClass, half);
  CHECK(space.age() == 0);  // they were in use a moment ago
  CHECK(resident_bytes(space.base(), space.extent()) == kArena);
  CHECK(space.age() == kArena / 2);
  CHECK(resident_bytes(space.base(), space.extent()) == kArena / 2);
  CHECK(space.age() == 0);
  require_sound(space);
}

TEST_CASE("Pools that are used between two ageings keep their pages") {
  Space space(with_magazines());
  auto blocks = take(space, kClass, 512);
  std::vector<void*> some(blocks.begin(), blocks.begin() + 256);
  for (int i = 0; i < 5; ++i) {
    give_back(space, kClass, some);
    CHECK(space.age() == 0);
    some = take(space, kClass, 256);
    CHECK(space.age() == 0);
  }
  CHECK(space.stats().purged_bytes == 0);
}

TEST_CASE("An arena that stays empty from one ageing to the next is given back, reserve or not", "[claim-M17]") {
  Space space({.reservation_bytes = 64 * kMiB, .reserve_bytes = 8 * kMiB});
  auto blocks = take(space, kClass, 8 * 512);
  give_back(space, kClass, blocks);
  space.age();
  CHECK(space.stats().arenas_in_use == 8);
  space.age();
  CHECK(space.stats().arenas_in_use == 0);
  CHECK(space.stats().arenas_returned == 8);
  require_sound(space);
}

TEST_CASE("A heap that swings by less than its reserve asks the system for nothing", "[law-reserve]") {
  Space space({.reservation_bytes = 256 * kMiB});
  const auto base = take(space, kClass, 40 * 512 - 100);
  std::vector<void*> wave;
  std::size_t obtained = 0;
  std::size_t returned = 0;
  for (int round = 0; round < 50; ++round) {
    wave = take(space, kClass, 3 * 512);
    give_back(space, kClass, wave);
    if (round == 1) obtained = space.stats().arenas_obtained, returned = space.stats().arenas_returned;
  }
  CHECK(space.stats().arenas_obtained == obtained);
  CHECK(space.stats().arenas_returned == returned);
}
