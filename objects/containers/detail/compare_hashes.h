// Comparing several stored hashes with one at once.
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ouro::detail {

/// One bit for each of four hashes that is `hash`. No branch that could be mispredicted.
[[nodiscard]] inline std::uint32_t four_with_hash(const std::uint32_t* hashes, std::uint32_t hash) noexcept {
#if defined(__SSE2__)
  const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(hashes));
  const __m128i same = _mm_cmpeq_epi32(four, _mm_set1_epi32(static_cast<int>(hash)));
  return static_cast<std::uint32_t>(_mm_movemask_ps(_mm_castsi128_ps(same)));
#else
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < 4; ++i) found |= std::uint32_t{hashes[i] == hash} << i;
  return found;
#endif
}

}  // namespace ouro::detail
