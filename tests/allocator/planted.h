// Functions that allocate and have names: what a trace is to tell apart. Their frames are there in every build.
#pragma once

#include <ouro/allocator/allocator.h>

namespace planted {

/// Keeps the compiler from making the call before it a jump, or from leaving it out.
inline void* kept(void* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return block;
}

[[gnu::noinline]] void* first(ouro::alloc::Allocator& memory, std::size_t bytes);
[[gnu::noinline]] void* second(ouro::alloc::Allocator& memory, std::size_t bytes);
/// Allocates by calling first().
[[gnu::noinline]] void* outer(ouro::alloc::Allocator& memory, std::size_t bytes);
[[gnu::noinline]] void* grow(ouro::alloc::Allocator& memory, void* buffer, std::size_t old_bytes, std::size_t new_bytes);

}  // namespace planted
