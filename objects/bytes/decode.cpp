// From bytes to str (CPython: unicode_decode_utf8, PyUnicode_DecodeUTF16Stateful, PyUnicode_DecodeUTF32Stateful).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/codec_parts.h>
#include <ouro/objects/text/detail/byte_block.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str_builder.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace ouro {

namespace {

using detail::Encoding;
using detail::Handler;

/// What all decoders do: the text so far, and what is done about bytes that mean nothing.
class Decoder {
 public:
  Decoder(Builtins& builtins, std::string_view bytes, std::string_view encoding, std::string_view errors,
          std::string_view named)
      : bytes_(bytes), text_(builtins), builtins_(builtins), encoding_(encoding), errors_(errors), named_(named) {}

  [[nodiscard]] Ref<Str> finish() const { return text_.finish(); }

 protected:
  /// CPython says more about errors of those codecs that it does not call directly.
  [[noreturn]] void refuse_handler(ErrorKind kind, std::string_view why) const {
    if (detail::is_called_directly(named_)) raise(kind, why);
    raise_instead(kind, fmt::format("decoding with '{}' codec failed ({}: {})", named_, error_type(kind).name, why));
  }
  [[nodiscard]] Handler handler() const {
    try {
      return detail::handler_named(errors_);
    } catch (const Error& error) {
      if (detail::is_called_directly(named_)) throw;
      refuse_handler(ErrorKind::kLookupError, error.message());
    }
  }

  void put(char32_t c) { text_.advance(detail::encode_code_point(c, text_.room_for(4))); }

  /// Deals with the bytes from `start` to `end`.
  void handle(std::size_t start, std::size_t end, std::string_view reason) {
    switch (handler()) {
      case Handler::kStrict:
      case Handler::kSurrogates:
        detail::raise_fault(builtins_, ErrorKind::kUnicodeDecodeError, *make_bytes(builtins_, bytes_),
                            {encoding_, start, end, reason});
      case Handler::kIgnore:
        return;
      case Handler::kReplace:
        return put(0xFFFD);
      case Handler::kBackslash:
        for (std::size_t i = start; i < end; ++i)
          text_.advance(detail::write_backslashed(static_cast<unsigned char>(bytes_[i]), text_.room_for(10)));
        return;
      case Handler::kXml:
        refuse_handler(ErrorKind::kTypeError, "don't know how to handle UnicodeDecodeError in error callback");
    }
  }

  std::string_view bytes_;
  StrBuilder text_;

 private:
  Builtins& builtins_;
  std::string_view encoding_;
  std::string_view errors_;
  std::string_view named_;  ///< the encoding as the caller calls it
};

class Utf8Decoder : public Decoder {
 public:
  using Decoder::Decoder;
  Ref<Str> decode() {
    for (std::size_t at = 0; at < bytes_.size();) {
      const detail::Utf8Check check = detail::check_utf8(bytes_.substr(at));
      const bool is_good = check.fault == detail::Utf8Fault::kNone;
      const std::size_t good = is_good ? bytes_.size() - at : check.offset;
      text_.append(bytes_.substr(at, good));
      at += good + check.length;
      if (!is_good) handle(at - check.length, at, detail::reason_of(check.fault));
    }
    return finish();
  }
};

class AsciiDecoder : public Decoder {
 public:
  using Decoder::Decoder;
  Ref<Str> decode() {
    for (std::size_t at = 0; at < bytes_.size();) {
      const std::size_t good = detail::ascii_prefix(bytes_.substr(at));
      text_.append(bytes_.substr(at, good));
      at += good;
      if (at == bytes_.size()) break;
      handle(at, at + 1, "ordinal not in range(128)");
      ++at;
    }
    return finish();
  }
};

/// Units of two or four bytes.
class WideDecoder : public Decoder {
 public:
  WideDecoder(Builtins& builtins, std::string_view bytes, std::size_t unit, bool big_endian, std::size_t begin,
              std::string_view encoding, std::string_view errors, std::string_view named)
      : Decoder(builtins, bytes, encoding, errors, named), unit_(unit), big_endian_(big_endian), at_(begin) {}

  Ref<Str> decode() {
    while (at_ < bytes_.size()) {
      if (left() < unit_) {
        handle_and_go(bytes_.size(), "truncated data");
      } else {
        unit_ == 2 ? step_16() : step_32();
      }
    }
    return finish();
  }

 private:
  [[nodiscard]] std::size_t left() const noexcept { return bytes_.size() - at_; }
  [[nodiscard]] char32_t unit_at(std::size_t at) const noexcept {
    char32_t unit = 0;
    for (std::size_t i = 0; i < unit_; ++i)
      unit = unit << 8 | static_cast<unsigned char>(bytes_[at + (big_endian_ ? i : unit_ - 1 - i)]);
    return unit;
  }
  void handle_and_go(std::size_t end, std::string_view reason) {
    const std::size_t start = at_;
    at_ = end;
    handle(start, end, reason);
  }
  void take(char32_t c, std::size_t bytes) {
    put(c);
    at_ += bytes;
  }

