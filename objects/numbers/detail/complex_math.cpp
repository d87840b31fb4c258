// Division, powers and absolute values of complex numbers (CPython: Objects/complexobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/complex_math.h>

#include <cerrno>
#include <cmath>
#include <limits>

namespace ouro::detail {

namespace {

/// a / b; false if b is zero.
bool divide(ComplexValue a, ComplexValue b, ComplexValue* quotient) noexcept {
  const double real = std::fabs(b.real);
  const double imag = std::fabs(b.imag);
  if (real >= imag) {
    if (real == 0) return false;
    const double ratio = b.imag / b.real;
    const double scale = b.real + b.imag * ratio;
    *quotient = {(a.real + a.imag * ratio) / scale, (a.imag - a.real * ratio) / scale};
  } else if (imag >= real) {
    const double ratio = b.real / b.imag;
    const double scale = b.real * ratio + b.imag;
    *quotient = {(a.real * ratio + a.imag) / scale, (a.imag * ratio - a.real) / scale};
  } else {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    *quotient = {kNan, kNan};
  }
  return true;
}

/// base ** exponent by squaring.
ComplexValue power_of(ComplexValue base, unsigned exponent) noexcept {
  ComplexValue result{1, 0};
  ComplexValue square = base;
  for (unsigned bit = 1; bit <= exponent; bit <<= 1) {
    if ((exponent & bit) != 0) result = complex_multiply(result, square);
    square = complex_multiply(square, square);
  }
  return result;
}

/// For a whole exponent of at most 100. False for 0 to a negative power.
bool power_of_whole(ComplexValue base, int exponent, ComplexValue* result) noexcept {
  if (exponent > 0) return *result = power_of(base, static_cast<unsigned>(exponent)), true;
  return divide({1, 0}, power_of(base, static_cast<unsigned>(-exponent)), result);
}

/// By the polar form. False for what the mathematics library calls a domain error, which CPython takes for a power of zero.
bool power_by_angle(ComplexValue base, ComplexValue exponent, ComplexValue* result) noexcept {
  errno = 0;
  const double size = std::hypot(base.real, base.imag);
  double length = std::pow(size, exponent.real);
  const double angle = std::atan2(base.imag, base.real);
  double phase = angle * exponent.real;
  if (exponent.imag != 0) {
    length /= std::exp(angle * exponent.imag);
    phase += exponent.imag * std::log(size);
  }
  *result = {length * std::cos(phase), length * std::sin(phase)};
  return errno != EDOM;
}

bool power_of_any(ComplexValue base, ComplexValue exponent, ComplexValue* result) noexcept {
  if (exponent.real == 0 && exponent.imag == 0) return *result = {1, 0}, true;
  if (base.real == 0 && base.imag == 0) return *result = {0, 0}, exponent.imag == 0 && !(exponent.real < 0);
  return power_by_angle(base, exponent, result);
}

}  // namespace

ComplexValue complex_divide(ComplexValue a, ComplexValue b) {
  ComplexValue quotient;
  if (!divide(a, b, &quotient)) raise(ErrorKind::kZeroDivisionError, "complex division by zero");
  return quotient;
}

ComplexValue complex_power(ComplexValue base, ComplexValue exponent) {
  constexpr double kMostMultiplied = 100;
  ComplexValue result;
  const bool is_whole =
      exponent.imag == 0 && exponent.real == std::floor(exponent.real) && std::fabs(exponent.real) <= kMostMultiplied;
  const bool good =
      is_whole ? power_of_whole(base, static_cast<int>(exponent.real), &result) : power_of_any(base, exponent, &result);
  if (!good) raise(ErrorKind::kZeroDivisionError, "0.0 to a negative or complex power");
  if (std::isinf(result.real) || std::isinf(result.imag)) raise(ErrorKind::kOverflowError, "complex exponentiation");
  return result;
}

double complex_absolute(ComplexValue value) {
  const double size = std::hypot(value.real, value.imag);
  if (std::isinf(size) && std::isfinite(value.real) && std::isfinite(value.imag))
    raise(ErrorKind::kOverflowError, "absolute value too large");
  return size;
}

}  // namespace ouro::detail
