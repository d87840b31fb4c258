// Arithmetic on complex numbers, operation by operation as CPython's, so that every bit of a result is the same.
//
// Errors are ouro::Error in CPython 3.11's wording.
#pragma once

#include <ouro/objects/numbers/complex.h>

#include <string_view>

namespace ouro::detail {

[[nodiscard]] constexpr ComplexValue complex_add(ComplexValue a, ComplexValue b) noexcept {
  return {a.real + b.real, a.imag + b.imag};
}
[[nodiscard]] constexpr ComplexValue complex_subtract(ComplexValue a, ComplexValue b) noexcept {
  return {a.real - b.real, a.imag - b.imag};
}
[[nodiscard]] constexpr ComplexValue complex_multiply(ComplexValue a, ComplexValue b) noexcept {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}
/// a / b. ZeroDivisionError "complex division by zero".
[[nodiscard]] ComplexValue complex_divide(ComplexValue a, ComplexValue b);
/// base ** exponent. ZeroDivisionError "0.0 to a negative or complex power", OverflowError "complex exponentiation".
[[nodiscard]] ComplexValue complex_power(ComplexValue base, ComplexValue exponent);
/// abs(value). OverflowError "absolute value too large".
[[nodiscard]] double complex_absolute(ComplexValue value);

/// Room for every repr of a complex.
inline constexpr std::size_t kComplexTextMax = 64;
/// Writes repr(value) to `out`, which has room for kComplexTextMax characters. Returns how many were written.
std::size_t write_complex(ComplexValue value, char* out) noexcept;

/// complex(text) for valid UTF-8. ValueError as `complex_from_text`. May throw std::bad_alloc.
[[nodiscard]] ComplexValue parse_complex(std::string_view text);

}  // namespace ouro::detail
