// The slots of complex: arithmetic, equality, hash, text (CPython: Objects/complexobject.c).
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/numbers/detail/complex_math.h>
#include <ouro/objects/numbers/detail/complex_parts.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

namespace ouro {

bool detail::read_complex(const Object& object, ComplexValue* value) {
  if (const Complex* const number = as<Complex>(object)) return *value = number->value, true;
  if (const Float* const number = as<Float>(object)) return *value = {number->value, 0}, true;
  const Int* const number = as_int(object);
  if (number == nullptr) return false;
  *value = {to_double(*number), 0};
  return true;
}

namespace {

ComplexValue value_of(const Object& object) noexcept { return static_cast<const Complex&>(object).value; }

/// A slot that applies `compute` to two numbers of which at least one is a complex.
template <auto compute>
Ref<> binary(Object& left, Object& right) {
  ComplexValue a;
  ComplexValue b;
  if (!detail::read_complex(left, &a) || !detail::read_complex(right, &b)) return {};
  return make_complex(builtins_of(left), compute(a, b));
}

Ref<> negative(Object& object) {
  const ComplexValue value = value_of(object);
  return make_complex(builtins_of(object), -value.real, -value.imag);
}
/// Always a new complex, unless nobody could tell.
Ref<> positive(Object& object) {
  return is_exact<Complex>(object) ? share(object) : Ref<>(make_complex(builtins_of(object), value_of(object)));
}
Ref<> absolute(Object& object) { return make_float(builtins_of(object), detail::complex_absolute(value_of(object))); }

bool truth_slot(Object& object) { return value_of(object).real != 0 || value_of(object).imag != 0; }
std::int64_t hash_slot(Object& object) { return hash_of(static_cast<Complex&>(object)); }
Ref<> repr_slot(Object& object) { return complex_to_text(static_cast<Complex&>(object)); }

/// How a complex without imaginary part compares with an int: by exact value.
bool equals_int(double real, Object& number) {
  const Ref<> as_float = make_float(builtins_of(number), real);
  const auto compare = as_float->type->slots->compare;
  return compare(*as_float, number, Comparison::kEqual) == Answer::kYes;
}

/// Not for other types.
bool equals(ComplexValue left, Object& right) {
  if (is<Complex>(right)) return left.real == value_of(right).real && left.imag == value_of(right).imag;
  if (left.imag != 0) return false;
  if (const Float* const number = as<Float>(right)) return left.real == number->value;
  return equals_int(left.real, right);
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (!is<Complex>(right) && !is<Float>(right) && as_int(right) == nullptr) return Answer::kNotImplemented;
  return equals(value_of(left), right) == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

constexpr NumberSlots kNumber = {
    .add = binary<detail::complex_add>,
    .subtract = binary<detail::complex_subtract>,
    .multiply = binary<detail::complex_multiply>,
    .true_divide = binary<detail::complex_divide>,
    .power = binary<detail::complex_power>,
    .negative = negative,
    .positive = positive,
    .absolute = absolute,
};

std::string short_text(const Object& object) {
  char text[detail::kComplexTextMax];
  return {text, detail::write_complex(value_of(object), text)};
}

}  // namespace

constinit const TypeSlots detail::kComplexSlots = {
    .name = "complex",
    .kind = Kind::kComplex,
    .flags = kBaseType,
    .size = sizeof(Complex),
    .doc =
        "Create a complex number from a real part and an optional imaginary part.\n\nThis is equivalent to (real + imag*1j) "
        "where imag defaults to 0.",
    .dismantle = detail::dismantle_as<Complex>,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .truth = truth_slot,
    .number = &kNumber,
    .construct = detail::construct_complex,
    .attributes = &detail::kComplexAttributes,
    .copy = &detail::kComplexCopy,
    .short_text = short_text,
};

}  // namespace ouro
