// Upper and lower case of ASCII letters, in any bytes: a block of them at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace ouro::detail {

/// Letters that change their case, of which 0x20 is the difference: all from `first` to `last`.
struct AsciiLetters {
  char first, last;
  [[nodiscard]] constexpr bool has(char c) const noexcept { return c >= first && c <= last; }
  [[nodiscard]] constexpr char changed(char c) const noexcept { return has(c) ? static_cast<char>(c ^ 0x20) : c; }
};
inline constexpr AsciiLetters kSmallLetters{'a', 'z'};
inline constexpr AsciiLetters kCapitalLetters{'A', 'Z'};

/// How many bytes at the front are none of `letters`. Linear.
[[nodiscard]] std::size_t prefix_without(std::string_view text, AsciiLetters letters) noexcept;
/// Copies bytes to `out`, which has as much room, and changes the case of `letters`. Linear.
void copy_changed(std::string_view text, AsciiLetters letters, char* out) noexcept;

}  // namespace ouro::detail
