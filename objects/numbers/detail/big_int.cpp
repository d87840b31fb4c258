// Arithmetic of big ints that differs from Boost's: floor division and powers.
#include <ouro/base/error.h>
#include <ouro/objects/numbers/detail/big_int.h>
#include <ouro/objects/numbers/detail/numeric_hash.h>
#include <ouro/objects/numbers/detail/small_int_math.h>

#include <algorithm>
#include <bit>

namespace ouro::detail {

constinit thread_local ScratchScope* ScratchScope::current = nullptr;

namespace {

bool is_negative(const BigInt& value) noexcept { return value.sign() < 0; }

/// Refuses a result of `bits` before the memory for it is asked for.
void require_size(std::uint64_t bits) {
  if (bits > kMaxBits) raise_out_of_memory();
}

/// a * b, or the largest number if that does not fit.
std::uint64_t multiply_saturated(std::uint64_t a, std::uint64_t b) noexcept {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

/// Both are 64-bit values; stored.
bool both_small(const BigInt& a, const BigInt& b, std::int64_t* x, std::int64_t* y) noexcept {
  return to_int64(a, x) && to_int64(b, y);
}

/// The limbs without leading zeros: none for 0.
std::span<const Limb> normal_limbs(const BigInt& value) noexcept {
  const std::span<const Limb> limbs = limbs_of(value);
  return limbs.first(limbs::normal_size(limbs.data(), limbs.size()));
}

/// The inverse of `value` modulo `modulus` > 1, by Euclid's algorithm. 0 <= value < modulus.
BigInt invert(const BigInt& value, const BigInt& modulus) {
  BigInt high = modulus;
  BigInt low = value;
  BigInt high_factor = 0;
  BigInt low_factor = 1;
  // Invariant: high == high_factor * value and low == low_factor * value, modulo `modulus`.
  while (!low.is_zero()) {
    BigInt quotient;
    BigInt remainder;
    boost::multiprecision::divide_qr(high, low, quotient, remainder);
    BigInt factor = high_factor - quotient * low_factor;
    high = std::move(low);
    low = std::move(remainder);
    high_factor = std::move(low_factor);
    low_factor = std::move(factor);
  }
  if (high != 1) raise(ErrorKind::kValueError, "base is not invertible for the given modulus");
  return floor_modulo(high_factor, modulus);
}

/// True if CPython could not hold `value << count`: it counts digits of 30 bits in a signed word, four bytes each.
bool exceeds_python(const BigInt& value, const BigInt& count) {
  constexpr std::uint64_t kDigitBits = 30;
  constexpr std::uint64_t kMaxDigits = (std::uint64_t{1} << 61) - 7;
  const BigInt digits = (count + (kDigitBits - 1)) / kDigitBits + (bit_length(value) + kDigitBits - 1) / kDigitBits;
  return digits > kMaxDigits;
}

}  // namespace

bool to_int64(const BigInt& value, std::int64_t* out) noexcept {
  const std::span<const Limb> limbs = limbs_of(value);
  if (limbs.size() != 1) return false;
  const std::uint64_t magnitude = limbs[0];
  const std::uint64_t limit = std::uint64_t{1} << 63;
  const bool negative = is_negative(value);
  if (magnitude > limit - (negative ? 0u : 1u)) return false;
  *out = static_cast<std::int64_t>(negative ? std::uint64_t{0} - magnitude : magnitude);
  return true;
}

std::span<const Limb> limbs_of(const BigInt& value) noexcept { return {value.backend().limbs(), value.backend().size()}; }

BigInt from_limbs(std::span<const Limb> limbs, bool negative) {
  BigInt value;
  if (limbs.empty()) return value;
  const auto count = static_cast<unsigned>(limbs.size());
  value.backend().resize(count, count);
  std::copy(limbs.begin(), limbs.end(), value.backend().limbs());
  value.backend().normalize();
  if (negative && !value.is_zero()) value.backend().negate();
  return value;
}

std::uint64_t bit_length(const BigInt& value) noexcept {
  const std::span<const Limb> limbs = limbs_of(value);
  return (limbs.size() - 1) * 64 + static_cast<std::uint64_t>(std::bit_width(limbs.back()));
}

std::int64_t hash_big_int(const BigInt& value) noexcept {
  const std::span<const Limb> limbs = limbs_of(value);
  std::uint64_t residue = 0;
  // 2**64 is 2**3 modulo 2**61 - 1, so that one limb further is a rotation by three bits.
  for (std::size_t k = limbs.size(); k-- > 0;) residue = reduce_hash(rotate_hash(residue, 3) + reduce_hash(limbs[k]));
  return sign_hash(residue, is_negative(value));
}

BigInt multiply(const BigInt& a, const BigInt& b) {
  require_size(bit_length(a) + bit_length(b));
  return a * b;
}

std::pair<BigInt, BigInt> floor_divmod(const BigInt& a, const BigInt& b) {
  if (b.is_zero()) raise(ErrorKind::kZeroDivisionError, "integer division or modulo by zero");
  std::pair<BigInt, BigInt> result;
  boost::multiprecision::divide_qr(a, b, result.first, result.second);
  if (!result.second.is_zero() && is_negative(result.second) != is_negative(b)) {
    --result.first;
    result.second += b;
  }
  return result;
}

BigInt floor_divide(const BigInt& a, const BigInt& b) {
  std::int64_t x = 0;
  std::int64_t y = 0;
  std::int64_t quotient = 0;
  if (both_small(a, b, &x, &y) && y != 0 && !floor_divide_overflow(x, y, &quotient)) return quotient;
  return floor_divmod(a, b).first;
}

BigInt floor_modulo(const BigInt& a, const BigInt& b) {
  if (b.is_zero()) raise(ErrorKind::kZeroDivisionError, "integer modulo by zero");
  BigInt remainder = a % b;
  if (!remainder.is_zero() && is_negative(remainder) != is_negative(b)) remainder += b;
  return remainder;
}

BigInt power(const BigInt& base, const BigInt& exponent) {
  if (exponent.is_zero()) return 1;
  const bool negative = is_negative(base) && boost::multiprecision::bit_test(exponent, 0);
  if (bit_length(base) <= 1) return base.is_zero() ? BigInt(0) : negative ? BigInt(-1) : BigInt(1);
  std::int64_t count = 0;
  if (!to_int64(exponent, &count)) raise_out_of_memory();
  const auto times = static_cast<std::uint64_t>(count);
  require_size(multiply_saturated(bit_length(base) - 1, times));
  // Factors of two only move the result to the left.
  const BigInt magnitude = abs(base);
  const unsigned zeros = static_cast<unsigned>(boost::multiprecision::lsb(magnitude));
  const BigInt odd = magnitude >> zeros;
  BigInt result = odd == 1 ? odd : from_limbs(limbs::power(limbs_of(odd), times), false);
  result <<= zeros * times;
  return negative ? -result : result;
}

BigInt power_modulo(const BigInt& base, const BigInt& exponent, const BigInt& modulus) {
  if (modulus.is_zero()) raise(ErrorKind::kValueError, "pow() 3rd argument cannot be 0");
  const BigInt positive = abs(modulus);
  if (positive == 1) return 0;
  BigInt reduced = floor_modulo(base, positive);
  if (is_negative(exponent)) reduced = invert(reduced, positive);
  const BigInt times = abs(exponent);
  BigInt result = from_limbs(limbs::power_modulo(normal_limbs(reduced), normal_limbs(times), normal_limbs(positive)), false);
  if (is_negative(modulus) && !result.is_zero()) result += modulus;
  return result;
}

void refuse_left_shift(const BigInt& value, const BigInt& count) {
  if (exceeds_python(value, count)) raise(ErrorKind::kOverflowError, "too many digits in integer");
  raise_out_of_memory();
}

}  // namespace ouro::detail
