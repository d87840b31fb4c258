// An int and its text: str(int), hex, oct, bin, and the grammar of int('...', base).
//
// Reading and writing decimal is quadratic in the number of digits, so Python limits it (sys.set_int_max_str_digits); the
// limit is an argument here, because it belongs to a runtime. Bases that are powers of two are linear and have no limit.
#pragma once

#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/int_digits.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ouro::detail {

/// Python's default of sys.get_int_max_str_digits(). 0 means no limit; Python accepts no other value below 640.
inline constexpr std::size_t kDefaultDigitLimit = kIntDigitLimit;
inline constexpr std::size_t kDigitLimitThreshold = 640;

/// int(text) for the commonest form: a sign or none, then 1 to 18 ASCII digits and nothing else. False if it is anything
/// else, good or bad: then ask parse_int.
[[nodiscard]] bool parse_short_int(std::string_view text, std::int64_t* out) noexcept;

/// int(text, base) for valid UTF-8 `text`: Python's white space, sign, prefixes (0x 0o 0b, where base is 0 or agrees),
/// underscores, and decimal digits of any script. ValueError in CPython's words: "invalid literal for int() with base 10:
/// 'x'", "int() base must be >= 2 and <= 36, or 0", or that the digits exceed `digit_limit`. May throw std::bad_alloc.
[[nodiscard]] BigInt parse_int(std::string_view text, int base = 10, std::size_t digit_limit = kDefaultDigitLimit);

/// str(value). ValueError "Exceeds the limit (4300 digits) for integer string conversion; ..." May throw std::bad_alloc.
[[nodiscard]] std::string to_decimal(const BigInt& value, std::size_t digit_limit = kDefaultDigitLimit);

/// The digits of `value` in base 2, 8 or 16 (`bits_per_digit` 1, 3 or 4), lower case, with a minus sign if negative and no
/// prefix. May throw std::bad_alloc.
[[nodiscard]] std::string to_power_of_two_base(const BigInt& value, int bits_per_digit);

}  // namespace ouro::detail
