// Conversions between std::complex and complex.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/complex.h>

#include <complex>
#include <concepts>

namespace ouro {

/// The complex of this value. Throws MemoryError.
template <std::floating_point T>
[[nodiscard]] Ref<Complex> make_complex(Builtins& builtins, const std::complex<T>& value) {
  return make_complex(builtins, static_cast<double>(value.real()), static_cast<double>(value.imag()));
}

/// The value of a complex or of what converts to one, as `to_complex`.
[[nodiscard]] inline std::complex<double> to_std_complex(Object& number) {
  const ComplexValue value = to_complex(number);
  return {value.real, value.imag};
}

template <std::floating_point T>
struct Conversion<std::complex<T>> {
  static std::complex<T> from_object(Object& object) { return std::complex<T>(to_std_complex(object)); }
  static Ref<> to_object(Builtins& builtins, const std::complex<T>& value) { return make_complex(builtins, value); }
};

}  // namespace ouro
