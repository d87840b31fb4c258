// Floor division, remainder, powers and rounding of floats.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/float_math.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace ouro::detail {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The remainder with the sign of `b`. b != 0.
double remainder_of(double a, double b) noexcept {
  double remainder = std::fmod(a, b);
  if (remainder == 0) return std::copysign(0.0, b);
  if ((b < 0) != (remainder < 0)) remainder += b;
  return remainder;
}

/// Both results of divmod. b != 0.
FloatDivmod divide_floored(double a, double b) noexcept {
  double remainder = std::fmod(a, b);
  // fmod is exact, so that a - remainder is close to a multiple of b, and the quotient close to a whole number.
  double quotient = (a - remainder) / b;
  if (remainder == 0) {
    remainder = std::copysign(0.0, b);
  } else if ((b < 0) != (remainder < 0)) {
    remainder += b;
    quotient -= 1.0;
  }
  if (quotient == 0) return {std::copysign(0.0, a / b), remainder};
  double whole = std::floor(quotient);
  if (quotient - whole > 0.5) whole += 1.0;
  return {whole, remainder};
}

bool is_odd(double whole) noexcept { return std::fmod(std::fabs(whole), 2.0) == 1.0; }

/// base ** exponent where one of them is infinite or base is zero, neither is a nan and exponent != 0.
double power_at_edge(double base, double exponent) {
  const double size = std::fabs(base);
  if (std::isinf(exponent)) {
    if (size == 1.0) return 1.0;
    return (exponent > 0) == (size > 1.0) ? kInfinity : 0.0;
  }
  const double sign = is_odd(exponent) ? std::copysign(1.0, base) : 1.0;
  if (std::isinf(base)) return std::copysign(exponent > 0 ? kInfinity : 0.0, sign);
  if (exponent < 0) raise(ErrorKind::kZeroDivisionError, "0.0 cannot be raised to a negative power");
  return std::copysign(0.0, sign);
}

double read_back(const char* begin, const char* end) noexcept {
  double value = 0;
  const auto outcome = std::from_chars(begin, end, value);
  return outcome.ec == std::errc::result_out_of_range ? kInfinity : value;
}

/// The decimal exponent of a positive finite value: 0 for 1 to 9.99.
int decimal_exponent(double value) noexcept {
  constexpr int kDigits = 40;  // enough that a value just below a power of ten is not rounded up to it
  char text[kDigits + 16];
  const char* const end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, kDigits).ptr;
  const char* const digits = std::find<const char*>(text, end, 'e') + 1;
  int exponent = 0;
  std::from_chars(digits + (*digits == '+' ? 1 : 0), end, exponent);
  return exponent;
}

/// True if a value of at least 1 is more than half of the next power of ten. A half exactly goes to nothing, which is even.
bool rounds_up_to_ten(double value) noexcept {
  constexpr int kDigits = 400;  // exact: no double has more digits from 1 upward
  char text[kDigits + 16];
  const char* const end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, kDigits).ptr;
  const char* const fraction_end = std::find<const char*>(text, end, 'e');
  if (text[0] != '5') return text[0] > '5';
  return std::any_of<const char*>(text + 2, fraction_end, [](char c) { return c != '0'; });
}

/// `size` > 0 rounded to a multiple of 10**-digits, through its exact decimal expansion. Infinite if that is too large.
double round_to_digits(double size, int digits) noexcept {
  constexpr double kNoFraction = 4503599627370496.0;  // 2**52
  char text[400];
  if (digits >= 0) {
    if (size >= kNoFraction) return size;
    return read_back(text, std::to_chars(text, text + sizeof text, size, std::chars_format::fixed, digits).ptr);
  }
  const int kept = decimal_exponent(size) + digits;  // how many decimals of d.ddde+xx remain
  if (kept >= 0)
    return read_back(text, std::to_chars(text, text + sizeof text, size, std::chars_format::scientific, kept).ptr);
  if (kept < -1 || !rounds_up_to_ten(size)) return 0.0;
  text[0] = '1';
  text[1] = 'e';
  return read_back(text, std::to_chars(text + 2, text + sizeof text, -digits).ptr);
}

}  // namespace

double float_true_divide(double a, double b) {
  if (b == 0) raise(ErrorKind::kZeroDivisionError, "float division by zero");
  return a / b;
}

double float_floor_divide(double a, double b) {
  if (b == 0) raise(ErrorKind::kZeroDivisionError, "float floor division by zero");
  return divide_floored(a, b).quotient;
}

double float_modulo(double a, double b) {
  if (b == 0) raise(ErrorKind::kZeroDivisionError, "float modulo");
  return remainder_of(a, b);
}

FloatDivmod float_divmod(double a, double b) {
  if (b == 0) raise(ErrorKind::kZeroDivisionError, "float divmod()");
  return divide_floored(a, b);
}

double float_power(double base, double exponent) {
  if (exponent == 0 || base == 1.0) return 1.0;
  if (std::isnan(base)) return base;
  if (std::isnan(exponent)) return exponent;
  if (std::isinf(base) || std::isinf(exponent) || base == 0) return power_at_edge(base, exponent);
  const double result = std::pow(base, exponent);
  if (std::isinf(result)) raise(ErrorKind::kOverflowError, "(34, 'Numerical result out of range')");
  return result;
}

double float_round(double value, std::int64_t digits) {
  constexpr std::int64_t kMostDigits = 323;    // beyond it every double is unchanged
  constexpr std::int64_t kLeastDigits = -308;  // below it every double is rounded to zero
  if (!std::isfinite(value) || value == 0 || digits > kMostDigits) return value;
  if (digits < kLeastDigits) return std::copysign(0.0, value);
  const double rounded = round_to_digits(std::fabs(value), static_cast<int>(digits));
  if (std::isinf(rounded)) raise(ErrorKind::kOverflowError, "rounded value too large to represent");
  return std::copysign(rounded, value);
}

}  // namespace ouro::detail
