// Bytes taken as ASCII text: kinds of characters, case, white space, hexadecimal digits. No call here makes an object, but
// those that say so.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/text/str_methods.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ouro::detail {

inline constexpr std::size_t kNoPlace = std::string_view::npos;

// ---- Characters ----

[[nodiscard]] constexpr bool is_upper_byte(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_lower_byte(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_letter_byte(char c) noexcept { return is_upper_byte(c) || is_lower_byte(c); }
[[nodiscard]] constexpr bool is_digit_byte(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter_or_digit_byte(char c) noexcept { return is_letter_byte(c) || is_digit_byte(c); }
[[nodiscard]] constexpr bool is_space_byte(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr char upper_byte(char c) noexcept { return is_lower_byte(c) ? static_cast<char>(c - 32) : c; }
[[nodiscard]] constexpr char lower_byte(char c) noexcept { return is_upper_byte(c) ? static_cast<char>(c + 32) : c; }
/// The value of a hexadecimal digit, or -1.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
  if (is_digit_byte(c)) return c - '0';
  const char low = lower_byte(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// `isupper`, `islower`: at least one letter, and all of them so.
[[nodiscard]] bool is_upper_text(std::string_view text) noexcept;
[[nodiscard]] bool is_lower_text(std::string_view text) noexcept;
[[nodiscard]] bool is_title_text(std::string_view text) noexcept;

/// How letters change.
enum class Casing : std::uint8_t { kUpper, kLower, kSwap, kTitle, kCapitalise };
/// Writes the text with its letters changed to `to`, which has as much room.
void change_case(std::string_view text, Casing how, char* to) noexcept;

// ---- Parts ----

/// Without white space at the ends, or without any of `characters`.
[[nodiscard]] std::string_view without_space(std::string_view text, Ends ends) noexcept;
[[nodiscard]] std::string_view without_bytes(std::string_view text, std::string_view characters, Ends ends) noexcept;

/// The part of a text in which is searched, as `find(part, start, stop)` says. Empty if it begins behind the end.
struct SearchWindow {
  std::size_t begin;
  std::string_view text;
};
[[nodiscard]] std::optional<SearchWindow> search_window(std::string_view text, std::int64_t start,
                                                        std::int64_t stop) noexcept;

/// Bytes that the text has when its tabs are replaced by spaces; empty if that is more than a size can be.
[[nodiscard]] std::optional<std::size_t> expanded_size(std::string_view text, std::size_t tab_size) noexcept;
/// Writes it.
void expand_tabs(std::string_view text, std::size_t tab_size, char* to) noexcept;

// ---- Hexadecimal ----

/// The str of two digits a byte, `sep` between each `bytes_per_sep` of them, counted from the right, or from the left if
/// negative. Both may be null: not given. ValueError "sep must be length 1.", "sep must be ASCII."; TypeError "sep must be
/// str or bytes.". Runs methods of classes before it looks at `bytes`.
[[nodiscard]] Ref<Str> hex_text(Builtins& builtins, std::string_view bytes, Object* sep, Object* bytes_per_sep);
/// Reads pairs of digits, white space between them, and writes bytes to `to`, which has room for half of the text. Returns
/// how many. ValueError "non-hexadecimal number found in fromhex() arg at position 3".
[[nodiscard]] std::size_t read_hex(std::string_view digits, char* to);

// ---- Arguments ----

/// A number from 0 to 255. ValueError "byte must be in range(0, 256)".
[[nodiscard]] std::uint8_t byte_argument(Object& given);

}  // namespace ouro::detail
