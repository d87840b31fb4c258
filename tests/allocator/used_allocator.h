// An allocator that is used in every way: operations at random, and one that has seen some life.
#pragma once

#include <random>
#include <vector>

#include "helpers.h"

namespace ouro::test {

struct Block {
  Purpose purpose;
  void* start;
  std::size_t bytes;
};

inline void* take_from(Allocator& memory, Purpose purpose, std::size_t bytes) {
  if (purpose == Purpose::kContainer) return memory.allocate_container(bytes);
  return purpose == Purpose::kAtom ? memory.allocate_atom(bytes) : memory.allocate_buffer(bytes);
}

inline void give_back(Allocator& memory, const Block& block) {
  if (block.purpose == Purpose::kContainer) return memory.free_container(block.start, block.bytes);
  block.purpose == Purpose::kAtom ? memory.free_atom(block.start, block.bytes)
                                  : memory.free_buffer(block.start, block.bytes);
}

inline std::size_t some_size(std::mt19937& random) {
  const auto dice = random() % 100;
  return dice == 0 ? 1 + random() % 600'000 : dice < 10 ? 513 + random() % 20'000 : 1 + random() % 512;
}

/// One operation of any kind; a few fail.
inline void step(Allocator& memory, std::vector<Block>& blocks, std::mt19937& random, bool growing) {
  const auto dice = random() % 1000;
  if (dice == 0) memory.trim();
  if (dice == 1) memory.age();
  if (dice >= 2 && dice < 12) memory.faults().fail_at(1 + random() % 3);
  if (dice >= 12 && dice < 42) memory.faults().clear();  // until then its hook keeps the magazines closed
  if (blocks.empty() || random() % 100 < (growing ? 60U : 40U)) {
    const auto purpose = static_cast<Purpose>(random() % 3);
    const std::size_t bytes = some_size(random);
    if (void* const start = take_from(memory, purpose, bytes); start != nullptr) blocks.push_back({purpose, start, bytes});
    return;
  }
  Block& block = blocks[random() % blocks.size()];
  if (block.purpose == Purpose::kBuffer && random() % 2 == 0) {
    const std::size_t bytes = some_size(random);
    if (void* const moved = memory.reallocate_buffer(block.start, block.bytes, bytes); moved != nullptr)
      block = {Purpose::kBuffer, moved, bytes};
    return;
  }
  give_back(memory, block);
  block = blocks.back();
  blocks.pop_back();
}

/// An allocator that has seen some life: every kind of memory in use, and some of each given back.
struct Used {
  Used() {
    for (int i = 0; i < 20'000; ++i) step(memory, blocks, random, true);
    for (int i = 0; i < 9'000; ++i) step(memory, blocks, random, false);
    memory.faults().clear();
  }
  ~Used() {
    for (const Block& block : blocks) give_back(memory, block);
  }
  std::mt19937 random{7};
  Allocator memory{{.memory_limit = 200 * kMiB, .space = {.reservation_bytes = 256 * kMiB}}};
  std::vector<Block> blocks;
};

}  // namespace ouro::test
