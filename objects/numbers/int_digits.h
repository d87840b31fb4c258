// Ints and decimal text: the limit to the digits.
//
// CPython 3.11 reads and writes at most 4300 digits of a base that is no power of two, so that nobody can keep a program
// busy with a long number. `int(text)`, `str(value)`, `int_from_text`, `int_to_text` and what formats an int have the limit
// of their runtime: Options::int_max_str_digits, and the functions here that are called as in CPython's `sys`. A program
// that knows its input says another one at the call. Both directions divide and conquer: a million digits take a fraction of
// a second.
#pragma once

#include <ouro/objects/numbers/int.h>

#include <cstddef>
#include <string_view>

namespace ouro {

/// The limit that a runtime begins with, unless its options say another one.
inline constexpr std::size_t kIntDigitLimit = 4300;
/// Shorter numbers are never refused, and no limit is lower.
inline constexpr std::size_t kLeastIntDigitLimit = 640;
/// A limit that is none.
inline constexpr std::size_t kNoDigitLimit = 0;

/// `sys.get_int_max_str_digits()`.
[[nodiscard]] std::size_t int_max_str_digits(const Builtins& builtins) noexcept;
/// `sys.set_int_max_str_digits(digits)`; kNoDigitLimit: none. ValueError "maxdigits must be 0 or larger than 640".
void set_int_max_str_digits(Builtins& builtins, std::size_t digits);

/// `int_from_text` with at most `digit_limit` digits, but never fewer than 640.
[[nodiscard]] Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base, std::size_t digit_limit);
/// `int_to_text` likewise.
[[nodiscard]] Ref<Str> int_to_text(const Int& value, std::size_t digit_limit);

}  // namespace ouro
