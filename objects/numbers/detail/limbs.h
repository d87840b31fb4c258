// Arithmetic on magnitudes: runs of 64-bit limbs, the least significant first.
//
// These are the inner loops of ints beyond 64 bits. They work where the numbers lie: no function here makes an object, and
// only those that say so need scratch memory. Products of long numbers go by Karatsuba's method and by transforms, quotients
// by recursive division (Burnikel and Ziegler), so that nothing is quadratic in the long run. What needs scratch memory may
// take long and pauses (scratch_memory.h).
//
// Sizes are those of the runs, leading zeros included, unless a function says "normal": then the last limb is not 0.
// Results do not overlap operands except where a function says so.
#pragma once

#include <ouro/objects/numbers/detail/scratch_memory.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ouro::detail {

/// 64 bits of a magnitude. The type that Boost's cpp_int has, which takes its limbs from here.
using Limb = unsigned long long;
static_assert(sizeof(Limb) == 8, "limbs are 64-bit words");

/// Two limbs.
__extension__ using DoubleLimb = unsigned __int128;

/// Limbs that a computation needs for a while. Throws std::bad_alloc.
using ScratchLimbs = std::vector<Limb, ScratchAllocator<Limb>>;

namespace limbs {

/// `size` without leading zeros.
[[nodiscard]] inline std::size_t normal_size(const Limb* a, std::size_t size) noexcept {
  while (size > 0 && a[size - 1] == 0) --size;
  return size;
}
/// How many bits the number has. Normal, and not 0.
[[nodiscard]] inline std::uint64_t bit_length(const Limb* a, std::size_t size) noexcept {
  return 64 * std::uint64_t{size} - static_cast<std::uint64_t>(std::countl_zero(a[size - 1]));
}
/// -1, 0 or 1 as a is less, equal or greater. Both normal.
[[nodiscard]] int compare(const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) noexcept;

// ---- Linear. `out` may be `a`, and has its size. ----

/// out = a + carry in the limbs from `i` on; the carry is returned. The same of a - borrow.
Limb add_carry(Limb* out, const Limb* a, std::size_t i, std::size_t a_size, Limb carry) noexcept;
Limb subtract_borrow(Limb* out, const Limb* a, std::size_t i, std::size_t a_size, Limb borrow) noexcept;

/// out = a + b; the carry is returned. a_size >= b_size.
inline Limb add(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) noexcept {
  Limb carry = 0;
  for (std::size_t i = 0; i < b_size; ++i) {
    const DoubleLimb sum = DoubleLimb{a[i]} + b[i] + carry;
    out[i] = static_cast<Limb>(sum);
    carry = static_cast<Limb>(sum >> 64);
  }
  return a_size == b_size ? carry : add_carry(out, a, b_size, a_size, carry);
}
/// out = a - b; the borrow is returned. a_size >= b_size.
inline Limb subtract(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) noexcept {
  Limb borrow = 0;
  for (std::size_t i = 0; i < b_size; ++i) {
    const DoubleLimb difference = DoubleLimb{a[i]} - b[i] - borrow;
    out[i] = static_cast<Limb>(difference);
    borrow = static_cast<Limb>(difference >> 64) & 1;
  }
  return a_size == b_size ? borrow : subtract_borrow(out, a, b_size, a_size, borrow);
}
/// out = a * factor + addend; the limb above is returned.
Limb multiply_by(Limb* out, const Limb* a, std::size_t size, Limb factor, Limb addend = 0) noexcept;
/// out += a * factor, out -= a * factor, in `size` limbs; the limb above is returned.
Limb add_product(Limb* out, const Limb* a, std::size_t size, Limb factor) noexcept;
Limb subtract_product(Limb* out, const Limb* a, std::size_t size, Limb factor) noexcept;
/// out = a << bits, out = a >> bits, for bits < 64; what leaves at the end is returned, of a shift to the left as the limb
/// above.
Limb shift_left(Limb* out, const Limb* a, std::size_t size, unsigned bits) noexcept;
void shift_right(Limb* out, const Limb* a, std::size_t size, unsigned bits) noexcept;

/// A divisor of one limb with its highest bit set, and its inverse: division by it costs two multiplications (Möller and
/// Granlund, Improved division by invariant integers).
class Divisor {
 public:
  explicit Divisor(Limb value) noexcept
      : value_(value), inverse_(static_cast<Limb>((DoubleLimb{~value} << 64 | ~Limb{0}) / value)) {}
  constexpr Divisor(Limb value, Limb inverse) noexcept : value_(value), inverse_(inverse) {}

  [[nodiscard]] Limb value() const noexcept { return value_; }
  /// high * 2**64 + low by the divisor; high < divisor. The remainder replaces `high`.
  [[nodiscard]] Limb divide(Limb& high, Limb low) const noexcept {
    const DoubleLimb estimate = DoubleLimb{inverse_} * high + (DoubleLimb{high} << 64 | low);
    Limb quotient = static_cast<Limb>(estimate >> 64) + 1;
    Limb remainder = low - quotient * value_;
    if (remainder > static_cast<Limb>(estimate)) {
      --quotient;
      remainder += value_;
    }
    if (remainder >= value_) [[unlikely]] {
      ++quotient;
      remainder -= value_;
    }
    high = remainder;
    return quotient;
  }

 private:
  Limb value_;
  Limb inverse_;
};

/// out = a / divisor; the remainder is returned. `high` is a limb above a, less than the divisor. `out` may be `a`.
Limb divide_by(Limb* out, const Limb* a, std::size_t size, const Divisor& divisor, Limb high = 0) noexcept;

// ---- Products and quotients ----

/// out = a * b, in a_size + b_size limbs. Neither size is 0. Small products need no memory; others throw std::bad_alloc. A
/// square, a product of one number with itself, costs less.
void multiply(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size);

/// quotient = a / b, in a_size - b_size + 1 limbs, and remainder = a % b, in b_size limbs. Both normal, b not 0,
/// a_size >= b_size. Throws std::bad_alloc.
void divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size);

// ---- Powers. Operands and results are normal; 0 has no limb. Both throw std::bad_alloc. ----

/// a ** exponent. exponent >= 1.
[[nodiscard]] ScratchLimbs power(std::span<const Limb> a, std::uint64_t exponent);
/// a ** exponent % modulus. modulus > 1, a < modulus.
[[nodiscard]] ScratchLimbs power_modulo(std::span<const Limb> a, std::span<const Limb> exponent,
                                        std::span<const Limb> modulus);

}  // namespace limbs

}  // namespace ouro::detail
