// Writes and reads floats in base 16.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/float_hex.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/detail/numeric_text.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace ouro::detail {

namespace {

constexpr int kMantissaBits = std::numeric_limits<double>::digits;  // 53
constexpr int kLeastBit = -1074;                                    // the smallest double is 2**-1074
constexpr std::int64_t kExponentCap = std::int64_t{1} << 60;
constexpr unsigned kNoDigit = 16;

[[noreturn, gnu::cold]] void raise_invalid() { raise(ErrorKind::kValueError, "invalid hexadecimal floating-point string"); }
[[noreturn, gnu::cold]] void raise_too_large() {
  raise(ErrorKind::kOverflowError, "hexadecimal value too large to represent as a float");
}

constexpr unsigned hex_value(char c) noexcept {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  const int lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a' + 10) : kNoDigit;
}

bool take(std::string_view& text, char c) noexcept {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// bits * 2**exponent; the lowest bit also stands for whatever was below it.
struct Magnitude {
  std::uint64_t bits = 0;
  std::int64_t exponent = 0;
};

/// Takes the digits with their point. False if there is no digit.
bool take_digits(std::string_view& text, Magnitude& magnitude) noexcept {
  bool any = false;
  bool behind_point = false;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.front() == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    const unsigned digit = hex_value(text.front());
    if (digit == kNoDigit) break;
    any = true;
    if (magnitude.bits >> 60 == 0) {
      magnitude.bits = magnitude.bits << 4 | digit;
      if (behind_point) magnitude.exponent -= 4;
    } else {
      if (digit != 0) magnitude.bits |= 1;
      if (!behind_point) magnitude.exponent += 4;
    }
  }
  return any;
}

/// Takes 'p', a sign and decimal digits. False if the digits are missing.
bool take_exponent(std::string_view& text, std::int64_t& exponent) noexcept {
  if (text.empty() || (text.front() | 0x20) != 'p') return true;
  text.remove_prefix(1);
  const bool negative = take(text, '-');
  if (!negative) static_cast<void>(take(text, '+'));
  if (text.empty() || !is_digit(text.front())) return false;
  std::int64_t value = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1))
    value = std::min(value * 10 + (text.front() - '0'), kExponentCap / 16);
  exponent += negative ? -value : value;
  return true;
}

/// Rounded half to even, once.
double round_magnitude(Magnitude magnitude) {
  if (magnitude.bits == 0) return 0.0;
  const auto width = static_cast<int>(std::bit_width(magnitude.bits));
  const std::int64_t top = magnitude.exponent + width;  // 2**(top - 1) <= value < 2**top
  if (top > std::numeric_limits<double>::max_exponent) raise_too_large();
  if (top < kLeastBit) return 0.0;
  const int kept = static_cast<int>(std::min<std::int64_t>(kMantissaBits, top - kLeastBit));
  const int lost = width - kept;
  if (lost <= 0) return std::ldexp(static_cast<double>(magnitude.bits), static_cast<int>(magnitude.exponent));
  // `kept` may be 0, and then all 64 bits may be lost.
  const std::uint64_t whole = lost < 64 ? magnitude.bits >> lost : 0;
  const std::uint64_t rest = magnitude.bits - (lost < 64 ? whole << lost : 0);
  const std::uint64_t half = std::uint64_t{1} << (lost - 1);
  const bool up = rest > half || (rest == half && (whole & 1) != 0);
  const double value = std::ldexp(static_cast<double>(whole + (up ? 1 : 0)), static_cast<int>(magnitude.exponent) + lost);
  if (std::isinf(value)) raise_too_large();
  return value;
}

double parse_magnitude(std::string_view text) {
  if (const std::size_t size = float_prefix(text);
      size == text.size() && !text.empty() && (text.front() | 0x20) > '9' && hex_value(text.front()) == kNoDigit)
    return *parse_float(text);  // inf, infinity, nan
  if (text.starts_with('0') && text.size() > 1 && (text[1] | 0x20) == 'x') text.remove_prefix(2);
  Magnitude magnitude;
  if (!take_digits(text, magnitude) || !take_exponent(text, magnitude.exponent)) raise_invalid();
  const double value = round_magnitude(magnitude);  // CPython looks at what follows when it has the value
  if (!text.empty()) raise_invalid();
  return value;
}

char* put(char* out, std::string_view text) noexcept { return std::copy(text.begin(), text.end(), out); }

}  // namespace

std::size_t write_hex(double value, char* out) noexcept {
  if (!std::isfinite(value)) return write_float(value, out);
  constexpr int kFieldBits = kMantissaBits - 1;
  constexpr int kBias = std::numeric_limits<double>::max_exponent - 1;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  char* end = out;
  if (std::signbit(value)) *end++ = '-';
  if (value == 0) return static_cast<std::size_t>(put(end, "0x0.0p+0") - out);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << kFieldBits) - 1);
  const int field = static_cast<int>(bits >> kFieldBits & 0x7FF);
  const bool normal = field != 0;
  const int exponent = (normal ? field : 1) - kBias;
  end = put(end, normal ? "0x1." : "0x0.");
  for (int shift = kFieldBits - 4; shift >= 0; shift -= 4) *end++ = "0123456789abcdef"[fraction >> shift & 0xF];
  end = put(end, exponent < 0 ? "p-" : "p+");
  end = std::to_chars(end, end + 8, std::abs(exponent)).ptr;
  return static_cast<std::size_t>(end - out);
}

double parse_hex(std::string_view text) {
  text = strip_number(text);
  const bool negative = take(text, '-');
  if (!negative) static_cast<void>(take(text, '+'));
  const double value = parse_magnitude(text);
  return negative ? -value : value;
}

}  // namespace ouro::detail
