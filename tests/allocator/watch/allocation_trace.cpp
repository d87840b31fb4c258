// The trace: what is noted of which allocation, and what it costs those who do not trace.
#include <ouro/allocator/watch/allocation_text.h>
#include <ouro/allocator/watch/allocation_trace.h>

#include <algorithm>
#include <map>

#include <allocator/planted.h>
#include <allocator/used_allocator.h>

using namespace ouro::test;

namespace {

/// The statistic of the group that has this name; zeros if there is none.
Statistic group_of(const AllocationSnapshot& snapshot, GroupBy by, const std::string& name) {
  for (const Statistic& entry : statistics(snapshot, by))
    if (group_name(entry.site, by).starts_with(name)) return entry;
  return {by, {}, 0, 0, 0, 0};
}

/// Live bytes of all sites.
std::size_t sum_of(const AllocationSnapshot& snapshot) {
  std::size_t bytes = 0;
  for (const SiteUse& use : snapshot.sites) bytes += use.live_bytes;
  return bytes;
}

}  // namespace

TEST_CASE("Blocks and bytes are exact by label, by function and by domain", "[law-trace-sum]") {
  Allocator memory;
  AllocationTrace trace(memory);
  REQUIRE(trace.start());
  std::vector<void*> a, b;
  {
    const AllocationSite site(memory, "parsing");
    for (int i = 0; i < 10; ++i) a.push_back(planted::first(memory, 40));
    b.push_back(planted::second(memory, 100));
  }
  {
    const AllocationSite site(memory, "indexing");
    for (int i = 0; i < 3; ++i) b.push_back(planted::second(memory, 1000));
  }
  a.push_back(planted::first(memory, 7));
  memory.free_atom(a.front(), 40);

  const AllocationSnapshot seen = trace.snapshot();
  CHECK(seen.memory.current == 9 * 40 + 100 + 3 * 1000 + 7);
  CHECK(seen.memory.peak == seen.memory.current + 40);
  CHECK(sum_of(seen) == seen.memory.current);
  CHECK(seen.lost == 0);
  const auto check = [&](GroupBy by, const char* name, std::size_t blocks, std::size_t bytes, std::size_t total) {
    INFO(name);
    const Statistic entry = group_of(seen, by, name);
    CHECK(entry.blocks == blocks);
    CHECK(entry.bytes == bytes);
    CHECK(entry.total_blocks == total);
  };
  check(GroupBy::kLabel, "parsing", 10, 9 * 40 + 100, 11);
  check(GroupBy::kLabel, "indexing", 3, 3000, 3);
  check(GroupBy::kLabel, "(no label)", 1, 7, 1);
  check(GroupBy::kCaller, "planted::first(", 10, 9 * 40 + 7, 11);
  check(GroupBy::kCaller, "planted::second(", 4, 3100, 4);
  check(GroupBy::kDomain, "objects", 10, 9 * 40 + 7, 11);
  check(GroupBy::kDomain, "buffers", 1, 100, 1);
  check(GroupBy::kDomain, "raw", 3, 3000, 3);
  CHECK(statistics(seen, GroupBy::kLabel).size() == 3);
  CHECK(statistics(seen, GroupBy::kCaller).size() == 2);
  CHECK(statistics(seen, GroupBy::kLabel).front().bytes == 3000);
  for (std::size_t i = 1; i < b.size(); ++i) memory.free_buffer(b[i], 1000);
}

TEST_CASE("A difference finds a planted leak and names it") {
  Allocator memory;
  AllocationTrace trace(memory);
  REQUIRE(trace.start());
  std::vector<void*> work;
  for (int i = 0; i < 500; ++i) work.push_back(planted::second(memory, 200));
  const AllocationSnapshot before = trace.snapshot();
  for (int i = 0; i < 400; ++i) {
    memory.free_buffer(work[static_cast<std::size_t>(i)], 200);
    work[static_cast<std::size_t>(i)] = planted::second(memory, 200);
    planted::first(memory, 64);  // and nobody frees it
  }
  const std::vector<Difference> changes = compare(before, trace.snapshot(), GroupBy::kCaller);
  REQUIRE(changes.size() == 2);
  CHECK_THAT(to_text(changes[0]),
             StartsWith("planted::first(ouro::alloc::Allocator&, unsigned long): size=25.0 KiB (+25.0 KiB), "
                        "count=400 (+400), average=64 B"));
  CHECK(changes[1].bytes == 500 * 200);
  CHECK(changes[1].bytes_diff == 0);
  CHECK(changes[1].blocks_diff == 0);
}

