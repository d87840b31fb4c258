// Ints and decimal text with a limit of one's own to the digits.
//
// CPython 3.11 reads and writes at most 4300 digits of a base that is no power of two, so that nobody can keep a program
// busy with a long number (sys.set_int_max_str_digits). `int(text)`, `str(value)`, `int_from_text` and `int_to_text` have
// that limit. A program that knows its input says another one here. Both directions divide and conquer: a million digits
// take a fraction of a second.
#pragma once

#include <ouro/objects/numbers/int.h>

#include <cstddef>
#include <string_view>

namespace ouro {

/// The limit that `int` and `str` have.
inline constexpr std::size_t kIntDigitLimit = 4300;
/// A limit that is none.
inline constexpr std::size_t kNoDigitLimit = 0;

/// `int_from_text` with at most `digit_limit` digits, but never fewer than 640.
[[nodiscard]] Ref<Int> int_from_text(Builtins& builtins, std::string_view text, int base, std::size_t digit_limit);
/// `int_to_text` likewise.
[[nodiscard]] Ref<Str> int_to_text(const Int& value, std::size_t digit_limit);

}  // namespace ouro
