// Statistics add up, whatever was done.
#include <ouro/allocator/watch/detail/stats_fields.h>
#include <ouro/allocator/watch/stats_summary.h>

#include <limits>

#include <allocator/used_allocator.h>

using namespace ouro::test;

namespace {

/// What does not add up, by name: a test compares the whole with "".
class Broken {
 public:
  void unless(bool holds, const char* what) {
    if (!holds) names_.append(what).append("; ");
  }
  template <class S, std::size_t N>
  void if_negative(const S& stats, const std::array<alloc::detail::Field<S>, N>& fields) {
    for (const auto& field : fields)
      unless(stats.*field.value <= std::size_t{std::numeric_limits<std::ptrdiff_t>::max()}, field.name);
  }
  [[nodiscard]] const std::string& names() const { return names_; }

 private:
  std::string names_;
};

/// Blocks add up to pools.
void check_classes(Broken& broken, const SpaceStats& stats) {
  std::size_t pools = 0, cached = 0, blocks = stats.runs;
  for (const ClassStats& of_class : stats.classes) {
    broken.if_negative(of_class, alloc::detail::kClassFields);
    const std::size_t all = of_class.allocated + of_class.free + of_class.untouched;
    broken.unless(all * of_class.block_bytes + of_class.waste_bytes == of_class.pools * stats.pool_bytes,
                  "blocks of a class");
    broken.unless(of_class.cached <= of_class.free, "cached blocks");
    pools += of_class.pools;
    cached += of_class.cached * of_class.block_bytes;
    blocks += of_class.allocated;
  }
  broken.unless(pools == stats.pools_used + stats.pools_full, "pools of classes");
  broken.unless(cached == stats.cached_bytes, "cached bytes");
  broken.unless(blocks == stats.allocated_blocks, "allocated blocks");
}

/// Pools and runs add up to arenas, and all of it to what is held.
void check_arenas(Broken& broken, const SpaceStats& stats) {
  const std::size_t run_pools = (stats.run_bytes - stats.large_run_bytes) / stats.pool_bytes;
  const std::size_t taken = stats.pools_used + stats.pools_full + run_pools;
  broken.unless((taken + stats.pools_empty) * stats.pool_bytes == stats.arenas_in_use * stats.arena_bytes,
                "pools of arenas");
  std::size_t arenas = 0, taken_there = 0;
  for (std::size_t n = 0; n < stats.arenas_by_pools_taken.size(); ++n) {
    arenas += stats.arenas_by_pools_taken[n];
    taken_there += stats.arenas_by_pools_taken[n] * n;
  }
  broken.unless(arenas == stats.arenas_in_use, "arenas by fill");
  broken.unless(taken == taken_there, "pools by fill");
  broken.unless(stats.arenas_by_pools_taken[0] == stats.arenas_in_reserve, "the reserve");
}

/// No peak is below what is, and what was taken in total is what is held and what was given back.
void check_peaks(Broken& broken, const SpaceStats& stats) {
  broken.unless(stats.held_bytes() <= stats.peak_bytes, "peak bytes");
  broken.unless(stats.peak_bytes <= stats.obtained_bytes, "obtained bytes");
  broken.unless(stats.held_bytes() <= stats.reserved_bytes, "reserved bytes");
  broken.unless(stats.arenas_in_use <= stats.arenas_peak, "peak of arenas");
  broken.unless(stats.arenas_peak <= stats.arenas_obtained, "arenas obtained");
  broken.unless(stats.arenas_obtained - stats.arenas_returned == stats.arenas_in_use, "arenas returned");
}

void check(Broken& broken, const SpaceStats& stats) {
  broken.if_negative(stats, alloc::detail::kSpaceFields);
  check_classes(broken, stats);
  check_arenas(broken, stats);
  check_peaks(broken, stats);
  const StatsSummary sum = summary_of(stats);
  broken.unless(sum.held_bytes == sum.live_bytes + sum.free_bytes + sum.untouched_bytes + sum.waste_bytes + sum.empty_bytes,
                "bytes held");
  broken.unless(sum.retained_bytes <= sum.empty_bytes, "bytes retained");
  broken.unless(sum.fragmentation >= 0 && sum.fragmentation <= 1, "fragmentation");
}

void check(Broken& broken, const DomainStats& domain) {
  broken.if_negative(domain, alloc::detail::kDomainFields);
  broken.unless(domain.live_bytes <= domain.held_bytes, "a domain's live bytes");
  broken.unless(domain.held_bytes <= domain.peak_bytes, "a domain's peak");
  broken.unless(domain.peak_bytes <= domain.total_bytes, "a domain's total");
}

std::string broken_sums(const SpaceStats& stats) {
  Broken broken;
  check(broken, stats);
  return broken.names();
}

std::string broken_sums(const AllocatorStats& stats) {
  Broken broken;
  for (const SpaceStats* area : {&stats.containers, &stats.atoms, &stats.buffers}) check(broken, *area);
  for (const DomainStats* domain : {&stats.raw_domain, &stats.buffers_domain, &stats.objects_domain}) check(broken, *domain);
  broken.if_negative(stats.raw, alloc::detail::kRawFields);
  broken.unless(stats.budget_used <= stats.budget_peak, "the budget's peak");
  broken.unless(stats.budget_limit == 0 || stats.budget_peak <= stats.budget_limit, "the budget's limit");
  const StatsSummary sum = summary_of(stats);
  const auto total = [&](std::size_t DomainStats::*bytes) {
    return stats.raw_domain.*bytes + stats.buffers_domain.*bytes + stats.objects_domain.*bytes;
  };
  broken.unless(sum.held_bytes == stats.budget_used, "bytes charged");
  broken.unless(sum.held_bytes == total(&DomainStats::held_bytes), "bytes held by domains");
  broken.unless(sum.live_bytes == total(&DomainStats::live_bytes), "bytes live in domains");
  return broken.names();
}

/// An operating system that sometimes has no memory.
class Scarcity final : public ArenaHook {
 public:
  explicit Scarcity(std::mt19937& random) : random_(random) {}
  [[nodiscard]] bool map(void*, std::size_t) noexcept override { return random_() % 4 != 0; }

