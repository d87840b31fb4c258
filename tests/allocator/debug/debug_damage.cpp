// The debug mode finds writes to memory that is not the writer's, and says whose it is.
#include <ouro/allocator/debug/debug_bytes.h>
#include <ouro/allocator/watch/allocation_site.h>
#include <support/debug_message.h>

#include <allocator/helpers.h>

using namespace ouro::test;

namespace {

/// An allocator in debug mode and what the tests do with its memory. Writes pass by AddressSanitizer.
struct Debugged {
  Allocator memory{{.space = without_reserve(), .debug = true}};

  std::byte* container(std::size_t bytes) { return static_cast<std::byte*>(memory.allocate_container(bytes)); }
  std::byte* atom(std::size_t bytes) { return static_cast<std::byte*>(memory.allocate_atom(bytes)); }
  std::byte* buffer(std::size_t bytes) { return static_cast<std::byte*>(memory.allocate_buffer(bytes)); }
  static void write(std::byte* place, std::size_t bytes = 1) { fill_bytes(place, bytes, 'A'); }
};

/// The one finding, or "" if there are none or several.
std::string finding_of(const Allocator& memory) {
  Report report;
  memory.check_blocks(report);
  if (report.total() != 1) return {};
  return std::string(report.begin()->law) + ": " + report.begin()->detail.data();
}

}  // namespace

TEST_CASE("A write behind the end of a block is found when the block is freed, and named", "[law-debug-overflow]") {
  CHECK(debug_message_of([] {
          Debugged debugged;
          const AllocationSite site{debugged.memory, "loading the document"};
          std::byte* const buffer = debugged.buffer(20);
          Debugged::write(buffer + 20, 3);
          debugged.memory.free_buffer(buffer, 20);
        }) ==
        "ouro: debug memory: a block was written to behind its end\n"
        "  block at ADDRESS: 20 bytes originally requested, domain buffers (buffer)\n"
        "  The 12 guard bytes at p+20 are not all 0xfd; the first bad one is 0x41 at p+20:\n"
        "    at p+20: 41 41 41 fd fd fd fd fd fd fd fd fd\n"
        "  The block was made by call #1 to the allocator, \"loading the document\":\n"
        "    FRAMES\n"
        "ouro: broken law [debug-overflow]: a block was written to behind its end\n");
}

TEST_CASE("A write behind the end is named wherever the block lies", "[law-debug-overflow]") {
  for (const std::size_t bytes : {1U, 8U, 100U, 500U, 510U, 512U, 600U, 5'000U, 300'000U}) {
    CAPTURE(bytes);
    Debugged debugged;
    std::byte* const container = debugged.container(bytes);
    std::byte* const atom = debugged.atom(bytes);
    std::byte* const buffer = debugged.buffer(bytes);
    CHECK_THAT(debug_message_of([&] {
                 Debugged::write(container + bytes);
                 debugged.memory.free_container(container, bytes);
               }),
               ContainsSubstring("[debug-overflow]"));
    CHECK_THAT(debug_message_of([&] {
                 Debugged::write(atom + bytes);
                 debugged.memory.free_atom(atom, bytes);
               }),
               ContainsSubstring("[debug-overflow]"));
    CHECK_THAT(debug_message_of([&] {
                 Debugged::write(buffer + bytes + 7);
                 static_cast<void>(debugged.memory.reallocate_buffer(buffer, bytes, bytes + 1));
               }),
               ContainsSubstring("[debug-overflow]"));
    debugged.memory.free_container(container, bytes);
    debugged.memory.free_atom(atom, bytes);
    debugged.memory.free_buffer(buffer, bytes);
  }
}

TEST_CASE("A write before the start of a block is found, also where the neighbour was never given out",
          "[law-debug-underflow]") {
  CHECK(debug_message_of([] {
          Debugged debugged;
          std::byte* const atom = debugged.atom(40);  // the first of its pool
          Debugged::write(atom - 3, 2);
          debugged.memory.free_atom(atom, 40);
        }) ==
        "ouro: debug memory: a block was written to before its start\n"
        "  block at ADDRESS: 40 bytes originally requested, domain objects (atom)\n"
        "  The 8 guard bytes at p-8 are not all 0xfd; the first bad one is 0x41 at p-3:\n"
        "    at p-8: fd fd fd fd fd 41 41 fd\n"
        "  The block was made by call #1 to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-underflow]: a block was written to before its start\n");
}

TEST_CASE("A write into the guard between two blocks is reported of the block at whose side it lies",
          "[law-debug-underflow][law-debug-overflow]") {
  Debugged debugged;
  std::byte* const first = debugged.atom(40);
  std::byte* const second = debugged.atom(40);
  REQUIRE(second == first + 48);
  CHECK(debug_message_of([&] {
          Debugged::write(second - 1);
          debugged.memory.free_atom(first, 40);
        }) ==
        "ouro: debug memory: a block was written to before its start\n"
        "  block at ADDRESS: 40 bytes originally requested, domain objects (atom)\n"
        "  The 8 guard bytes at p-8 are not all 0xfd; the first bad one is 0x41 at p-1:\n"
        "    at p-8: fd fd fd fd fd fd fd 41\n"
        "  or else neighbouring block at ADDRESS: 40 bytes originally requested, domain objects (atom)\n"
        "  The block was made by call #2 to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-underflow]: a block was written to before its start\n");
  CHECK_THAT(debug_message_of([&] {
               Debugged::write(first + 40);
               debugged.memory.free_atom(second, 40);
             }),
             ContainsSubstring("made by call #1 ") && ContainsSubstring("[debug-overflow]"));
  CHECK_THAT(debug_message_of([&] {
               debugged.memory.free_atom(first, 40);
               Debugged::write(second - 8, 8);
               debugged.memory.free_atom(second, 40);
             }),
             ContainsSubstring("made by call #2 ") && ContainsSubstring("[debug-underflow]"));
  debugged.memory.free_atom(first, 40);
  debugged.memory.free_atom(second, 40);
}

TEST_CASE("A write before raw memory and before a run behind another is found", "[law-debug-underflow]") {
  Debugged debugged;
  std::byte* const raw = debugged.buffer(1000);
  CHECK_THAT(debug_message_of([&] {
               Debugged::write(raw - 16);
               debugged.memory.free_buffer(raw, 1000);
             }),
             ContainsSubstring("the first bad one is 0x41 at p-16") && ContainsSubstring("[debug-underflow]"));
  std::byte* const before = debugged.container(4000);
  std::byte* const run = debugged.container(4000);
  REQUIRE(run == before + 4096);
  CHECK_THAT(debug_message_of([&] {
               Debugged::write(run - 1);
               debugged.memory.free_container(run, 4000);
             }),
             ContainsSubstring("[debug-underflow]"));
  debugged.memory.free_buffer(raw, 1000);
  debugged.memory.free_container(before, 4000);
  debugged.memory.free_container(run, 4000);
}

TEST_CASE("A write to a freed block is found when all blocks are looked at, and both calls are named",
          "[law-debug-use-after-free]") {
  CHECK(debug_message_of([] {
          Debugged debugged;
          std::byte* const container = debugged.container(64);
          debugged.memory.free_container(container, 64);
          Debugged::write(container + 20, 2);
          debugged.memory.trim();
        }) ==
        "ouro: debug memory: a freed block was written to\n"
        "  block at ADDRESS: 64 bytes originally requested, domain objects (container), freed\n"
        "  The 64 freed bytes at p+0 are not all 0xdd; the first bad one is 0x41 at p+20:\n"
        "    at p+16: dd dd dd dd 41 41 dd dd dd dd dd dd dd dd dd dd\n"
        "    at p+32: dd dd dd dd dd dd dd dd dd dd dd dd dd dd dd dd\n"
        "  The block was made by call #1 to the allocator:\n"
        "    FRAMES\n"
        "  It was freed by call #2 to the allocator:\n"
        "    FRAMES\n"
        "ouro: broken law [debug-use-after-free]: a freed block was written to\n");
}

TEST_CASE("A write to freed memory is found when it is used again, given back, or the allocator ends",
          "[law-debug-use-after-free]") {
  Debugged debugged;
  std::byte* const atom = debugged.atom(40);
  debugged.memory.free_atom(atom, 40);
  CHECK_THAT(debug_message_of([&] {
               Debugged::write(atom);
               for (int i = 0; i < 200; ++i) debugged.memory.free_atom(debugged.atom(40), 40);
               for (int i = 0; i < 500; ++i) static_cast<void>(debugged.atom(40));
             }),
             ContainsSubstring("[debug-use-after-free]"));
  CHECK_THAT(debug_message_of([&] {
               Debugged::write(atom);
               debugged.memory.age();
               debugged.memory.age();
             }),
             ContainsSubstring("[debug-use-after-free]"));
  CHECK_THAT(debug_message_of([] {
               Debugged ending;
               std::byte* const raw = ending.buffer(2000);
               ending.memory.free_buffer(raw, 2000);
               Debugged::write(raw + 1999);
             }),
             ContainsSubstring("the first bad one is 0x41 at p+1999") && ContainsSubstring("[debug-use-after-free]"));
  CHECK_THAT(debug_message_of([] {
               Debugged ending;
               static_cast<void>(ending.container(8));  // keeps the arena, whose memory would be given back at once
               std::byte* const container = ending.container(70'000);
               ending.memory.free_container(container, 70'000);
               Debugged::write(container + 5'000);
             }),
             ContainsSubstring("[debug-use-after-free]"));
  CHECK_THAT(debug_message_of([&] {
               Debugged::write(atom + 48 + 3);
               static_cast<void>(debugged.atom(40));
             }),
             ContainsSubstring("a block that was never given out was written to") &&
                 ContainsSubstring("never given out, 48 bytes, domain objects (atom)"));
}

TEST_CASE("All blocks can be looked at any time, and damage is noted without an end",
          "[law-debug-overflow][law-debug-underflow][law-debug-use-after-free]") {
  Debugged debugged;
  std::byte* const atom = debugged.atom(40);
  std::byte* const buffer = debugged.buffer(600);
  CHECK(finding_of(debugged.memory).empty());
  require_sound(debugged.memory);
  Debugged::write(atom + 41);
  CHECK(finding_of(debugged.memory) == "debug-overflow: 40 bytes by call #1: 0x41 in place of 0xfd at p+41");
  Report report;
  debugged.memory.verify(report);
  CHECK(report.names("debug-overflow"));
  fill_bytes(atom + 41, 1, kForbiddenByte);
  Debugged::write(atom - 1);
  CHECK(finding_of(debugged.memory) == "debug-underflow: 40 bytes by call #1: 0x41 in place of 0xfd at p-1");
  fill_bytes(atom - 1, 1, kForbiddenByte);
  debugged.memory.free_buffer(buffer, 600);
  Debugged::write(buffer + 7);
  CHECK(finding_of(debugged.memory) == "debug-use-after-free: 600 bytes by call #2: 0x41 in place of 0xdd at p+7");
  fill_bytes(buffer + 7, 1, kDeadByte);
  debugged.memory.free_atom(atom, 40);
  require_sound(debugged.memory);
}
