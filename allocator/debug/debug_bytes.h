// The bytes that the debug mode fills memory with, and how it reads them again. The values are CPython's.
//
// These calls may touch what AddressSanitizer holds for forbidden, which is what they are for: free blocks and guards.
#pragma once

#include <cstddef>

namespace ouro::alloc {

inline constexpr unsigned char kCleanByte = 0xcd;      ///< given out, and not written yet
inline constexpr unsigned char kDeadByte = 0xdd;       ///< freed
inline constexpr unsigned char kForbiddenByte = 0xfd;  ///< guards, which belong to no block

/// Some bytes of memory: [begin, end).
struct ByteRange {
  const std::byte* begin;
  const std::byte* end;
};

/// Writes `value` to every byte.
void fill_bytes(void* start, std::size_t bytes, unsigned char value) noexcept;
/// The first byte of the range that is not `value`, or its end.
[[nodiscard]] const std::byte* first_unlike(ByteRange range, unsigned char value) noexcept;
/// The end of the last byte of the range that is not `value`, or its begin.
[[nodiscard]] const std::byte* last_unlike(ByteRange range, unsigned char value) noexcept;
/// Copies bytes.
void copy_bytes(void* to, const void* from, std::size_t bytes) noexcept;

}  // namespace ouro::alloc
