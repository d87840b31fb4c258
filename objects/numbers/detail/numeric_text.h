// What int('...') and float('...') have in common before they look at a digit.
//
// Python lets a number be written with the decimal digits of any script and with any white space around it. CPython folds
// such text to ASCII first; text that is ASCII already is taken as it is.
#pragma once

#include <string>
#include <string_view>

namespace ouro::detail {

/// Python's ASCII white space around a number: space, \t, \n, \v, \f, \r. (Not \x1c to \x1f, which str.strip() removes.)
[[nodiscard]] constexpr bool is_number_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// `text` without the white space around it.
[[nodiscard]] constexpr std::string_view strip_number(std::string_view text) noexcept {
  while (!text.empty() && is_number_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_number_space(text.back())) text.remove_suffix(1);
  return text;
}

/// `text` with every non-ASCII decimal digit folded to its ASCII digit and every non-ASCII white space to a space. The
/// result ends in '?' where a character is neither, which no number accepts. ASCII text is returned unchanged; otherwise
/// the result views `storage`, which may throw std::bad_alloc. `text` is valid UTF-8.
[[nodiscard]] std::string_view fold_number(std::string_view text, std::string& storage);

}  // namespace ouro::detail
