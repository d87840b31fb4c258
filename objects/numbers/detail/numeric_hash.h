// CPython's hash of numbers: the value modulo the Mersenne prime 2**61 - 1.
//
// Numbers that compare equal must hash equal whatever their type, so int, float and bool share one definition: reduce the
// rational value modulo P = 2**61 - 1, give the result the number's sign, and replace -1 (CPython's error mark) by -2.
// Multiplying by a power of two modulo P is a rotation of 61 bits, which makes the hash of a float exact and short.
// The integers that do not fit 64 bits are in big_int.h.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>

namespace ouro::detail {

/// Bits of the modulus. CPython's sys.hash_info.width is 64, its modulus 2**61 - 1.
inline constexpr int kHashBits = 61;
inline constexpr std::uint64_t kHashModulus = (std::uint64_t{1} << kHashBits) - 1;
/// hash(float('inf')); minus infinity has the negative.
inline constexpr std::int64_t kHashInfinity = 314159;

/// `value` modulo P, for any 64-bit value.
[[nodiscard]] constexpr std::uint64_t reduce_hash(std::uint64_t value) noexcept {
  value = (value & kHashModulus) + (value >> kHashBits);
  return value >= kHashModulus ? value - kHashModulus : value;
}

/// Gives the residue of a magnitude its sign, and keeps -1 free.
[[nodiscard]] constexpr std::int64_t sign_hash(std::uint64_t residue, bool negative) noexcept {
  const std::int64_t hash = negative ? -static_cast<std::int64_t>(residue) : static_cast<std::int64_t>(residue);
  return hash == -1 ? -2 : hash;
}

/// `residue * 2**bits` modulo P: a rotation. `residue` < P and 0 <= bits < 61.
[[nodiscard]] constexpr std::uint64_t rotate_hash(std::uint64_t residue, int bits) noexcept {
  if (bits == 0) return residue;
  return ((residue << bits) & kHashModulus) | (residue >> (kHashBits - bits));
}

/// hash(value) of an int, and of a bool as 0 or 1.
[[nodiscard]] constexpr std::int64_t hash_int64(std::int64_t value) noexcept {
  const bool negative = value < 0;
  const auto bits = static_cast<std::uint64_t>(value);
  return sign_hash(reduce_hash(negative ? std::uint64_t{0} - bits : bits), negative);
}

/// hash(value) of a float. Empty for a nan: Python hashes that by the address of the object, which only the caller knows.
[[nodiscard]] inline std::optional<std::int64_t> hash_double(double value) noexcept {
  constexpr double kExactLimit = 9007199254740992.0;  // 2**53: below it the conversion to an integer and back is exact
  if (std::fabs(value) < kExactLimit) {
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) == value) return hash_int64(whole);
  } else if (std::isnan(value)) {
    return std::nullopt;
  } else if (std::isinf(value)) {
    return value > 0 ? kHashInfinity : -kHashInfinity;
  }
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  const auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
  int shift = (exponent - 53) % kHashBits;
  if (shift < 0) shift += kHashBits;
  return sign_hash(rotate_hash(mantissa, shift), std::signbit(value));
}

}  // namespace ouro::detail
