// Random operations against the simplest model of memory there is: a map of intervals that are in use.
#include <ouro/allocator/space/detail/space_definitions.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

/// How often a stress run repeats what a quick one does once.
int repetitions() { return std::getenv("OURO_STRESS") != nullptr ? 10 : 1; }

/// The intervals in use, each filled with a byte of its own.
class Model {
 public:
  struct Block {
    std::size_t bytes;
    unsigned char fill;
  };

  void add(std::byte* start, std::size_t bytes, unsigned char fill) {
    const auto after = live_.lower_bound(start);
    if (after != live_.end()) REQUIRE(start + bytes <= after->first);
    if (after != live_.begin()) REQUIRE(std::prev(after)->first + std::prev(after)->second.bytes <= start);
    std::memset(start, fill, bytes);
    live_[start] = {bytes, fill};
  }
  /// Forgets the block at `start`, which must still hold what was written.
  std::size_t remove(std::byte* start) {
    const Block block = live_.at(start);
    REQUIRE(std::all_of(start, start + block.bytes, [&](std::byte b) { return b == std::byte{block.fill}; }));
    live_.erase(start);
    return block.bytes;
  }
  [[nodiscard]] std::byte* any(std::mt19937& random) const {
    return std::next(live_.begin(), static_cast<std::ptrdiff_t>(random() % live_.size()))->first;
  }
  [[nodiscard]] const std::map<std::byte*, Block>& live() const { return live_; }

 private:
  std::map<std::byte*, Block> live_;
};

/// A size as programs ask for: mostly small, sometimes a few pages, rarely more than an arena.
std::size_t some_size(std::mt19937& random, std::size_t arena_bytes) {
  const auto dice = random() % 200;
  if (dice == 0) return arena_bytes + random() % (2 * arena_bytes);
  if (dice < 6) return kSmallMax + 1 + random() % arena_bytes;
  return dice < 120 ? 8 * (random() % 4) + 480 : 1 + random() % kSmallMax;
}

template <class S>
void step(S& space, Model& model, std::mt19937& random, bool growing) {
  const auto dice = random() % 1000;
  if (dice == 0) {
    space.trim();
  } else if (dice == 1) {
    space.return_reserve();
  } else if (dice == 2) {
    space.age();
  } else if (dice == 3) {
    space.flush_magazines();
  } else if (dice == 4) {
    space.close_magazines(random() % 2 == 0);
  } else if (model.live().empty() || dice < (growing ? 620U : 380U)) {
    const std::size_t bytes = some_size(random, S::kGeometry.arena_bytes);
    void* const p = is_small(bytes) ? space.allocate(size_class_of(bytes)) : space.allocate_run(bytes);
    if (p != nullptr) model.add(static_cast<std::byte*>(p), bytes, static_cast<unsigned char>(random()));
  } else {
    std::byte* const p = model.any(random);
    const std::size_t bytes = model.remove(p);
    is_small(bytes) ? space.deallocate(p, size_class_of(bytes)) : space.deallocate_run(p, bytes);
  }
}

template <class S>
void compare(const S& space, const Model& model) {
  auto expected = model.live().begin();
  std::size_t differences = 0;
  space.for_each_block([&](std::byte* start, std::size_t bytes) {
    if (expected == model.live().end() || expected->first != start || expected->second.bytes > bytes)
      return void(++differences);
    ++expected;
  });
  REQUIRE(differences == 0);
  REQUIRE(expected == model.live().end());
}

/// An arena hook that refuses now and then, and keeps account.
class MoodyHook final : public ArenaHook {
 public:
  explicit MoodyHook(std::mt19937& random) : random_(random) {}
  bool map(void*, std::size_t bytes) noexcept override {
    if (random_() % 8 == 0) return false;
    mapped += bytes;
    return true;
  }
  void unmap(void* start, std::size_t bytes) noexcept override {
    mapped -= bytes;
    ArenaHook::unmap(start, bytes);
  }
  std::size_t mapped = 0;

 private:
  std::mt19937& random_;
};

