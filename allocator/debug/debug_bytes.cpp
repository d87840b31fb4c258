// Filling, comparing and copying memory that AddressSanitizer forbids to touch.
#include <ouro/allocator/debug/debug_bytes.h>

namespace ouro::alloc {

// Volatile, or the compiler would make calls of memset and memcpy of the loops, which the sanitizer watches.

[[gnu::noinline, gnu::no_sanitize_address]] void fill_bytes(void* start, std::size_t bytes, unsigned char value) noexcept {
  auto* const begin = static_cast<volatile unsigned char*>(start);
  for (std::size_t i = 0; i < bytes; ++i) begin[i] = value;
}

[[gnu::noinline, gnu::no_sanitize_address]] const std::byte* first_unlike(ByteRange range, unsigned char value) noexcept {
  const volatile std::byte* place = range.begin;
  while (place != range.end && *place == std::byte{value}) ++place;
  return const_cast<const std::byte*>(place);
}

[[gnu::noinline, gnu::no_sanitize_address]] const std::byte* last_unlike(ByteRange range, unsigned char value) noexcept {
  const volatile std::byte* place = range.end;
  while (place != range.begin && place[-1] == std::byte{value}) --place;
  return const_cast<const std::byte*>(place);
}

[[gnu::noinline, gnu::no_sanitize_address]] void copy_bytes(void* to, const void* from, std::size_t bytes) noexcept {
  auto* const target = static_cast<volatile unsigned char*>(to);
  const auto* const source = static_cast<const volatile unsigned char*>(from);
  for (std::size_t i = 0; i < bytes; ++i) target[i] = source[i];
}

}  // namespace ouro::alloc
