// float(...), and how floats go into messages (CPython: float_new and PyNumber_Float).
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/float_parts.h>
#include <ouro/objects/numbers/detail/float_text.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <bit>
#include <optional>

namespace ouro::detail {

namespace {

Ref<> make_derived_float(Type& type, double value) {
  return make_derived<Float>(type, sizeof(Float), [value](Float& made) noexcept { made.value = value; });
}

constexpr Parameters kParameters = parameters("float(x=0, /)");

/// What a type's `__float__` gives, which must be a float.
Ref<> converted(Object& value, UnarySlot to_float) {
  Ref<> made = to_float(value);
  if (is<Float>(*made)) return made;
  raise(ErrorKind::kTypeError, fmt::format("{}.__float__ returned non-float (type {})", value.type->name, made->type->name));
}

/// `float(value)` of what shows its memory: bytes, bytearray and others.
Ref<> float_from_buffer(Builtins& builtins, Object& value) {
  std::optional<double> parsed;
  {
    const Buffer buffer(value);
    if (is_ascii(buffer.view())) parsed = with_standard_memory(builtins.heap, [&] { return parse_float(buffer.view()); });
  }
  if (parsed) return make_float(builtins, *parsed);
  raise(ErrorKind::kValueError, fmt::format("could not convert string to float: {}", text(*repr(value))));
}

const NumberSlots& number_slots(const Object& value) noexcept {
  static constexpr NumberSlots kNone;
  return value.type->slots->number != nullptr ? *value.type->slots->number : kNone;
}

}  // namespace

Ref<> exact_float(Object& value) {
  return is_exact<Float>(value) ? share(value) : Ref<>(make_float(builtins_of(value), static_cast<Float&>(value).value));
}

Ref<> float_of_object(Builtins& builtins, Object& value) {
  if (is_exact<Str>(value)) return float_from_text(builtins, text(static_cast<const Str&>(value)));
  if (is_exact<Float>(value)) return share(value);
  const Ref<> held = share(value);
  const NumberSlots& number = number_slots(value);
  if (number.to_float != nullptr) return exact_float(*converted(value, number.to_float));
  if (number.index != nullptr) return make_float(builtins, to_double(*index(value)));
  if (is<Float>(value)) return exact_float(value);
  if (const Str* const digits = as<Str>(value)) return float_from_text(builtins, text(*digits));
  if (has_buffer(value)) return float_from_buffer(builtins, value);
  raise(ErrorKind::kTypeError,
        fmt::format("float() argument must be a string or a real number, not '{}'", value.type->name));
}

double real_number(Object& number) {
  if (const Float* const real = as<Float>(number)) return real->value;
  const NumberSlots& slots = number_slots(number);
  if (slots.to_float != nullptr) return static_cast<const Float&>(*converted(number, slots.to_float)).value;
  if (slots.index != nullptr) return to_double(*index(number));
  raise(ErrorKind::kTypeError, fmt::format("must be real number, not {}", number.type->name));
}

Ref<> construct_float(Type& type, const Arguments& arguments) {
  const PlacedArguments<1> given(kParameters, without_keywords_of_init(type, kFloatSlots, arguments));
  Builtins& builtins = *type.heap->builtins;
  const Ref<> made = given[0] == nullptr ? Ref<>(make_float(builtins, 0.0)) : float_of_object(builtins, *given[0]);
  return type.has(kClassType) ? make_derived_float(type, static_cast<const Float&>(*made).value) : made;
}

/// The node's `place` is the value.
const CopySlots kFloatCopy{
    .note = [](const Object& object, MessageNode& node,
               StateWriter&) { node.place = std::bit_cast<std::uint64_t>(static_cast<const Float&>(object).value); },
    .make = [](Type& type, const MessageNode& node, StateReader&) -> Ref<> {
      const auto value = std::bit_cast<double>(node.place);
      return type.has(kClassType) ? make_derived_float(type, value) : Ref<>(make_float(*type.heap->builtins, value));
    },
};

}  // namespace ouro::detail
