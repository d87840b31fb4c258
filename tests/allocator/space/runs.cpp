// Runs of pages, for what is longer than a block.
#include <cstring>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {
constexpr std::size_t kArenaBytes = kDefaultGeometry.arena_bytes;
}

TEST_CASE("A run is whole pages, page-aligned, with nothing wasted beyond the last", "[law-run]") {
  Space space(without_reserve());
  for (const std::size_t bytes : {std::size_t{513}, kPoolBytes, kPoolBytes + 1, 5 * kPoolBytes, kArenaBytes}) {
    void* const run = space.allocate_run(bytes);
    REQUIRE(run != nullptr);
    CHECK(address_of(run) % kPoolBytes == 0);
    std::memset(run, 0xAB, bytes);
    const SpaceStats stats = space.stats();
    CHECK(stats.runs == 1);
    CHECK(stats.run_bytes == align_up(bytes, kPoolBytes));
    CHECK(resident_bytes(space.base(), space.extent()) == align_up(bytes, kPoolBytes));
    require_sound(space);
    space.deallocate_run(run, bytes);
    CHECK(space.stats().arenas_in_use == 0);
    require_sound(space);
  }
}

TEST_CASE("A run up to an arena lies inside one arena, between pools", "[law-run]") {
  Space space(without_reserve());
  void* const before = space.allocate(5);
  void* const run = space.allocate_run(10 * kPoolBytes);
  void* const after = space.allocate(6);
  CHECK(page_number(space, before) == 0);
  CHECK(page_number(space, run) == 1);
  CHECK(page_number(space, after) == 11);
  CHECK(space.stats().arenas_in_use == 1);
  space.deallocate_run(run, 10 * kPoolBytes);
  CHECK(page_number(space, space.allocate(7)) == 1);  // its pools serve any class again
  void* const next = space.allocate_run(9 * kPoolBytes);
  CHECK(page_number(space, next) == 2);
  require_sound(space);
}

TEST_CASE("A run finds room for its pages side by side, or takes another arena", "[law-run]") {
  TinySpace space(without_reserve(kMiB));
  auto blocks = take(space, 63, 3 * 8);                                  // pools 0..2; pool 3 is empty
  space.deallocate(blocks[0], 63);                                       // pool 0 has room, so that pool 1 is given up
  for (std::size_t i = 8; i < 16; ++i) space.deallocate(blocks[i], 63);  // pool 1 is empty too, but not beside pool 3
  void* const two = space.allocate_run(2 * kPoolBytes);
  CHECK(page_number(space, two) == 4);
  void* const other_two = space.allocate_run(2 * kPoolBytes);
  CHECK(page_number(space, other_two) == 6);
  void* const one = space.allocate_run(kPoolBytes);
  CHECK(page_number(space, one) == 1);
  require_sound(space);
  space.deallocate_run(two, 2 * kPoolBytes);
  space.deallocate_run(other_two, 2 * kPoolBytes);
  CHECK(space.stats().arenas_in_use == 1);
  require_sound(space);
}

TEST_CASE("A longer run has neighbouring arenas to itself and gives them back at once", "[law-run]") {
  Space space;  // with the reserve, which long runs do not use
  constexpr std::size_t kBytes = 2 * kArenaBytes + 3 * kPoolBytes;
  void* const block = space.allocate(3);
  auto* const run = static_cast<std::byte*>(space.allocate_run(kBytes));
  REQUIRE(run != nullptr);
  CHECK(run == space.base() + kArenaBytes);
  std::memset(run, 0x11, kBytes);
  CHECK(space.stats().arenas_in_use == 1);
  CHECK(space.stats().large_run_bytes == kBytes);
  CHECK(space.stats().held_bytes() == kArenaBytes + kBytes);
  CHECK(space.extent() == 4 * kArenaBytes);
  CHECK(resident_bytes(run, 3 * kArenaBytes) == kBytes);
  require_sound(space);
  SECTION("its every page is known as part of it") {
    for (const std::size_t offset : {std::size_t{0}, kArenaBytes + 1, kBytes - 1}) {
      const PoolView view = space.pool_at(run + offset);
      CHECK(view.start == run);
      CHECK(view.block_bytes == kBytes);
      CHECK(view.carved == 1);
      CHECK(space.state_of(run + offset) == BlockState::kAllocated);
    }
  }
  space.deallocate_run(run, kBytes);
  CHECK(resident_bytes(run, 3 * kArenaBytes) == 0);
  CHECK(space.allocate_run(3 * kArenaBytes) == run);
  require_sound(space);
  space.deallocate(block, 3);
}

TEST_CASE("A run that is too long for the space is refused and changes nothing", "[law-run][law-failure]") {
  TinySpace space(without_reserve(4 * kTinyGeometry.arena_bytes));
  void* const block = space.allocate(9);
  CHECK(space.allocate_run(4 * kTinyGeometry.arena_bytes) == nullptr);
  CHECK(space.allocate_run(~std::size_t{0}) == nullptr);
  CHECK(space.allocate_run(kMiB) == nullptr);
  void* const fits = space.allocate_run(3 * kTinyGeometry.arena_bytes);
  CHECK(fits != nullptr);
  CHECK(space.allocate_run(4 * kPoolBytes) == nullptr);
  CHECK(space.allocate_run(3 * kPoolBytes) != nullptr);
  require_sound(space);
  space.deallocate_run(fits, 3 * kTinyGeometry.arena_bytes);
  space.deallocate(block, 9);
  require_sound(space);
}

TEST_CASE("Neighbouring bits are found wherever they are", "[law-run]") {
  CHECK(find_adjacent(0b0110'1110, 1) == 1);
  CHECK(find_adjacent(0b0110'1110, 3) == 1);
  CHECK(find_adjacent(0b0110'1110, 4) == 64);
  CHECK(find_adjacent(0b0111'1011, 4) == 3);
  CHECK(find_adjacent(~std::uint64_t{0}, 64) == 0);
  CHECK(find_adjacent(~std::uint64_t{0} << 1, 64) == 64);
  CHECK(find_adjacent(std::uint64_t{1} << 63, 1) == 63);
  CHECK(find_adjacent(std::uint64_t{1} << 63, 2) == 64);
  for (unsigned count = 1; count <= 64; ++count)
    for (unsigned first = 0; first + count <= 64; ++first) {
      const std::uint64_t row = (~std::uint64_t{0} >> (64 - count)) << first;
      REQUIRE(find_adjacent(row, count) == first);
      if (count < 64) REQUIRE(find_adjacent(row, count + 1) == 64);
    }
}

TEST_CASE("A slot map hands out the lowest neighbours that are free", "[law-slot-map]") {
  const Reservation memory = Reservation::reserve(SlotMap::bytes_for(200));
  SlotMap map;
  map.place(memory.base(), 200);
  for (std::uint32_t i = 0; i < 130; ++i) CHECK(map.take() == i);
  for (const std::uint32_t i : {5U, 62U, 63U, 64U, 65U, 127U}) map.give_back(i);
  CHECK(map.take(3) == 62);
  CHECK(map.take() == 5);
  CHECK(map.take(2) == 130);
  CHECK(map.take() == 65);
  CHECK(map.take(68) == 132);
  CHECK(map.take(2) == SlotMap::kNone);
  CHECK(map.take() == 127);
  CHECK(map.take() == SlotMap::kNone);
  CHECK(map.high_water() == 200);
}
