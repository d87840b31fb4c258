// How complex numbers are made and converted, and their methods.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/complex_math.h>
#include <ouro/objects/numbers/detail/complex_parts.h>
#include <ouro/objects/numbers/detail/float_parts.h>
#include <ouro/objects/numbers/detail/numeric_hash.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/text/detail/format_value.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <cstring>

namespace ouro {

namespace {

constexpr Parameters kParameters = parameters("complex(real=0, imag=0)");

Ref<> make_complex_of(Type& type, ComplexValue value) {
  if (!type.has(kClassType)) return make_complex(*type.heap->builtins, value);
  return detail::make_derived<Complex>(type, sizeof(Complex), [value](Complex& made) noexcept { made.value = value; });
}

/// What `__complex__` of the object's type gives; empty if there is none.
Ref<> converted(Object& object) {
  if (is_exact<Complex>(object)) return share(object);
  if (is_exact<Float>(object) || is_exact<Int>(object)) return {};
  const Ref<Str> name = intern(builtins_of(object), "__complex__");
  Object* const method = lookup(*object.type, *name);
  if (method == nullptr) return {};
  Ref<> result = detail::call_found(*share(*method), object, {});
  if (!is<Complex>(*result))
    raise(ErrorKind::kTypeError, fmt::format("__complex__ returned non-complex (type {})", result->type->name));
  return result;
}

bool is_number(const Object& object) noexcept {
  if (is<Complex>(object)) return true;
  const NumberSlots* const number = object.type->slots->number;
  return number != nullptr && (number->to_float != nullptr || number->index != nullptr);
}

/// One of the two arguments, as a number of its own. The caller holds it.
ComplexValue part_of(Object& object) {
  if (const Complex* const number = as<Complex>(object)) return number->value;
  return {static_cast<const Float&>(*detail::float_of_object(builtins_of(object), object)).value, 0};
}

void expect_no_text(const Object& real, const Object* imag) {
  if (is<Str>(real) && imag != nullptr) raise(ErrorKind::kTypeError, "complex() can't take second arg if first is a string");
  if (imag != nullptr && is<Str>(*imag)) raise(ErrorKind::kTypeError, "complex() second arg can't be a string");
}

/// `complex(real, imag)` of numbers: both may be complex themselves.
ComplexValue combined(Object& real, Object* imag) {
  const Ref<> special = converted(real);
  Object& first = special ? *special : real;
  if (!is_number(first)) {
    raise(ErrorKind::kTypeError,
          fmt::format("complex() first argument must be a string or a number, not '{}'", first.type->name));
  }
  if (imag != nullptr && !is_number(*imag))
    raise(ErrorKind::kTypeError, fmt::format("complex() second argument must be a number, not '{}'", imag->type->name));
  ComplexValue value = part_of(first);
  if (imag == nullptr) return value;
  // What is no complex changes nothing here, and adding its zero could change the sign of one.
  const double carried = value.imag;
  const bool first_is_complex = is<Complex>(first);
  const bool second_is_complex = is<Complex>(*imag);
  const ComplexValue other = part_of(*imag);
  value.imag = other.real;
  if (second_is_complex) value.real -= other.imag;
  if (first_is_complex) value.imag += carried;
  return value;
}

}  // namespace

Ref<> detail::construct_complex(Type& type, const Arguments& arguments) {
  const PlacedArguments<2> given(kParameters, arguments);
  Builtins& builtins = *type.heap->builtins;
  const Ref<> real = given[0] != nullptr ? share(*given[0]) : Ref<>(make_int(builtins, 0));
  const Ref<> imag = Ref<>::share(given[1]);
  if (!imag && is_exact<Complex>(*real) && !type.has(kClassType)) return real;
  expect_no_text(*real, imag.get());
  if (const Str* const digits = as<Str>(*real))
    return make_complex_of(type, complex_from_text(builtins, text(*digits))->value);
  return make_complex_of(type, combined(*real, imag.get()));
}

Ref<Complex> complex_from_text(Builtins& builtins, std::string_view text) {
  if (const detail::Utf8Check check = detail::check_utf8(text); check.fault != detail::Utf8Fault::kNone)
    detail::raise_bad_utf8(text, check);
  const ComplexValue value = detail::with_standard_memory(builtins.heap, [&] { return detail::parse_complex(text); });
  return make_complex(builtins, value);
}

Ref<Str> complex_to_text(const Complex& value) {
  char text[detail::kComplexTextMax];
  return make_str_unchecked(builtins_of(value), {text, detail::write_complex(value.value, text)});
}

ComplexValue to_complex(Object& number) {
  if (is<Complex>(number)) return static_cast<const Complex&>(number).value;
  const Ref<> held = share(number);
  if (const Ref<> special = converted(number)) return static_cast<const Complex&>(*special).value;
  return {detail::real_number(number), 0};
}

std::int64_t hash_of(const Complex& value) noexcept {
  constexpr std::uint64_t kImaginary = 1'000'003;
  const auto real = static_cast<std::uint64_t>(detail::hash_part(value.value.real, &value));
  const auto imag = static_cast<std::uint64_t>(detail::hash_part(value.value.imag, &value));
  const auto hash = static_cast<std::int64_t>(real + kImaginary * imag);
  return hash == -1 ? -2 : hash;
}

namespace {

/// The two parts lie in the message.
constexpr CopySlots kCopy{
    .note =
        [](const Object& object, MessageNode& node, StateWriter& to) {
          const ComplexValue& value = static_cast<const Complex&>(object).value;
          node.place = to.keep({reinterpret_cast<const char*>(&value), sizeof value});
        },
    .make = [](Type& type, const MessageNode& node, StateReader& from) -> Ref<> {
      ComplexValue value;
      std::memcpy(&value, from.kept(node.place, sizeof value).data(), sizeof value);
      return make_complex_of(type, value);
    },
};

constexpr Attribute kAttributes[] = {
    method(
        "conjugate()", [](Complex& value) { return make_complex(builtins_of(value), value.value.real, -value.value.imag); },
        "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."),
    method(
        "__complex__()",
        [](Complex& value) {
          return is_exact<Complex>(value) ? Ref<>(share(value)) : Ref<>(make_complex(builtins_of(value), value.value));
        },
        "Convert this value to exact type complex."),
    method(
        "__getnewargs__()",
        [](Complex& value) {
          Builtins& builtins = builtins_of(value);
          const Ref<> real = make_float(builtins, value.value.real);
          const Ref<> imag = make_float(builtins, value.value.imag);
          return make_tuple(builtins, {real.get(), imag.get()});
        },
        ""),
    method(
        "__format__(format_spec, /)",
        [](Complex& value, Object& spec) {
          return detail::format_as_complex(value, value.value.real, value.value.imag, spec);
        },
        "Convert to a string according to format_spec."),
    member(
        "real", [](Complex& value) { return value.value.real; }, "the real part of a complex number"),
    member(
        "imag", [](Complex& value) { return value.value.imag; }, "the imaginary part of a complex number"),
};

}  // namespace

const CopySlots detail::kComplexCopy = kCopy;
constinit const AttributeTable detail::kComplexAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro
