// What real Python programs asked of their allocator, asked of ours.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <string>

#include "helpers.h"

using namespace ouro::test;

namespace {

struct Request {
  std::size_t slot;
  std::size_t bytes;  ///< 0: the block in the slot is given back
};

struct Trace {
  std::size_t slots = 0;
  std::vector<Request> requests;
};

Trace read_trace(const std::string& name) {
  std::ifstream file(std::string(OURO_TRACES) + "/" + name);
  Trace trace;
  std::size_t count = 0;
  REQUIRE(file >> trace.slots >> count);
  for (std::string word; file >> word;) {
    const std::size_t colon = word.find(':');
    if (word[0] == '-')
      trace.requests.push_back({std::stoul(word.substr(1)), 0});
    else
      trace.requests.push_back({std::stoul(word.substr(0, colon)), std::stoul(word.substr(colon + 1))});
  }
  REQUIRE(trace.requests.size() == count);
  return trace;
}

struct Block {
  unsigned char* start = nullptr;
  std::size_t bytes = 0;
};

void fill(const Block& block, std::size_t slot) { std::memset(block.start, static_cast<int>(slot % 251), block.bytes); }

bool is_filled(const Block& block, std::size_t slot) {
  return std::all_of(block.start, block.start + block.bytes, [=](unsigned char byte) { return byte == slot % 251; });
}

/// Asks for everything in the trace; every block must still hold what was written into it when it is given back.
void replay(Allocator& memory, const Trace& trace, std::vector<Block>& slots) {
  std::size_t turn = 0;
  for (const Request& request : trace.requests) {
    Block& block = slots[request.slot];
    if (request.bytes != 0) {
      block = {static_cast<unsigned char*>(memory.allocate_atom(request.bytes)), request.bytes};
      REQUIRE(block.start != nullptr);
      fill(block, request.slot);
    } else {
      REQUIRE(is_filled(block, request.slot));
      memory.free_atom(block.start, block.bytes);
      block = {};
    }
    if (++turn % 1000 == 0) require_sound(memory);
  }
}

}  // namespace

TEST_CASE("Replayed traces of Python programs keep every content and leave nothing behind", "[all-laws]") {
  for (const char* const name : {"json.trace", "objects.trace"}) {
    INFO(name);
    const Trace trace = read_trace(name);
    Allocator memory({.space = with_magazines()});
    for (int round = 0; round < 3; ++round) {
      std::vector<Block> slots(trace.slots);
      replay(memory, trace, slots);
      std::size_t alive = 0;
      for (std::size_t slot = 0; slot < slots.size(); ++slot)
        if (slots[slot].start != nullptr) {
          ++alive;
          REQUIRE(is_filled(slots[slot], slot));
        }
      const AllocatorStats stats = memory.stats();
      CHECK(stats.objects_domain.live_blocks + stats.raw_domain.live_blocks == alive);
      for (const Block& block : slots)
        if (block.start != nullptr) memory.free_atom(block.start, block.bytes);
      if (round == 1) memory.age();
    }
    memory.trim();
    CHECK(memory.stats().objects_domain.held_bytes == 0);
    CHECK(memory.budget().used() == 0);
    require_sound(memory);
  }
}
