// Products of long magnitudes: row by row while they are short, then by Karatsuba's method.
#include <ouro/objects/numbers/detail/limbs.h>

#include <algorithm>

namespace ouro::detail::limbs {

namespace {

/// From here on three products of half the size cost less than the rows.
constexpr std::size_t kKaratsubaFrom = 40;

/// a * b by rows. a_size >= b_size.
void multiply_rows(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) noexcept {
  out[a_size] = multiply_by(out, a, a_size, b[0]);
  for (std::size_t i = 1; i < b_size; ++i) out[a_size + i] = add_product(out + i, a, a_size, b[i]);
}

/// Limbs of scratch memory for `multiply_halves` of this size.
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

/// a * b of one size, by three products of half the size: with a = high * X + low and likewise b, the middle of the product
/// is low * low' + high * high' - (low - high) * (low' - high').
void multiply_halves(Limb* out, const Limb* a, const Limb* b, std::size_t size, Limb* scratch) noexcept {
  if (size < kKaratsubaFrom) return multiply_rows(out, a, size, b, size);
  const std::size_t high = size / 2;
  const std::size_t low = size - high;
  const bool a_less = difference(out, a, low, a + low, high);
  const bool b_less = difference(out + low, b, low, b + low, high);
  Limb* const crossed = scratch;  // 2 * low limbs
  Limb* const middle = scratch + 2 * low;
  multiply_halves(crossed, out, out + low, low, middle);
  multiply_halves(out, a, b, low, middle);
  multiply_halves(out + 2 * low, a + low, b + low, high, middle);
  middle[2 * low] = add(middle, out, 2 * low, out + 2 * low, 2 * high);
  if (a_less == b_less) {
    middle[2 * low] -= subtract(middle, middle, 2 * low, crossed, 2 * low);
  } else {
    middle[2 * low] += add(middle, middle, 2 * low, crossed, 2 * low);
  }
  add(out + low, out + low, 2 * size - low, middle, normal_size(middle, 2 * low + 1));
}

/// The longer one in pieces of the shorter one's size.
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

}  // namespace

void multiply(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) {
  if (a_size < b_size) return multiply(out, b, b_size, a, a_size);
  if (b_size < kKaratsubaFrom) return multiply_rows(out, a, a_size, b, b_size);
  multiply_pieces(out, a, a_size, b, b_size);
}

}  // namespace ouro::detail::limbs
