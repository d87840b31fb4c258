// Products of long magnitudes: row by row while they are short, then by Karatsuba's method, then by transforms.
#include <ouro/objects/numbers/detail/limbs.h>
#include <ouro/objects/numbers/detail/limbs_transform.h>

#include <algorithm>

namespace ouro::detail::limbs {

namespace {

/// From here on three products of half the size cost less than the rows.
constexpr std::size_t kKaratsubaFrom = 40;
constexpr std::size_t kKaratsubaSquareFrom = 60;
/// Rows of this length are worth a look whether a pause is due.
constexpr std::size_t kLongRow = 1024;

/// out += a * (low + high * 2**64), in `size` limbs and one above, which was not set before; the limb above that is
/// returned. Two rows at once: half of the loads and stores.
Limb add_two_products(Limb* out, const Limb* a, std::size_t size, Limb low, Limb high) noexcept {
  Limb low_carry = 0;
  Limb high_carry = 0;
  Limb previous = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const DoubleLimb of_low = DoubleLimb{a[i]} * low + out[i] + low_carry;
    const DoubleLimb of_high = DoubleLimb{previous} * high + static_cast<Limb>(of_low) + high_carry;
    out[i] = static_cast<Limb>(of_high);
    low_carry = static_cast<Limb>(of_low >> 64);
    high_carry = static_cast<Limb>(of_high >> 64);
    previous = a[i];
  }
  const DoubleLimb last = DoubleLimb{previous} * high + low_carry + high_carry;
  out[size] = static_cast<Limb>(last);
  return static_cast<Limb>(last >> 64);
}

/// a * b by rows. a_size >= b_size.
void multiply_rows(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) noexcept {
  out[a_size] = multiply_by(out, a, a_size, b[0]);
  std::size_t i = 1;
  for (; i + 1 < b_size; i += 2) out[a_size + i + 1] = add_two_products(out + i, a, a_size, b[i], b[i + 1]);
  if (i < b_size) out[a_size + i] = add_product(out + i, a, a_size, b[i]);
}

/// The same for a long number and a short one.
void multiply_long_rows(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  out[a_size] = multiply_by(out, a, a_size, b[0]);
  for (std::size_t i = 1; i < b_size; ++i) {
    ScratchScope::worked(a_size);
    out[a_size + i] = add_product(out + i, a, a_size, b[i]);
  }
}

/// a * a by rows: each product of two different limbs once, then doubled, then the squares of the limbs.
void square_rows(Limb* out, const Limb* a, std::size_t size) noexcept {
  std::fill(out, out + 2 * size, 0);
  for (std::size_t i = 0; i + 1 < size; ++i) out[size + i] = add_product(out + 2 * i + 1, a + i + 1, size - i - 1, a[i]);
  static_cast<void>(shift_left(out, out, 2 * size, 1));
  Limb carry = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const DoubleLimb square = DoubleLimb{a[i]} * a[i];
    const DoubleLimb low = DoubleLimb{out[2 * i]} + static_cast<Limb>(square) + carry;
    const DoubleLimb high = DoubleLimb{out[2 * i + 1]} + static_cast<Limb>(square >> 64) + static_cast<Limb>(low >> 64);
    out[2 * i] = static_cast<Limb>(low);
    out[2 * i + 1] = static_cast<Limb>(high);
    carry = static_cast<Limb>(high >> 64);
  }
}

/// Limbs of scratch memory for `multiply_halves` and `square_halves` of this size.
constexpr std::size_t scratch_of(std::size_t size) noexcept { return 4 * size + 128; }

/// out = |a - b|; true if a < b. `a` has `size` limbs, `b` the same or one fewer.
bool difference(Limb* out, const Limb* a, std::size_t size, const Limb* b, std::size_t b_size) noexcept {
  const std::size_t a_normal = normal_size(a, size);
  const std::size_t b_normal = normal_size(b, b_size);
  const bool less = compare(a, a_normal, b, b_normal) < 0;
  if (less) {
    subtract(out, b, b_size, a, a_normal);
    std::fill(out + b_size, out + size, 0);
  } else {
    subtract(out, a, size, b, b_normal);
  }
  return less;
}

