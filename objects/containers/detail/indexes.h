// Positions as Python counts them: from the end if negative.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ouro::detail {

/// `index` counted from the front. Not clipped: what was too far left stays negative.
[[nodiscard]] constexpr std::int64_t from_front(std::int64_t index, std::size_t length) noexcept {
  return index < 0 ? index + static_cast<std::int64_t>(length) : index;
}

/// True if `index`, counted from the front, is a position of a sequence of `length` items.
[[nodiscard]] constexpr bool is_position(std::int64_t index, std::size_t length) noexcept {
  return static_cast<std::uint64_t>(index) < length;
}

/// Where a search or insertion that is told `bound` begins or ends: clipped to [0, length].
[[nodiscard]] constexpr std::size_t clip_bound(std::int64_t bound, std::size_t length) noexcept {
  const std::int64_t index = from_front(bound, length);
  if (index < 0) return 0;
  return static_cast<std::uint64_t>(index) > length ? length : static_cast<std::size_t>(index);
}

}  // namespace ouro::detail
