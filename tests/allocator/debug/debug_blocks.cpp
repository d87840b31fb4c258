// The debug mode as a place to live in: what blocks look like, that walks and counts see what they always see, that nothing
// is lost where memory runs out.
#include <ouro/allocator/debug/debug_blocks.h>
#include <support/broken_law.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <random>
#include <set>

#include <allocator/helpers.h>
#include <sys/resource.h>

using namespace ouro::test;

namespace {

const AllocatorOptions kDebug{.space = without_reserve(), .debug = true};

[[nodiscard]] bool is_filled(const void* start, std::size_t bytes, unsigned char value) {
  const auto* const first = static_cast<const std::byte*>(start);
  return first_unlike({first, first + bytes}, value) == first + bytes;
}

/// The starts of all blocks in the areas.
std::set<const void*> walked(const Allocator& memory) {
  std::set<const void*> blocks;
  for (const Space* const area : {&memory.containers(), &memory.atoms(), &memory.buffers()})
    area->for_each_block([&](const std::byte* block, std::size_t) { blocks.insert(block); });
  return blocks;
}

struct Known {
  Purpose purpose;
  std::size_t bytes;
  unsigned char content;
};

void* allocate(Allocator& memory, Purpose purpose, std::size_t bytes) {
  if (purpose == Purpose::kContainer) return memory.allocate_container(bytes);
  return purpose == Purpose::kAtom ? memory.allocate_atom(bytes) : memory.allocate_buffer(bytes);
}

void release(Allocator& memory, void* block, const Known& known) {
  if (known.purpose == Purpose::kContainer) return memory.free_container(block, known.bytes);
  known.purpose == Purpose::kAtom ? memory.free_atom(block, known.bytes) : memory.free_buffer(block, known.bytes);
}

}  // namespace

TEST_CASE("Without the debug mode nothing is checked and nothing is kept") {
  Allocator memory;
  CHECK_FALSE(memory.debugged());
  Report report;
  memory.check_blocks(report);
  CHECK(report.clean());
}

