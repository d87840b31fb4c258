// Laying out what is formatted: padding, signs, separators between digits. The text alone, no objects.
#pragma once

#include <ouro/objects/text/format_spec.h>
#include <ouro/objects/text/str_builder.h>

#include <string_view>

namespace ouro::detail {

/// A number as text, in parts.
struct NumberParts {
  bool negative = false;
  std::string_view prefix{};  ///< "0x"
  std::string_view digits{};  ///< of the whole part, between which separators may stand
  std::string_view rest{};    ///< ".5e+10", "inf"; of 'c' the character
};

/// Takes apart "-12.5e+3".
[[nodiscard]] NumberParts number_parts(std::string_view text) noexcept;

/// Appends the number as the specification says. MemoryError. Linear in the width.
void append_number(StrBuilder& result, const NumberParts& number, const FormatSpec& spec);
/// Appends a character `times` times. MemoryError.
void append_fill(StrBuilder& result, char32_t fill, std::size_t times);
/// How many of `missing` fill characters stand on the left.
[[nodiscard]] std::size_t left_padding(char align, std::size_t missing) noexcept;

}  // namespace ouro::detail
