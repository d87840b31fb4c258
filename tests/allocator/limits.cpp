// The memory limit, and allocations that are made to fail.
#include <cstring>

#include "helpers.h"

using namespace ouro::test;

namespace {
constexpr std::size_t kArenaBytes = kDefaultGeometry.arena_bytes;
}

TEST_CASE("A budget counts arenas, long runs and raw bytes, and forgets them when they are given back", "[law-budget]") {
  Allocator memory({.space = without_reserve()});
  CHECK(memory.budget().used() == 0);
  void* const atom = memory.allocate_atom(16);
  CHECK(memory.budget().used() == kArenaBytes);
  void* const buffer = memory.allocate_buffer(10'000);
  CHECK(memory.budget().used() == kArenaBytes + 10'000);
  void* const container = memory.allocate_container(2 * kArenaBytes);
  CHECK(memory.budget().used() == 3 * kArenaBytes + 10'000);
  require_sound(memory);
  memory.free_container(container, 2 * kArenaBytes);
  memory.free_buffer(buffer, 10'000);
  memory.free_atom(atom, 16);
  memory.trim();
  CHECK(memory.budget().used() == 0);
  CHECK(memory.budget().peak() == 3 * kArenaBytes + 10'000);
  require_sound(memory);
}

TEST_CASE("A request beyond the memory limit is answered with null, and the allocator goes on",
          "[law-budget][law-failure]") {
  Allocator memory({.memory_limit = 2 * kArenaBytes, .space = without_reserve()});
  std::vector<void*> atoms;
  while (void* const atom = memory.allocate_atom(512)) atoms.push_back(atom);
  CHECK(atoms.size() == 2 * 64 * 8);
  CHECK(memory.budget().refused() == 1);
  CHECK(memory.allocate_container(40) == nullptr);
  CHECK(memory.allocate_container(100'000) == nullptr);
  CHECK(memory.allocate_container(1'000'000) == nullptr);
  CHECK(memory.allocate_buffer(8) == nullptr);
  CHECK(memory.allocate_buffer(1000) == nullptr);
  require_sound(memory);
  memory.free_atom(atoms.back(), 512);
  atoms.back() = memory.allocate_atom(512);  // within what it holds
  CHECK(atoms.back() != nullptr);
  for (void* atom : atoms) memory.free_atom(atom, 512);
  void* const buffer = memory.allocate_buffer(1000);  // an arena was given back
  CHECK(buffer != nullptr);
  memory.free_buffer(buffer, 1000);
  require_sound(memory);
}

TEST_CASE("One area's reserve does not make another's request fail", "[law-budget][law-reserve]") {
  Allocator memory({.memory_limit = 4 * kArenaBytes, .space = {.reservation_bytes = 64 * kMiB}});
  std::vector<void*> atoms;
  for (int i = 0; i < 4 * 64 * 8; ++i) atoms.push_back(memory.allocate_atom(512));
  for (void* atom : atoms) memory.free_atom(atom, 512);
  CHECK(memory.budget().used() == 4 * kArenaBytes);
  CHECK(memory.stats().atoms.arenas_in_reserve == 3);
  void* const buffer = memory.allocate_buffer(3 * kArenaBytes);
  CHECK(buffer != nullptr);
  CHECK(memory.stats().atoms.arenas_in_reserve == 0);
  CHECK(memory.budget().refused() == 0);
  memory.free_buffer(buffer, 3 * kArenaBytes);
  require_sound(memory);
}

TEST_CASE("A limit can be set and lifted while memory is in use", "[law-budget]") {
  Allocator memory({.space = without_reserve()});
  void* const first = memory.allocate_buffer(5000);
  memory.budget().set_limit(1000);
  CHECK(memory.allocate_buffer(600) == nullptr);
  CHECK(memory.reallocate_buffer(first, 5000, 5001) == nullptr);
  memory.budget().set_limit(0);
  void* const second = memory.allocate_buffer(600);
  CHECK(second != nullptr);
  memory.free_buffer(second, 600);
  memory.free_buffer(first, 5000);
}

TEST_CASE("A space gives its charges back when it is destroyed", "[law-budget]") {
  Budget budget;
  {
    Space space(without_reserve(), &budget);
    CHECK(space.allocate(3) != nullptr);
    CHECK(space.allocate_run(1'000'000) != nullptr);
    CHECK(budget.used() == kArenaBytes + align_up(1'000'000, kPoolBytes));
  }
  CHECK(budget.used() == 0);
}

TEST_CASE("Blocks that wait in magazines are given up before a request fails", "[law-failure]") {
  Allocator memory({.memory_limit = 3 * kArenaBytes, .space = with_magazines()});
  std::vector<void*> atoms;
  for (int i = 0; i < 2 * 64 * 8; ++i) atoms.push_back(memory.allocate_atom(512));
  for (void* const atom : atoms) memory.free_atom(atom, 512);
  CHECK(memory.stats().atoms.cached_bytes > 0);  // and they hold an arena at least
  void* const buffer = memory.allocate_buffer(3 * kArenaBytes);
  CHECK(buffer != nullptr);
  CHECK(memory.stats().atoms.cached_bytes == 0);
  memory.free_buffer(buffer, 3 * kArenaBytes);
  require_sound(memory);
}

TEST_CASE("A fault plan makes the n-th allocation fail, once", "[law-fault-plan]") {
  Allocator memory({.space = without_reserve()});
  FaultPlan& plan = memory.faults();
  CHECK(memory.allocate_atom(8) != nullptr);
  plan.fail_at(3);
  CHECK(plan.armed());
  CHECK(memory.allocate_atom(8) != nullptr);
  CHECK(memory.allocate_buffer(8) != nullptr);
  CHECK(memory.allocate_atom(8) == nullptr);
  CHECK_FALSE(plan.armed());
  CHECK(memory.allocate_atom(8) != nullptr);
  CHECK(plan.attempts() == 4);
  CHECK(plan.failures() == 1);
}

TEST_CASE("A fault plan makes every allocation from the n-th on fail, or a row of them", "[law-fault-plan]") {
  Allocator memory({.space = without_reserve()});
  FaultPlan& plan = memory.faults();
  plan.fail_from(2);
  CHECK(memory.allocate_atom(8) != nullptr);
  for (int i = 0; i < 5; ++i) CHECK(memory.allocate_atom(8) == nullptr);
  plan.clear();
  CHECK(memory.allocate_atom(8) != nullptr);
  CHECK(plan.failures() == 5);
  CHECK(plan.attempts() == 6);  // those after clear() are not counted
  plan.fail_row(2, 2);
  CHECK(memory.allocate_atom(8) != nullptr);
  CHECK(memory.allocate_atom(8) == nullptr);
  CHECK(memory.allocate_atom(8) == nullptr);
  CHECK(memory.allocate_atom(8) != nullptr);
  plan.clear();
}

TEST_CASE("Every road of allocation consults the fault plan", "[law-fault-plan][law-failure]") {
  Allocator memory({.space = without_reserve()});
  void* const small = memory.allocate_buffer(100);
  void* const large = memory.allocate_buffer(1000);
  std::memset(small, 0x77, 100);
  memory.faults().fail_from(1);
  CHECK(memory.allocate_container(16) == nullptr);
  CHECK(memory.allocate_container(5000) == nullptr);
  CHECK(memory.allocate_container(5'000'000) == nullptr);
  CHECK(memory.allocate_atom(16) == nullptr);
  CHECK(memory.allocate_atom(5000) == nullptr);
  CHECK(memory.allocate_buffer(16) == nullptr);
  CHECK(memory.allocate_buffer(5000) == nullptr);
  CHECK(memory.reallocate_buffer(nullptr, 0, 16) == nullptr);
  CHECK(memory.reallocate_buffer(small, 100, 200) == nullptr);
  CHECK(memory.reallocate_buffer(small, 100, 2000) == nullptr);
  CHECK(memory.reallocate_buffer(large, 1000, 2000) == nullptr);
  CHECK(memory.reallocate_buffer(large, 1000, 10) == nullptr);
  CHECK(memory.faults().failures() == 12);
  CHECK(memory.reallocate_buffer(small, 100, 104) == small);  // asks for nothing, so cannot fail
  memory.faults().clear();
  CHECK(static_cast<unsigned char*>(small)[99] == 0x77);
  require_sound(memory);
  memory.free_buffer(small, 104);
  memory.free_buffer(large, 1000);
}
