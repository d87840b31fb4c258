// Decimal digits and white space of all scripts as ASCII.
#include <ouro/objects/numbers/detail/numeric_text.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace ouro::detail {

namespace {

/// The zero of every script's decimal digits above ASCII; the other nine follow it. In ascending order.
constexpr char32_t kDecimalZeros[] = {
#include <ouro/objects/numbers/detail/decimal_zeros.inc>
};

/// str.isspace() for code points above ASCII.
constexpr bool is_wide_space(char32_t c) noexcept {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

/// The ASCII character a non-ASCII `c` stands for in a number; '?' if for none.
char fold_code_point(char32_t c) noexcept {
  if (is_wide_space(c)) return ' ';
  const auto* const above = std::upper_bound(std::begin(kDecimalZeros), std::end(kDecimalZeros), c);
  if (above == std::begin(kDecimalZeros)) return '?';
  const char32_t digit = c - above[-1];
  return digit < 10 ? static_cast<char>('0' + digit) : '?';
}

}  // namespace

std::string_view fold_number(std::string_view text, std::string& storage) {
  std::size_t ascii = ascii_prefix(text);
  if (ascii == text.size()) return text;
  storage.reserve(text.size());
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char32_t c = decode_next(at);
    storage.push_back(c < 0x80 ? static_cast<char>(c) : fold_code_point(c));
    if (c >= 0x80 && storage.back() == '?') break;
  }
  return storage;
}

}  // namespace ouro::detail
