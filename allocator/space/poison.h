// What AddressSanitizer is told about blocks: a free block must not be touched.
//
// In a build without it every call here is empty. Of a free block nothing may be read: the first word of an object is its
// count, and a late count change is the use after free that matters most. The pools keep what they know of it beside it.
#pragma once

#include <ouro/base/config.h>

extern "C" {
void __asan_poison_memory_region(void const volatile* start, std::size_t bytes) noexcept;
void __asan_unpoison_memory_region(void const volatile* start, std::size_t bytes) noexcept;
void __lsan_register_root_region(void const* start, std::size_t bytes) noexcept;
void __lsan_unregister_root_region(void const* start, std::size_t bytes) noexcept;
}

namespace ouro::alloc {

/// From now on the range must not be read or written.
inline void poison([[maybe_unused]] const void* start, [[maybe_unused]] std::size_t bytes) noexcept {
  if constexpr (kAddressSanitizer) __asan_poison_memory_region(start, bytes);
}

/// The range may be used again.
inline void unpoison([[maybe_unused]] const void* start, [[maybe_unused]] std::size_t bytes) noexcept {
  if constexpr (kAddressSanitizer) __asan_unpoison_memory_region(start, bytes);
}

/// The range may hold the only pointers to memory of the general-purpose allocator: the leak check must look into it.
inline void announce_roots([[maybe_unused]] const void* start, [[maybe_unused]] std::size_t bytes) noexcept {
  if constexpr (kAddressSanitizer) __lsan_register_root_region(start, bytes);
}

/// The leak check need not look into the range any more.
inline void withdraw_roots([[maybe_unused]] const void* start, [[maybe_unused]] std::size_t bytes) noexcept {
  if constexpr (kAddressSanitizer) __lsan_unregister_root_region(start, bytes);
}

}  // namespace ouro::alloc
