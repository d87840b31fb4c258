// The memory of the collector's working counts: zeroed, and given back beyond what is kept.
#include <ouro/allocator/space/os_memory.h>
#include <ouro/gc/gc_refs.h>

#include <algorithm>

namespace ouro::gc {

// A huge page may reach beyond the granules in use: all that was advised is purged.
void GcRefs::reset(std::size_t granules) noexcept {
  std::fill_n(numbers_.data(), std::min(granules, kKept), 0);
  if (granules > kKept) numbers_.purge(kKept, std::max(granules, advised_));
}

// Beyond what is kept, a collection takes its pages anew each time; with huge pages that costs a quarter.
void GcRefs::prepare(std::size_t granules) noexcept {
  if (granules <= std::max(advised_, kKept)) return;
  const std::size_t first = std::max(advised_, kKept);
  advised_ = std::min(numbers_.size(), granules * 2);
  alloc::prefer_huge_pages(numbers_.data() + first, (advised_ - first) * sizeof(std::int32_t));
}

}  // namespace ouro::gc
