// What encoding and decoding share: the names of encodings and of what is done about errors.
#pragma once

#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/core/builtins.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ouro::detail {

enum class Encoding : std::uint8_t { kUtf8, kAscii, kLatin1, kUtf16, kUtf16Le, kUtf16Be, kUtf32, kUtf32Le, kUtf32Be };

/// LookupError "unknown encoding: x".
[[nodiscard]] Encoding encoding_named(std::string_view name);

/// True for the names of codecs that CPython calls without asking its registry, which words errors in another way.
[[nodiscard]] bool is_called_directly(std::string_view name);

/// True on a machine that stores the lowest byte first.
inline constexpr bool kLittleEndian = true;

enum class Handler : std::uint8_t { kStrict, kIgnore, kReplace, kBackslash, kXml, kSurrogates };

/// LookupError "unknown error handler name 'x'".
[[nodiscard]] Handler handler_named(std::string_view name);

/// "\x0a", "\u20ac" or "\U0001f600" to `to`, which has room for 10. Returns how many.
std::size_t write_backslashed(char32_t code_point, char* to) noexcept;

/// `str.encode(encoding, errors)`; both may be null.
[[nodiscard]] Ref<Bytes> encode_arguments(const Str& str, Object* encoding, Object* errors);

/// Which part of what cannot be coded, and why.
struct CodecFault {
  std::string_view encoding;
  std::size_t start;
  std::size_t end;
  std::string_view reason;
};

/// Raises the UnicodeEncodeError or UnicodeDecodeError about `object`, whose text or bytes it is.
[[noreturn, gnu::cold]] void raise_fault(Builtins& builtins, ErrorKind kind, Object& object, const CodecFault& fault);

}  // namespace ouro::detail
