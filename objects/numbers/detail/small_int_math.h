// Python's integer arithmetic on 64-bit values: the fast path under int.
//
// Python floors where C++ truncates (-7 // 2 == -4, -7 % 2 == 1, -7 >> 1 == -4) and never overflows. Each function here
// either gives Python's result exactly or reports that it does not fit, and then the caller continues in BigInt
// (big_int.h). Nothing here raises: a zero divisor is a precondition, because only the caller knows the wording it needs.
#pragma once

#include <bit>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

namespace ouro::detail {

inline constexpr std::int64_t kInt64Min = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

/// Stores a + b. True if the sum does not fit; `*sum` is then meaningless. The same holds for the two calls below.
[[nodiscard]] inline bool add_overflow(std::int64_t a, std::int64_t b, std::int64_t* sum) noexcept {
  return __builtin_add_overflow(a, b, sum);
}
/// Stores a - b.
[[nodiscard]] inline bool subtract_overflow(std::int64_t a, std::int64_t b, std::int64_t* difference) noexcept {
  return __builtin_sub_overflow(a, b, difference);
}
/// Stores a * b.
[[nodiscard]] inline bool multiply_overflow(std::int64_t a, std::int64_t b, std::int64_t* product) noexcept {
  return __builtin_mul_overflow(a, b, product);
}
/// Stores -a. True only for the least integer.
[[nodiscard]] inline bool negate_overflow(std::int64_t a, std::int64_t* result) noexcept {
  return __builtin_sub_overflow(std::int64_t{0}, a, result);
}

/// The magnitude of `value`, which for the least integer does not fit the signed type.
[[nodiscard]] constexpr std::uint64_t magnitude_of(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? std::uint64_t{0} - bits : bits;
}

/// Stores a // b, rounded towards minus infinity. b != 0. True only for kInt64Min // -1, which does not fit.
[[nodiscard]] constexpr bool floor_divide_overflow(std::int64_t a, std::int64_t b, std::int64_t* quotient) noexcept {
  if (b == -1) {
    if (a == kInt64Min) return true;
    *quotient = -a;
    return false;
  }
  const std::int64_t truncated = a / b;
  *quotient = truncated - static_cast<std::int64_t>((a % b != 0) && ((a < 0) != (b < 0)));
  return false;
}

/// a % b with the sign of b. b != 0. Always fits.
[[nodiscard]] constexpr std::int64_t floor_modulo(std::int64_t a, std::int64_t b) noexcept {
  if (b == -1) return 0;  // the machine traps on kInt64Min % -1
  const std::int64_t remainder = a % b;
  return remainder != 0 && ((remainder < 0) != (b < 0)) ? remainder + b : remainder;
}

/// Stores value << count. count >= 0. True if the result does not fit; 0 << anything is 0.
[[nodiscard]] constexpr bool shift_left_overflow(std::int64_t value, std::int64_t count, std::int64_t* result) noexcept {
  *result = 0;
  if (value == 0) return false;
  if (count > 63) return true;
  const auto shifted = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << count);
  *result = shifted;
  return (shifted >> count) != value;
}

/// value >> count, rounded towards minus infinity. count >= 0, as large as you like.
[[nodiscard]] constexpr std::int64_t shift_right(std::int64_t value, std::int64_t count) noexcept {
  return value >> (count > 63 ? 63 : count);
}

/// Stores base ** exponent, for exponent >= 0. True if it does not fit. O(log exponent).
[[nodiscard]] inline bool power_overflow(std::int64_t base, std::int64_t exponent, std::int64_t* power) noexcept {
  std::int64_t result = 1;
  while (true) {
    if ((exponent & 1) != 0 && multiply_overflow(result, base, &result)) return true;
    exponent >>= 1;
    if (exponent == 0) break;
    if (multiply_overflow(base, base, &base)) return true;
  }
  *power = result;
  return false;
}

/// int.bit_length(): bits of the magnitude, 0 for 0.
[[nodiscard]] constexpr int bit_length(std::int64_t value) noexcept {
  return static_cast<int>(std::bit_width(magnitude_of(value)));
}

/// True if `value` converts to a double without rounding.
[[nodiscard]] constexpr bool fits_double(std::int64_t value) noexcept {
  constexpr std::uint64_t kExact = std::uint64_t{1} << 53;
  return magnitude_of(value) <= kExact;
}

/// How Python orders an int and a float: by their exact values, not by what the int would round to. Unordered for a nan.
[[nodiscard]] inline std::partial_ordering compare(std::int64_t left, double right) noexcept {
  if (fits_double(left)) return static_cast<double>(left) <=> right;
  if (std::isnan(right)) return std::partial_ordering::unordered;
  constexpr double kTwo63 = 9223372036854775808.0;
  if (right >= kTwo63) return std::partial_ordering::less;
  if (right < -kTwo63) return std::partial_ordering::greater;
  const double whole = std::floor(right);
  const auto order = left <=> static_cast<std::int64_t>(whole);
  if (order != 0) return order;
  return whole == right ? std::partial_ordering::equivalent : std::partial_ordering::less;
}

}  // namespace ouro::detail
