// Large requests: malloc and free, counted and held to the memory limit.
#include <ouro/allocator/raw_allocator.h>
#include <ouro/allocator/space/huge_pages.h>

#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace ouro::alloc {

void RawAllocator::count_growth(std::size_t bytes) noexcept {
  stats_.live_bytes += bytes;
  stats_.total_bytes += bytes;
  stats_.peak_bytes = std::max(stats_.peak_bytes, stats_.live_bytes);
}

void* RawAllocator::allocate(std::size_t bytes) noexcept {
  if (!budget_.charge(bytes)) return nullptr;
  void* const memory = std::malloc(bytes);
  if (memory == nullptr) return budget_.discharge(bytes), nullptr;
  prefer_huge_pages_for(memory, bytes);
  ++stats_.live_blocks;
  ++stats_.total_blocks;
  count_growth(bytes);
  return memory;
}

void* RawAllocator::reallocate(void* memory, std::size_t old_bytes, std::size_t new_bytes) noexcept {
  OURO_ASSERT_INTERNAL(old_bytes <= stats_.live_bytes, "law-raw-counters");
  const std::size_t growth = new_bytes > old_bytes ? new_bytes - old_bytes : 0;
  if (!budget_.charge(growth)) return nullptr;
  void* const moved = std::realloc(memory, new_bytes);
  if (moved == nullptr) return budget_.discharge(growth), nullptr;
  if (new_bytes < old_bytes) {
    budget_.discharge(old_bytes - new_bytes);
    stats_.live_bytes -= old_bytes - new_bytes;
  }
  count_growth(growth);
  return moved;
}

void RawAllocator::trim() noexcept {
#if defined(__GLIBC__)
  ::malloc_trim(0);
#endif
}

void RawAllocator::deallocate(void* memory, std::size_t bytes) noexcept {
  OURO_ASSERT_INTERNAL(bytes <= stats_.live_bytes && stats_.live_blocks != 0, "law-raw-counters");
  std::free(memory);
  budget_.discharge(bytes);
  --stats_.live_blocks;
  stats_.live_bytes -= bytes;
}

}  // namespace ouro::alloc
