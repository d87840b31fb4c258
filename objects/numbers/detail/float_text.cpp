// Writes a float as its shortest text, and reads one.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/detail/format_int.h>
#include <ouro/objects/numbers/detail/numeric_text.h>
#include <ouro/objects/text/detail/text_repr.h>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

namespace ouro::detail {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Whole numbers below 1e15 print as their digits and ".0"; formatting an integer is several times cheaper.
std::size_t write_whole(double value, char* out) noexcept {
  const std::size_t length = write_int64(static_cast<std::int64_t>(value), out);
  std::memcpy(out + length, ".0", 2);
  return length + 2;
}

bool is_small_whole(double value) noexcept {
  return std::fabs(value) < 1e15 && static_cast<double>(static_cast<std::int64_t>(value)) == value &&
         (value != 0 || !std::signbit(value));
}

/// Matches `word` without regard to case. ASCII only; `word` is in lower case.
bool is_word(std::string_view text, std::string_view word) noexcept {
  if (text.size() != word.size()) return false;
  for (std::size_t k = 0; k < word.size(); ++k)
    if ((text[k] | 0x20) != word[k]) return false;
  return true;
}

/// Where the parts of a decimal number stand, once its grammar has been checked.
struct Decimal {
  std::string_view whole, fraction;
  std::string_view exponent;  ///< digits only
  bool exponent_negative = false;
};

std::string_view take_digits(std::string_view& rest) noexcept {
  std::size_t count = 0;
  while (count < rest.size() && is_digit(rest[count])) ++count;
  const std::string_view digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

/// Reads [digits] [. [digits]] [e [sign] digits] with a digit before the exponent. False if anything else is there.
bool split_decimal(std::string_view rest, Decimal& parts) noexcept {
  parts.whole = take_digits(rest);
  if (!rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
    parts.fraction = take_digits(rest);
  }
  if (parts.whole.empty() && parts.fraction.empty()) return false;
  if (rest.empty()) return true;
  if ((rest.front() | 0x20) != 'e') return false;
  rest.remove_prefix(1);
  if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
    parts.exponent_negative = rest.front() == '-';
    rest.remove_prefix(1);
  }
  parts.exponent = take_digits(rest);
  return !parts.exponent.empty() && rest.empty();
}

/// For a number that no double is near to: is it too large rather than too small? Decided by where its first digit stands.
bool is_huge(const Decimal& parts) noexcept {
  constexpr std::int64_t kCap = std::int64_t{1} << 60;
  std::int64_t exponent = 0;
  for (const char c : parts.exponent) exponent = exponent > kCap / 10 ? kCap : exponent * 10 + (c - '0');
  if (parts.exponent_negative) exponent = -exponent;
  const std::size_t in_whole = parts.whole.find_first_not_of('0');
  if (in_whole != std::string_view::npos) return exponent + static_cast<std::int64_t>(parts.whole.size() - in_whole) > 0;
  const std::size_t in_fraction = parts.fraction.find_first_not_of('0');
  return in_fraction != std::string_view::npos && exponent > static_cast<std::int64_t>(in_fraction);
}

std::optional<double> parse_unsigned(std::string_view text) noexcept {
  if (is_word(text, "inf") || is_word(text, "infinity")) return kInfinity;
  if (is_word(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  Decimal parts;
  if (!split_decimal(text, parts)) return std::nullopt;
  double value = 0;
  const auto outcome = std::from_chars(text.data(), text.data() + text.size(), value);
  if (outcome.ec == std::errc::result_out_of_range) return is_huge(parts) ? kInfinity : 0.0;
  return value;
}

/// How many characters at the start are `word`, without regard to case: all of it or none.
std::size_t word_prefix(std::string_view text, std::string_view word) noexcept {
  return is_word(text.substr(0, word.size()), word) ? word.size() : 0;
}

/// The digits, point and exponent at the start; 0 if there is no digit before the exponent.
std::size_t decimal_prefix(std::string_view text) noexcept {
  std::string_view rest = text;
  std::size_t digits = take_digits(rest).size();
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    digits += take_digits(rest).size();
  }
  if (digits == 0) return 0;
  std::string_view behind = rest;
  if (behind.empty() || (behind.front() | 0x20) != 'e') return text.size() - rest.size();
  behind.remove_prefix(1);
  if (behind.starts_with('+') || behind.starts_with('-')) behind.remove_prefix(1);
  return text.size() - (take_digits(behind).empty() ? rest.size() : behind.size());
}

}  // namespace

std::size_t write_float(double value, char* out) noexcept {
  if (is_small_whole(value)) return write_whole(value, out);
  if (!std::isfinite(value)) {
    const std::string_view text = std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
    std::memcpy(out, text.data(), text.size());
    return text.size();
  }
  char* const end = fmt::format_to(out, FMT_COMPILE("{}"), value);
  const auto length = static_cast<std::size_t>(end - out);
  // fmt prints the shortest digits as CPython does, and leaves out only the point of a whole number.
  if (std::string_view(out, length).find_first_of(".e") != std::string_view::npos) return length;
  std::memcpy(end, ".0", 2);
  return length + 2;
}

std::optional<double> parse_float(std::string_view text) {
  std::string folded;
  std::string joined;
  text = strip_number(fold_number(text, folded));
  if (text.find('_') != std::string_view::npos) {
    if (!drop_underscores(text, joined)) return std::nullopt;
    text = joined;
  }
  if (text.empty()) return std::nullopt;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  const std::optional<double> value = parse_unsigned(text);
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

bool drop_underscores(std::string_view text, std::string& out) {
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] != '_') {
      out.push_back(text[k]);
    } else if (k == 0 || k + 1 == text.size() || !is_digit(text[k - 1]) || !is_digit(text[k + 1])) {
      return false;
    }
  }
  return true;
}

std::size_t float_prefix(std::string_view text) noexcept {
  const std::size_t sign = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
  const std::string_view number = text.substr(sign);
  for (const std::string_view word : {"infinity", "inf", "nan"})
    if (const std::size_t size = word_prefix(number, word)) return sign + size;
  const std::size_t size = decimal_prefix(number);
  return size == 0 ? 0 : sign + size;
}

void raise_bad_float(std::string_view text) {
  raise(ErrorKind::kValueError, "could not convert string to float: " + repr_text(text));
}

}  // namespace ouro::detail