TEST_CASE("The peak is the most that was live at once, and can be set anew", "[law-trace-sum]") {
  Allocator memory;
  AllocationTrace trace(memory);
  REQUIRE(trace.start());
  void* const kept = planted::first(memory, 100);
  void* const gone = planted::first(memory, 300);
  memory.free_atom(gone, 300);
  CHECK(trace.memory().current == 100);
  CHECK(trace.memory().peak == 400);
  trace.reset_peak();
  CHECK(trace.memory().peak == 100);
  memory.free_atom(planted::first(memory, 50), 50);
  CHECK(trace.memory().peak == 150);
  trace.clear();
  CHECK(trace.memory().current == 0);
  CHECK(trace.memory().peak == 0);
  memory.free_atom(kept, 100);  // forgotten: its end goes unnoticed
  CHECK(trace.memory().current == 0);
  CHECK(trace.snapshot().sites.empty());
}

TEST_CASE("A block that is resized belongs to who resized it") {
  Allocator memory;
  AllocationTrace trace(memory);
  REQUIRE(trace.start());
  void* buffer = planted::second(memory, 100);
  buffer = planted::grow(memory, buffer, 100, 104);  // the same block
  CHECK(trace.memory().current == 104);
  buffer = planted::grow(memory, buffer, 104, 5000);  // another domain
  AllocationSnapshot seen = trace.snapshot();
  CHECK(seen.memory.current == 5000);
  CHECK(group_of(seen, GroupBy::kCaller, "planted::second(").blocks == 0);
  CHECK(group_of(seen, GroupBy::kCaller, "planted::grow(").bytes == 5000);
  CHECK(group_of(seen, GroupBy::kCaller, "planted::grow(").total_blocks == 2);
  CHECK(group_of(seen, GroupBy::kDomain, "raw").bytes == 5000);

  memory.faults().fail_at(1);
  CHECK(planted::grow(memory, buffer, 5000, 9000) == nullptr);
  CHECK(trace.memory().current == 5000);
  memory.faults().clear();
  memory.free_buffer(buffer, 5000);
  CHECK(trace.memory().current == 0);
}

TEST_CASE("What was allocated before the start is not known, and its end not counted") {
  Allocator memory;
  void* const old = planted::first(memory, 48);
  void* const resized = planted::second(memory, 48);
  AllocationTrace trace(memory);
  CHECK_FALSE(trace.is_tracing());
  REQUIRE(trace.start());
  REQUIRE(trace.start());  // again: nothing happens
  void* const fresh = planted::first(memory, 56);
  memory.free_atom(old, 48);
  CHECK(trace.memory().current == 56);
  CHECK_FALSE(trace.find(old).has_value());
  REQUIRE(trace.find(fresh).has_value());
  CHECK(trace.find(fresh)->bytes == 56);
  CHECK(trace.find(fresh)->site.domain == Domain::kObjects);
  void* const moved = planted::grow(memory, resized, 48, 400);
  CHECK(trace.memory().current == 456);
  memory.free_buffer(moved, 400);
  memory.free_atom(fresh, 56);
  CHECK(trace.memory().current == 0);
}

TEST_CASE("A trace that has stopped has forgotten everything and leaves the fast path as it was", "[law-closed]") {
  Allocator memory;
  AllocationTrace trace(memory);
  const auto cached_after_a_pair = [&] {
    memory.free_atom(planted::first(memory, 64), 64);
    return memory.stats().atoms.cached_bytes;
  };
  CHECK(cached_after_a_pair() > 0);
  REQUIRE(trace.start());
  CHECK(cached_after_a_pair() == 0);
  CHECK(trace.table_bytes() > 0);
  trace.stop();
  CHECK(cached_after_a_pair() > 0);
  CHECK_FALSE(trace.is_tracing());
  CHECK(trace.snapshot().sites.empty());
  CHECK(trace.memory().peak == 0);
  CHECK(trace.table_bytes() == 0);
  {
    AllocationTrace other(memory);
    REQUIRE(other.start());
    CHECK(cached_after_a_pair() == 0);
  }
  CHECK(cached_after_a_pair() > 0);  // one that ends stops by itself
}

