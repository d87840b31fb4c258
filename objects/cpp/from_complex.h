// Conversions between std::complex and complex. std::complex is known by its parts, so that <complex>, which brings the
// streams, is not needed here.
#pragma once

#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/complex.h>

#include <concepts>
#include <type_traits>

namespace ouro {

namespace detail {

/// std::complex, or what is made like it: two numbers of its value_type, the real part first.
template <class T>
concept ComplexLike = std::floating_point<typename T::value_type> && std::is_trivially_copyable_v<T> &&
                          sizeof(T) == 2 * sizeof(typename T::value_type) &&
                      std::constructible_from<T, typename T::value_type, typename T::value_type>&& requires(const T& value) {
  { value.real() } -> std::same_as<typename T::value_type>;
  { value.imag() } -> std::same_as<typename T::value_type>;
};

}  // namespace detail

/// The complex of this value. Throws MemoryError.
template <detail::ComplexLike T>
[[nodiscard]] Ref<Complex> make_complex(Builtins& builtins, const T& value) {
  return make_complex(builtins, static_cast<double>(value.real()), static_cast<double>(value.imag()));
}

template <detail::ComplexLike T>
struct Conversion<T> {
  static T from_object(Object& object) {
    const ComplexValue value = to_complex(object);
    return T(static_cast<typename T::value_type>(value.real), static_cast<typename T::value_type>(value.imag));
  }
  static Ref<> to_object(Builtins& builtins, const T& value) { return make_complex(builtins, value); }
};

}  // namespace ouro
