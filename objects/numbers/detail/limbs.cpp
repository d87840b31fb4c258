// The linear loops over limbs.
#include <ouro/objects/numbers/detail/limbs.h>

#include <algorithm>

namespace ouro::detail::limbs {

int compare(const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size) noexcept {
  if (a_size != b_size) return a_size < b_size ? -1 : 1;
  for (std::size_t i = a_size; i-- > 0;)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

Limb add_carry(Limb* out, const Limb* a, std::size_t i, std::size_t a_size, Limb carry) noexcept {
  for (; i < a_size && carry != 0; ++i) {
    out[i] = a[i] + 1;
    carry = out[i] == 0 ? 1 : 0;
  }
  if (i != a_size && out != a) std::copy(a + i, a + a_size, out + i);
  return carry;
}

Limb subtract_borrow(Limb* out, const Limb* a, std::size_t i, std::size_t a_size, Limb borrow) noexcept {
  for (; i < a_size && borrow != 0; ++i) {
    borrow = a[i] == 0 ? 1 : 0;
    out[i] = a[i] - 1;
  }
  if (i != a_size && out != a) std::copy(a + i, a + a_size, out + i);
  return borrow;
}

Limb multiply_by(Limb* out, const Limb* a, std::size_t size, Limb factor, Limb addend) noexcept {
  Limb carry = addend;
  for (std::size_t i = 0; i < size; ++i) {
    const DoubleLimb product = DoubleLimb{a[i]} * factor + carry;
    out[i] = static_cast<Limb>(product);
    carry = static_cast<Limb>(product >> 64);
  }
  return carry;
}

Limb add_product(Limb* out, const Limb* a, std::size_t size, Limb factor) noexcept {
  Limb carry = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const DoubleLimb product = DoubleLimb{a[i]} * factor + out[i] + carry;
    out[i] = static_cast<Limb>(product);
    carry = static_cast<Limb>(product >> 64);
  }
  return carry;
}

Limb subtract_product(Limb* out, const Limb* a, std::size_t size, Limb factor) noexcept {
  Limb borrow = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const DoubleLimb product = DoubleLimb{a[i]} * factor + borrow;
    const auto low = static_cast<Limb>(product);
    borrow = static_cast<Limb>(product >> 64) + (out[i] < low ? 1 : 0);
    out[i] -= low;
  }
  return borrow;
}

Limb shift_left(Limb* out, const Limb* a, std::size_t size, unsigned bits) noexcept {
  if (bits == 0) return std::copy_backward(a, a + size, out + size), 0;
  const Limb above = size == 0 ? 0 : a[size - 1] >> (64 - bits);
  for (std::size_t i = size; i-- > 0;) out[i] = a[i] << bits | (i > 0 ? a[i - 1] >> (64 - bits) : 0);
  return above;
}

void shift_right(Limb* out, const Limb* a, std::size_t size, unsigned bits) noexcept {
  if (bits == 0) {
    std::copy(a, a + size, out);
    return;
  }
  for (std::size_t i = 0; i < size; ++i) out[i] = a[i] >> bits | (i + 1 < size ? a[i + 1] << (64 - bits) : 0);
}

Limb divide_by(Limb* out, const Limb* a, std::size_t size, const Divisor& divisor, Limb high) noexcept {
  for (std::size_t i = size; i-- > 0;) out[i] = divisor.divide(high, a[i]);
  return high;
}

}  // namespace ouro::detail::limbs