TEST_CASE("A call stack is as deep as was asked for, and begins with the caller of the allocator") {
  Allocator memory;
  for (const unsigned frames : {1U, 2U, 8U, 16U, 0U, 100U}) {
    INFO(frames);
    AllocationTrace trace(memory);
    REQUIRE(trace.start({.frames = frames}));
    void* const block = planted::outer(memory, 40);
    const CallStack stack = trace.find(block).value().site.stack;
    CHECK(stack.depth >= std::min(frames == 0 ? 1U : frames, 4U));
    CHECK(stack.depth <= std::clamp(frames, 1U, 16U));
    CHECK_THAT(function_name(stack.frames[0]), StartsWith("planted::first("));
    if (stack.depth > 1) CHECK_THAT(function_name(stack.frames[1]), StartsWith("planted::outer("));
    void* buffer = planted::grow(memory, planted::second(memory, 40), 40, 600);
    CHECK_THAT(function_name(caller_of(trace.find(buffer).value().site.stack)), StartsWith("planted::grow("));
    memory.free_buffer(buffer, 600);
    memory.free_atom(block, 40);
  }
}

TEST_CASE("A trace without memory loses entries and counts them, and no allocation fails", "[law-trace-lost]") {
  Allocator memory;
  std::size_t smallest = 0, largest = 0;
  for (const std::size_t limit : {std::size_t{1}, std::size_t{2'000}, std::size_t{20'000}, std::size_t{1'000'000}}) {
    AllocationTrace trace(memory);
    REQUIRE(trace.start({.frames = 4, .table_bytes = limit}));
    const AllocationSite site(memory, "a label of some length, so that it needs memory too");
    std::vector<void*> blocks;
    for (int i = 0; i < 2000; ++i) {
      blocks.push_back(planted::first(memory, 16));
      REQUIRE(blocks.back() != nullptr);
    }
    const AllocationSnapshot seen = trace.snapshot();
    INFO(limit);
    CHECK(sum_of(seen) == seen.memory.current);
    CHECK(seen.memory.current == (2000 - trace.lost()) * 16);
    CHECK(seen.lost == trace.lost());
    for (void* block : blocks) memory.free_atom(block, 16);
    CHECK(trace.memory().current == 0);
    if (smallest == 0) smallest = trace.lost();
    largest = trace.lost();
  }
  CHECK(smallest == 2000);
  CHECK(largest == 0);
}

TEST_CASE("A ninth hook is refused, and then nothing is traced") {
  Allocator memory;
  std::vector<std::unique_ptr<AllocationTrace>> traces;
  for (std::size_t i = 0; i < Allocator::kMostHooks; ++i) {
    traces.push_back(std::make_unique<AllocationTrace>(memory));
    REQUIRE(traces.back()->start());
  }
  AllocationTrace ninth(memory);
  CHECK_FALSE(ninth.start());
  CHECK_FALSE(ninth.is_tracing());
  traces.pop_back();
  CHECK(ninth.start());
}

TEST_CASE("A trace agrees with a model after any operations", "[law-trace-sum][stress]") {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Allocator memory({.memory_limit = 4 * kMiB, .space = {.reservation_bytes = 64 * kMiB}});
    AllocationTrace trace(memory);
    REQUIRE(trace.start({.frames = 2}));
    std::vector<Block> blocks;
    std::size_t peak = 0;
    for (int i = 0; i < 5000; ++i) {
      step(memory, blocks, random, i / 500 % 2 == 0);
      std::size_t bytes = 0;
      for (const Block& block : blocks) bytes += block.bytes;
      peak = std::max(peak, bytes);
      REQUIRE(trace.memory().current == bytes);
      if (i % 500 == 0) REQUIRE(sum_of(trace.snapshot()) == bytes);
    }
    CHECK(trace.memory().peak >= peak);
    for (const Block& block : blocks) give_back(memory, block);
    CHECK(trace.memory().current == 0);
    CHECK(statistics(trace.snapshot(), GroupBy::kSite).empty());
  }
}
