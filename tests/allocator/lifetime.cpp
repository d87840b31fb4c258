// Spaces and allocators give back all that they took, and reserve what the system grants.
#include <array>
#include <cerrno>

#include "helpers.h"
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ouro::test;

namespace {

bool is_mapped(std::byte* address) {
  unsigned char present = 0;
  return ::mincore(address, page_bytes(), &present) == 0 || errno != ENOMEM;
}

/// What `body` returns in a child process whose address space is limited to `bytes`.
template <class Body>
int in_a_process_of(std::size_t bytes, Body body) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
    ::setrlimit(RLIMIT_AS, &limit);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("Destroying a space unmaps everything, blocks given out included", "[law-lifetime]") {
  std::vector<std::byte*> ranges;
  {
    Space space(without_reserve());
    void* const block = space.allocate(5);
    void* const run = space.allocate_run(1'000'000);
    REQUIRE((block != nullptr && run != nullptr));
    ranges = {space.base(), static_cast<std::byte*>(run), space.base() + space.reserved() - kPoolBytes,
              reinterpret_cast<std::byte*>(
                  align_down(address_of(SpaceInspector<kDefaultGeometry>::headers(space).data()), kPoolBytes)),
              reinterpret_cast<std::byte*>(
                  align_down(address_of(SpaceInspector<kDefaultGeometry>::arenas(space).data()), kPoolBytes))};
    for (std::byte* range : ranges) CHECK(is_mapped(range));
  }
  std::array<bool, 5> mapped{};
  for (std::size_t i = 0; i < ranges.size(); ++i) mapped[i] = is_mapped(ranges[i]);
  CHECK(mapped == std::array<bool, 5>{});
}

TEST_CASE("Allocators that come and go leave no memory and no addresses behind", "[law-lifetime]") {
  const auto live_once = [] {
    Allocator memory;
    for (int i = 0; i < 1000; ++i)
      if (memory.allocate_atom(64) == nullptr || memory.allocate_container(200) == nullptr) return false;
    return true;
  };
  REQUIRE(live_once());
  const std::size_t addresses = address_space_in_use();
  const std::size_t memory = resident_bytes_of_process();
  REQUIRE(memory > 0);
  for (int i = 0; i < 100; ++i) REQUIRE(live_once());
  if (kAddressSanitizer || kThreadSanitizer) return;  // their shadow memory is theirs
  CHECK(address_space_in_use() <= addresses + kMiB);
  CHECK(resident_bytes_of_process() <= memory + kMiB);
}

TEST_CASE("Several allocators live side by side", "[law-lifetime]") {
  std::array<Allocator, 8> heaps;
  std::array<void*, 8> blocks;
  for (std::size_t i = 0; i < heaps.size(); ++i) blocks[i] = heaps[i].allocate_container(64);
  for (std::size_t i = 0; i < heaps.size(); ++i)
    for (std::size_t j = 0; j < heaps.size(); ++j) CHECK(heaps[i].is_container(blocks[j]) == (i == j));
}

TEST_CASE("A reservation is twice the machine's memory unless told otherwise", "[law-reservation]") {
  Space space;
  const std::size_t wanted = 2 * physical_memory_bytes() / (kAddressSanitizer || kThreadSanitizer ? 8 : 1);
  CHECK(space.reserved() <= wanted);
  CHECK(space.reserved() % kDefaultGeometry.arena_bytes == 0);
  if (address_space_limit() == ~std::size_t{0}) CHECK(space.reserved() > wanted / 2);
  CHECK(Space({.reservation_bytes = 1}).reserved() == kDefaultGeometry.arena_bytes);
  CHECK(Space({.reservation_bytes = 10 * kMiB + 5}).reserved() == 10 * kMiB);
}

TEST_CASE("A reservation is halved until the system grants it", "[law-reservation]") {
  if (kAddressSanitizer || kThreadSanitizer) return;  // they need far more addresses than a limit would leave
  const std::size_t limit = address_space_in_use() + 100 * kMiB;
  CHECK(in_a_process_of(limit, [] {
          Space space({.reservation_bytes = std::size_t{1} << 40});
          if (!space.valid() || space.reserved() < 16 * kMiB || space.reserved() > 100 * kMiB) return 1;
          for (int i = 0; i < 10'000; ++i)
            if (space.allocate(63) == nullptr) return 2;
          return 0;
        }) == 0);
  CHECK(in_a_process_of(limit, [] {
          Allocator memory;  // leaves addresses to others
          if (!memory.valid() || memory.containers().reserved() > 64 * kMiB) return 1;
          return memory.allocate_buffer(10 * kMiB) != nullptr ? 0 : 2;
        }) == 0);
}

TEST_CASE("A space without addresses serves nothing and says so", "[law-reservation][law-failure]") {
  if (kAddressSanitizer || kThreadSanitizer) return;
  CHECK(in_a_process_of(address_space_in_use() + 100'000, [] {
          Space space;
          if (space.valid() || space.allocate(3) != nullptr || space.allocate_run(10'000) != nullptr) return 1;
          if (space.contains(&space) || space.trim() != 0 || space.stats().arenas_in_use != 0) return 2;
          Report report;
          space.verify(report);
          return report.clean() ? 0 : 3;
        }) == 0);
}

TEST_CASE("A space can ask for huge pages", "[law-reservation]") {
  SpaceOptions options = without_reserve();
  options.huge_pages = true;
  Space space(options);
  auto blocks = take(space, 30, 1000);
  give_back(space, 30, blocks);
  space.trim();
  CHECK(resident_bytes(space.base(), space.extent()) == 0);
  require_sound(space);
}
