// The checks of the allocator's calls, tested by breaking their laws: a mistaken release stops where it is made.
#include <support/broken_law.h>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

constexpr bool kChecked = kChecks >= CheckLevel::kInternal;

}  // namespace

TEST_CASE("Asking for a size class that does not exist breaks a law", "[law-size-class]") {
  if (!kChecked) return;
  Space space(without_reserve());
  CHECK_THAT(broken_law_of([&] { static_cast<void>(space.allocate(kSizeClasses)); }), ContainsSubstring("[law-size-class]"));
}

TEST_CASE("Giving back what another space served breaks a law", "[law-owner]") {
  if (!kChecked) return;
  Space space(without_reserve());
  Space other(without_reserve());
  void* const block = other.allocate(3);
  void* const run = other.allocate_run(10'000);
  CHECK_THAT(broken_law_of([&] { space.deallocate(block, 3); }), ContainsSubstring("[law-owner]"));
  CHECK_THAT(broken_law_of([&] { space.deallocate_run(run, 10'000); }), ContainsSubstring("[law-owner]"));
}

TEST_CASE("A release that tells another size than the request breaks a law", "[law-sized-free]") {
  if (!kChecked) return;
  Space space(without_reserve());
  void* const block = space.allocate(3);
  void* const run = space.allocate_run(10'000);
  CHECK_THAT(broken_law_of([&] { space.deallocate(block, 4); }), ContainsSubstring("[law-sized-free]"));
  CHECK_THAT(broken_law_of([&] { space.deallocate_run(run, 20'000); }), ContainsSubstring("[law-sized-free]"));
}

TEST_CASE("Giving a block back twice breaks a law", "[law-free-block]") {
  if (!kChecked) return;
  for (const SpaceOptions& options : {without_reserve(), with_magazines()}) {
    Space space(options);
    void* const block = space.allocate(3);
    space.deallocate(block, 3);
    CHECK_THAT(broken_law_of([&] { space.deallocate(block, 3); }), ContainsSubstring("[law-free-block]"));
  }
}

TEST_CASE("Giving back a block as a run breaks a law", "[law-run]") {
  if (!kChecked) return;
  Space space(without_reserve());
  void* const block = space.allocate(3);
  CHECK_THAT(broken_law_of([&] { space.deallocate_run(block, 32); }), ContainsSubstring("[law-run]"));
}

TEST_CASE("Giving back an arena that is not taken breaks a law", "[law-slot-map]") {
  if (!kChecked) return;
  const Reservation memory = Reservation::reserve(SlotMap::bytes_for(200));
  SlotMap map;
  map.place(memory.base(), 200);
  static_cast<void>(map.take());
  CHECK_THAT(broken_law_of([&] { map.give_back(1); }), ContainsSubstring("[law-slot-map]"));
}

TEST_CASE("Looking behind the end of a side table breaks a law", "[law-side-table-range]") {
  if (!kChecked) return;
  SideTable<int> table(100);
  table[99] = 1;
  CHECK_THAT(broken_law_of([&] { table[100] = 1; }), ContainsSubstring("[law-side-table-range]"));
}

TEST_CASE("Discharging more than was charged breaks a law", "[law-budget]") {
  if (!kChecked) return;
  Budget budget;
  REQUIRE(budget.charge(100));
  CHECK_THAT(broken_law_of([&] { budget.discharge(101); }), ContainsSubstring("[law-budget]"));
}

TEST_CASE("Giving back more raw memory than is out breaks a law", "[law-raw-counters]") {
  if (!kChecked) return;
  Budget budget;
  RawAllocator raw(budget);
  void* const memory = raw.allocate(600);
  REQUIRE(memory != nullptr);
  CHECK_THAT(broken_law_of([&] { raw.deallocate(memory, 601); }), ContainsSubstring("[law-raw-counters]"));
  CHECK_THAT(broken_law_of([&] { static_cast<void>(raw.reallocate(memory, 601, 700)); }),
             ContainsSubstring("[law-raw-counters]"));
  raw.deallocate(memory, 600);
}
