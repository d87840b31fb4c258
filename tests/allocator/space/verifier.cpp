// The verifier is tested by breaking things: each test plants one corruption and expects it to be named.
#include <cstdlib>
#include <cstring>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

constexpr unsigned kClass = 63;  // eight blocks a pool
using Look = SpaceInspector<kTinyGeometry>;

/// A heap with something of everything, and access to its private parts.
struct PlantedHeap {
  TinySpace space{{.reservation_bytes = kMiB}};
  std::vector<void*> blocks = take(space, kClass, 5 * 8);  // pools 0..4
  void* run = space.allocate_run(2 * kPoolBytes);          // pools 5 and 6
  void* other = space.allocate(7);                         // pool 7
  void* large_run = space.allocate_run(9 * kPoolBytes);    // arenas 2..4

  PlantedHeap() {
    // Pools 0, 1 and 4 have room, two free blocks each; 2 and 3 are full. Of class 7 some blocks wait in a magazine.
    for (const std::size_t i : {32U, 33U, 0U, 1U, 8U, 9U}) space.deallocate(blocks[i], kClass);
    space.flush_magazines();
    std::vector<void*> waiting = take(space, 7, 7);
    waiting.resize(4);
    give_back(space, 7, waiting);
    require_sound(space);
  }
  Magazine& magazine(unsigned size_class) { return Look::magazines(space)[size_class]; }
  PoolHeader& pool(std::size_t index) { return Look::headers(space)[index]; }
  Arena& arena(std::size_t index) { return Look::arenas(space)[index]; }

  /// True if the verifier names the law; the planted damage is then repaired.
  template <class T>
  bool names(const char* law, T& place, std::type_identity_t<T> wrong) {
    const T right = place;
    place = wrong;
    Report report;
    space.verify(report);
    place = right;
    require_sound(space);
    for (const Finding& finding : report) {
      UNSCOPED_INFO(finding.law << ": " << finding.detail.data());
      REQUIRE(finding.address != nullptr);
      REQUIRE(std::strlen(finding.detail.data()) > 0);
    }
    return report.names(law);
  }
};

}  // namespace

TEST_CASE("A count of blocks that lost or gained one is named", "[law-taken]") {
  PlantedHeap heap;
  CHECK(heap.names("law-taken", heap.pool(0).taken, heap.pool(0).taken - 1));
  CHECK(heap.names("law-taken", heap.pool(0).taken, heap.pool(0).taken + 1));
  CHECK(heap.names("law-taken", heap.pool(2).taken, 7));
  CHECK(heap.names("law-taken", heap.pool(2).taken, 0));
}

TEST_CASE("A bitmap of blocks that lost, gained or moved a bit is named", "[law-taken][law-free-block]") {
  PlantedHeap heap;
  CHECK(heap.names("law-taken", heap.pool(0).freeblocks, 0b01));
  CHECK(heap.names("law-taken", heap.pool(0).freeblocks, 0b111));
  CHECK(heap.names("law-free-block", heap.pool(0).freeblocks, std::uint64_t{0b01} << 40 | 0b01));
}

TEST_CASE("A block that is free twice is named", "[law-free-block]") {
  PlantedHeap heap;
  Magazine& magazine = heap.magazine(7);
  void** const first = magazine.limit - magazine.capacity;  // of what was returned
  REQUIRE(magazine.returned_blocks().size() >= 2);
  CHECK(heap.names("law-free-block", first[0], first[1]));  // twice in a magazine
  PoolHeader& pool = Look::header_of(heap.space, first[0]);
  const std::size_t bit = address_of(first[0]) % kPoolBytes / block_bytes_of(7);
  CHECK(heap.names("law-free-block", pool.freeblocks, pool.freeblocks | std::uint64_t{1} << bit));  // there, and in its pool
}

TEST_CASE("A magazine that holds what it should not is named", "[law-magazine]") {
  PlantedHeap heap;
  Magazine& magazine = heap.magazine(7);
  void** const first = magazine.limit - magazine.capacity;
  for (void* const wrong : {heap.blocks[16], heap.run, static_cast<void*>(static_cast<std::byte*>(first[0]) + 8),
                            static_cast<void*>(&magazine), static_cast<void*>(nullptr)})
    CHECK(heap.names("law-magazine", first[0], wrong));
  CHECK(heap.names("law-magazine", magazine.returned, magazine.limit + 1));
  CHECK(heap.names("law-magazine", magazine.ready, magazine.bottom - 1));
  CHECK(heap.names("law-magazine", magazine.limit, magazine.limit + 1));
  CHECK(heap.names("law-magazine", magazine.capacity, kMagazineBlocks + 1));
}

