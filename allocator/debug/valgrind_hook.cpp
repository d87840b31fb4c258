// Tells Valgrind which blocks are alive; does nothing where its header is missing.
#include <ouro/allocator/debug/valgrind_hook.h>

#include <algorithm>

#if __has_include(<valgrind/memcheck.h>)

// The requests are macros of C: casts and all.
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <valgrind/memcheck.h>

namespace ouro::alloc {

bool ValgrindHook::is_running() noexcept { return RUNNING_ON_VALGRIND != 0; }

void ValgrindHook::make_writable(void* block, std::size_t bytes) noexcept { VALGRIND_MAKE_MEM_UNDEFINED(block, bytes); }

void ValgrindHook::allocated(const MemoryRequest& request, void* block) noexcept {
  if (request.domain != Domain::kRaw) VALGRIND_MALLOCLIKE_BLOCK(block, request.bytes, 0, 0);
}

void ValgrindHook::freeing(const MemoryRequest& request, void* block) noexcept {
  if (request.domain != Domain::kRaw) VALGRIND_FREELIKE_BLOCK(block, 0);
}

void ValgrindHook::reallocated(const MemoryRequest& before, void* block, const MemoryRequest& after, void* moved) noexcept {
  if (moved == block && after.domain != Domain::kRaw) {
    VALGRIND_RESIZEINPLACE_BLOCK(block, before.bytes, after.bytes, 0);
    return;
  }
  freeing(before, block);
  allocated(after, moved);
  VALGRIND_MAKE_MEM_DEFINED(moved, std::min(before.bytes, after.bytes));
}

}  // namespace ouro::alloc

#else

namespace ouro::alloc {

bool ValgrindHook::is_running() noexcept { return false; }
void ValgrindHook::make_writable(void*, std::size_t) noexcept {}
void ValgrindHook::allocated(const MemoryRequest&, void*) noexcept {}
void ValgrindHook::freeing(const MemoryRequest&, void*) noexcept {}
void ValgrindHook::reallocated(const MemoryRequest&, void*, const MemoryRequest&, void*) noexcept {}

}  // namespace ouro::alloc

#endif
