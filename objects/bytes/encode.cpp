// From str to bytes (CPython: unicode_encode_ucs1, _PyUnicode_EncodeUTF16, Python/codecs.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/codec_parts.h>
#include <ouro/objects/bytes/detail/new_bytes.h>
#include <ouro/objects/text/detail/byte_block.h>
#include <ouro/objects/text/detail/utf8.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace ouro {

namespace {

using detail::Encoding;
using detail::Handler;

/// ASCII and Latin-1: the characters below a limit, a byte each.
struct Narrow {
  std::string_view name;
  char32_t limit;
  std::string_view reason;
};
constexpr Narrow kAscii{"ascii", 0x80, "ordinal not in range(128)"};
constexpr Narrow kLatin1{"latin-1", 0x100, "ordinal not in range(256)"};

class NarrowEncoder {
 public:
  NarrowEncoder(const Str& str, const Narrow& to, std::string_view errors)
      : str_(str), to_(to), errors_(errors), bytes_(heap_of(str)) {}

  Ref<Bytes> encode() {
    const char* at = str_.data();
    const char* const end = at + str_.bytes;
    while (at != end) {
      const char* const before = at;
      const char32_t c = detail::decode_next(at);
      if (c < to_.limit) {
        bytes_.push_back(static_cast<char>(c));
        ++position_;
      } else {
        at = handle(before, end);
      }
    }
    return make_bytes(builtins_of(str_), std::string_view(bytes_.data(), bytes_.size()));
  }

 private:
  /// Deals with the run of characters that begins at `at`, and returns its end.
  const char* handle(const char* at, const char* end) {
    const Handler handler = detail::handler_named(errors_);
    if (handler == Handler::kStrict || handler == Handler::kSurrogates) refuse(at, end);
    while (at != end) {
      const char* const before = at;
      const char32_t c = detail::decode_next(at);
      if (c < to_.limit) return before;
      replace(c, handler);
      ++position_;
    }
    return at;
  }
  void replace(char32_t c, Handler handler) {
    if (handler == Handler::kReplace) bytes_.push_back('?');
    if (handler == Handler::kBackslash) {
      char shown[10];
      append({shown, detail::write_backslashed(c, shown)});
    }
    if (handler == Handler::kXml) {
      char digits[12];
      const auto written = std::to_chars(digits, digits + sizeof digits, static_cast<std::uint32_t>(c));
      append("&#");
      append({digits, static_cast<std::size_t>(written.ptr - digits)});
      append(";");
    }
  }
  void append(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }

  [[noreturn]] void refuse(const char* at, const char* end) {
    std::size_t stop = position_;
    while (at != end && detail::decode_next(at) >= to_.limit) ++stop;
    detail::raise_fault(builtins_of(str_), ErrorKind::kUnicodeEncodeError, const_cast<Str&>(str_),
                        {to_.name, position_, stop, to_.reason});
  }

  const Str& str_;
  const Narrow& to_;
  std::string_view errors_;
  detail::ByteCollector bytes_;
  std::size_t position_ = 0;  ///< of the next character
};

/// True if all characters are below U+0100: no byte of them is above 0xC3.
bool is_latin_1(std::string_view utf8) noexcept {
  constexpr unsigned char kMost = 0xC3;
  if (detail::has_byte_above(detail::whole_blocks(utf8), kMost)) return false;
  return std::ranges::none_of(detail::behind_blocks(utf8), [](char c) { return static_cast<unsigned char>(c) > kMost; });
}

void write_latin_1(std::string_view utf8, char* to) noexcept {
  unsigned lead = 0;
  for (const char c : utf8) {
    // Written for every byte, which needs no branch: it stays but for a first byte of two.
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0) == 0x80;
    *to = static_cast<char>(continues ? (lead & 3) << 6 | (byte & 0x3Fu) : byte);
    to += byte < 0xC0 ? 1 : 0;
    lead = byte;
  }
}

Ref<Bytes> encode_narrow(const Str& str, const Narrow& to, std::string_view errors) {
  if (str.is_ascii()) return make_bytes(builtins_of(str), text(str));
  if (to.limit == kLatin1.limit && is_latin_1(text(str)))
    return detail::new_bytes(builtins_of(str), str.code_points,
                             [&](char* data) noexcept { write_latin_1(text(str), data); });
  return NarrowEncoder(str, to, errors).encode();
}

/// Units of 2 or 4 bytes.
struct Wide {
  std::size_t unit;
  bool big_endian;
  bool marked;  ///< begins with a byte order mark
};

char* put_unit(char* to, char32_t unit, const Wide& form) noexcept {
  for (std::size_t i = 0; i < form.unit; ++i) {
    const std::size_t place = form.big_endian ? form.unit - 1 - i : i;
    to[place] = static_cast<char>(unit >> (8 * i) & 0xFF);
  }
  return to + form.unit;
}

std::size_t beyond_16_bits(std::string_view utf8) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return static_cast<unsigned char>(c) >= 0xF0; }));
}

Ref<Bytes> encode_wide(const Str& str, const Wide& form) {
  std::size_t units = str.code_points + (form.marked ? 1 : 0);
  if (form.unit == 2) units += beyond_16_bits(text(str));
  return detail::new_bytes(builtins_of(str), units * form.unit, [&](char* to) noexcept {
    if (form.marked) to = put_unit(to, 0xFEFF, form);
    for (const char *at = str.data(), *const end = at + str.bytes; at != end;) {
      const char32_t c = detail::decode_next(at);
      if (form.unit == 4 || c < 0x10000) {
        to = put_unit(to, c, form);
      } else {
        to = put_unit(to, 0xD7C0 + (c >> 10), form);
        to = put_unit(to, 0xDC00 + (c & 0x3FF), form);
      }
    }
  });
}

}  // namespace

Ref<Bytes> detail::encode_arguments(const Str& str, Object* encoding, Object* errors) {
  const std::string_view code = name_argument(encoding, "encode", "encoding", "utf-8");
  return encode(str, code, name_argument(errors, "encode", "errors", "strict"));
}

Ref<Bytes> encode(const Str& str, std::string_view encoding, std::string_view errors) {
  switch (detail::encoding_named(encoding)) {
    case Encoding::kUtf8:
      return make_bytes(builtins_of(str), text(str));
    case Encoding::kAscii:
      return encode_narrow(str, kAscii, errors);
    case Encoding::kLatin1:
      return encode_narrow(str, kLatin1, errors);
    case Encoding::kUtf16:
      return encode_wide(str, {2, !detail::kLittleEndian, true});
    case Encoding::kUtf16Le:
      return encode_wide(str, {2, false, false});
    case Encoding::kUtf16Be:
      return encode_wide(str, {2, true, false});
    case Encoding::kUtf32:
      return encode_wide(str, {4, !detail::kLittleEndian, true});
    case Encoding::kUtf32Le:
      return encode_wide(str, {4, false, false});
    case Encoding::kUtf32Be:
      return encode_wide(str, {4, true, false});
  }
  return {};
}

}  // namespace ouro
