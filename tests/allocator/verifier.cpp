// The verifier is tested by breaking things: each test plants one corruption and expects it to be named.
#include <cstdlib>
#include <cstring>

#include "helpers.h"

using namespace ouro::test;

namespace {

constexpr unsigned kClass = 63;  // eight blocks a pool
using Look = SpaceInspector<kTinyGeometry>;

/// A heap with something of everything, and with hands on its insides.
struct Heap {
  TinySpace space{{.reservation_bytes = kMiB}};
  std::vector<void*> blocks = take(space, kClass, 5 * 8);  // pools 0..4
  void* run = space.allocate_run(2 * kPoolBytes);          // pools 5 and 6
  void* other = space.allocate(7);                         // pool 7
  void* large_run = space.allocate_run(9 * kPoolBytes);    // arenas 2..4

  Heap() {
    // Pools 0 and 1 wait in usedpools with two free blocks each, 2 and 3 are full, pool 4 is current: a free block of its
    // own, and all given out before.
    for (const std::size_t i : {0U, 1U, 8U, 9U, 32U, 33U}) space.deallocate(blocks[i], kClass);
    require_sound(space);
  }
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

  /// The same for the link of a free block.
  [[gnu::no_sanitize_address]] bool names_link(const char* law, FreeBlock* block, FreeBlock* wrong) {
    FreeBlock* const right = block->next;
    block->next = wrong;
    Report report;
    space.verify(report);
    block->next = right;
    require_sound(space);
    return report.names(law);
  }
};

FreeBlock* inside(FreeBlock* block, std::ptrdiff_t offset) {
  return reinterpret_cast<FreeBlock*>(reinterpret_cast<std::byte*>(block) + offset);
}

}  // namespace

TEST_CASE("A countdown that lost or gained one is named", "[law-countdown]") {
  Heap heap;
  CHECK(heap.names("law-countdown", heap.pool(0).countdown, heap.pool(0).countdown - 1));
  CHECK(heap.names("law-countdown", heap.pool(0).countdown, heap.pool(0).countdown + 1));
  CHECK(heap.names("law-countdown", heap.pool(4).countdown, 0));
  CHECK(heap.names("law-countdown", heap.pool(2).countdown, 2));
  CHECK(heap.names("law-countdown", heap.pool(2).countdown, ~0U));
}

