// The names of encodings and error handlers (CPython: Lib/encodings/aliases.py, Python/codecs.c).
#include <ouro/base/error.h>
#include <ouro/objects/bytes/detail/byte_text.h>
#include <ouro/objects/bytes/detail/codec_parts.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace ouro::detail {

namespace {

static_assert((std::endian::native == std::endian::little) == kLittleEndian);

using enum Encoding;

constexpr std::pair<std::string_view, Encoding> kNames[] = {
    {"utf_8", kUtf8},
    {"utf8", kUtf8},
    {"u8", kUtf8},
    {"utf", kUtf8},
    {"utf8_ucs2", kUtf8},
    {"utf8_ucs4", kUtf8},
    {"cp65001", kUtf8},
    {"ascii", kAscii},
    {"646", kAscii},
    {"us", kAscii},
    {"us_ascii", kAscii},
    {"ansi_x3.4_1968", kAscii},
    {"ansi_x3_4_1968", kAscii},
    {"ansi_x3.4_1986", kAscii},
    {"cp367", kAscii},
    {"csascii", kAscii},
    {"ibm367", kAscii},
    {"iso646_us", kAscii},
    {"iso_646.irv_1991", kAscii},
    {"iso_ir_6", kAscii},
    {"latin_1", kLatin1},
    {"latin1", kLatin1},
    {"latin", kLatin1},
    {"l1", kLatin1},
    {"8859", kLatin1},
    {"cp819", kLatin1},
    {"csisolatin1", kLatin1},
    {"ibm819", kLatin1},
    {"iso8859", kLatin1},
    {"iso8859_1", kLatin1},
    {"iso_8859_1", kLatin1},
    {"iso_8859_1_1987", kLatin1},
    {"iso_ir_100", kLatin1},
    {"utf_16", kUtf16},
    {"utf16", kUtf16},
    {"u16", kUtf16},
    {"utf_16_le", kUtf16Le},
    {"utf_16le", kUtf16Le},
    {"unicodelittleunmarked", kUtf16Le},
    {"utf_16_be", kUtf16Be},
    {"utf_16be", kUtf16Be},
    {"unicodebigunmarked", kUtf16Be},
    {"utf_32", kUtf32},
    {"utf32", kUtf32},
    {"u32", kUtf32},
    {"utf_32_le", kUtf32Le},
    {"utf_32le", kUtf32Le},
    {"utf_32_be", kUtf32Be},
    {"utf_32be", kUtf32Be},
};

/// Lower case, and one underscore for what is no letter, digit or dot.
std::string normalised(std::string_view name) {
  std::string made;
  bool gap = false;
  for (const char c : name) {
    if (!is_letter_or_digit_byte(c) && c != '.') {
      gap = true;
      continue;
    }
    if (gap && !made.empty()) made += '_';
    gap = false;
    made += lower_byte(c);
  }
  return made;
}

}  // namespace

Encoding encoding_named(std::string_view name) {
  if (name == "utf-8") [[likely]]
    return kUtf8;
  const std::string wanted = normalised(name);
  const auto* const found = std::ranges::find(kNames, wanted, [](const auto& entry) { return entry.first; });
  if (found == std::end(kNames)) raise(ErrorKind::kLookupError, fmt::format("unknown encoding: {}", name));
  return found->second;
}

bool is_called_directly(std::string_view name) {
  constexpr std::string_view kDirect[] = {"utf_8", "utf8",     "utf_16", "utf16",   "utf_32",     "utf32",
                                          "ascii", "us_ascii", "latin1", "latin_1", "iso_8859_1", "iso8859_1"};
  return std::ranges::find(kDirect, normalised(name)) != std::end(kDirect);
}

Handler handler_named(std::string_view name) {
  if (name == "strict") return Handler::kStrict;
  if (name == "ignore") return Handler::kIgnore;
  if (name == "replace") return Handler::kReplace;
  if (name == "backslashreplace") return Handler::kBackslash;
  if (name == "xmlcharrefreplace") return Handler::kXml;
  if (name == "surrogateescape" || name == "surrogatepass") return Handler::kSurrogates;
  raise(ErrorKind::kLookupError, fmt::format("unknown error handler name '{}'", name));
}

std::size_t write_backslashed(char32_t code_point, char* to) noexcept {
  constexpr char kDigits[] = "0123456789abcdef";
  const std::size_t digits = code_point < 0x100 ? 2 : code_point < 0x10000 ? 4 : 8;
  to[0] = '\\';
  to[1] = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
  for (std::size_t i = 0; i < digits; ++i) to[1 + digits - i] = kDigits[code_point >> (4 * i) & 15];
  return digits + 2;
}

void raise_fault(Builtins& builtins, ErrorKind kind, Object& object, const CodecFault& fault) {
  const Ref<> encoding = make_str(builtins, fault.encoding);
  const Ref<> start = make_int(builtins, fault.start);
  const Ref<> end = make_int(builtins, fault.end);
  const Ref<> reason = make_str(builtins, fault.reason);
  Object* const given[] = {encoding.get(), &object, start.get(), end.get(), reason.get()};
  raise(call(builtins.type(kind), Arguments{given, {}, {}}));
}

}  // namespace ouro::detail
