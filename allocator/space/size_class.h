// Size classes: class c serves blocks of 8 * (c + 1) bytes.
//
//   request   1..8  9..16  17..24  ...  41..48  ...  505..512
//   class        0      1       2           5             63
//   block        8     16      24          48            512
//
// Everything here is constexpr: for a size known at compile time the class costs nothing.
#pragma once

#include <ouro/allocator/space/geometry.h>

namespace ouro::alloc {

inline constexpr std::size_t kSmallMax = kDefaultGeometry.small_max;  ///< larger requests are not served with blocks
inline constexpr unsigned kSizeClasses = kDefaultGeometry.classes();

/// True if a request of `bytes` is served with a block.
[[nodiscard]] constexpr bool is_small(std::size_t bytes) noexcept { return bytes <= kSmallMax; }

/// The class whose blocks are the smallest that hold `bytes`. Requires is_small(bytes); 0 bytes are served as 1.
[[nodiscard]] constexpr unsigned size_class_of(std::size_t bytes) noexcept {
  return static_cast<unsigned>((bytes - (bytes != 0)) / kDefaultGeometry.quantum);
}

/// The size of a block of the class, in bytes.
[[nodiscard]] constexpr std::size_t block_bytes_of(unsigned size_class) noexcept {
  return (std::size_t{size_class} + 1) * kDefaultGeometry.quantum;
}

/// The 32-bit fixed-point reciprocal that makes `(n * reciprocal) >> 32` equal `n / block_bytes` for every offset n in a
/// pool.
[[nodiscard]] constexpr std::uint32_t reciprocal_of(std::size_t block_bytes) noexcept {
  return static_cast<std::uint32_t>((std::uint64_t{1} << 32) / block_bytes + 1);
}

/// The law [law-reciprocal]: the error of the reciprocal stays below one unit for every n up to `largest`.
[[nodiscard]] consteval bool reciprocals_are_exact(std::uint64_t largest) {
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    const std::uint64_t error =
        std::uint64_t{reciprocal_of(block_bytes_of(c))} * block_bytes_of(c) - (std::uint64_t{1} << 32);
    if (error * largest >= std::uint64_t{1} << 32) return false;
  }
  return true;
}

/// The law [law-size-class]: a class's block holds the request, and the next smaller one would not.
[[nodiscard]] consteval bool every_request_fits_tightly() {
  for (std::size_t n = 1; n <= kSmallMax; ++n) {
    const unsigned c = size_class_of(n);
    if (block_bytes_of(c) < n || block_bytes_of(c) - n >= kDefaultGeometry.quantum) return false;
  }
  return true;
}

static_assert(every_request_fits_tightly());
static_assert(reciprocals_are_exact(kDefaultGeometry.pool_bytes + kSmallMax));
static_assert(kSizeClasses == 64);
static_assert(block_bytes_of(0) == 8 && block_bytes_of(4) == 40 && block_bytes_of(63) == 512);  // claim M6
static_assert(size_class_of(40) == 4 && block_bytes_of(size_class_of(41)) == 48);               // claim M7
static_assert(size_class_of(0) == 0 && size_class_of(1) == 0 && size_class_of(9) == 1 && size_class_of(512) == 63);

}  // namespace ouro::alloc
