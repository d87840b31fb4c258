// UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError: which part of a text, and why (CPython:
// Objects/exceptions.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>

namespace ouro::detail {

namespace {

enum Member : std::size_t { kEncoding, kObject, kStart, kEnd, kReason, kMembers };

[[noreturn, gnu::cold]] void refuse_argument(std::size_t place, const Object& given) {
  raise(ErrorKind::kTypeError,
        fmt::format("argument {} must be str, not {}", place, is_none(given) ? "None" : given.type->name));
}

/// What was to be decoded: a bytes as it is, of anything else that shows bytes a copy.
Ref<> bytes_of_argument(Object& given) {
  if (is<Bytes>(given)) return share(given);
  return bytes_shown(given);
}

/// `([encoding,] object, start, end, reason)`, which become members from `first` on. The object is a str, or a bytes if
/// `is_decoding`.
void take_arguments(BaseException& exception, std::span<Object* const> given, Member first, bool is_decoding = false) {
  const std::size_t expected = kMembers - first;
  if (given.size() != expected)
    raise(ErrorKind::kTypeError, fmt::format("function takes exactly {} arguments ({} given)", expected, given.size()));
  Builtins& builtins = builtins_of(exception);
  std::array<Ref<>, kMembers> taken;
  for (std::size_t i = 0; i < expected; ++i) {
    const std::size_t member = first + i;
    const bool is_position = member == kStart || member == kEnd;
    const bool is_bytes = is_decoding && member == kObject;
    if (!is_position && !is_bytes && !is<Str>(*given[i])) refuse_argument(i + 1, *given[i]);
    taken[member] = is_bytes      ? bytes_of_argument(*given[i])
                    : is_position ? Ref<>(make_int(builtins, size_argument(given[i], 0)))
                                  : share(*given[i]);
  }
  for (std::size_t member = first; member < kMembers; ++member) set_member(exception, member, taken[member].get());
}

void initialise_encode_error(Object& object, const Arguments& arguments) {
  initialise_exception(object, arguments);
  take_arguments(exception_of(object), arguments.positional, kEncoding);
}
void initialise_translate_error(Object& object, const Arguments& arguments) {
  initialise_exception(object, arguments);
  take_arguments(exception_of(object), arguments.positional, kObject);
}
void initialise_decode_error(Object& object, const Arguments& arguments) {
  initialise_exception(object, arguments);
  take_arguments(exception_of(object), arguments.positional, kEncoding, true);
}

std::int64_t number_of(const BaseException& exception, Member place) noexcept {
  const Object* const value = exception.members[place];
  return value != nullptr && is<Int>(*value) ? static_cast<const Int&>(*value).value : 0;
}

/// "character '\x62' in position 1" or "characters in position 1-2".
std::string shown_part(const BaseException& exception) {
  const Object& object = *exception.members[kObject];
  const std::int64_t start = number_of(exception, kStart);
  const std::int64_t end = number_of(exception, kEnd);
  const bool is_text = is<Str>(object);
  const std::int64_t size = is_text ? static_cast<const Str&>(object).code_points : 0;
  if (start >= size || end != start + 1) return fmt::format("characters in position {}-{}", start, end - 1);
  if (start < 0) raise(ErrorKind::kIndexError, "string index out of range");
  const Ref<Str> character = character_at(static_cast<const Str&>(object), static_cast<std::size_t>(start));
  const char* at = text(*character).data();
  const auto code = static_cast<std::uint32_t>(decode_next(at));
  const std::string shown = code <= 0xFF     ? fmt::format("\\x{:02x}", code)
                            : code <= 0xFFFF ? fmt::format("\\u{:04x}", code)
                                             : fmt::format("\\U{:08x}", code);
  return fmt::format("character '{}' in position {}", shown, start);
}

/// What an error says that was made from a text, or has no object. Empty for all others.
Ref<> str_without_object(Object& object) {
  if ((object.flags & BaseException::kTextFlag) != 0) return str_of_arguments(object);
  return exception_of(object).members[kObject] == nullptr ? share<Object>(builtins_of(object).empty_str()) : Ref<>();
}

std::string text_of_member(const BaseException& exception, Member place) {
  Object* const value = exception.members[place];
  return value != nullptr ? text_of(value) : "<NULL>";
}

Ref<> str_of_encode_error(Object& object) {
  if (Ref<> alone = str_without_object(object)) return alone;
  const BaseException& exception = exception_of(object);
  const std::string encoding = text_of_member(exception, kEncoding);
  const std::string reason = text_of_member(exception, kReason);
  return make_str(builtins_of(object),
                  fmt::format("'{}' codec can't encode {}: {}", encoding, shown_part(exception), reason));
}

/// "byte 0xff in position 1" or "bytes in position 1-2".
std::string shown_bytes(const BaseException& exception) {
  const std::int64_t start = number_of(exception, kStart);
  const std::int64_t end = number_of(exception, kEnd);
  const Bytes* const object = as<Bytes>(*exception.members[kObject]);
  const bool is_inside = object != nullptr && start >= 0 && start < static_cast<std::int64_t>(object->size);
  if (!is_inside || end != start + 1) return fmt::format("bytes in position {}-{}", start, end - 1);
  return fmt::format("byte {:#04x} in position {}", static_cast<unsigned char>(object->data()[start]), start);
}

Ref<> str_of_decode_error(Object& object) {
  if (Ref<> alone = str_without_object(object)) return alone;
  const BaseException& exception = exception_of(object);
  const std::string encoding = text_of_member(exception, kEncoding);
  const std::string reason = text_of_member(exception, kReason);
  return make_str(builtins_of(object),
                  fmt::format("'{}' codec can't decode {}: {}", encoding, shown_bytes(exception), reason));
}

Ref<> str_of_translate_error(Object& object) {
  if (Ref<> alone = str_without_object(object)) return alone;
  const BaseException& exception = exception_of(object);
  const std::string reason = text_of_member(exception, kReason);
  return make_str(builtins_of(object), fmt::format("can't translate {}: {}", shown_part(exception), reason));
}

template <Member kPlace>
constexpr Attribute position_member(std::string_view name, std::string_view doc) {
  Attribute made = member(
      name, [](BaseException& exception) { return number_of(exception, kPlace); }, doc);
  made.set = [](Object& object, Object* value) {
    if (value == nullptr) raise(ErrorKind::kTypeError, "can't delete numeric/char attribute");
    if (!is<Int>(*value) && kind_of(*value) != Kind::kBool) raise(ErrorKind::kTypeError, "an integer is required");
    set_member(exception_of(object), kPlace, make_int(builtins_of(object), size_argument(value, 0)).get());
  };
  return made;
}

constexpr Attribute kAttributes[] = {
    object_member<kEncoding>("encoding", "exception encoding"), object_member<kObject>("object", "exception object"),
    position_member<kStart>("start", "exception start"),        position_member<kEnd>("end", "exception end"),
    object_member<kReason>("reason", "exception reason"),
};

constexpr TypeSlots unicode_error(void (*initialise)(Object&, const Arguments&), UnarySlot shown) noexcept {
  TypeSlots made = exception_slots(kMembers);
  made.initialise = initialise;
  made.str = shown;
  made.attributes = &kAttributeTable<kAttributes>;
  return made;
}

}  // namespace

constinit const TypeSlots kUnicodeEncodeErrorSlots = unicode_error(initialise_encode_error, str_of_encode_error);
constinit const TypeSlots kUnicodeDecodeErrorSlots = unicode_error(initialise_decode_error, str_of_decode_error);
constinit const TypeSlots kUnicodeTranslateErrorSlots = unicode_error(initialise_translate_error, str_of_translate_error);

}  // namespace ouro::detail