 private:
  std::mt19937& random_;
};

}  // namespace

TEST_CASE("Statistics add up after any operations, failing ones included", "[law-stats][stress]") {
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Scarcity scarcity(random);
    Allocator memory({.memory_limit = seed % 2 == 0 ? 0 : 8 * kMiB,
                      .space = {.reservation_bytes = 64 * kMiB, .arena_hook = seed > 2 ? &scarcity : nullptr}});
    std::vector<Block> blocks;
    AllocatorStats before = memory.stats();
    for (int i = 0; i < 4000; ++i) {
      step(memory, blocks, random, i / 500 % 2 == 0);
      if (i % 8 != 0) continue;
      const AllocatorStats now = memory.stats();
      REQUIRE(broken_sums(now) == "");
      REQUIRE(now.raw.total_bytes >= before.raw.total_bytes);
      REQUIRE(now.containers.obtained_bytes >= before.containers.obtained_bytes);
      REQUIRE(now.atoms.peak_bytes >= before.atoms.peak_bytes);
      before = now;
    }
    for (const Block& block : blocks) give_back(memory, block);
    memory.trim();
    CHECK(broken_sums(memory.stats()) == "");
    CHECK(summary_of(memory.stats()).held_bytes == 0);
    CHECK(memory.stats().budget_peak > 0);
  }
}

TEMPLATE_TEST_CASE("Statistics add up in every geometry", "[law-stats]", TinySpace, LargeSpace) {
  constexpr std::size_t kArena = TestType::kGeometry.arena_bytes;
  TestType space({.reservation_bytes = 64 * kArena, .reserve_bytes = kArena});
  std::vector<std::vector<void*>> blocks(kSizeClasses);
  for (unsigned c = 0; c < kSizeClasses; ++c) blocks[c] = take(space, c, 40);
  void* const run = space.allocate_run(kArena / 2);
  void* const large = space.allocate_run(3 * kArena);
  CHECK(broken_sums(space.stats()) == "");
  for (unsigned c = 0; c < kSizeClasses; c += 2) give_back(space, c, blocks[c]);
  CHECK(broken_sums(space.stats()) == "");
  CHECK(space.stats().cached_bytes > 0);
  CHECK(space.stats().runs == 2);
  space.deallocate_run(run, kArena / 2);
  space.deallocate_run(large, 3 * kArena);
  space.trim();
  CHECK(broken_sums(space.stats()) == "");
  CHECK(space.stats().cached_bytes == 0);
  CHECK(space.stats().purged_bytes > 0);
}

TEST_CASE("Statistics that do not add up are named", "[law-stats]") {
  Used used;
  const AllocatorStats good = used.memory.stats();
  REQUIRE(broken_sums(good) == "");
  const auto with = [&](auto change) {
    AllocatorStats stats = good;
    change(stats);
    return broken_sums(stats);
  };
  CHECK_THAT(with([](AllocatorStats& s) { ++s.atoms.classes[3].free; }), ContainsSubstring("blocks of a class"));
  CHECK_THAT(with([](AllocatorStats& s) { ++s.buffers.pools_full; }), ContainsSubstring("pools of classes"));
  CHECK_THAT(with([](AllocatorStats& s) { --s.containers.pools_empty; }), ContainsSubstring("pools of arenas"));
  CHECK_THAT(with([](AllocatorStats& s) { s.atoms.peak_bytes = 0; }), ContainsSubstring("peak bytes"));
  CHECK_THAT(with([](AllocatorStats& s) { s.raw.live_bytes = std::size_t{0} - 1; }), ContainsSubstring("live_bytes"));
  CHECK_THAT(with([](AllocatorStats& s) { ++s.budget_used; }), ContainsSubstring("bytes charged"));
}
