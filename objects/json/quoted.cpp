// A text in JSON's quotes (CPython: py_encode_basestring and py_encode_basestring_ascii).
#include <ouro/objects/json/detail/writer.h>
#include <ouro/objects/text/detail/utf8.h>

#include <cstdint>
#include <cstring>

namespace ouro::json::detail {

namespace {

constexpr std::uint64_t kEach = 0x0101'0101'0101'0101U;
constexpr std::uint64_t kHigh = 0x80 * kEach;

/// The high bit of each byte that is 0, and maybe of some behind one.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept { return (word - kEach) & ~word & kHigh; }

constexpr bool is_plain(char c, bool only_ascii) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte != '"' && byte != '\\' && !(only_ascii && byte >= 0x7F);
}

/// Not 0 if one of eight bytes is not plain. A byte below 0x20 borrows from its high bit when 0x20 is subtracted.
constexpr std::uint64_t odd_bytes(std::uint64_t word, bool only_ascii) noexcept {
  const std::uint64_t low = (word - 0x20 * kEach) & ~word & kHigh;
  const std::uint64_t found = low | zero_bytes(word ^ ('"' * kEach)) | zero_bytes(word ^ ('\\' * kEach));
  return only_ascii ? found | (word & kHigh) | zero_bytes(word ^ (0x7F * kEach)) : found;
}

/// How many bytes at the front stand for themselves.
std::size_t plain_prefix(std::string_view text, bool only_ascii) noexcept {
  std::size_t at = 0;
  for (std::uint64_t word; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (odd_bytes(word, only_ascii) != 0) break;
  }
  while (at < text.size() && is_plain(text[at], only_ascii)) ++at;
  return at;
}

void append_unit(StrBuilder& out, unsigned unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const char escape[] = {
      '\\', 'u', kDigits[unit >> 12 & 15], kDigits[unit >> 8 & 15], kDigits[unit >> 4 & 15], kDigits[unit & 15]};
  out.append(std::string_view(escape, sizeof escape));
}

void append_escaped(StrBuilder& out, char32_t c) {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  if (const std::size_t which = c < 0x80 ? kShort.find(static_cast<char>(c)) : kShort.npos; which != kShort.npos) {
    out.append('\\');
    out.append(kLetters[which]);
  } else if (c < 0x10000) {
    append_unit(out, static_cast<unsigned>(c));
  } else {
    append_unit(out, 0xD800 + (static_cast<unsigned>(c - 0x10000) >> 10));
    append_unit(out, 0xDC00 + (static_cast<unsigned>(c - 0x10000) & 0x3FF));
  }
}

void append_all(StrBuilder& out, std::string_view text, bool only_ascii) {
  out.append('"');
  while (true) {
    const std::size_t plain = plain_prefix(text, only_ascii);
    out.append(text.substr(0, plain));
    if (plain == text.size()) break;
    const char* at = text.data() + plain;
    append_escaped(out, ouro::detail::decode_next(at));
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
  }
  out.append('"');
}

}  // namespace

void append_quoted(StrBuilder& out, std::string_view text, bool only_ascii) {
  const std::size_t before = out.size();
  try {
    append_all(out, text, only_ascii);
  } catch (...) {
    out.truncate(before);
    throw;
  }
}

}  // namespace ouro::json::detail
