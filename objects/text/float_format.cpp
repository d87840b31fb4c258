// Writes floats with a given number of digits (CPython: PyOS_double_to_string in Python/pystrtod.c).
#include <ouro/objects/numbers/detail/fixed_float.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/text/detail/float_format.h>
#include <ouro/objects/text/detail/number_layout.h>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

namespace ouro::detail {

namespace {

/// A double has at most so many digits that are not zero: all of them, and behind its point, from 1 on and below.
constexpr int kMostDigits = 767;
constexpr int kMostFractionFromOne = 52;
constexpr int kMostFraction = 1074;

int most_fraction(double value) noexcept { return value >= 1 ? kMostFractionFromOne : kMostFraction; }

/// The digits of a finite number that is not negative.
struct Digits {
  char room[kMostFraction + 320];
  std::size_t size;  ///< characters in `room`
  int exponent = 0;  ///< of the first digit, in scientific notation

  [[nodiscard]] std::string_view view() const noexcept { return {room, size}; }
  [[nodiscard]] bool is_zero() const noexcept { return view().find_first_not_of("0.") == std::string_view::npos; }
};

/// "12345", of which the first digit stands before the point, and the exponent.
void write_scientific(double value, int precision, Digits& out) noexcept {
  const char* const end = fmt::format_to(out.room, FMT_COMPILE("{:.{}e}"), value, precision);
  const char* const mark = std::find(static_cast<const char*>(out.room), end, 'e');
  for (const char* at = mark + 2; at != end; ++at) out.exponent = out.exponent * 10 + (*at - '0');
  if (mark[1] == '-') out.exponent = -out.exponent;
  out.size = static_cast<std::size_t>(mark - out.room);
  if (out.size == 1) return;
  --out.size;  // the point goes
  std::memmove(out.room + 1, out.room + 2, out.size - 1);
}

/// The same as `write_fixed` for a fraction with more digits than fmt writes in that notation.
void write_long_fraction(double value, int precision, Digits& out) noexcept {
  write_scientific(value, kMostDigits - 1, out);
  const int wanted = precision + out.exponent + 1;
  if (wanted < kMostDigits) {
    out.exponent = 0;
    write_scientific(value, wanted - 1, out);
  }
  const auto zeros = static_cast<std::size_t>(-out.exponent - 1);
  std::memmove(out.room + 2 + zeros, out.room, out.size);
  std::memset(out.room, '0', 2 + zeros);
  out.room[1] = '.';
  const std::size_t size = static_cast<std::size_t>(precision) + 2;
  out.size += 2 + zeros;
  if (out.size < size) std::memset(out.room + out.size, '0', size - out.size);
  out.size = size;
}

/// "123.45" with `precision` digits behind the point.
void write_fixed(double value, int precision, Digits& out) noexcept {
  out.size = write_fixed_short(value, precision, out.room);
  if (out.size != 0) return;
  if (precision > kMostDigits / 2 && value > 0 && value < 1) return write_long_fraction(value, precision, out);
  out.size = static_cast<std::size_t>(fmt::format_to(out.room, FMT_COMPILE("{:.{}f}"), value, precision) - out.room);
}

bool is_upper(char type) noexcept { return type >= 'A' && type <= 'Z'; }

/// Appends "d.ddd", `zeros` behind the digits, and the exponent.
void append_scientific(StrBuilder& result, const Digits& digits, std::size_t zeros, const FloatFormat& how) {
  result.append(digits.view().substr(0, 1));
  if (digits.size > 1 || zeros != 0 || how.alternate) result.append('.');
  result.append(digits.view().substr(1));
  append_fill(result, U'0', zeros);
  result.append(is_upper(how.type) ? 'E' : 'e');
  result.append(digits.exponent < 0 ? '-' : '+');
  const int size = std::abs(digits.exponent);
  if (size >= 100) result.append(static_cast<char>('0' + size / 100));
  result.append(static_cast<char>('0' + size / 10 % 10));
  result.append(static_cast<char>('0' + size % 10));
}

/// Appends the digits, `zeros` behind them, with the point where the exponent says.
void append_positional(StrBuilder& result, const Digits& digits, std::size_t zeros, const FloatFormat& how) {
  const std::string_view all = digits.view();
  if (digits.exponent < 0) {
    result.append("0.");
    append_fill(result, U'0', static_cast<std::size_t>(-digits.exponent - 1));
    result.append(all);
    return append_fill(result, U'0', zeros);
  }
  const auto whole = static_cast<std::size_t>(digits.exponent) + 1;
  const std::size_t in_whole = std::min(whole, all.size());
  result.append(all.substr(0, in_whole));
  append_fill(result, U'0', whole - in_whole);
  if (all.size() + zeros > whole) {
    result.append('.');
    result.append(all.substr(in_whole));
    append_fill(result, U'0', all.size() > whole ? zeros : all.size() + zeros - whole);
  } else if (how.add_dot_0) {
    result.append(".0");
  } else if (how.alternate) {
    result.append('.');
  }
}

/// As many digits as asked for, in the shorter notation.
void append_general(StrBuilder& result, Digits& digits, int precision, const FloatFormat& how) {
  const int last = precision - (how.add_dot_0 ? 1 : 0);
  const bool scientific = digits.exponent < -4 || digits.exponent >= last;
  if (!how.alternate)
    while (digits.size > 1 && digits.room[digits.size - 1] == '0') --digits.size;
  const std::size_t zeros = how.alternate ? static_cast<std::size_t>(precision) - digits.size : 0;
  scientific ? append_scientific(result, digits, zeros, how) : append_positional(result, digits, zeros, how);
}

void append_shortest(StrBuilder& result, double value, const FloatFormat& how) {
  char room[kFloatTextMax];
  std::string_view text(room, write_float(value, room));
  if (!how.add_dot_0 && text.ends_with(".0")) text.remove_suffix(how.alternate ? 1 : 2);
  const std::size_t mark = text.find('e');
  const bool lacks_point = how.alternate && mark != std::string_view::npos && text.find('.') == std::string_view::npos;
  if (!lacks_point) return result.append(text);
  result.append(text.substr(0, mark));
  result.append('.');
  result.append(text.substr(mark));
}

/// Appends a finite number in so many digits. `negative`: its sign is written, unless zero has none.
void append_digits(StrBuilder& result, double value, bool negative, const FloatFormat& how) {
  Digits digits;
  const char type = static_cast<char>(how.type | 0x20);
  const int precision = type == 'g' ? std::max(how.precision, 1) : how.precision;
  const int computed = type == 'f'   ? std::min(precision, most_fraction(value))
                       : type == 'e' ? std::min(precision, kMostDigits)
                                     : std::min(precision - 1, kMostDigits);
  type == 'f' ? write_fixed(value, computed, digits) : write_scientific(value, computed, digits);
  if (negative && !(how.no_negative_zero && digits.is_zero())) result.append('-');
  if (type == 'g') return append_general(result, digits, precision, how);
  const auto zeros = static_cast<std::size_t>(precision - computed);
  if (type == 'e') return append_scientific(result, digits, zeros, how);
  result.append(digits.view());
  if (precision == 0 && how.alternate) result.append('.');
  append_fill(result, U'0', zeros);
}

}  // namespace

void append_float(StrBuilder& result, double value, const FloatFormat& how) {
  const bool negative = std::signbit(value) && !std::isnan(value);
  const double size = std::fabs(value);
  if (!std::isfinite(value)) {
    if (negative) result.append('-');
    const std::string_view upper = std::isnan(value) ? "NAN" : "INF";
    return result.append(is_upper(how.type) ? upper : std::isnan(value) ? "nan" : "inf");
  }
  if (how.type != 'r') return append_digits(result, size, negative, how);
  if (negative && !(how.no_negative_zero && size == 0)) result.append('-');
  append_shortest(result, size, how);
}

}  // namespace ouro::detail
