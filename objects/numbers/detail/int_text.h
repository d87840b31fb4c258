// An int and its text: str(int), hex, oct, bin, and the grammar of int('...', base).
//
// Reading and writing decimal costs more than linear time, so Python limits it (sys.set_int_max_str_digits); the limit is an
// argument here. Bases that are powers of two are linear and have no limit.
#pragma once

#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/int_digits.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::detail {

/// Python's default of sys.get_int_max_str_digits(). 0 means no limit.
inline constexpr std::size_t kDefaultDigitLimit = kIntDigitLimit;

/// int(text) for the commonest form: a sign or none, then 1 to 18 ASCII digits and nothing else. False if it is anything
/// else, good or bad: then ask parse_int.
[[nodiscard]] bool parse_short_int(std::string_view text, std::int64_t* out) noexcept;

/// int(text) for a sign or none, then up to 300 ASCII digits and nothing else: needs no memory.
class PlainDecimal {
 public:
  /// False if it is anything else, good or bad.
  [[nodiscard]] bool read(std::string_view text) noexcept;
  /// Least significant first, leading zeros included.
  [[nodiscard]] std::span<const Limb> limbs() const noexcept { return {limbs_, size_}; }
  [[nodiscard]] bool negative() const noexcept { return negative_; }

 private:
  static constexpr std::size_t kMostDigits = 300;
  Limb limbs_[kMostDigits / 19 + 1];  // NOLINT: the first `size_` are set
  std::size_t size_ = 0;
  bool negative_ = false;
};

/// What a text says.
struct ParsedInt {
  ScratchLimbs limbs;  ///< least significant first, leading zeros included
  bool negative = false;
};

/// int(text, base) for valid UTF-8 `text`: Python's white space, sign, prefixes (0x 0o 0b, where base is 0 or agrees),
/// underscores, and decimal digits of any script. Nothing if it is no number. ValueError in CPython's words: "int() base
/// must be >= 2 and <= 36, or 0", or that the digits exceed `digit_limit`. May throw std::bad_alloc. Divides and conquers;
/// does not look at `text` any more once it may pause.
[[nodiscard]] std::optional<ParsedInt> read_limbs(std::string_view text, int base, std::size_t digit_limit);
/// The same, and ValueError "invalid literal for int() with base 10: 'x'".
[[nodiscard]] ParsedInt parse_limbs(std::string_view text, int base = 10, std::size_t digit_limit = kDefaultDigitLimit);
/// The same as a BigInt.
[[nodiscard]] BigInt parse_int(std::string_view text, int base = 10, std::size_t digit_limit = kDefaultDigitLimit);

/// str of a magnitude of at least one limb, the last not 0, with a sign. Short ones need no memory; long ones are divided
/// and conquered.
class DecimalText {
 public:
  /// ValueError "Exceeds the limit (4300 digits) for integer string conversion; ..." May throw std::bad_alloc.
  DecimalText(std::span<const Limb> limbs, bool negative, std::size_t digit_limit = kDefaultDigitLimit);
  DecimalText(const DecimalText&) = delete;
  DecimalText& operator=(const DecimalText&) = delete;
  [[nodiscard]] std::string_view text() const noexcept { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }

 private:
  static constexpr std::size_t kShort = 24;       ///< limbs that need no memory
  static constexpr std::size_t kLimbDigits = 20;  ///< at most so many digits a limb
  char local_[kShort * kLimbDigits + 1];          // NOLINT: written from the end
  std::vector<char, ScratchAllocator<char>> long_;
  char* begin_;
  char* end_;
};

/// str(value) as a string. May throw std::bad_alloc.
[[nodiscard]] std::string to_decimal(const BigInt& value, std::size_t digit_limit = kDefaultDigitLimit);

/// The digits of `value` in base 2, 8 or 16 (`bits_per_digit` 1, 3 or 4), lower case, with a minus sign if negative and no
/// prefix. May throw std::bad_alloc.
[[nodiscard]] std::string to_power_of_two_base(const BigInt& value, int bits_per_digit);

}  // namespace ouro::detail