  void step_16() {
    const char32_t first = unit_at(at_);
    if (first < 0xD800 || first > 0xDFFF) return take(first, 2);
    if (first > 0xDBFF) return handle_and_go(at_ + 2, "illegal encoding");
    if (left() < 4) return handle_and_go(bytes_.size(), "unexpected end of data");
    const char32_t second = unit_at(at_ + 2);
    if (second < 0xDC00 || second > 0xDFFF) return handle_and_go(at_ + 2, "illegal UTF-16 surrogate");
    take(0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF)), 4);
  }
  void step_32() {
    const char32_t c = unit_at(at_);
    if (detail::is_scalar_value(c)) return take(c, 4);
    handle_and_go(at_ + 4, c > 0x10FFFF ? "code point not in range(0x110000)"
                                        : "code point in surrogate code point range(0xd800, 0xe000)");
  }

  std::size_t unit_;
  bool big_endian_;
  std::size_t at_;
};

Ref<Str> decode_wide(Builtins& builtins, std::string_view bytes, std::size_t unit, bool big_endian, std::size_t begin,
                     std::string_view errors, std::string_view named) {
  const std::string_view name =
      unit == 2 ? (big_endian ? "utf-16-be" : "utf-16-le") : (big_endian ? "utf-32-be" : "utf-32-le");
  return WideDecoder(builtins, bytes, unit, big_endian, begin, name, errors, named).decode();
}

/// The byte order mark says which order; without one it is the machine's.
Ref<Str> decode_marked(Builtins& builtins, std::string_view bytes, std::size_t unit, std::string_view errors,
                       std::string_view encoding) {
  constexpr std::string_view kLittleMark("\xFF\xFE\0\0", 4);
  constexpr std::string_view kBigMark("\0\0\xFE\xFF", 4);
  if (bytes.starts_with(kLittleMark.substr(0, unit)))
    return decode_wide(builtins, bytes, unit, false, unit, errors, encoding);
  if (bytes.starts_with(kBigMark.substr(4 - unit))) return decode_wide(builtins, bytes, unit, true, unit, errors, encoding);
  return decode_wide(builtins, bytes, unit, !detail::kLittleEndian, 0, errors, encoding);
}

/// Writes one byte behind the text, too, which is to become the zero there.
void write_utf_8_of_latin_1(std::string_view bytes, char* to) noexcept {
  for (const char c : bytes) {
    // Two bytes are written for every one, which needs no branch; of ASCII the second one is overwritten.
    const auto byte = static_cast<unsigned char>(c);
    const bool is_high = byte >= 0x80;
    to[0] = static_cast<char>(is_high ? 0xC0u | byte >> 6 : byte);
    to[1] = static_cast<char>(0x80u | (byte & 0x3Fu));
    to += is_high ? 2 : 1;
  }
}

Ref<Str> decode_latin_1(Builtins& builtins, std::string_view bytes) {
  if (bytes.size() == 1) return make_character(builtins, static_cast<unsigned char>(bytes[0]));
  const std::size_t ascii = detail::ascii_prefix(bytes);
  if (ascii == bytes.size()) return detail::copy_str(builtins, bytes, ascii);
  const std::size_t high = detail::count_high_in_blocks(detail::whole_blocks(bytes)) +
                           static_cast<std::size_t>(std::ranges::count_if(
                               detail::behind_blocks(bytes), [](char c) { return static_cast<signed char>(c) < 0; }));
  return detail::new_str(builtins, bytes.size() + high, bytes.size(),
                         [&](char* to) noexcept { write_utf_8_of_latin_1(bytes, to); });
}

/// The str of bytes that are good as they are, without a copy on the way.
Ref<Str> decode_utf_8(Builtins& builtins, std::string_view bytes, std::string_view errors, std::string_view encoding) {
  if (detail::is_ascii(bytes)) return detail::copy_str(builtins, bytes, bytes.size());
  if (detail::check_utf8(bytes).fault == detail::Utf8Fault::kNone) return make_str_unchecked(builtins, bytes);
  return Utf8Decoder(builtins, bytes, "utf-8", errors, encoding).decode();
}

}  // namespace

Ref<Str> decode(Builtins& builtins, std::string_view bytes, std::string_view encoding, std::string_view errors) {
  if (bytes.empty()) return make_str_unchecked(builtins, {});
  switch (detail::encoding_named(encoding)) {
    case Encoding::kUtf8:
      return decode_utf_8(builtins, bytes, errors, encoding);
    case Encoding::kAscii:
      if (detail::is_ascii(bytes)) return detail::copy_str(builtins, bytes, bytes.size());
      return AsciiDecoder(builtins, bytes, "ascii", errors, encoding).decode();
    case Encoding::kLatin1:
      return decode_latin_1(builtins, bytes);
    case Encoding::kUtf16:
      return decode_marked(builtins, bytes, 2, errors, encoding);
    case Encoding::kUtf16Le:
      return decode_wide(builtins, bytes, 2, false, 0, errors, encoding);
    case Encoding::kUtf16Be:
      return decode_wide(builtins, bytes, 2, true, 0, errors, encoding);
    case Encoding::kUtf32:
      return decode_marked(builtins, bytes, 4, errors, encoding);
    case Encoding::kUtf32Le:
      return decode_wide(builtins, bytes, 4, false, 0, errors, encoding);
    case Encoding::kUtf32Be:
      return decode_wide(builtins, bytes, 4, true, 0, errors, encoding);
  }
  return {};
}

}  // namespace ouro
