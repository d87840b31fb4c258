// Products of very long magnitudes by number-theoretic transforms.
#pragma once

#include <ouro/objects/numbers/detail/limbs.h>

#include <cstddef>

namespace ouro::detail::limbs {

/// From here on, both factors having so many limbs, transforms cost less than products of halves.
inline constexpr std::size_t kTransformFrom = 1200;

/// out = a * b, in a_size + b_size limbs. Takes time in proportion to n log n and memory for 8 n limbs, n being the power of
/// two from a_size + b_size on. Throws std::bad_alloc, and what a pause throws.
void multiply_by_transform(Limb* out, const Limb* a, std::size_t a_size, const Limb* b, std::size_t b_size);

}  // namespace ouro::detail::limbs
