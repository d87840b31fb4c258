// How many bytes the block of a str has: as many as it needs, or with room for more where text is appended in place.
#pragma once

#include <ouro/objects/text/str_layout.h>

#include <bit>
#include <cstddef>

namespace ouro::detail {

/// Set on a str whose block has `roomy_size` bytes.
inline constexpr std::uint32_t kRoomyFlag = Str::kInternedFlag << 1;

/// The bytes that a block has in place of `size`: the next of four steps to each power of two. So text that grows bit by bit
/// is copied a constant number of times.
[[nodiscard]] constexpr std::size_t roomy_size(std::size_t size) noexcept {
  const std::size_t step = std::bit_floor(size) / 4;
  return step < 16 ? align_up(size, 16) : align_up(size, step);
}

/// Bytes of a str that holds so much, without room.
[[nodiscard]] constexpr std::size_t exact_size(std::size_t bytes, std::size_t code_points) noexcept {
  const bool crumbs = bytes != code_points && code_points > Str::kCrumbsAbove;
  return crumbs ? Str::size_with_crumbs(bytes) : Str::plain_size(bytes);
}

/// Bytes of the block of a str.
[[nodiscard]] inline std::size_t block_size(const Str& str) noexcept {
  const std::size_t size = exact_size(str.bytes, str.code_points);
  return (str.flags & kRoomyFlag) != 0 ? roomy_size(size) : size;
}

}  // namespace ouro::detail
