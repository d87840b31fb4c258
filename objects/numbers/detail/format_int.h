// Decimal text of a 64-bit integer, the inner loop of str(int).
//
// Two digits leave the number per division, so that a nineteen-digit number costs ten multiplications. The digits are
// produced from the right into a scratch array and copied once, which is cheaper than counting them first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ouro::detail {

/// Room for the longest text: a minus sign and nineteen digits (-9223372036854775808), or twenty digits unsigned.
inline constexpr std::size_t kInt64TextMax = 20;

/// "000102...99": the two digits of k stand at 2 * k.
inline constexpr std::array<char, 200> kDigitPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t k = 0; k < 100; ++k) {
    pairs[2 * k] = static_cast<char>('0' + k / 10);
    pairs[2 * k + 1] = static_cast<char>('0' + k % 10);
  }
  return pairs;
}();

/// Writes the digits of `value` so that they end just before `end`. Returns where they begin (at least one digit is
/// written).
inline char* write_digits_before(std::uint64_t value, char* end) noexcept {
  while (value >= 100) {
    end -= 2;
    std::memcpy(end, &kDigitPairs[static_cast<std::size_t>(value % 100) * 2], 2);
    value /= 100;
  }
  if (value >= 10) {
    end -= 2;
    std::memcpy(end, &kDigitPairs[static_cast<std::size_t>(value) * 2], 2);
  } else {
    *--end = static_cast<char>('0' + value);
  }
  return end;
}

/// Writes `value` in decimal to `out`, which has room for kInt64TextMax characters. Returns how many were written.
inline std::size_t write_uint64(std::uint64_t value, char* out) noexcept {
  char scratch[kInt64TextMax];
  char* const end = scratch + kInt64TextMax;
  const char* const begin = write_digits_before(value, end);
  const auto length = static_cast<std::size_t>(end - begin);
  std::memcpy(out, begin, length);
  return length;
}

/// Writes `value` in decimal, as Python's str(int), to `out`, which has room for kInt64TextMax characters. No terminating
/// zero. Returns how many were written.
inline std::size_t write_int64(std::int64_t value, char* out) noexcept {
  if (value >= 0) return write_uint64(static_cast<std::uint64_t>(value), out);
  *out = '-';
  return 1 + write_uint64(std::uint64_t{0} - static_cast<std::uint64_t>(value), out + 1);
}

}  // namespace ouro::detail
