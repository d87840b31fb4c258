// Writes and reads ints in any base.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/decimal.h>
#include <ouro/objects/numbers/detail/format_int.h>
#include <ouro/objects/numbers/detail/int_text.h>
#include <ouro/objects/numbers/detail/numeric_text.h>
#include <ouro/objects/text/detail/text_repr.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace ouro::detail {

namespace {

/// A numeral taken apart: the number is its sign, and `digits` (with underscores between) in `base`.
struct Numeral {
  bool negative = false;
  bool zero_only = false;  ///< base 0 and a leading zero: '00' is 0, '010' is an error
  int base = 10;
  std::string_view digits;
  std::size_t digit_count = 0;
};

/// The base that a prefix asks for, 0 if `text` has none.
int prefix_base(std::string_view text) noexcept {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

/// Removes sign and prefix from `text` and settles the base.
Numeral read_head(std::string_view& text, int base) noexcept {
  Numeral numeral;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    numeral.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const int prefix = prefix_base(text);
  numeral.base = base != 0 ? base : prefix != 0 ? prefix : 10;
  numeral.zero_only = base == 0 && prefix == 0 && !text.empty() && text.front() == '0';
  if (prefix != 0 && prefix == numeral.base) {
    text.remove_prefix(2);
    if (!text.empty() && text.front() == '_') text.remove_prefix(1);
  }
  return numeral;
}

/// Takes the digits from the front of `text`. False if there are none or an underscore is not between two of them.
bool read_digits(std::string_view& text, Numeral& numeral) noexcept {
  std::size_t at = 0;
  bool after_digit = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '_') {
      if (!after_digit) return false;
      after_digit = false;
    } else if (digit_value(text[at]) < static_cast<unsigned>(numeral.base)) {
      ++numeral.digit_count;
      after_digit = true;
    } else {
      break;
    }
  }
  numeral.digits = text.substr(0, at);
  text.remove_prefix(at);
  return after_digit;
}

/// Digits of a base that is a power of two, placed bit by bit from the right. Linear.
ScratchLimbs read_binary_base(const Numeral& numeral) {
  const auto width = static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(numeral.base)));
  ScratchLimbs limbs(numeral.digit_count * width / 64 + 1, 0);
  std::size_t bit = 0;
  for (std::size_t k = numeral.digits.size(); k-- > 0;) {
    if (numeral.digits[k] == '_') continue;
    const Limb digit = digit_value(numeral.digits[k]);
    const std::size_t shift = bit % 64;
    limbs[bit / 64] |= digit << shift;
    if (shift + width > 64) limbs[bit / 64 + 1] |= digit >> (64 - shift);
    bit += width;
  }
  return limbs;
}

[[noreturn]] void raise_digit_limit(std::size_t limit, std::string_view detail) {
  raise(ErrorKind::kValueError, fmt::format("Exceeds the limit ({} digits) for integer string conversion{}; use "
                                            "sys.set_int_max_str_digits() to increase the limit",
                                            limit, detail));
}

bool exceeds_limit(std::size_t digits, std::size_t limit) noexcept {
  return limit != 0 && digits > limit && digits > kLeastIntDigitLimit;
}

/// How many decimal digits a number of `bits` bits has at least, and at most one fewer than it has at most.
std::size_t least_digits(std::uint64_t bits) noexcept {
  if (bits == 0) return 1;
  return static_cast<std::size_t>(DoubleLimb{bits - 1} * 30102999566u / 100000000000u) + 1;
}

}  // namespace

bool parse_short_int(std::string_view text, std::int64_t* out) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 18) return false;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    value = value * 10 + (c - '0');
  }
  *out = negative ? -value : value;
  return true;
}

bool PlainDecimal::read(std::string_view text) noexcept {
  constexpr std::size_t kChunkDigits = 19;
  constexpr Limb kChunk = 10'000'000'000'000'000'000u;
  negative_ = text.starts_with('-');
  if (negative_ || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.size() > kMostDigits) return false;
  size_ = 0;
  for (std::size_t digits = (text.size() - 1) % kChunkDigits + 1; !text.empty(); digits = kChunkDigits) {
    Limb chunk = 0;
    if (!read_limb(text.substr(0, digits), &chunk)) return false;
    limbs_[size_] = limbs::multiply_by(limbs_, limbs_, size_, kChunk, chunk);
    ++size_;
    text.remove_prefix(digits);
  }
  return true;
}