/// Puts a product together: at `out` low * low' and high * high' stand one behind the other, at `crossed` stands
/// |low - high| * |low' - high'|, `is_negative` if the product of these without the bars is. `middle` has 2 * low + 1 limbs.
void add_middle(Limb* out, std::size_t size, std::size_t low, const Limb* crossed, bool is_negative, Limb* middle) noexcept {
  middle[2 * low] = add(middle, out, 2 * low, out + 2 * low, 2 * (size - low));
  if (is_negative) {
    middle[2 * low] += add(middle, middle, 2 * low, crossed, 2 * low);
  } else {
    middle[2 * low] -= subtract(middle, middle, 2 * low, crossed, 2 * low);
  }
  add(out + low, out + low, 2 * size - low, middle, normal_size(middle, 2 * low + 1));
}

/// a * b of one size, by three products of half the size: with a = high * X + low and likewise b, the middle of the product
/// is low * low' + high * high' - (low - high) * (low' - high').
void multiply_halves(Limb* out, const Limb* a, const Limb* b, std::size_t size, Limb* scratch) {
  if (size < kKaratsubaFrom) {
    ScratchScope::worked(size * size);
    return multiply_rows(out, a, size, b, size);
  }
  const std::size_t high = size / 2;
  const std::size_t low = size - high;
  const bool a_less = difference(out, a, low, a + low, high);
  const bool b_less = difference(out + low, b, low, b + low, high);
  Limb* const crossed = scratch;  // 2 * low limbs
  Limb* const rest = scratch + 2 * low;
  multiply_halves(crossed, out, out + low, low, rest);
  multiply_halves(out, a, b, low, rest);
  multiply_halves(out + 2 * low, a + low, b + low, high, rest);
  add_middle(out, size, low, crossed, a_less != b_less, rest);
}

/// The same of a number with itself.
void square_halves(Limb* out, const Limb* a, std::size_t size, Limb* scratch) {
  if (size < kKaratsubaSquareFrom) {
    ScratchScope::worked(size * size / 2);
    return square_rows(out, a, size);
  }
  const std::size_t high = size / 2;
  const std::size_t low = size - high;
  static_cast<void>(difference(out, a, low, a + low, high));
  Limb* const crossed = scratch;
  Limb* const rest = scratch + 2 * low;
  square_halves(crossed, out, low, rest);
  square_halves(out, a, low, rest);
  square_halves(out + 2 * low, a + low, high, rest);
  add_middle(out, size, low, crossed, false, rest);
}

/// The longer one in pieces that are as long as the shorter one.
void multiply_pieces(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  ScratchLimbs scratch(scratch_of(b_size) + 2 * b_size);
  Limb* const piece = scratch.data() + scratch_of(b_size);
  multiply_halves(out, a, b, b_size, scratch.data());
  std::fill(out + 2 * b_size, out + a_size + b_size, 0);
  std::size_t done = b_size;
  for (; a_size - done >= b_size; done += b_size) {
    multiply_halves(piece, a + done, b, b_size, scratch.data());
    add(out + done, out + done, a_size + b_size - done, piece, 2 * b_size);
  }
  if (done == a_size) return;
  multiply(piece, b, b_size, a + done, a_size - done);
  add(out + done, out + done, a_size + b_size - done, piece, a_size + b_size - done);
}

/// The longer one in pieces of a few times the shorter one's size.
void multiply_very_long(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  constexpr std::size_t kTimes = 3;
  const std::size_t most = kTimes * b_size;
  if (a_size <= most) return multiply_by_transform(out, a, a_size, b, b_size);
  ScratchLimbs piece(most + b_size);
  std::fill(out, out + a_size + b_size, 0);
  for (std::size_t done = 0; done < a_size; done += most) {
    const std::size_t size = std::min(most, a_size - done);
    multiply(piece.data(), a + done, size, b, b_size);
    add(out + done, out + done, a_size + b_size - done, piece.data(), size + b_size);
  }
}

void square(Limb* out, const Limb* a, std::size_t size) {
  if (size < kKaratsubaSquareFrom) return square_rows(out, a, size);
  if (size >= kTransformFrom) return multiply_by_transform(out, a, size, a, size);
  ScratchLimbs scratch(scratch_of(size));
  square_halves(out, a, size, scratch.data());
}

}  // namespace

void multiply(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  if (a_size < b_size) return multiply(out, b, b_size, a, a_size);
  if (a == b && a_size == b_size) return square(out, a, a_size);
  if (b_size >= kTransformFrom) return multiply_very_long(out, a, a_size, b, b_size);
  if (b_size >= kKaratsubaFrom) return multiply_pieces(out, a, a_size, b, b_size);
  a_size < kLongRow ? multiply_rows(out, a, a_size, b, b_size) : multiply_long_rows(out, a, a_size, b, b_size);
}

}  // namespace ouro::detail::limbs
