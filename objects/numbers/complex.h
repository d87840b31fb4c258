// Complex: two doubles, the real and the imaginary part.
//
// Arithmetic is that of CPython's Objects/complexobject.c to the last bit: ints and floats become complex first, division
// scales by the larger part of the divisor, small whole exponents multiply. There is no order, only equality.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <cstdint>
#include <string_view>

namespace ouro {

/// What a complex is, in C++. `std::complex<double>` has the same two parts; objects/cpp/from_complex.h converts.
struct ComplexValue {
  double real = 0;
  double imag = 0;
};

/// The object of a complex.
struct Complex : Object {
  static constexpr Kind kKind = Kind::kComplex;
  static constexpr Home kHome = Home::kAtoms;
  ComplexValue value;
};
static_assert(sizeof(Complex) == 32);

/// The complex of this value. An allocation and four stores. Throws MemoryError.
[[nodiscard]] inline Ref<Complex> make_complex(Builtins& builtins, ComplexValue value) {
  return make<Complex>(builtins.immortals->type(Kind::kComplex), sizeof(Complex),
                       [value](Complex& made) noexcept { made.value = value; });
}
[[nodiscard]] inline Ref<Complex> make_complex(Builtins& builtins, double real, double imag = 0) {
  return make_complex(builtins, ComplexValue{real, imag});
}

/// `complex(text)`: "1+2j", "(1e5 - 2j)" without the inner spaces, "j", "nan-infj". ValueError "complex() arg is a malformed
/// string". `text` is checked to be UTF-8.
[[nodiscard]] Ref<Complex> complex_from_text(Builtins& builtins, std::string_view text);
/// `str(value)`.
[[nodiscard]] Ref<Str> complex_to_text(const Complex& value);

/// The value of a complex, of what has `__complex__`, or of a real number. TypeError "must be real number, not str" for
/// anything else; OverflowError "int too large to convert to float". May run methods of the object.
[[nodiscard]] ComplexValue to_complex(Object& number);

/// `hash(value)`, equal to that of an equal int or float.
[[nodiscard]] std::int64_t hash_of(const Complex& value) noexcept;

}  // namespace ouro
