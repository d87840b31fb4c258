// Writes floats of few digits: mantissa * 10**precision / 2**shift in 128 bits.
#include <ouro/objects/numbers/detail/fixed_float.h>
#include <ouro/objects/numbers/detail/format_int.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace ouro::detail {

namespace {

__extension__ using Double64 = unsigned __int128;

constexpr int kMostPrecision = 19;
constexpr auto kPowersOfTen = [] {
  std::array<std::uint64_t, kMostPrecision + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

/// A double is `mantissa` * 2**exponent.
struct Parts {
  std::uint64_t mantissa;
  int exponent;
};

Parts parts_of_double(double value) noexcept {
  constexpr int kFractionBits = 52;
  constexpr int kBias = 1075;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto fraction = bits & ((std::uint64_t{1} << kFractionBits) - 1);
  const auto exponent = static_cast<int>(bits >> kFractionBits);
  if (exponent == 0) return {fraction, 1 - kBias};
  return {fraction | std::uint64_t{1} << kFractionBits, exponent - kBias};
}

/// number / 2**shift, rounded half to even. number < 2**127.
Double64 shift_rounded(Double64 number, int shift) noexcept {
  if (shift >= 128) return 0;
  const Double64 quotient = number >> shift;
  const Double64 rest = number - (quotient << shift);
  const Double64 half = Double64{1} << (shift - 1);
  return quotient + (rest > half || (rest == half && (quotient & 1) != 0) ? 1 : 0);
}

/// The digits with a point before the last `precision` of them.
std::size_t write_with_point(std::uint64_t digits, std::size_t precision, char* out) noexcept {
  char room[kInt64TextMax + 1];
  char* const end = room + sizeof room;
  char* begin = write_digits_before(digits, end);
  while (static_cast<std::size_t>(end - begin) <= precision) *--begin = '0';
  const std::size_t whole = static_cast<std::size_t>(end - begin) - precision;
  std::memcpy(out, begin, whole);
  if (precision == 0) return whole;
  out[whole] = '.';
  std::memcpy(out + whole + 1, begin + whole, precision);
  return whole + 1 + precision;
}

}  // namespace

std::size_t write_fixed_short(double value, int precision, char* out) noexcept {
  if (precision > kMostPrecision) return 0;
  const auto [mantissa, exponent] = parts_of_double(value);
  Double64 scaled = Double64{mantissa} * kPowersOfTen[static_cast<std::size_t>(precision)];
  if (exponent < 0) {
    scaled = shift_rounded(scaled, -exponent);
  } else {
    constexpr int kMostShift = 10;
    if (exponent > kMostShift) return 0;
    scaled <<= exponent;  // less than 2**(53 + 64 + 10)
  }
  if (scaled >> 64 != 0) return 0;
  return write_with_point(static_cast<std::uint64_t>(scaled), static_cast<std::size_t>(precision), out);
}

}  // namespace ouro::detail
