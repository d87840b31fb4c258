// The tables of what characters are.
#include <ouro/objects/text/detail/character.h>

#include <algorithm>
#include <iterator>

namespace ouro::detail {

namespace {

#include <ouro/objects/text/detail/character_table.inc>

/// The zero of every script's decimal digits above ASCII; the other nine follow it. In ascending order.
constexpr char32_t kDecimalZeros[] = {
#include <ouro/objects/numbers/detail/decimal_zeros.inc>
};

}  // namespace

CharacterProperties properties_of(char32_t c) noexcept {
  if (const char32_t page = c >> 6; page < std::size(kPropertyPages))
    return CharacterProperties(kProperties[kPropertyPages[page]][c & 0x3F]);
  return CharacterProperties(c >= kHighPropertyFirst && c <= kHighPropertyLast ? 1 << 6 : 0);
}

int decimal_value(char32_t c) noexcept {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  const auto* const above = std::upper_bound(std::begin(kDecimalZeros), std::end(kDecimalZeros), c);
  if (above == std::begin(kDecimalZeros)) return -1;
  const char32_t digit = c - above[-1];
  return digit < 10 ? static_cast<int>(digit) : -1;
}

}  // namespace ouro::detail