template <class S>
void play(std::uint32_t seed, std::size_t reserve_bytes, std::size_t reservation_bytes, int steps) {
  INFO("seed " << seed);
  std::mt19937 random(seed);
  MoodyHook hook(random);
  constexpr std::array<unsigned, 4> kMagazines{0, 1, 7, kMagazineBlocks};
  S space({.reservation_bytes = reservation_bytes,
           .reserve_bytes = reserve_bytes,
           .magazine_blocks = kMagazines[seed % 4],
           .withhold_first = seed % 5 == 0,
           .arena_hook = seed % 2 == 0 ? &hook : nullptr});
  Model model;
  for (int i = 0; i < steps; ++i) {
    step(space, model, random, i / 700 % 2 == 0);
    require_sound(space);
    if (i % 64 == 0) compare(space, model);
  }
  while (!model.live().empty()) {
    std::byte* const p = model.live().begin()->first;
    const std::size_t bytes = model.remove(p);
    is_small(bytes) ? space.deallocate(p, size_class_of(bytes)) : space.deallocate_run(p, bytes);
  }
  require_sound(space);
  space.trim();
  require_sound(space);
  REQUIRE(space.stats().held_bytes() == 0);
  REQUIRE(hook.mapped == 0);
  REQUIRE(resident_bytes(space.base(), space.extent()) == 0);
}

// Geometries that nobody uses, for the sake of their extremes: arenas of one pool, of two large pools, of eight.
using OnePoolSpace = BasicSpace<Geometry{.arena_bytes = 4096}>;
using TwoPoolSpace = BasicSpace<Geometry{.pool_bytes = 32 * 1024, .arena_bytes = 64 * 1024}>;
using EightPoolSpace = BasicSpace<Geometry{.pool_bytes = 8192, .arena_bytes = 64 * 1024}>;

}  // namespace

TEMPLATE_TEST_CASE("After any operations every law holds and no two blocks overlap", "[all-laws][stress]", Space, TinySpace,
                   LargeSpace, OnePoolSpace, TwoPoolSpace, EightPoolSpace) {
  constexpr std::size_t kArena = TestType::kGeometry.arena_bytes;
  for (std::uint32_t seed = 1; seed <= static_cast<std::uint32_t>(4 * repetitions()); ++seed) {
    const std::size_t reserve = seed % 3 == 0 ? kAutomaticReserve : seed % 3 == 1 ? 0 : 2 * kArena;
    play<TestType>(seed, reserve, 256 * kArena, 4000);
  }
}

TEMPLATE_TEST_CASE("Laws hold as well where addresses run out all the time", "[all-laws][law-failure][stress]", Space,
                   TinySpace) {
  constexpr std::size_t kArena = TestType::kGeometry.arena_bytes;
  for (std::uint32_t seed = 100; seed < 100 + static_cast<std::uint32_t>(3 * repetitions()); ++seed)
    play<TestType>(seed, kAutomaticReserve, 5 * kArena, 3000);
}

TEST_CASE("The allocator keeps every content through growth, shrinking and failure", "[all-laws][law-failure][stress]") {
  for (std::uint32_t seed = 1; seed <= static_cast<std::uint32_t>(3 * repetitions()); ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Allocator memory({.memory_limit = 3 * kMiB, .space = {.reservation_bytes = 64 * kMiB}});
    struct Buffer {
      std::byte* start;
      std::size_t bytes;
      std::byte fill;
    };
    std::vector<Buffer> buffers;
    std::size_t refused = 0;
    for (int i = 0; i < 6000; ++i) {
      if (random() % 50 == 0) memory.faults().fail_at(1 + random() % 3);
      const std::size_t bytes = 1 + (random() % 8 == 0 ? random() % 200'000 : random() % 600);
      if (buffers.size() < 20 || random() % 4 == 0) {
        auto* const start = static_cast<std::byte*>(memory.allocate_buffer(bytes));
        if (start == nullptr && ++refused) continue;
        buffers.push_back({start, bytes, std::byte(random())});
        std::fill_n(start, bytes, buffers.back().fill);
      } else if (Buffer& buffer = buffers[random() % buffers.size()]; random() % 3 == 0) {
        memory.free_buffer(buffer.start, buffer.bytes);
        buffer = buffers.back();
        buffers.pop_back();
      } else {
        void* const moved = memory.reallocate_buffer(buffer.start, buffer.bytes, bytes);
        const std::size_t kept = moved == nullptr ? buffer.bytes : std::min(buffer.bytes, bytes);
        if (moved == nullptr) ++refused;
        if (moved != nullptr) buffer = {static_cast<std::byte*>(moved), bytes, buffer.fill};
        REQUIRE(std::all_of(buffer.start, buffer.start + kept, [&](std::byte b) { return b == buffer.fill; }));
        std::fill_n(buffer.start, buffer.bytes, buffer.fill);
      }
      if (i % 16 == 0) require_sound(memory);
    }
    CHECK(refused > 0);
    for (const Buffer& buffer : buffers) memory.free_buffer(buffer.start, buffer.bytes);
    memory.trim();
    CHECK(memory.budget().used() == 0);
    require_sound(memory);
  }
}
