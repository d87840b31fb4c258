// A float and its text: repr(float), and the grammar of float('...').
//
// repr is the shortest decimal that reads back as the same value, laid out by CPython's rule: positional while the exponent
// is in [-4, 16), otherwise '1e+16'; and always recognisable as a float, hence '1.0'. float('...') accepts what Python
// does: whitespace around, underscores between digits, decimal digits of any script, inf, infinity and nan in any case.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ouro::detail {

/// Room enough for every repr; the longest is '-2.2250738585072014e-308', 24 characters.
inline constexpr std::size_t kFloatTextMax = 32;

/// Writes repr(value), also str(value), to `out`, which has room for kFloatTextMax characters. No terminating zero.
/// Returns how many characters were written.
std::size_t write_float(double value, char* out) noexcept;

/// float(text) for UTF-8 `text`; empty if Python would refuse it. Too large gives infinity and too small gives zero, as in
/// Python. The value nearest to the decimal, however many digits. May throw std::bad_alloc, but only for text with
/// underscores or with non-ASCII characters.
[[nodiscard]] std::optional<double> parse_float(std::string_view text);

/// How many characters at the start of ASCII `text` are a float, with its sign and without white space; 0 if none are.
[[nodiscard]] std::size_t float_prefix(std::string_view text) noexcept;

/// Appends `text` to `out` without its underscores, each of which must stand between two digits. False if one does not.
[[nodiscard]] bool drop_underscores(std::string_view text, std::string& out);

/// Raises Python's ValueError "could not convert string to float: 'x'".
[[noreturn]] void raise_bad_float(std::string_view text);

}  // namespace ouro::detail
