// Quotients of long magnitudes: limb by limb while they are short (Knuth, algorithm D), then recursively (Brent and
// Zimmermann, Modern Computer Arithmetic, algorithm 1.8).
#include <ouro/objects/numbers/detail/limbs.h>
#include <ouro/objects/numbers/detail/limbs_division.h>

#include <algorithm>
#include <bit>

namespace ouro::detail::limbs {

namespace {

/// Quotients of fewer limbs are computed limb by limb.
constexpr std::size_t kRecursionFrom = 50;

/// One limb of the quotient, at most one too large: from three limbs of the dividend, whose two highest are at most those
/// of the divisor, and two of the divisor.
Limb estimate(const Limb* top, const Divisor& divisor, Limb second) noexcept {
  Limb remainder = top[0];
  Limb quotient = ~Limb{0};
  if (remainder >= divisor.value()) {
    remainder = top[-1] + divisor.value();
    if (remainder < divisor.value()) return quotient;
  } else {
    quotient = divisor.divide(remainder, top[-1]);
  }
  while (DoubleLimb{quotient} * second > (DoubleLimb{remainder} << 64 | top[-2])) {
    --quotient;
    remainder += divisor.value();
    if (remainder < divisor.value()) break;
  }
  return quotient;
}

/// `divide_in_place` limb by limb, for any count.
Limb divide_rows(Limb* quotient, Limb* a, const Division& by, std::size_t count) noexcept {
  const std::size_t size = by.size;
  const std::size_t top = normal_size(a + count, size);
  const Limb above = compare(a + count, top, by.b, size) >= 0 ? 1 : 0;
  if (above != 0) subtract(a + count, a + count, size, by.b, size);
  for (std::size_t j = count; j-- > 0;) {
    Limb digit = estimate(a + j + size, by.top, by.b[size - 2]);
    const Limb borrow = subtract_product(a + j, by.b, size, digit);
    if (a[j + size] < borrow) {
      --digit;
      add(a + j, a + j, size, by.b, size);
    }
    a[j + size] = 0;
    quotient[j] = digit;
  }
  return above;
}

/// quotient -= 1, in `size` limbs with `above` over them.
void decrement(Limb* quotient, std::size_t size, Limb& above) noexcept {
  const Limb one = 1;
  above -= subtract(quotient, quotient, size, &one, 1);
}

/// a, of `size` limbs, -= quotient * low, where `quotient` has `count` limbs and `above` over them, and `low` are the
/// `low_size` lowest limbs of a divisor. While that makes it negative, the divisor `b`, of `size` limbs, is added and the
/// quotient decremented.
void correct(Limb* a, std::size_t size, Limb* quotient, std::size_t count, Limb& above, const Division& by,
             std::size_t low_size, Limb* product) {
  Limb missing = 0;
  if (count != 0 && low_size != 0) {
    multiply(product, quotient, count, by.b, low_size);
    missing = subtract(a, a, size, product, count + low_size);
  }
  if (above != 0) missing += subtract(a + count, a + count, size - count, by.b, low_size);
  while (missing != 0) {
    decrement(quotient, count, above);
    missing -= add(a, a, size, by.b, by.size);
  }
}

/// `divide_in_place` for any count, in pieces from the highest; the first may be shorter. What each would have above is 0,
/// for the remainder before it is less than the divisor.
void divide_pieces(Limb* quotient, Limb* a, std::size_t count, const Division& by, Limb* product) {
  constexpr std::size_t kManyRows = 2048;
  const bool has_short_divisor = by.size < kRecursionFrom;
  const std::size_t most = has_short_divisor ? kManyRows : by.size;
  std::size_t piece = (count - 1) % most + 1;
  for (std::size_t left = count; left != 0; piece = most) {
    left -= piece;
    if (has_short_divisor) {
      ScratchScope::worked(piece * by.size);
      static_cast<void>(divide_rows(quotient + left, a + left, by, piece));
    } else {
      static_cast<void>(divide_in_place(quotient + left, a + left, by, piece, product));
    }
  }
}

/// For a divisor of one limb.
void divide_by_limb(Limb* quotient, Limb* remainder, const Limb* a, std::size_t size, Limb b) noexcept {
  const auto bits = static_cast<unsigned>(std::countl_zero(b));
  const Divisor divisor(b << bits);
  const Limb high = shift_left(quotient, a, size, bits);
  *remainder = divide_by(quotient, quotient, size, divisor, high) >> bits;
}

}  // namespace

void divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  if (b_size == 1) return divide_by_limb(quotient, remainder, a, a_size, b[0]);
  constexpr std::size_t kInPlace = 160;
  Limb local[kInPlace];
  const std::size_t needed = a_size + 1 + 2 * b_size;
  ScratchLimbs scratch(needed > kInPlace ? needed : 0);
  Limb* const dividend = scratch.empty() ? local : scratch.data();
  Limb* const divisor = dividend + a_size + 1;
  const auto bits = static_cast<unsigned>(std::countl_zero(b[b_size - 1]));
  dividend[a_size] = shift_left(dividend, a, a_size, bits);
  static_cast<void>(shift_left(divisor, b, b_size, bits));
  divide_pieces(quotient, dividend, a_size + 1 - b_size, Division(divisor, b_size), divisor + b_size);
  shift_right(remainder, dividend, b_size, bits);
}

Limb divide_in_place(Limb* quotient, Limb* a, const Division& by, std::size_t count, Limb* product) {
  if (count < kRecursionFrom) {
    ScratchScope::worked(count * by.size);
    return divide_rows(quotient, a, by, count);
  }
  // The lowest limbs of a divisor longer than the quotient are left to one multiplication.
  if (by.size - count >= kRecursionFrom / 2) {
    const std::size_t lowest = by.size - count;
    Limb above = divide_in_place(quotient, a + lowest, by.without(lowest), count, product);
    correct(a, by.size, quotient, count, above, by, lowest, product);
    return above;
  }
  const std::size_t low = count / 2;
  const std::size_t high = count - low;
  const Division upper = by.without(low);
  Limb above = divide_in_place(quotient + low, a + 2 * low, upper, high, product);
  correct(a + low, by.size, quotient + low, high, above, by, low, product);
  Limb carried = divide_in_place(quotient, a + low, upper, low, product);
  correct(a, by.size, quotient, low, carried, by, low, product);
  return above;
}

}  // namespace ouro::detail::limbs
