// Slice: the part `[start:stop:step]` of a sequence.
//
//   Slice       as written; parts may be missing or negative, and may lie outside the sequence
//   SliceRange  which items of a sequence of a known length are meant: first, first + step, ... (size items)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace ouro {

/// A slice as written. `Slice{}` is everything, `Slice{1, {}, 2}` is [1::2].
struct Slice {
  std::optional<std::int64_t> start{};
  std::optional<std::int64_t> stop{};
  std::int64_t step = 1;
};

/// The positions a slice means.
struct SliceRange {
  std::int64_t first;  ///< where an insertion would go if size is 0
  std::int64_t step;
  std::size_t size;

  [[nodiscard]] constexpr std::size_t at(std::size_t i) const noexcept {
    return static_cast<std::size_t>(first + static_cast<std::int64_t>(i) * step);
  }
};

/// The positions that `slice` means in a sequence of `length` items, clipped to it as CPython does.
/// ValueError "slice step cannot be zero".
[[nodiscard]] SliceRange resolve(const Slice& slice, std::size_t length);

}  // namespace ouro
