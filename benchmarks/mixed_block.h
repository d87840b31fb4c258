// Blocks of mixed sizes, for the patterns in which a program's objects are not all alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "harness.h"
#include "random.h"

namespace bench {

inline constexpr std::size_t kMixedMin = 16;
inline constexpr std::size_t kMixedMax = 512;

/// A size from kMixedMin to kMixedMax, all of them alike; `part` is half of a random number.
[[nodiscard]] constexpr std::size_t mixed_size(std::uint64_t part) noexcept {
  return kMixedMin + scaled(part, kMixedMax - kMixedMin + 1);
}

/// A block and the size that was asked for.
struct MixedBlock {
  void* start = nullptr;
  std::size_t size = 0;
};

/// A new block with its first and last word written, as whoever asked for it would do.
template <class Heap>
[[nodiscard]] MixedBlock mixed_block(Heap& heap, std::size_t size) {
  void* const start = heap.allocate(size);
  std::memcpy(start, &size, sizeof size);
  std::memcpy(static_cast<std::byte*>(start) + size - sizeof size, &size, sizeof size);
  escape(start);
  return {start, size};
}

/// Fills every element of `blocks`; returns the bytes that were asked for.
template <class Heap>
std::size_t fill_mixed(Heap& heap, std::vector<MixedBlock>& blocks, Random& random) {
  std::size_t bytes = 0;
  for (MixedBlock& block : blocks) {
    block = mixed_block(heap, mixed_size(RandomPair(random.next()).low));
    bytes += block.size;
  }
  return bytes;
}

}  // namespace bench
