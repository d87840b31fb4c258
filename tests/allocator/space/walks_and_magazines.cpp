// Walks and boards while blocks wait in magazines: those are free, wherever one looks.
#include <ouro/allocator/watch/arena_board.h>

#include <algorithm>
#include <set>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

/// The starts of all blocks that a walk visits.
template <Geometry G>
std::set<void*> visited(const BasicSpace<G>& space) {
  std::set<void*> starts;
  space.for_each_block([&](std::byte* start, std::size_t) { CHECK(starts.insert(start).second); });
  return starts;
}

/// Takes `count` blocks of the class and gives back every third; returns those that are left.
template <Geometry G>
std::set<void*> some_blocks(BasicSpace<G>& space, unsigned size_class, std::size_t count) {
  std::set<void*> left;
  const std::vector<void*> blocks = take(space, size_class, count);
  for (std::size_t i = 0; i < count; ++i)
    i % 3 == 0 ? space.deallocate(blocks[i], size_class) : void(left.insert(blocks[i]));
  return left;
}

}  // namespace

TEMPLATE_TEST_CASE("A walk passes over blocks that wait in a magazine", "[law-walk][law-magazine]", Space, TinySpace) {
  TestType space(with_magazines());
  const unsigned size_class = size_class_of(48);
  std::set<void*> left = some_blocks(space, size_class, 500);
  REQUIRE(space.stats().classes[size_class].cached > 0);
  CHECK(visited(space) == left);
  CHECK(space.stats().allocated_blocks == left.size());

  space.flush_magazines();
  REQUIRE(space.stats().classes[size_class].cached == 0);
  CHECK(visited(space) == left);

  // A block comes back out of the magazine, and is one that a walk visits again.
  void* const first = *left.begin();
  space.deallocate(first, size_class);
  CHECK(visited(space).count(first) == 0);
  CHECK(space.allocate(size_class) == first);
  CHECK(visited(space) == left);
}

TEST_CASE("The walk over pools counts waiting blocks as carved, the one over arenas as free", "[law-walk][law-magazine]") {
  Space space(with_magazines());
  const unsigned size_class = size_class_of(64);
  const std::set<void*> left = some_blocks(space, size_class, 200);
  REQUIRE(space.stats().classes[size_class].cached > 0);
  std::size_t carved = 0;
  space.for_each_pool([&](const PoolView& pool) { carved += pool.carved; });
  std::size_t allocated = 0, free = 0;
  for (const ArenaView& arena : arenas_of(space))
    for (const PoolCell& pool : arena.pools) allocated += pool.allocated, free += pool.free;
  CHECK(allocated == left.size());
  CHECK(allocated + free == carved);
  CHECK(free == space.stats().classes[size_class].free);
}

TEST_CASE("A walk may give back the block it visits", "[law-walk][law-magazine]") {
  Space space(with_magazines());
  const unsigned size_class = size_class_of(128);
  some_blocks(space, size_class, 1000);
  space.for_each_block([&](std::byte* start, std::size_t) { space.deallocate(start, size_class); });
  CHECK(visited(space).empty());
  CHECK(space.stats().allocated_blocks == 0);
  space.trim();
  CHECK(space.stats().arenas_in_use == 0);
  require_sound(space);
}

TEST_CASE("The board shows every pool of an arena by a letter") {
  TinySpace space({.reservation_bytes = kMiB, .reserve_bytes = 0});
  CHECK_FALSE(most_telling_arena(space).has_value());
  constexpr std::size_t kPool = TinySpace::kGeometry.pool_bytes;
  const unsigned size_class = size_class_of(512);
  std::vector<void*> full = take(space, size_class, kPool / 512);
  const std::vector<void*> used = take(space, size_class_of(256), 1);
  const auto board = [&](unsigned columns) { return arena_board(arenas_of(space).front(), columns); };
  CHECK(board(4) == std::vector<std::string>{"#+  "});
  CHECK(board(3) == std::vector<std::string>{"#+ ", " "});
  void* const run = space.allocate_run(2 * kPool);
  CHECK(board(2) == std::vector<std::string>{"#+", "Rr"});
  space.deallocate_run(run, 2 * kPool);
  CHECK(board(4) == std::vector<std::string>{"#+.."});
  give_back(space, size_class, full);
  space.trim();
  CHECK(board(4) == std::vector<std::string>{".+.."});
}

TEST_CASE("The arena with the most to see is one that is neither full nor empty") {
  Space space({.reservation_bytes = 64 * kMiB, .reserve_bytes = 0});
  const unsigned size_class = size_class_of(512);
  const std::size_t arena_blocks = 64 * capacity_of(size_class);
  std::vector<void*> blocks = take(space, size_class, arena_blocks + arena_blocks / 4);
  const std::vector<ArenaView> arenas = arenas_of(space);
  REQUIRE(arenas.size() == 2);
  CHECK(arenas[0].nfreepools == 0);
  REQUIRE(most_telling_arena(space).has_value());
  CHECK(most_telling_arena(space)->base == arenas[1].base);
  CHECK(arena_board(arenas[0]) == std::vector<std::string>(8, "########"));
}