TEST_CASE("A damaged link of a free list is named", "[law-free-list]") {
  Heap heap;
  FreeBlock* const first = heap.pool(0).free;
  CHECK(heap.names("law-free-list", heap.pool(0).free, inside(first, 8)));
  CHECK(heap.names_link("law-free-list", first, inside(first, 24)));
  CHECK(heap.names_link("law-free-list", first, inside(first, 100'000)));
  CHECK(heap.names_link("law-free-list", first, reinterpret_cast<FreeBlock*>(0x10)));
  CHECK(heap.names_link("law-free-list", first, heap.pool(1).free));
}

TEST_CASE("A block that is free twice is named", "[law-free-list]") {
  Heap heap;
  FreeBlock* const first = heap.pool(0).free;
  CHECK(heap.names_link("law-free-list", next_of(first), first));
  // One block in the list requests are served from and in its pool's own.
  CHECK(heap.names("law-free-list", Look::heads(heap.space)[kClass].detached, heap.pool(4).free));
  CHECK(heap.names("law-free-list", heap.pool(7).free, Look::heads(heap.space)[7].detached));
}

TEST_CASE("A list cut short is named", "[law-countdown]") {
  Heap heap;
  CHECK(heap.names_link("law-countdown", heap.pool(0).free, nullptr));
  CHECK(heap.names("law-countdown", heap.pool(4).free, nullptr));
}

TEST_CASE("A double release is named", "[law-free-list]") {
  if (kAddressSanitizer) return;  // it would stop at the second release
  Heap heap;
  PoolHeader& pool = heap.pool(0);
  const PoolHeader saved = pool;
  heap.space.deallocate(heap.blocks[0], kClass);
  Report report;
  heap.space.verify(report);
  CHECK(report.names("law-free-list"));
  pool = saved;
  static_cast<FreeBlock*>(heap.blocks[1])->next = static_cast<FreeBlock*>(heap.blocks[0]);
  static_cast<FreeBlock*>(heap.blocks[0])->next = nullptr;
  require_sound(heap.space);
}

TEST_CASE("A write to a freed object is named", "[law-free-list]") {
  if (kAddressSanitizer) return;  // it would stop at the write
  Heap heap;
  std::uint64_t& word = *static_cast<std::uint64_t*>(heap.blocks[1]);
  CHECK(heap.names("law-free-list", word, word + 1));  // such as a count that is taken too late
}

TEST_CASE("A pool bitmap that disagrees with the pools is named", "[law-arena-bitmap]") {
  Heap heap;
  CHECK(heap.names("law-arena-bitmap", heap.arena(0).freepools, 0b0010));
  CHECK(heap.names("law-arena-bitmap", heap.arena(0).freepools, 0b1'0000));
  CHECK(heap.names("law-arena-bitmap", heap.arena(1).nfreepools, 1));
  CHECK(heap.names("law-arena-bitmap", heap.pool(2).state, PoolState::kEmpty));
}

TEST_CASE("A pool used beyond what the arena calls untouched is named", "[law-arena-untouched][law-arena-dirty]") {
  Heap heap;
  CHECK(heap.names("law-arena-untouched", heap.arena(1).first_untouched, 2));
  CHECK(heap.names("law-arena-untouched", heap.arena(1).first_untouched, 9));
  CHECK(heap.names("law-arena-dirty", heap.arena(0).dirty, 0b0111));
}

TEST_CASE("An arena record of another arena is named", "[law-arena-record]") {
  Heap heap;
  CHECK(heap.names("law-arena-record", heap.arena(1).base, heap.arena(0).base));
  CHECK(heap.names("law-arena-record", heap.arena(1).ntotalpools, 64));
}

TEST_CASE("Arenas in use that are not counted or not mapped are named", "[law-arena-counters][law-arena-map][law-reserve]") {
  Heap heap;
  CHECK(heap.names("law-arena-counters", Look::arenas_in_use(heap.space), 3));
  CHECK(heap.names("law-arena-counters", Look::arenas_empty(heap.space), 1));
  CHECK(heap.names("law-arena-map", heap.arena(1).state, ArenaState::kUnused));
  TinySpace space({.reservation_bytes = kMiB, .reserve_bytes = kTinyGeometry.arena_bytes});
  void* const run = space.allocate_run(2 * kTinyGeometry.arena_bytes);
  auto blocks = take(space, kClass, 2 * 32 + 1);
  give_back(space, kClass, blocks);
  REQUIRE(space.stats().arenas_in_reserve == 1);
  require_sound(space);
  space.deallocate_run(run, 2 * kTinyGeometry.arena_bytes);
}

TEST_CASE("A reserve larger than allowed is named", "[law-reserve]") {
  TinySpace space({.reservation_bytes = kMiB, .reserve_bytes = 2 * kTinyGeometry.arena_bytes});
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
  Heap heap;
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
  Heap heap;
  auto& first = Look::usedpools(heap.space)[kClass];
  REQUIRE(first == 1);
  CHECK(heap.names("law-usedpools", first, kNoPool));
  CHECK(heap.names("law-usedpools", first, 0));
  CHECK(heap.names("law-usedpools", first, 2));
  CHECK(heap.names("law-usedpools", first, 1'000'000));
  CHECK(heap.names("law-usedpools", heap.pool(1).next, kNoPool));
  CHECK(heap.names("law-usedpools", heap.pool(1).next, 1));
  CHECK(heap.names("law-usedpools", heap.pool(0).prev, 3));
  CHECK(heap.names("law-usedpools", Look::usedpools(heap.space)[12], 0));
}

TEST_CASE("A class that serves from a foreign pool is named", "[law-current]") {
  Heap heap;
  auto& head = Look::heads(heap.space)[kClass];
  CHECK(heap.names("law-current", head.current, &heap.pool(7)));
  CHECK(heap.names("law-current", head.current, &heap.pool(2)));
  CHECK(heap.names("law-current", head.current, reinterpret_cast<PoolHeader*>(&head)));
  CHECK(heap.names("law-current", Look::heads(heap.space)[3].detached, static_cast<FreeBlock*>(heap.other)));
}

TEST_CASE("A pool header with impossible numbers is named", "[law-pool-header][law-carved]") {
  Heap heap;
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
  Heap heap;
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
