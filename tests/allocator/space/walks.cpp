// Walks over pools and blocks, finding a block by an address, and the sums of the statistics.
#include <algorithm>
#include <map>
#include <random>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

/// Some blocks and runs of all sizes with holes between them, by address.
template <Geometry G>
std::map<std::byte*, std::size_t> scatter(BasicSpace<G>& space, std::size_t least) {
  std::mt19937 random(3);
  std::map<std::byte*, std::size_t> live;
  std::vector<std::pair<std::byte*, std::size_t>> dead;
  for (int i = 0; i < 3000; ++i) {
    const bool long_run = i % 300 == 0;
    const std::size_t bytes =
        i % 50 != 0 ? least + random() % (513 - least) : 513 + random() % (long_run ? 400'000 : 20'000);
    auto* const p =
        static_cast<std::byte*>(is_small(bytes) ? space.allocate(size_class_of(bytes)) : space.allocate_run(bytes));
    REQUIRE(p != nullptr);
    if (random() % 3 == 0)
      live[p] = bytes;
    else
      dead.emplace_back(p, bytes);
  }
  for (auto [p, bytes] : dead) is_small(bytes) ? space.deallocate(p, size_class_of(bytes)) : space.deallocate_run(p, bytes);
  return live;
}

std::size_t rounded(std::size_t bytes) {
  return is_small(bytes) ? block_bytes_of(size_class_of(bytes)) : align_up(bytes, kPoolBytes);
}

}  // namespace

TEMPLATE_TEST_CASE("A walk finds exactly the allocated blocks, in address order", "[law-walk]", Space, TinySpace) {
  TestType space(without_reserve());
  auto live = scatter(space, 1);
  std::vector<std::pair<std::byte*, std::size_t>> expected;
  for (auto [p, bytes] : live) expected.emplace_back(p, rounded(bytes));
  std::vector<std::pair<std::byte*, std::size_t>> seen;
  space.for_each_block([&](std::byte* start, std::size_t bytes) { seen.emplace_back(start, bytes); });
  CHECK((seen == expected));
  CHECK(space.stats().allocated_blocks == live.size());
  require_sound(space);
}

TEMPLATE_TEST_CASE("The rows of a space hold all that is allocated, and no pools that were never used", "[law-walk]", Space,
                   TinySpace) {
  TestType space(without_reserve());
  CHECK(space.next_row(0).first == space.next_row(0).last);
  void* const block = space.allocate(size_class_of(32));
  const auto only = space.next_row(0);
  CHECK(only.first == 0);
  CHECK(space.base() + only.last > block);
  CHECK(only.last < space.extent());
  CHECK(space.next_row(only.last).first == space.next_row(only.last).last);
  space.deallocate(block, size_class_of(32));

  const auto live = scatter(space, 1);
  auto row = space.next_row(0);
  for (const auto& [p, bytes] : live) {
    const auto begin = static_cast<std::size_t>(p - space.base());
    while (begin >= row.last) {
      REQUIRE(row.first < row.last);
      row = space.next_row(row.last);
    }
    REQUIRE(row.first <= begin);
    REQUIRE(begin + bytes <= row.last);
  }
}

TEMPLATE_TEST_CASE("A walk may give back what it visits", "[law-walk]", Space, TinySpace) {
  TestType space(without_reserve());
  auto live = scatter(space, 1);
  space.for_each_block([&](std::byte* start, std::size_t) {
    const std::size_t bytes = live.at(start);
    live.erase(start);
    is_small(bytes) ? space.deallocate(start, size_class_of(bytes)) : space.deallocate_run(start, bytes);
  });
  CHECK(live.empty());
  CHECK(space.stats().allocated_blocks == 0);
  require_sound(space);
  space.trim();
  CHECK(space.stats().held_bytes() == 0);
}

TEST_CASE("The pools of a walk come in address order and cover every allocated block", "[law-walk]") {
  Space space(without_reserve());
  const auto live = scatter(space, 1);
  const std::byte* before = nullptr;
  std::size_t covered = 0;
  space.for_each_pool([&](const PoolView& pool) {
    CHECK(pool.start > before);
    CHECK(pool.carved >= 1);
    before = pool.start;
    for (std::uint32_t i = 0; i < pool.carved; ++i) covered += live.count(pool.start + i * pool.block_bytes);
  });
  CHECK(covered == live.size());
}

TEST_CASE("From a granule of 32 bytes the block that begins in it is found", "[law-block-at]") {
  Space space(without_reserve());
  const auto live = scatter(space, 32);
  for (auto [start, bytes] : live) {
    const auto* const granule = reinterpret_cast<const std::byte*>(align_down(address_of(start), 32));
    REQUIRE(space.block_at(granule) == start);
    REQUIRE(space.block_at(start) == start);
    const PoolView pool = space.pool_at(start + bytes - 1);
    REQUIRE(pool.start <= start);
    REQUIRE(pool.block_bytes == rounded(bytes));
  }
}

TEST_CASE("Every block of every class from 32 bytes on is found from its granule", "[law-block-at]") {
  Space space(without_reserve());
  for (unsigned c = size_class_of(32); c < kSizeClasses; ++c)
    for (void* block : take(space, c, capacity_of(c))) {
      auto* const granule = reinterpret_cast<std::byte*>(align_down(address_of(block), 32));
      if (space.block_at(granule) != block) FAIL("class " << c << ", offset " << address_of(block) % kPoolBytes);
    }
}

TEST_CASE("A space tells its own addresses from others", "[law-owner]") {
  Space space(without_reserve());
  Space other(without_reserve());
  void* const block = space.allocate(3);
  int local = 0;
  CHECK(space.contains(block));
  CHECK(space.contains(space.base()));
  CHECK(space.contains(space.base() + space.reserved() - 1));
  CHECK_FALSE(space.contains(space.base() + space.reserved()));
  CHECK_FALSE(space.contains(space.base() - 1));
  CHECK_FALSE(space.contains(&local));
  CHECK_FALSE(space.contains(nullptr));
  CHECK_FALSE(other.contains(block));
  CHECK(space.state_of(&local) == BlockState::kUntouched);
}

TEST_CASE("Statistics add up", "[law-stats]") {
  Space space(without_reserve());
  const auto live = scatter(space, 1);
  const SpaceStats stats = space.stats();
  std::size_t bytes = 0;
  for (auto [start, size] : live) bytes += rounded(size);
  CHECK(stats.allocated_bytes == bytes);
  std::size_t pools = 0;
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    const ClassStats& of_class = stats.classes[c];
    CHECK(of_class.allocated + of_class.free + of_class.untouched == of_class.pools * capacity_of(c));
    pools += of_class.pools;
  }
  CHECK(pools == stats.pools_used + stats.pools_full);
  const std::size_t run_pools = (stats.run_bytes - stats.large_run_bytes) / kPoolBytes;
  CHECK(pools + stats.pools_empty + run_pools == stats.arenas_in_use * 64);
  std::size_t empty = 0;
  for (const ArenaView& arena : arenas_of(space)) empty += arena.nfreepools;
  CHECK(empty == stats.pools_empty);
  CHECK(stats.arenas_obtained - stats.arenas_returned == stats.arenas_in_use);
}
