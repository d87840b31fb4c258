// Where big integers and floats meet: every conversion rounds at most once.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/detail/small_int_math.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ouro::detail {

namespace {

constexpr int kMantissaBits = std::numeric_limits<double>::digits;       // 53
constexpr int kMinExponent = std::numeric_limits<double>::min_exponent;  // -1021
constexpr int kMaxExponent = std::numeric_limits<double>::max_exponent;  // 1024

/// The highest 64 bits of a magnitude of `bits` >= 64 bits, the lowest of them set if any bit below is. That one bit is all
/// that rounding needs to know about the rest.
std::uint64_t top_bits(std::span<const Limb> limbs, std::uint64_t bits) noexcept {
  const auto below = static_cast<std::size_t>(bits - 64);
  const std::size_t first = below / 64;
  const std::size_t shift = below % 64;
  std::uint64_t top = limbs[first] >> shift;
  bool rest = shift != 0 && limbs[first] << (64 - shift) != 0;
  if (shift != 0) top |= limbs[first + 1] << (64 - shift);
  for (std::size_t k = 0; k < first && !rest; ++k) rest = limbs[k] != 0;
  return top | (rest ? 1u : 0u);
}

/// The magnitude as a double, rounded half to even; infinite if too large.
double magnitude_to_double(std::span<const Limb> limbs, std::uint64_t bits) noexcept {
  if (bits <= 64) return static_cast<double>(limbs[0]);
  if (bits > kMaxExponent) return std::numeric_limits<double>::infinity();
  return std::ldexp(static_cast<double>(top_bits(limbs, bits)), static_cast<int>(bits) - 64);
}

/// a / b of two magnitudes whose quotient is between 2**(distance - 1) and 2**(distance + 1); infinite if too large.
double divide_magnitudes(const BigInt& a, const BigInt& b, int distance) {
  // Scale so that the whole quotient has 55 or 56 bits, or, where the result is subnormal, as many as it will keep and two.
  const int shift = std::max(distance, kMinExponent) - kMantissaBits - 2;
  const BigInt numerator = shift < 0 ? BigInt(a << -shift) : a;
  const BigInt denominator = shift > 0 ? BigInt(b << shift) : b;
  BigInt quotient;
  BigInt remainder;
  boost::multiprecision::divide_qr(numerator, denominator, quotient, remainder);
  std::uint64_t low = limbs_of(quotient)[0] | (remainder.is_zero() ? 0u : 1u);
  const int extra = std::max(static_cast<int>(std::bit_width(low)), kMinExponent - shift) - kMantissaBits;
  // Round half to even at bit `extra`: up if the half bit is set and so is anything below it or the last bit kept.
  const std::uint64_t half = std::uint64_t{1} << (extra - 1);
  if ((low & half) != 0 && (low & (3 * half - 1)) != 0) low += half;
  low &= ~(2 * half - 1);
  return std::ldexp(static_cast<double>(low), shift);
}

}  // namespace

double to_double(const BigInt& value) {
  const double magnitude = magnitude_to_double(limbs_of(value), bit_length(value));
  if (std::isinf(magnitude)) raise(ErrorKind::kOverflowError, "int too large to convert to float");
  return value.sign() < 0 ? -magnitude : magnitude;
}

BigInt from_double(double value) {
  if (std::isnan(value)) raise(ErrorKind::kValueError, "cannot convert float NaN to integer");
  if (std::isinf(value)) raise(ErrorKind::kOverflowError, "cannot convert float infinity to integer");
  constexpr double kTwo63 = 9223372036854775808.0;
  if (value >= -kTwo63 && value < kTwo63) return static_cast<std::int64_t>(value);
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const BigInt mantissa = static_cast<std::int64_t>(std::ldexp(fraction, kMantissaBits));
  return mantissa << (exponent - kMantissaBits);
}

double true_divide(const BigInt& a, const BigInt& b) {
  if (b.is_zero()) raise(ErrorKind::kZeroDivisionError, "division by zero");
  const std::uint64_t a_bits = bit_length(a);
  const std::uint64_t b_bits = bit_length(b);
  const double sign = (a.sign() < 0) != (b.sign() < 0) ? -1.0 : 1.0;
  double quotient = 0.0;
  if (a_bits <= kMantissaBits && b_bits <= kMantissaBits) {
    quotient = static_cast<double>(limbs_of(a)[0]) / static_cast<double>(limbs_of(b)[0]);
  } else if (a_bits != 0) {
    const auto distance = static_cast<std::int64_t>(a_bits) - static_cast<std::int64_t>(b_bits);
    if (distance > kMaxExponent) {
      quotient = std::numeric_limits<double>::infinity();
    } else if (distance >= kMinExponent - kMantissaBits - 1) {
      quotient = divide_magnitudes(abs(a), abs(b), static_cast<int>(distance));
    }
  }
  if (std::isinf(quotient)) raise(ErrorKind::kOverflowError, "integer division result too large for a float");
  return sign * quotient;
}

std::partial_ordering compare(const BigInt& left, double right) {
  if (std::isnan(right)) return std::partial_ordering::unordered;
  std::int64_t small = 0;
  if (to_int64(left, &small)) return compare(small, right);
  const bool negative = left.sign() < 0;
  const std::partial_ordering outside = negative ? std::partial_ordering::less : std::partial_ordering::greater;
  const std::partial_ordering inside = negative ? std::partial_ordering::greater : std::partial_ordering::less;
  if ((right < 0) != negative) return outside;
  if (std::isinf(right)) return inside;
  int exponent = 0;
  static_cast<void>(std::frexp(right, &exponent));
  const auto bits = static_cast<std::int64_t>(bit_length(left));
  if (bits != exponent) return bits > exponent ? outside : inside;
  // Past 2**63 a double has no fraction, so that equal whole parts are equal numbers.
  return left.compare(from_double(right)) <=> 0;
}

}  // namespace ouro::detail
