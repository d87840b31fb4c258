// The allocators that are compared and are not header-only.
#include "alloc_heaps.h"

#include <dlfcn.h>
#include <malloc.h>

namespace bench {
namespace {

/// The function `name` of whatever library has it, or null. The peers are preloaded and not linked, so they are asked by
/// name.
template <class Function>
Function* find_function(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

using Mallctl = int(const char*, void*, std::size_t*, void*, std::size_t);
constexpr const char* kPurgeAllArenas = "arena.4096.purge";  // 4096 is MALLCTL_ARENAS_ALL

}  // namespace

// These two are in a file of their own lest the compiler looks through them.
void* DistantOuroHeap::allocate(std::size_t size) noexcept { return heap_.allocate(size); }
void DistantOuroHeap::deallocate(void* block, std::size_t size) noexcept { heap_.deallocate(block, size); }

void MallocHeap::trim() {
  if (auto* const collect = find_function<void(bool)>("mi_collect")) return collect(true);
  if (auto* const release = find_function<void()>("MallocExtension_ReleaseFreeMemory")) return release();
  if (auto* const control = find_function<Mallctl>("mallctl")) {
    control("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
    control(kPurgeAllArenas, nullptr, nullptr, nullptr, 0);
    return;
  }
  // glibc's own; the others leave its name in place, hence it comes last.
  malloc_trim(0);
}

}  // namespace bench
