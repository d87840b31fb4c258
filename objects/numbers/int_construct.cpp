// int(...) and bool(...), and how ints go into messages (CPython: long_new and PyNumber_Long).
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/detail/int_parts.h>
#include <ouro/objects/numbers/detail/int_text.h>
#include <ouro/objects/numbers/detail/new_int.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <cstring>
#include <optional>
#include <vector>

namespace ouro::detail {

namespace {

constexpr Parameters kIntParameters = parameters("int(x=0, /, base=10)");
constexpr Parameters kBoolParameters = parameters("bool(x=False, /)");

Ref<> checked_int(const Ref<>& made, std::string_view slot) {
  Int* const number = as_int(*made);
  if (number == nullptr) raise(ErrorKind::kTypeError, fmt::format("{} returned non-int (type {})", slot, made->type->name));
  return exact_int(*number);
}

/// `int(value, base)` of what shows its memory: bytes, bytearray and others.
Ref<> int_from_buffer(Builtins& builtins, Object& value, int base) {
  const Ref<Bytes> bytes = bytes_from(value);
  const std::string_view digits = view(*bytes);
  return with_standard_memory(builtins.heap, [&]() -> Ref<> {
    const LongWork work(builtins.heap);
    std::optional<ParsedInt> parsed;
    if (is_ascii(digits)) parsed = read_limbs(digits, base, builtins.int_max_str_digits);
    if (parsed) return make_int_of_limbs(builtins, parsed->limbs, parsed->negative);
    raise(ErrorKind::kValueError,
          fmt::format("invalid literal for int() with base {}: {}", base, text(*repr(*bytes)).substr(0, 200)));
  });
}

/// `int(value)`.
Ref<> int_from(Builtins& builtins, Object& value) {
  if (is_exact<Str>(value)) return int_from_text(builtins, text(static_cast<const Str&>(value)));
  if (is_exact<Int>(value)) return share(value);
  const Ref<> held = share(value);
  const NumberSlots* const number = value.type->slots->number;
  if (number != nullptr && number->to_int != nullptr) return checked_int(number->to_int(value), "__int__");
  if (number != nullptr && number->index != nullptr) return index(value);
  if (const Str* const digits = as<Str>(value)) return int_from_text(builtins, text(*digits));
  if (has_buffer(value)) return int_from_buffer(builtins, value, 10);
  raise(ErrorKind::kTypeError,
        fmt::format("int() argument must be a string, a bytes-like object or a real number, not '{}'", value.type->name));
}

int checked_base(Object& base) {
  const Ref<Int> number = index(base);
  const bool fits = fits_int64(*number) && (number->value == 0 || (number->value >= 2 && number->value <= 36));
  if (!fits) raise(ErrorKind::kValueError, "int() base must be >= 2 and <= 36, or 0");
  return static_cast<int>(number->value);
}

/// `int(digits, base)`.
Ref<> int_in_base(Builtins& builtins, Object& digits, Object& base) {
  const int checked = checked_base(base);
  if (is<Bytes>(digits) || is<ByteArray>(digits)) return int_from_buffer(builtins, digits, checked);
  const Str* const str = as<Str>(digits);
  if (str == nullptr) raise(ErrorKind::kTypeError, "int() can't convert non-string with explicit base");
  return int_from_text(builtins, text(*str), checked);
}

}  // namespace

namespace {

Ref<> construct_exact(Builtins& builtins, const Arguments& arguments) {
  const PlacedArguments<2> given(kIntParameters, arguments);
  if (given[1] == nullptr) return given[0] == nullptr ? Ref<>(make_int(builtins, 0)) : int_from(builtins, *given[0]);
  if (given[0] == nullptr) raise(ErrorKind::kTypeError, "int() missing string argument");
  return int_in_base(builtins, *given[0], *given[1]);
}

}  // namespace

Ref<> construct_int(Type& type, const Arguments& arguments) {
  Ref<> made = construct_exact(*type.heap->builtins, arguments);
  return type.has(kClassType) ? Ref<>(make_derived_int(type, static_cast<const Int&>(*made))) : made;
}

Ref<> construct_bool(Type& type, const Arguments& arguments) {
  const PlacedArguments<1> given(kBoolParameters, arguments);
  return make_bool(*type.heap->builtins, given[0] != nullptr && truth(*given[0]));
}

std::string short_text_of_int(const Object& object) {
  const auto& number = static_cast<const Int&>(object);
  return number.is_big() ? plain_text(object) : fmt::format("{}", number.value);
}

std::string short_text_of_bool(const Object& object) {
  return static_cast<const Int&>(object).value != 0 ? "True" : "False";
}

namespace {

/// `flag`: the number is negative; `count`: limbs, 0 for a number that stands in the node itself.
void note_int(const Object& object, MessageNode& node, StateWriter& to) {
  const auto& number = static_cast<const Int&>(object);
  if (!number.is_big()) {
    node.place = static_cast<std::uint64_t>(number.value);
    return;
  }
  const std::span<const Limb> limbs = digits_of(number);
  node.flag = number.is_negative();
  node.count = static_cast<std::uint32_t>(limbs.size());
  node.place = to.keep({reinterpret_cast<const char*>(limbs.data()), limbs.size_bytes()});
}

Ref<> make_noted_exact(Builtins& builtins, const MessageNode& node, StateReader& from) {
  if (node.count == 0) return ouro::make_int(builtins, static_cast<std::int64_t>(node.place));
  return with_standard_memory(builtins.heap, [&] {
    std::vector<Limb, ScratchAllocator<Limb>> limbs(node.count);
    const std::string_view bytes = from.kept(node.place, limbs.size() * sizeof(Limb));
    std::memcpy(limbs.data(), bytes.data(), bytes.size());
    return make_int(builtins, from_limbs(limbs, node.flag));
  });
}

Ref<> make_noted_int(Type& type, const MessageNode& node, StateReader& from) {
  Ref<> made = make_noted_exact(*type.heap->builtins, node, from);
  return type.has(kClassType) ? Ref<>(make_derived_int(type, static_cast<const Int&>(*made))) : made;
}

}  // namespace

const CopySlots kIntCopy{.note = note_int, .make = make_noted_int};

}  // namespace ouro::detail
