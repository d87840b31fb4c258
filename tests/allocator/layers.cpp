// Which layer of the allocator serves a request.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "helpers.h"

using namespace ouro::test;

namespace {

/// The names of the sources of the allocator whose text has one of the words.
std::vector<std::string> sources_with(std::initializer_list<const char*> words) {
  const auto folder = std::filesystem::path(OURO_TRACES).parent_path().parent_path().parent_path() / "allocator";
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    for (const char* word : words)
      if (text.str().find(word) != std::string::npos) {
        names.push_back(entry.path().filename().string());
        break;
      }
  }
  return names;
}

}  // namespace

TEST_CASE("Only one file talks to the operating system and only one to the general-purpose allocator",
          "[claim-M1][claim-M2]") {
  CHECK(sources_with({"#include <sys/", "#include <unistd.h>", "#include <fcntl.h>"}) ==
        std::vector<std::string>{"os_memory.cpp"});
  CHECK(sources_with({"std::malloc(", "std::realloc(", "std::free("}) == std::vector<std::string>{"raw_allocator.cpp"});
  // Those who describe an allocator hold their words and tables elsewhere: an allocator that is described is not disturbed.
  std::vector<std::string> hold_memory = sources_with({"new std::", "std::vector", "std::make_unique"});
  std::erase_if(hold_memory, [](const std::string& name) {
    return name.starts_with("allocation_") || name.starts_with("arena_board") || name == "trace_tables.h";
  });
  CHECK(hold_memory.empty());
}

TEST_CASE("Requests over 512 bytes go to the raw allocator, up to 512 to the object allocator", "[claim-M1][claim-M3]") {
  Allocator memory({.space = without_reserve()});
  void* const small = memory.allocate_atom(512);
  void* const large = memory.allocate_atom(513);
  CHECK(memory.atoms().contains(small));
  CHECK_FALSE(memory.atoms().contains(large));
  AllocatorStats stats = memory.stats();
  CHECK(stats.objects_domain.live_blocks == 1);
  CHECK(stats.raw_domain.live_blocks == 1);
  CHECK(stats.raw_domain.live_bytes == 513);
  memory.free_atom(large, 513);
  memory.free_atom(small, 512);
  stats = memory.stats();
  CHECK(stats.objects_domain.live_blocks == 0);
  CHECK(stats.raw_domain.live_blocks == 0);
  CHECK(stats.raw.total_blocks == 1);
  CHECK(stats.raw.peak_bytes == 513);
}

TEST_CASE("Containers stay in their own area whatever their size", "[claim-M4][law-container-area]") {
  Allocator memory({.space = without_reserve()});
  int local = 0;
  for (const std::size_t bytes :
       {std::size_t{1}, std::size_t{512}, std::size_t{513}, std::size_t{70'000}, std::size_t{1'000'000}}) {
    auto* const container = static_cast<std::byte*>(memory.allocate_container(bytes));
    REQUIRE(container != nullptr);
    std::memset(container, 1, bytes);
    CHECK(memory.is_container(container));
    CHECK(memory.is_container(container + bytes - 1));
    void* const atom = memory.allocate_atom(bytes);
    void* const buffer = memory.allocate_buffer(bytes);
    CHECK_FALSE(memory.is_container(atom));
    CHECK_FALSE(memory.is_container(buffer));
    CHECK(memory.stats().objects_domain.live_blocks == (is_small(bytes) ? 2 : 1));
    require_sound(memory);
    memory.free_container(container, bytes);
    memory.free_atom(atom, bytes);
    memory.free_buffer(buffer, bytes);
  }
  CHECK_FALSE(memory.is_container(&local));
  CHECK_FALSE(memory.is_container(nullptr));
}

TEST_CASE("A container takes at least 32 bytes, so that a granule holds the start of one only",
          "[law-container-area][law-one-granule]") {
  Allocator memory;
  for (std::size_t bytes = 0; bytes <= 48; ++bytes) {
    void* const container = memory.allocate_container(bytes);
    CHECK(memory.containers().pool_at(container).block_bytes >= 32);
    memory.free_container(container, bytes);
  }
}

TEST_CASE("The areas of the private heap grow and shrink independently", "[claim-M4]") {
  Allocator memory({.space = without_reserve()});
  std::vector<void*> atoms, buffers;
  for (int i = 0; i < 4 * 512; ++i) atoms.push_back(memory.allocate_atom(512));
  CHECK(memory.stats().atoms.arenas_in_use == 4);
  CHECK(memory.stats().buffers.arenas_in_use == 0);
  CHECK(memory.stats().containers.arenas_in_use == 0);
  for (int i = 0; i < 2 * 512; ++i) buffers.push_back(memory.allocate_buffer(512));
  void* const raw = memory.allocate_buffer(100'000);
  CHECK(memory.stats().buffers.arenas_in_use == 2);
  CHECK(memory.stats().raw_domain.held_bytes == 100'000);
  for (void* atom : atoms) memory.free_atom(atom, 512);
  memory.trim();
  CHECK(memory.stats().atoms.arenas_in_use == 0);
  CHECK(memory.stats().buffers.arenas_in_use == 2);
  CHECK(memory.stats().buffers_domain.live_blocks == 2 * 512);
  for (void* buffer : buffers) memory.free_buffer(buffer, 512);
  memory.free_buffer(raw, 100'000);
  require_sound(memory);
}

TEST_CASE("A buffer stays in place within its size class and keeps its content when it moves",
          "[claim-M3][law-reallocate]") {
  Allocator memory;
  auto* buffer = static_cast<char*>(memory.reallocate_buffer(nullptr, 0, 33));
  std::strcpy(buffer, "a buffer that is going to be moved");  // 35 bytes with its end; the block has 40
  CHECK(memory.reallocate_buffer(buffer, 33, 40) == buffer);
  std::size_t bytes = 40;
  for (const std::size_t next : {41U, 512U, 513U, 5000U, 600U, 512U, 40U, 35U}) {
    auto* const moved = static_cast<char*>(memory.reallocate_buffer(buffer, bytes, next));
    REQUIRE(moved != nullptr);
    REQUIRE(std::strcmp(moved, "a buffer that is going to be moved") == 0);
    CHECK(memory.buffers().contains(moved) == is_small(next));
    CHECK(memory.stats().raw_domain.live_bytes == (is_small(next) ? 0 : next));
    buffer = moved;
    bytes = next;
    require_sound(memory);
  }
  memory.free_buffer(buffer, bytes);
  CHECK(memory.stats().buffers_domain.live_blocks == 0);
}

TEST_CASE("Every road returns memory aligned for its size", "[law-alignment]") {
  Allocator memory;
  for (const std::size_t bytes : {1U, 8U, 16U, 24U, 32U, 48U, 64U, 496U, 512U, 513U, 1000U, 5000U, 300'000U}) {
    const std::size_t alignment = bytes > 512 || align_up(bytes, 8) % 16 == 0 ? 16 : 8;
    void* const container = memory.allocate_container(bytes);
    void* const atom = memory.allocate_atom(bytes);
    void* const buffer = memory.allocate_buffer(bytes);
    CHECK(address_of(container) % alignment == 0);
    CHECK(address_of(atom) % alignment == 0);
    CHECK(address_of(buffer) % alignment == 0);
    memory.free_container(container, bytes);
    memory.free_atom(atom, bytes);
    memory.free_buffer(buffer, bytes);
  }
}
