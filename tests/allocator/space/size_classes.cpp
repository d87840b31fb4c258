// Size classes, and the geometry of pools and arenas.
#include <allocator/helpers.h>

using namespace ouro::test;

TEST_CASE("Block sizes go from 8 to 512 bytes in steps of 8", "[claim-M6][law-size-class]") {
  REQUIRE(kSizeClasses == 64);
  for (unsigned c = 0; c < kSizeClasses; ++c) REQUIRE(block_bytes_of(c) == 8 * (c + 1));
  CHECK(block_bytes_of(0) == 8);
  CHECK(block_bytes_of(4) == 40);
  CHECK(block_bytes_of(63) == 512);
}

TEST_CASE("A request takes the smallest block that holds it", "[claim-M6][claim-M7][law-size-class]") {
  for (std::size_t bytes = 1; bytes <= kSmallMax; ++bytes) {
    const unsigned c = size_class_of(bytes);
    REQUIRE(block_bytes_of(c) >= bytes);
    REQUIRE((c == 0 || block_bytes_of(c - 1) < bytes));
  }
  CHECK(size_class_of(0) == 0);
}

TEST_CASE("A request of 41 bytes takes one block of 48", "[claim-M7]") {
  Allocator memory;
  void* const object = memory.allocate_atom(41);
  REQUIRE(object != nullptr);
  const ClassStats stats = memory.stats().atoms.classes[size_class_of(41)];
  CHECK(stats.block_bytes == 48);
  CHECK(stats.allocated == 1);
  CHECK(memory.stats().objects_domain.live_blocks == 1);
  CHECK(memory.stats().objects_domain.live_bytes == 48);
  memory.free_atom(object, 41);
}

TEST_CASE("The reciprocal of a class divides every offset of a pool as division does", "[law-reciprocal]") {
  for (unsigned c = 0; c < kSizeClasses; ++c)
    for (std::uint64_t n = 0; n <= kPoolBytes + kSmallMax; ++n)
      if (n * reciprocal_of(block_bytes_of(c)) >> 32 != n / block_bytes_of(c)) FAIL("class " << c << ", offset " << n);
}

TEST_CASE("An arena is 256 KiB: 64 pools of one page of virtual memory", "[claim-M5]") {
  CHECK(kDefaultGeometry.arena_bytes == 256 * 1024);
  CHECK(kDefaultGeometry.pool_bytes == 4096);
  CHECK(kDefaultGeometry.pools_per_arena() == 64);
  CHECK(kDefaultGeometry.pool_bytes % page_bytes() == 0);
}

TEST_CASE("A geometry that breaks its law is not sound", "[law-geometry]") {
  CHECK(Geometry{}.is_sound());
  CHECK_FALSE(Geometry{.pool_bytes = 3000}.is_sound());
  CHECK_FALSE(Geometry{.arena_bytes = 128 * 4096}.is_sound());
  CHECK_FALSE(Geometry{.small_max = 1024}.is_sound());
  CHECK_FALSE(Geometry{.quantum = 4, .min_block = 4}.is_sound());
}
