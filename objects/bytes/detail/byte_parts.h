// What the sources of bytes, bytearray and memoryview share among themselves.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/bytes/detail/byte_text.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/type.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ouro::detail {

/// Bytes that are collected one by one.
using ByteCollector = SmallVector<char, 240>;

/// What an iterable of numbers gives. `complaint` is for numbers out of range: ValueError "byte must be in range(0, 256)".
/// `refusal`, its {} replaced by the name of the type, for what cannot be iterated over: TypeError "cannot convert 'float'
/// object to bytes".
void collect_bytes(Object& iterable, std::string_view refusal, std::string_view complaint, ByteCollector& into);

/// `bytes(number)` and `bytearray(number)`: the number, or empty if the object is none. ValueError "negative count".
[[nodiscard]] std::optional<std::size_t> count_argument_of(Object& given);

/// What `__bytes__` of a class gives; empty if there is none. TypeError "__bytes__ returned non-bytes (type str)".
[[nodiscard]] Ref<> converted_to_bytes(Object& object);

/// An encoding or the name of what is done about errors. TypeError "decode() argument 'encoding' must be str, not int";
/// ValueError "embedded null character".
[[nodiscard]] std::string_view name_argument(Object* given, std::string_view function, std::string_view name,
                                             std::string_view fallback);
/// `bytes.decode(encoding, errors)`; both may be null.
[[nodiscard]] Ref<Str> decode_arguments(Object& self, Object* encoding, Object* errors);
/// `bytes.hex(sep, bytes_per_sep)`.
[[nodiscard]] Ref<Str> hex_of(Object& self, Object* sep, Object* bytes_per_sep);

/// `bytes.fromhex(string)`, also of a class. TypeError "fromhex() argument must be str, not bytes".
[[nodiscard]] Ref<Bytes> bytes_from_hex(Builtins& builtins, Object& string);
template <BytesType B>
[[nodiscard]] Ref<> from_hex(Type& type, Object& string) {
  Builtins& builtins = *type.heap->builtins;
  Ref<> made = bytes_from_hex(builtins, string);
  if constexpr (!std::same_as<B, Bytes>) made = copy_like<B>(builtins, view(static_cast<Bytes&>(*made)));
  if (!type.has(kClassType)) return made;
  Object* const given[] = {made.get()};
  return call(type, Arguments{given, {}, {}});
}

/// True if the object shows memory without gaps: a Buffer of it can be made.
[[nodiscard]] bool has_plain_buffer(Object& object);

/// `left + right` for anything that shows bytes. TypeError "can't concat str to bytes".
template <BytesType B>
[[nodiscard]] Ref<B> concatenate_buffers(B& left, Object& right) {
  if (!has_plain_buffer(right)) {
    const std::string_view name = left.type->name;
    raise(ErrorKind::kTypeError, "can't concat " + std::string(right.type->name) + " to " + std::string(name));
  }
  const Buffer first(left);
  const Buffer second(right);
  const std::size_t size = first.view().size() + second.view().size();
  return new_like<B>(builtins_of(left), size, [&](char* to) noexcept {
    to = std::copy(first.view().begin(), first.view().end(), to);
    std::copy(second.view().begin(), second.view().end(), to);
  });
}

/// Writes `bytes` again and again until `size` bytes are written.
void write_repeated(std::string_view bytes, std::size_t size, char* to) noexcept;

/// `count` bytes of a slice that does not count by one.
void copy_steps(std::string_view bytes, const SliceRange& range, char* to) noexcept;

/// "b'abc'", shortened.
[[nodiscard]] std::string short_text_of_bytes(std::string_view bytes);

/// `bytes(...)`.
[[nodiscard]] Ref<> construct_bytes(Type& type, const Arguments& arguments);
extern const AttributeTable kBytesAttributes;
extern const CopySlots kBytesCopy;
/// `bytearray(...)`.
[[nodiscard]] Ref<> construct_bytearray(Type& type, const Arguments& arguments);
void initialise_bytearray(Object& object, const Arguments& arguments);
extern const AttributeTable kByteArrayAttributes;
extern const CopySlots kByteArrayCopy;
/// The iterator of bytes, bytearray or memoryview.
[[nodiscard]] Ref<> make_byte_iterator(Object& sequence);

/// The bytes of an object that has a buffer, copied; those of a memoryview with gaps, too.
[[nodiscard]] Ref<Bytes> bytes_shown(Object& object);

/// What a slot whose key is no index and no slice says: "byte indices must be integers or slices, not str".
[[noreturn, gnu::cold]] void refuse_byte_index(std::string_view what, const Object& key);
[[nodiscard]] inline bool is_index(const Object& key) noexcept {
  const NumberSlots* const number = key.type->slots->number;
  return number != nullptr && number->index != nullptr;
}

}  // namespace ouro::detail
