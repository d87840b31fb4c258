// The positions of a slice that are deleted, for all sequences that can be changed.
#pragma once

#include <ouro/objects/containers/slice.h>

#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// The same positions, counted upwards.
[[nodiscard]] inline SliceRange upwards(const SliceRange& range) noexcept {
  if (range.step > 0 || range.size == 0) return range;
  return {static_cast<std::int64_t>(range.at(range.size - 1)), -range.step, range.size};
}

/// Takes the items at these positions, which count upwards, out of a sequence of `size` items: `take(position)` for each,
/// and `move(to, from, count)` for the items between it and the next one. Returns how many items are left. Linear.
template <class Take, class Move>
std::size_t take_positions(const SliceRange& range, std::size_t size, Take take, Move move) noexcept {
  std::size_t left = range.at(0);
  for (std::size_t i = 0; i < range.size; ++i) {
    const std::size_t position = range.at(i);
    const std::size_t next = i + 1 < range.size ? range.at(i + 1) : size;
    const std::size_t kept = next - position - 1;
    take(position);
    move(left, position + 1, kept);
    left += kept;
  }
  return left;
}

}  // namespace ouro::detail