TEST_CASE("A double release is named", "[law-free-block]") {
  if (kAddressSanitizer || kChecks >= CheckLevel::kInternal) return;  // they stop at the second release
  PlantedHeap heap;
  heap.space.deallocate(heap.blocks[20], kClass);
  heap.space.deallocate(heap.blocks[20], kClass);
  Report report;
  heap.space.verify(report);
  CHECK(report.names("law-free-block"));
}

TEST_CASE("A pool bitmap that disagrees with the pools is named", "[law-arena-bitmap]") {
  PlantedHeap heap;
  CHECK(heap.names("law-arena-bitmap", heap.arena(0).freepools, 0b0010));
  CHECK(heap.names("law-arena-bitmap", heap.arena(0).freepools, 0b1'0000));
  CHECK(heap.names("law-arena-bitmap", heap.arena(1).nfreepools, 1));
  CHECK(heap.names("law-arena-bitmap", heap.pool(2).state, PoolState::kEmpty));
}

TEST_CASE("A pool used beyond what the arena calls untouched is named", "[law-arena-untouched][law-arena-dirty]") {
  PlantedHeap heap;
  CHECK(heap.names("law-arena-untouched", heap.arena(1).first_untouched, 2));
  CHECK(heap.names("law-arena-untouched", heap.arena(1).first_untouched, 9));
  CHECK(heap.names("law-arena-dirty", heap.arena(0).dirty, 0b0111));
}

TEST_CASE("An arena record of another arena is named", "[law-arena-record]") {
  PlantedHeap heap;
  CHECK(heap.names("law-arena-record", heap.arena(1).base, heap.arena(0).base));
  CHECK(heap.names("law-arena-record", heap.arena(1).ntotalpools, 64));
}

TEST_CASE("Arenas in use that are not counted or not mapped are named", "[law-arena-counters][law-slot-map][law-reserve]") {
  PlantedHeap heap;
  CHECK(heap.names("law-arena-counters", Look::arenas_in_use(heap.space), 3));
  CHECK(heap.names("law-arena-counters", Look::arenas_empty(heap.space), 1));
  CHECK(heap.names("law-slot-map", heap.arena(1).state, ArenaState::kUnused));
  TinySpace space({.reservation_bytes = kMiB, .reserve_bytes = kTinyGeometry.arena_bytes, .magazine_blocks = 0});
  void* const run = space.allocate_run(2 * kTinyGeometry.arena_bytes);
  auto blocks = take(space, kClass, 2 * 32 + 1);
  give_back(space, kClass, blocks);
  REQUIRE(space.stats().arenas_in_reserve == 1);
  require_sound(space);
  space.deallocate_run(run, 2 * kTinyGeometry.arena_bytes);
}

TEST_CASE("A reserve larger than allowed is named", "[law-reserve]") {
  TinySpace space({.reservation_bytes = kMiB, .reserve_bytes = 2 * kTinyGeometry.arena_bytes, .magazine_blocks = 0});
  auto blocks = take(space, kClass, 3 * 32 + 1);
  give_back(space, kClass, blocks);
  REQUIRE(space.stats().arenas_in_reserve == 2);
  auto& options = Look::options(space);
  options.reserve_bytes = kTinyGeometry.arena_bytes;
  Report report;
  space.verify(report);
  CHECK(report.names("law-reserve"));
  CHECK(report.total() == 1);
}

TEST_CASE("A usable arena in the wrong bucket, or in none, is named", "[law-usable]") {
  PlantedHeap heap;
  take(heap.space, kClass, 7);  // uses up the six free blocks and opens the first pool of another arena
  require_sound(heap.space);
  auto& heads = Look::usable_heads(heap.space);
  const std::uint32_t usable = heads[3];
  REQUIRE(usable != kNoArena);
  CHECK(heap.names("law-usable", heads[3], kNoArena));
  CHECK(heap.names("law-usable", heads[2], usable));
  CHECK(heap.names("law-usable", heads[3], 0));
  CHECK(heap.names("law-usable", heads[3], 70'000));
  CHECK(heap.names("law-usable", heap.arena(usable).prev, 1));
  CHECK(heap.names("law-usable", heap.arena(usable).next, usable));
  CHECK(heap.names("law-usable", Look::usable_nonempty(heap.space), 0));
  CHECK(heap.names("law-usable", Look::usable_nonempty(heap.space), 0b1100));
}

TEST_CASE("A used pool that is lost or linked wrongly is named", "[law-usedpools]") {
  PlantedHeap heap;
  auto& first = Look::usedpools(heap.space)[kClass];
  REQUIRE(first == 4);
  CHECK(heap.names("law-usedpools", first, kNoPool));
  CHECK(heap.names("law-usedpools", first, 0));
  CHECK(heap.names("law-usedpools", first, 2));
  CHECK(heap.names("law-usedpools", first, 1'000'000));
  CHECK(heap.names("law-usedpools", heap.pool(1).next, kNoPool));
  CHECK(heap.names("law-usedpools", heap.pool(1).next, 1));
  CHECK(heap.names("law-usedpools", heap.pool(0).prev, 3));
  CHECK(heap.names("law-usedpools", Look::usedpools(heap.space)[12], 0));
}

TEST_CASE("An idle pool that is not the only one of its class is named", "[law-last-used]") {
  PlantedHeap heap;
  PoolHeader& pool = heap.pool(0);
  const PoolHeader saved = pool;
  pool.taken = 0;
  pool.freeblocks = 0xFF;
  Report report;
  heap.space.verify(report);
  CHECK(report.names("law-last-used"));
  pool = saved;
}

TEST_CASE("A pool header with impossible numbers is named", "[law-pool-header][law-carved]") {
  PlantedHeap heap;
  CHECK(heap.names("law-pool-header", heap.pool(0).size_class, 64));
  CHECK(heap.names("law-pool-header", heap.pool(0).size_class, 62));
  CHECK(heap.names("law-pool-header", heap.pool(0).block_bytes, 504));
  CHECK(heap.names("law-pool-header", heap.pool(0).capacity, 9));
  CHECK(heap.names("law-pool-header", heap.pool(0).reciprocal, 1));
  CHECK(heap.names("law-pool-header", heap.pool(0).state, static_cast<PoolState>(17)));
  CHECK(heap.names("law-carved", heap.pool(0).carved, 9));
  CHECK(heap.names("law-carved", heap.pool(0).carved, 0));
}

TEST_CASE("A run whose pages do not belong together is named", "[law-run]") {
  PlantedHeap heap;
  CHECK(heap.names("law-run", heap.pool(5).run_pools, 4));
  CHECK(heap.names("law-run", heap.pool(5).run_pools, 1));
  CHECK(heap.names("law-run", heap.pool(5).run_head, 4));
  CHECK(heap.names("law-run", heap.pool(6).run_head, 4));
  CHECK(heap.names("law-run", heap.pool(6).state, PoolState::kRun));
  CHECK(heap.names("law-run", heap.pool(8).run_pools, 40));
  CHECK(heap.names("law-run", heap.pool(8).state, PoolState::kEmpty));
  CHECK(heap.names("law-run", heap.arena(3).run_head, 3));
}

TEST_CASE("Bytes that are held but not charged are named", "[law-budget]") {
  Allocator memory({.space = without_reserve()});
  REQUIRE(memory.budget().charge(8));
  Report report;
  memory.verify(report);
  CHECK(report.names("law-budget"));
  memory.budget().discharge(8);
  require_sound(memory);
}

TEST_CASE("A report keeps the first findings, counts the rest and prints a line for each", "[law-report]") {
  Report report;
  CHECK(report.clean());
  for (int i = 0; i < 50; ++i) report.add("law-example", &report, "finding %d", i);
  CHECK(report.total() == 50);
  CHECK(report.end() - report.begin() == 32);
  CHECK(std::string(report.begin()[31].detail.data()) == "finding 31");
  CHECK(report.names("law-example"));
  CHECK_FALSE(report.names("law-other"));
  char* text = nullptr;
  std::size_t length = 0;
  std::FILE* const file = open_memstream(&text, &length);
  report.print(file);
  std::fclose(file);
  const std::string printed(text, length);
  std::free(text);
  CHECK(printed.find("[law-example] ") == 0);
  CHECK(printed.find("finding 31\n... and 18 more\n") != std::string::npos);
}
