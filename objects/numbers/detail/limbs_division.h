// Division by one divisor, which is prepared once: what `limbs::divide` and powers with a modulus have in common.
#pragma once

#include <ouro/objects/numbers/detail/limbs.h>

#include <cstddef>

namespace ouro::detail::limbs {

/// A divisor whose highest bit is set, of at least two limbs.
struct Division {
  const Limb* b;
  std::size_t size;
  Divisor top;

  Division(const Limb* limbs, std::size_t count) noexcept : b(limbs), size(count), top(limbs[count - 1]) {}
  /// The same for its highest limbs.
  [[nodiscard]] Division without(std::size_t lowest) const noexcept { return {b + lowest, size - lowest, top}; }

 private:
  Division(const Limb* limbs, std::size_t count, const Divisor& highest) noexcept : b(limbs), size(count), top(highest) {}
};

/// Divides the `by.size + count` limbs at `a` in place: the quotient goes to `count` limbs at `quotient`, the remainder
/// stays in the lowest `by.size` limbs. What the quotient has above, 0 or 1, is returned: 0 if the highest `by.size` limbs
/// are less than the divisor. count <= by.size; `product` has room for by.size limbs. Throws std::bad_alloc, and what a
/// pause throws.
Limb divide_in_place(Limb* quotient, Limb* a, const Division& by, std::size_t count, Limb* product);

}  // namespace ouro::detail::limbs
