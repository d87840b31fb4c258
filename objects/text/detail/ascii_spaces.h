// White space among ASCII characters, as a table.
#pragma once

#include <array>

namespace ouro::detail {

/// The white space of str; that of bytes is less.
class AsciiSpaces {
 public:
  constexpr AsciiSpaces() noexcept {
    for (unsigned c = 0; c < is_space_.size(); ++c) is_space_[c] = c == 0x20 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  }
  [[nodiscard]] constexpr bool has(unsigned char c) const noexcept { return is_space_[c]; }

 private:
  std::array<bool, 256> is_space_{};
};
inline constexpr AsciiSpaces kAsciiSpaces;

}  // namespace ouro::detail