TEST_CASE("Fresh bytes are 0xcd, freed ones 0xdd, and at least 8 guard bytes lie on both sides", "[law-debug-overflow]") {
  for (const std::size_t bytes : {0U, 1U, 7U, 8U, 9U, 16U, 24U, 100U, 504U, 505U, 512U, 513U, 4096U, 70'000U, 300'000U}) {
    for (const Purpose purpose : {Purpose::kContainer, Purpose::kAtom, Purpose::kBuffer}) {
      CAPTURE(bytes, name_of(purpose));
      Allocator memory(kDebug);
      auto* const block = static_cast<std::byte*>(allocate(memory, purpose, bytes));
      REQUIRE(block != nullptr);
      CHECK(address_of(block) % 16 == 0);
      CHECK(is_filled(block, bytes, kCleanByte));
      CHECK(is_filled(block + bytes, 8, kForbiddenByte));
      const bool is_run = memory.containers().contains(block) && bytes > 504;
      CHECK((is_run || bytes > 504 || is_filled(block - 8, 8, kForbiddenByte)));
      std::memset(block, 1, bytes);
      require_sound(memory);
      void* const keeps_the_arena = allocate(memory, purpose, bytes);
      release(memory, block, {purpose, bytes, 0});
      CHECK((bytes > 250'000 || is_filled(block, bytes, kDeadByte)));
      require_sound(memory);
      release(memory, keeps_the_arena, {purpose, bytes, 0});
    }
  }
}

TEST_CASE("A request that is small without its guard only still comes from its area", "[law-container-area]") {
  Allocator memory(kDebug);
  void* const container = memory.allocate_container(512);
  void* const atom = memory.allocate_atom(512);
  void* const buffer = memory.allocate_buffer(510);
  void* const raw = memory.allocate_buffer(513);
  CHECK(memory.is_container(container));
  CHECK(memory.atoms().contains(atom));
  CHECK(memory.buffers().contains(buffer));
  CHECK(walked(memory) == std::set<const void*>{container, atom, buffer});
  CHECK(memory.stats().raw_domain.live_blocks == 1);
  memory.free_container(container, 512);
  memory.free_atom(atom, 512);
  memory.free_buffer(buffer, 510);
  memory.free_buffer(raw, 513);
  CHECK(walked(memory).empty());
  CHECK(memory.stats().raw_domain.live_blocks == 0);
  CHECK(memory.stats().raw.live_blocks == 1);  // it rests
  memory.trim();
  CHECK(memory.stats().raw.live_blocks == 0);
  require_sound(memory);
}

TEST_CASE("A freed block rests before it is used again, and no walk sees it", "[law-resting]") {
  Allocator memory(kDebug);
  std::vector<void*> freed;
  std::set<void*> seen;
  for (unsigned i = 0; i < DebugBlocks::kRestingBlocks; ++i) {
    void* const atom = memory.allocate_atom(40);
    CHECK(seen.insert(atom).second);
    CHECK(walked(memory) == std::set<const void*>{atom});
    memory.free_atom(atom, 40);
    CHECK(walked(memory).empty());
    require_sound(memory);
  }
  for (unsigned i = 0; i < 10 * DebugBlocks::kRestingBlocks; ++i) {
    void* const atom = memory.allocate_atom(40);
    REQUIRE((freed.size() < DebugBlocks::kRestingBlocks ||
             std::find(freed.end() - DebugBlocks::kRestingBlocks, freed.end(), atom) == freed.end()));
    memory.free_atom(atom, 40);
    freed.push_back(atom);
  }
  CHECK(memory.stats().atoms.cached_bytes == DebugBlocks::kRestingBlocks * 48);
  memory.trim();
  CHECK(memory.stats().atoms.cached_bytes == 0);
  require_sound(memory);
}

TEST_CASE("What rests goes back before magazines open, and a stack of resting blocks that has room is named",
          "[law-resting][law-magazine]") {
  SpaceOptions options = without_reserve();
  options.resting_blocks = 2;
  Space space(options);
  space.close_magazines(true);
  void* const block = space.allocate(3);
  space.deallocate(block, 3);
  CHECK(space.state_of(block) == BlockState::kFree);
  CHECK(space.allocate(3) != block);
  require_sound(space);
  Magazine& resting = SpaceInspector<kDefaultGeometry>::magazines(space)[3];
  REQUIRE(resting.capacity == 1);
  ++resting.limit;  // the next release would take the fast road
  Report report;
  space.verify(report);
  CHECK(report.names("law-magazine"));
  --resting.limit;
  require_sound(space);
  space.close_magazines(false);
  CHECK(resting.capacity == 0);
  CHECK(space.state_of(block) == BlockState::kFree);
  require_sound(space);
}

TEST_CASE("A buffer moves when its class changes, so that its old address is found out", "[law-reallocate]") {
  Allocator memory(kDebug);
  auto* const buffer = static_cast<std::byte*>(memory.allocate_buffer(33));
  std::memset(buffer, 7, 33);
  CHECK(memory.reallocate_buffer(buffer, 33, 38) == buffer);
  CHECK(is_filled(buffer, 33, 7));
  CHECK(is_filled(buffer + 33, 5, kCleanByte));
  CHECK(memory.reallocate_buffer(buffer, 38, 34) == buffer);
  CHECK(is_filled(buffer + 34, 8, kForbiddenByte));
  auto* const larger = static_cast<std::byte*>(memory.reallocate_buffer(buffer, 34, 5000));
  CHECK(is_filled(larger, 33, 7));
  CHECK(is_filled(buffer, 34, kDeadByte));
  auto* const moved = static_cast<std::byte*>(memory.reallocate_buffer(larger, 5000, 5001));
  CHECK(moved != larger);
  CHECK(is_filled(moved, 33, 7));
  memory.free_buffer(moved, 5001);
  require_sound(memory);
}

TEST_CASE("Any operations in debug mode leave memory sound and contents whole", "[all-laws]") {
  Allocator memory({.memory_limit = 24 * kMiB, .space = {.reservation_bytes = 32 * kMiB}, .debug = true});
  std::mt19937 random(GENERATE(1U, 2U, 3U));
  std::map<void*, Known> live;
  const auto draw_bytes = [&] {
    constexpr std::array<std::size_t, 4> kMost{48, 600, 9'000, 400'000};
    return random() % kMost[std::min<std::size_t>(3, random() % 40 / 13)];
  };
  for (int step = 0; step < 6'000; ++step) {
    if (live.empty() || random() % 16 > (step / 1000 % 2 == 0 ? 6U : 9U)) {
      const Known known{static_cast<Purpose>(random() % 3), draw_bytes(), static_cast<unsigned char>(random() % 200)};
      void* const block = allocate(memory, known.purpose, known.bytes);
      if (block == nullptr) continue;
      REQUIRE(live.emplace(block, known).second);
      std::memset(block, known.content, known.bytes);
    } else {
      const auto place = std::next(live.begin(), static_cast<std::ptrdiff_t>(random() % live.size()));
      auto [block, known] = *place;
      REQUIRE(is_filled(block, known.bytes, known.content));
      const std::size_t bytes = draw_bytes();
      if (known.purpose == Purpose::kBuffer && random() % 2 == 0) {
        void* const moved = memory.reallocate_buffer(block, known.bytes, bytes);
        if (moved == nullptr) continue;
        REQUIRE(is_filled(moved, std::min(known.bytes, bytes), known.content));
        std::memset(moved, known.content, bytes);
        live.erase(place);
        REQUIRE(live.emplace(moved, Known{Purpose::kBuffer, bytes, known.content}).second);
      } else {
        release(memory, block, known);
        live.erase(place);
      }
    }
    if (step % 500 == 0) static_cast<void>(random() % 2 == 0 ? memory.trim() : memory.age());
    if (step % 100 == 0) {
      require_sound(memory);
      std::set<const void*> expected;
      for (const auto& [block, known] : live)
        if (domain_of(known.purpose, known.bytes) != Domain::kRaw) expected.insert(block);
      REQUIRE(walked(memory) == expected);
    }
  }
  for (const auto& [block, known] : live) release(memory, block, known);
  memory.trim();
  CHECK(walked(memory).empty());
  CHECK(memory.budget().used() <= 3 * kDefaultGeometry.arena_bytes);
  require_sound(memory);
}

TEST_CASE("Hooks and failing allocations work under the debug mode, which stays when they go", "[law-fault-plan]") {
  Allocator memory(kDebug);
  memory.faults().fail_at(2);
  void* const first = memory.allocate_atom(40);
  CHECK(memory.allocate_atom(40) == nullptr);
  void* const third = memory.allocate_atom(40);
  memory.faults().clear();
  CHECK(is_filled(third, 40, kCleanByte));
  void* const fourth = memory.allocate_atom(40);
  CHECK(is_filled(fourth, 40, kCleanByte));
  for (void* const block : {first, third, fourth}) memory.free_atom(block, 40);
  require_sound(memory);
}

TEST_CASE("A record for which there is no memory makes its allocation fail, and nothing is lost", "[law-failure]") {
  if (kAddressSanitizer || kThreadSanitizer) return;  // their own memory would be refused
  const std::string said = broken_law_of([] {
    Allocator memory(kDebug);
    std::vector<void*> blocks(2'000'000);
    std::size_t count = 0;
    blocks[count++] = memory.allocate_container(32);
    constexpr rlimit kNothingMore{1, 1};
    setrlimit(RLIMIT_AS, &kNothingMore);
    while (count < blocks.size() && (blocks[count] = memory.allocate_container(32)) != nullptr) ++count;
    Report report;
    memory.verify(report);
    std::size_t in_area = 0;
    memory.containers().for_each_block([&](const std::byte*, std::size_t) { ++in_area; });
    const std::size_t made = count;
    while (count != 0) memory.free_container(blocks[--count], 32);
    memory.verify(report);
    std::fprintf(stderr, "failed: %d, walked all: %d, sound: %d", made < blocks.size(), made == in_area, report.clean());
    std::abort();
  });
  CHECK(said == "failed: 1, walked all: 1, sound: 1");
}
