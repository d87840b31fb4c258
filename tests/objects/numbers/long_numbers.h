// Ints of many limbs as Python writes them, for differential tests of what the limbs do.
#pragma once

#include <random>
#include <string>
#include <string_view>

#include <objects/numbers/odd_numbers.h>

namespace ouro::test {

/// About `bits` bits as a hexadecimal literal: random ones, or long runs of zeros and ones, where carries go far.
[[nodiscard]] inline std::string random_bits(std::mt19937& random, std::size_t bits) {
  static constexpr std::string_view kAny = "0123456789abcdef";
  const std::string_view digits = random() % 3 == 0 ? "f0" : random() % 4 == 0 ? "ffff8" : kAny;
  std::string text = random() % 3 == 0 ? "-0x" : "0x";
  text += "123456789abcdef"[random() % 15];
  for (std::size_t digit = 1; digit < (bits + 3) / 4; ++digit) text += digits[random() % digits.size()];
  return "(" + text + ")";
}

}  // namespace ouro::test
