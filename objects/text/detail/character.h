// What a character is: letter, digit, upper case, part of an identifier (Unicode 14.0, as in CPython 3.11).
#pragma once

#include <cstdint>

namespace ouro::detail {

/// The properties of one code point that methods of str ask for. The bits are those of character_table.inc.
class CharacterProperties {
 public:
  explicit constexpr CharacterProperties(std::uint8_t bits) noexcept : bits_(bits) {}

  [[nodiscard]] constexpr bool is_alpha() const noexcept { return (bits_ & 1) != 0; }
  [[nodiscard]] constexpr bool is_lower() const noexcept { return (bits_ & 2) != 0; }
  [[nodiscard]] constexpr bool is_upper() const noexcept { return (bits_ & 4) != 0; }
  [[nodiscard]] constexpr bool is_title() const noexcept { return (bits_ & 8) != 0; }
  [[nodiscard]] constexpr bool is_cased() const noexcept { return (bits_ & 14) != 0; }
  [[nodiscard]] constexpr bool is_numeric() const noexcept { return number() >= 1; }
  [[nodiscard]] constexpr bool is_digit() const noexcept { return number() >= 2; }
  [[nodiscard]] constexpr bool is_decimal() const noexcept { return number() == 3; }
  [[nodiscard]] constexpr bool is_alnum() const noexcept { return is_alpha() || is_numeric(); }
  [[nodiscard]] constexpr bool begins_identifier() const noexcept { return bits_ >> 6 == 2; }
  [[nodiscard]] constexpr bool continues_identifier() const noexcept { return bits_ >> 6 != 0; }

 private:
  /// 0 none, 1 numeric, 2 digit, 3 decimal: each includes the ones before.
  [[nodiscard]] constexpr unsigned number() const noexcept { return bits_ >> 4 & 3u; }

  std::uint8_t bits_;
};

/// Constant time.
[[nodiscard]] CharacterProperties properties_of(char32_t c) noexcept;

/// The value of a decimal digit of any script, -1 for anything else.
[[nodiscard]] int decimal_value(char32_t c) noexcept;

/// True where `str.splitlines` ends a line.
[[nodiscard]] constexpr bool is_line_break(char32_t c) noexcept {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

}  // namespace ouro::detail
