// From limbs to decimal digits and from digits of any base to limbs: by rows while numbers are short, else in halves.
#pragma once

#include <ouro/objects/numbers/detail/limbs.h>

#include <span>
#include <string_view>

namespace ouro::detail {

/// The value of a digit or letter; anything else gives 99.
[[nodiscard]] constexpr unsigned digit_value(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const int lower = c | 0x20;
  return lower >= 'a' && lower <= 'z' ? static_cast<unsigned>(lower - 'a' + 10) : 99;
}

/// Writes the digits of a magnitude, whose last limb is not 0, so that they end at `end`. Returns where they begin; there is
/// room for 20 a limb. Short numbers need no memory; others may throw std::bad_alloc.
char* write_decimal_before(std::span<const Limb> limbs, char* end);

/// The value of digits and letters below `base`, with underscores between, least significant limb first, leading zeros
/// included. `base` is from 2 to 36. May throw std::bad_alloc.
[[nodiscard]] ScratchLimbs read_digits_in_base(std::string_view digits, int base);

/// The value of up to 19 ASCII digits; false if anything else is among them.
[[nodiscard]] bool read_limb(std::string_view digits, Limb* value) noexcept;

}  // namespace ouro::detail
