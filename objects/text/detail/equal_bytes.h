// Comparing bytes for equality, mostly short ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ouro::detail {

/// True if the first and the last `sizeof(Word)` bytes are equal, which overlap if there are less than two words.
template <class Word>
[[nodiscard]] inline bool equal_ends(const char* left, const char* right, std::size_t size) noexcept {
  Word mine[2], other[2];
  std::memcpy(&mine[0], left, sizeof(Word)), std::memcpy(&mine[1], left + size - sizeof(Word), sizeof(Word));
  std::memcpy(&other[0], right, sizeof(Word)), std::memcpy(&other[1], right + size - sizeof(Word), sizeof(Word));
  return ((mine[0] ^ other[0]) | (mine[1] ^ other[1])) == 0;
}

/// True if `size` bytes are equal; up to 16 of them without a call.
[[nodiscard]] inline bool equal_bytes(const char* left, const char* right, std::size_t size) noexcept {
  if (size > 16) return std::memcmp(left, right, size) == 0;
  if (size >= 8) return equal_ends<std::uint64_t>(left, right, size);
  if (size >= 4) return equal_ends<std::uint32_t>(left, right, size);
  if (size == 0) return true;
  return left[0] == right[0] && left[size / 2] == right[size / 2] && left[size - 1] == right[size - 1];
}

}  // namespace ouro::detail
