// Conversions from objects to C++ numbers and text, and the errors of all conversions.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/numbers/detail/big_value.h>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include <cxxabi.h>

namespace ouro {

namespace detail {

namespace {

/// What C calls an integer of 1, 2, 4, 8 bytes.
std::string_view c_name(std::size_t bytes) noexcept {
  switch (bytes) {
    case 1:
      return "char";
    case 2:
      return "short";
    case 4:
      return "int";
    default:
      return "long";
  }
}

[[noreturn, gnu::cold]] void refuse_size(std::string_view sign, std::size_t bytes) {
  raise(ErrorKind::kOverflowError, fmt::format("Python int too large to convert to C {}{}", sign, c_name(bytes)));
}

}  // namespace

std::string_view short_name(const std::type_info& type, std::string& room) {
  int status = 0;
  char* const full = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  room = full != nullptr ? full : type.name();
  std::free(full);
  const std::size_t template_part = room.find('<');
  const std::size_t scope = room.rfind("::", template_part);
  return std::string_view(room).substr(scope == std::string::npos ? 0 : scope + 2);
}

void refuse_type(std::string_view expected, const Object& given) {
  raise(ErrorKind::kTypeError, fmt::format("must be {}, not {}", expected, given.type->name));
}

void refuse_native(const std::type_info& expected, const Object& given) {
  std::string room;
  refuse_type(short_name(expected, room), given);
}

void refuse_length(std::size_t expected, std::size_t given) {
  raise(ErrorKind::kTypeError, fmt::format("must be tuple of length {}, not {}", expected, given));
}

namespace {

/// True if `error` says that a value cannot be converted, rather than what happened on the way.
bool is_refusal(const Error& error) noexcept {
  if (error.object() != nullptr) return false;
  return !error.message().empty() && (error.kind() == ErrorKind::kTypeError || error.kind() == ErrorKind::kOverflowError);
}

/// Names the place in front of what `error` says. MemoryError if there is no memory for it.
[[noreturn]] void refuse_at(const Error& error, std::string_view where) {
  if (!is_refusal(error)) throw error;
  const std::string_view message = error.message();
  const std::string_view join = message.starts_with("must ") ? " " : message.starts_with('[') ? "" : ": ";
  raise_instead(error.kind(), or_out_of_memory([&] { return fmt::format("{}{}{}", where, join, message); }));
}

}  // namespace

void raise_at(const Error& error, std::string_view where) { refuse_at(error, where); }

void raise_at_index(const Error& error, std::size_t index) {
  std::array<char, 32> place;
  const auto end = fmt::format_to_n(place.data(), place.size(), "[{}]", index).out;
  refuse_at(error, {place.data(), end});
}

void raise_at_key(const Error& error, Object& key) { refuse_at(error, is_refusal(error) ? shown_in_error(key) : ""); }

std::int64_t signed_from(Object& object, std::int64_t least, std::int64_t most, std::size_t bytes) {
  const Ref<Int> number = index(object);
  if (!fits_int64(*number) || number->value < least || number->value > most) refuse_size("", bytes);
  return number->value;
}

std::uint64_t unsigned_from(Object& object, std::uint64_t most, std::size_t bytes) {
  const Ref<Int> number = index(object);
  const std::uint64_t value = to_uint64(*number);
  if (value > most) refuse_size("unsigned ", bytes);
  return value;
}

double double_from(Object& object) {
  if (const Float* const number = as<Float>(object)) return number->value;
  if (as_int(object) != nullptr) return to_double(object);
  const NumberSlots* const slots = object.type->slots->number;
  if (slots == nullptr || (slots->to_float == nullptr && slots->index == nullptr)) refuse_type("real number", object);
  const Ref<> held = share(object);  // its method may drop everything else that holds it
  if (slots->to_float == nullptr) return to_double(static_cast<const Int&>(*index(object)));
  const Ref<> made = slots->to_float(object);
  if (!is<Float>(*made))
    raise(ErrorKind::kTypeError,
          fmt::format("{}.__float__ returned non-float (type {})", object.type->name, made->type->name));
  return static_cast<Float&>(*made).value;
}

float float_from(Object& object) {
  const double value = double_from(object);
  const auto narrowed = static_cast<float>(value);
  if (std::isinf(narrowed) && !std::isinf(value)) raise_float_too_large("f");
  return narrowed;
}

void raise_float_too_large(std::string_view format) {
  raise(ErrorKind::kOverflowError, fmt::format("float too large to pack with {} format", format));
}

bool bool_from(Object& object) {
  if (kind_of(object) != Kind::kBool) refuse_type("bool", object);
  return truth(object);
}

std::string_view text_from(Object& object) {
  if (!is<Str>(object)) refuse_type("str", object);
  return text(static_cast<const Str&>(object));
}

const char* terminated_text_from(Object& object) {
  const std::string_view found = text_from(object);
  if (found.find('\0') != std::string_view::npos) raise(ErrorKind::kValueError, "embedded null character");
  return found.data();
}

std::optional<ErrorKind> integer_refusal(const Object& object, std::int64_t least, std::uint64_t most) noexcept {
  const NumberSlots* const slots = object.type->slots->number;
  if (slots == nullptr || slots->index == nullptr) return ErrorKind::kTypeError;
  if (!is<Int>(object)) return {};
  const auto& number = static_cast<const Int&>(object);
  if (number.is_big()) return {};
  const bool fits = number.value < 0 ? number.value >= least : static_cast<std::uint64_t>(number.value) <= most;
  return fits ? std::optional<ErrorKind>() : ErrorKind::kOverflowError;
}

bool is_real_number(const Object& object) noexcept {
  const NumberSlots* const slots = object.type->slots->number;
  return is<Float>(object) || (slots != nullptr && (slots->to_float != nullptr || slots->index != nullptr));
}

Ref<> repeatable(Object& object) {
  if (object.type->slots->next == nullptr) return share(object);
  return list_from(object);
}

}  // namespace detail

Ref<Dict> dict_of(Builtins& builtins, std::initializer_list<DictEntry> entries) {
  Ref<Dict> dict = make_dict(builtins, entries.size());
  for (const DictEntry& entry : entries) {
    const Ref<> key = entry.key.make(builtins);
    dict->set(*key, *entry.value.make(builtins));
  }
  return dict;
}

}  // namespace ouro
