// Python's arithmetic on floats where it is not C's.
//
// Addition, subtraction, multiplication and comparison are the machine's. Division by zero raises; // and % floor, and the
// remainder takes the sign of the divisor; ** follows C's pow but raises where Python does; round() is exact.
// Errors are ouro::Error in CPython 3.11's wording.
#pragma once

#include <cmath>
#include <cstdint>

namespace ouro::detail {

/// divmod() of two floats.
struct FloatDivmod {
  double quotient;
  double remainder;
};

/// a / b. ZeroDivisionError "float division by zero".
[[nodiscard]] double float_true_divide(double a, double b);
/// a // b. ZeroDivisionError "float floor division by zero".
[[nodiscard]] double float_floor_divide(double a, double b);
/// a % b, with the sign of b, also when zero. ZeroDivisionError "float modulo".
[[nodiscard]] double float_modulo(double a, double b);
/// divmod(a, b). ZeroDivisionError "float divmod()".
[[nodiscard]] FloatDivmod float_divmod(double a, double b);

/// True if base ** exponent is complex: a negative base to a fractional power.
[[nodiscard]] inline bool power_is_complex(double base, double exponent) noexcept {
  return base < 0 && std::isfinite(base) && std::isfinite(exponent) && exponent != std::floor(exponent);
}
/// base ** exponent where that is no complex. ZeroDivisionError "0.0 cannot be raised to a negative power"; OverflowError
/// "(34, 'Numerical result out of range')".
[[nodiscard]] double float_power(double base, double exponent);

/// The whole number nearest to `value`, half to even: the value of round(value) while it is still a float.
[[nodiscard]] inline double float_round(double value) noexcept { return std::nearbyint(value); }
/// round(value, digits): to `digits` decimals, or to tens, hundreds... if negative; exact decimal value, half to even.
/// OverflowError "rounded value too large to represent".
[[nodiscard]] double float_round(double value, std::int64_t digits);

/// True for a finite float without a fraction: float.is_integer().
[[nodiscard]] inline bool is_whole(double value) noexcept { return std::isfinite(value) && std::floor(value) == value; }

}  // namespace ouro::detail
