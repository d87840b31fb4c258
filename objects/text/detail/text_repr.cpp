// repr() of text and of bytes: which quotes, which escapes.
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/detail/utf8.h>

#include <cstdint>
#include <cstring>

namespace ouro::detail {

namespace {

#include <ouro/objects/text/detail/printable_table.inc>

constexpr char kHexDigits[] = "0123456789abcdef";

bool is_printable_ascii(unsigned char c) noexcept { return c >= 0x20 && c < 0x7F; }

char choose_quote(std::string_view text) noexcept {
  const bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

/// The letter after the backslash of an escape that has a name, or 0. `quote` is the quote in use.
constexpr char named_escape(char32_t c, char quote) noexcept {
  switch (c) {
    case '\t':
      return 't';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\\':
      return '\\';
    default:
      return c == static_cast<unsigned char>(quote) ? quote : '\0';
  }
}

/// Hexadecimal digits in the escape of an unprintable code point, after \x, \u or \U.
constexpr std::size_t hex_width(char32_t c) noexcept { return c < 0x100 ? 2 : c < 0x10000 ? 4 : 8; }

char* write_hex_escape(char32_t c, char* out) noexcept {
  const std::size_t width = hex_width(c);
  *out++ = '\\';
  *out++ = width == 2 ? 'x' : width == 4 ? 'u' : 'U';
  for (std::size_t k = width; k-- > 0;) *out++ = kHexDigits[c >> (4 * k) & 0xF];
  return out;
}

/// Bytes of one character in the repr. `length` is what it takes unescaped; `printable`, whether it may stand so.
std::size_t escaped_size(char32_t c, char quote, std::size_t length, bool printable) noexcept {
  if (named_escape(c, quote) != '\0') return 2;
  return printable ? length : 2 + hex_width(c);
}

char* write_copy(std::string_view text, char* out) noexcept {
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

bool is_printable(char32_t c) noexcept {
  const std::size_t page = c >> 8;
  if (page >= sizeof kPrintablePages) return c >= kHighPrintableFirst && c <= kHighPrintableLast;
  return (kPrintableBits[kPrintablePages[page]][(c & 0xFF) / 8] >> (c % 8) & 1) != 0;
}

ReprPlan plan_repr(std::string_view text) noexcept {
  ReprPlan plan{2, choose_quote(text), true};
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char* const from = at;
    const char32_t c = decode_next(at);
    const auto length = static_cast<std::size_t>(at - from);
    const bool printable = c < 0x80 ? is_printable_ascii(static_cast<unsigned char>(c)) : is_printable(c);
    const std::size_t size = escaped_size(c, plan.quote, length, printable);
    plan.size += size;
    plan.verbatim &= size == length;
  }
  return plan;
}

char* write_repr(std::string_view text, const ReprPlan& plan, char* out) noexcept {
  *out++ = plan.quote;
  if (plan.verbatim) {
    out = write_copy(text, out);
  } else {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
      const char* const from = at;
      const char32_t c = decode_next(at);
      if (const char name = named_escape(c, plan.quote); name != '\0') {
        *out++ = '\\';
        *out++ = name;
      } else if (is_printable(c)) {
        out = write_copy({from, static_cast<std::size_t>(at - from)}, out);
      } else {
        out = write_hex_escape(c, out);
      }
    }
  }
  *out++ = plan.quote;
  return out;
}

ReprPlan plan_bytes_repr(std::string_view bytes) noexcept {
  ReprPlan plan{3, choose_quote(bytes), true};
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    const std::size_t size = escaped_size(c, plan.quote, 1, is_printable_ascii(c));
    plan.size += size;
    plan.verbatim &= size == 1;
  }
  return plan;
}

char* write_bytes_repr(std::string_view bytes, const ReprPlan& plan, char* out) noexcept {
  *out++ = 'b';
  *out++ = plan.quote;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if (const char name = named_escape(c, plan.quote); name != '\0') {
      *out++ = '\\';
      *out++ = name;
    } else if (is_printable_ascii(c)) {
      *out++ = byte;
    } else {
      out = write_hex_escape(c, out);
    }
  }
  *out++ = plan.quote;
  return out;
}

std::string repr_text(std::string_view text) {
  const ReprPlan plan = plan_repr(text);
  std::string out(plan.size, '\0');
  write_repr(text, plan, out.data());
  return out;
}

std::string repr_text(std::string_view text, std::size_t limit) {
  std::string out = repr_text(text);
  if (out.size() > limit) out.resize(skip_code_points(out, 0, limit));
  return out;
}

}  // namespace ouro::detail