std::optional<ParsedInt> read_limbs(std::string_view text, int base, std::size_t digit_limit) {
  if (base != 0 && (base < 2 || base > 36)) raise(ErrorKind::kValueError, "int() base must be >= 2 and <= 36, or 0");
  std::string folded;
  std::string_view rest = strip_number(fold_number(text, folded));
  Numeral numeral = read_head(rest, base);
  if (!read_digits(rest, numeral)) return std::nullopt;
  const bool binary = std::has_single_bit(static_cast<unsigned>(numeral.base));
  // CPython counts the digits before it looks at what follows them.
  if (!binary && exceeds_limit(numeral.digit_count, digit_limit))
    raise_digit_limit(digit_limit, fmt::format(": value has {} digits", numeral.digit_count));
  const bool is_octal_of_old = numeral.zero_only && numeral.digits.find_first_not_of("0_") != std::string_view::npos;
  if (!rest.empty() || is_octal_of_old) return std::nullopt;
  return ParsedInt{binary ? read_binary_base(numeral) : read_digits_in_base(numeral.digits, numeral.base), numeral.negative};
}

ParsedInt parse_limbs(std::string_view text, int base, std::size_t digit_limit) {
  if (std::optional<ParsedInt> parsed = read_limbs(text, base, digit_limit)) return std::move(*parsed);
  raise(ErrorKind::kValueError, fmt::format("invalid literal for int() with base {}: {}", base, repr_text(text, 200)));
}

BigInt parse_int(std::string_view text, int base, std::size_t digit_limit) {
  const ParsedInt parsed = parse_limbs(text, base, digit_limit);
  return from_limbs(parsed.limbs, parsed.negative);
}

DecimalText::DecimalText(std::span<const Limb> limbs, bool negative, std::size_t digit_limit) {
  const std::uint64_t bits = limbs.size() * 64 - static_cast<std::uint64_t>(std::countl_zero(limbs.back()));
  if (exceeds_limit(least_digits(bits), digit_limit)) raise_digit_limit(digit_limit, "");
  if (limbs.size() > kShort) long_.resize(limbs.size() * kLimbDigits + 1);
  char* const room = long_.empty() ? local_ : long_.data();
  end_ = room + (long_.empty() ? sizeof local_ : long_.size());
  begin_ = write_decimal_before(limbs, end_);
  if (exceeds_limit(static_cast<std::size_t>(end_ - begin_), digit_limit)) raise_digit_limit(digit_limit, "");
  if (negative) *--begin_ = '-';
}

std::string to_decimal(const BigInt& value, std::size_t digit_limit) {
  if (value.is_zero()) return "0";
  return std::string(DecimalText(limbs_of(value), value.sign() < 0, digit_limit).text());
}

std::string to_power_of_two_base(const BigInt& value, int bits_per_digit) {
  const auto width = static_cast<std::size_t>(bits_per_digit);
  const std::span<const Limb> limbs = limbs_of(value);
  const Limb mask = (Limb{1} << width) - 1;
  const std::size_t digits = std::max<std::size_t>(1, (bit_length(value) + width - 1) / width);
  const bool negative = value.sign() < 0;
  ScratchScope::charge(digits + 4);  // there is room for a prefix
  std::string out(digits + (negative ? 1u : 0u), '-');
  std::size_t bit = 0;
  for (std::size_t k = 0; k < digits; ++k, bit += width) {
    const std::size_t shift = bit % 64;
    Limb digit = limbs[bit / 64] >> shift;
    if (shift + width > 64 && bit / 64 + 1 < limbs.size()) digit |= limbs[bit / 64 + 1] << (64 - shift);
    out[out.size() - 1 - k] = "0123456789abcdef"[digit & mask];
  }
  return out;
}

}  // namespace ouro::detail
