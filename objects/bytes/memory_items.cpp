// The items of a memoryview (CPython: Objects/memoryobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>

#include <fmt/format.h>

#include <concepts>
#include <cstring>
#include <limits>
#include <utility>

namespace ouro::detail {

namespace {

constexpr std::string_view kFormats = "@B@b@c@h@H@i@I@l@L@q@Q@n@N@f@d@?@P";

template <class T>
T load(const char* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}
template <class T>
PackedItem packed(T value) noexcept {
  PackedItem made{};
  std::memcpy(made.data(), &value, sizeof value);
  return made;
}

/// Calls `with` with a value of the C type that a letter stands for; of letters
/// for ints alone.
template <class F>
auto with_int_type(char code, F with) {
  switch (code) {
    case 'b':
      return with(static_cast<signed char>(0));
    case 'h':
      return with(static_cast<short>(0));
    case 'H':
      return with(static_cast<unsigned short>(0));
    case 'i':
      return with(0);
    case 'I':
      return with(0U);
    case 'l':
    case 'q':
    case 'n':
      return with(static_cast<std::int64_t>(0));
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return with(static_cast<std::uint64_t>(0));
    default:
      return with(static_cast<unsigned char>(0));
  }
}

[[noreturn, gnu::cold]] void refuse_value(const MemoryView& view) {
  raise_instead(ErrorKind::kValueError, fmt::format("memoryview: invalid value for format '{}'", view.code));
}
[[noreturn, gnu::cold]] void refuse_item_type(const MemoryView& view) {
  raise_instead(ErrorKind::kTypeError, fmt::format("memoryview: invalid type for format '{}'", view.code));
}

PackedItem pack_int(const MemoryView& view, Object& value) {
  if (view.code == 'P' && as_int(value) == nullptr) refuse_item_type(view);
  const Ref<Int> number = index(value);
  return with_int_type(view.code, [&]<class T>(T) {
    // A pointer may be written as a negative number.
    if (std::unsigned_integral<T> && !(view.code == 'P' && number->is_negative())) {
      const bool fits = !number->is_negative() && bit_length(*number) <= 64;
      const std::uint64_t whole = fits ? to_uint64(*number) : 0;
      if (!fits || whole > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) refuse_value(view);
      return packed(static_cast<T>(whole));
    }
    if (!fits_int64(*number)) refuse_value(view);
    const bool fits = view.code == 'P' || std::in_range<T>(number->value);
    if (!fits) refuse_value(view);
    return packed(static_cast<T>(number->value));
  });
}

double double_of(Object& value) {
  if (const Float* const number = as<Float>(value)) return number->value;
  const NumberSlots* const slots = value.type->slots->number;
  if (slots == nullptr || (slots->to_float == nullptr && slots->index == nullptr))
    raise(ErrorKind::kTypeError, "must be real number");
  if (const Int* const number = as_int(value)) return to_double(*number);
  if (slots->to_float == nullptr) return to_double(*index(value));
  const Ref<> made = slots->to_float(value);
  const Float* const number = as<Float>(*made);
  if (number == nullptr) raise(ErrorKind::kTypeError, "__float__ returned non-float");
  return number->value;
}

PackedItem pack_byte(const MemoryView& view, Object& value) {
  const Bytes* const bytes = as<Bytes>(value);
  if (bytes == nullptr) refuse_item_type(view);
  if (bytes->size != 1) refuse_value(view);
  return packed(bytes->data()[0]);
}

PackedItem pack_any(const MemoryView& view, Object& value) {
  switch (view.code) {
    case 'c':
      return pack_byte(view, value);
    case '?':
      return packed(static_cast<char>(truth(value)));
    case 'f':
      return packed(static_cast<float>(double_of(value)));
    case 'd':
      return packed(double_of(value));
    case '\0':
      raise(ErrorKind::kNotImplementedError, fmt::format("memoryview: format {} not supported", view.format));
    default:
      return pack_int(view, value);
  }
}

}  // namespace

char native_code(std::string_view format) noexcept {
  if (format.starts_with('@')) format.remove_prefix(1);
  return format.size() == 1 && format[0] != '@' && kFormats.find(format[0]) != std::string_view::npos ? format[0] : '\0';
}

std::string_view native_format(std::string_view format) noexcept {
  return kFormats.substr(kFormats.find(format), format.size());
}

std::size_t native_size(char code) noexcept {
  if (code == 'f') return sizeof(float);
  if (code == 'd') return sizeof(double);
  return with_int_type(code, [](auto value) { return sizeof value; });
}

void expect_letter(const MemoryView& view) {
  const std::size_t size = view.format.size() - (view.format.starts_with('@') ? 1 : 0);
  if (size != 1) raise(ErrorKind::kNotImplementedError, fmt::format("memoryview: unsupported format {}", view.format));
}

Ref<> unpack_item(const MemoryView& view, const char* at) {
  Builtins& builtins = builtins_of(view);
  switch (view.code) {
    case 'c':
      return make_bytes(builtins, std::string_view(at, 1));
    case '?':
      return make_bool(builtins, *at != 0);
    case 'f':
      return make_float(builtins, static_cast<double>(load<float>(at)));
    case 'd':
      return make_float(builtins, load<double>(at));
    case '\0':
      raise(ErrorKind::kNotImplementedError, fmt::format("memoryview: format {} not supported", view.format));
    default:
      return with_int_type(view.code, [&](auto value) -> Ref<> { return make_int(builtins, load<decltype(value)>(at)); });
  }
}

PackedItem pack_item(const MemoryView& view, Object& value) {
  try {
    return pack_any(view, value);
  } catch (const Error& error) {
    if (error.is(ErrorKind::kTypeError)) refuse_item_type(view);
    if (error.is(ErrorKind::kOverflowError) || error.is(ErrorKind::kValueError)) refuse_value(view);
    throw;
  }
}

bool equal_items(const MemoryView& left, const char* at, const MemoryView& right, const char* there) {
  if (left.code == '\0' || right.code == '\0')
    return left.format == right.format && std::memcmp(at, there, left.item_size) == 0;
  if (left.code != right.code) {
    const Ref<> mine = unpack_item(left, at);
    const Ref<> other = unpack_item(right, there);
    return equal(*mine, *other);
  }
  // As C compares them: a nan is equal to nothing, and both zeros are equal.
  if (left.code == 'f') return load<float>(at) == load<float>(there);
  if (left.code == 'd') return load<double>(at) == load<double>(there);
  return std::memcmp(at, there, left.item_size) == 0;
}

}  // namespace ouro::detail
