// Which blocks the debug mode has on each page of an area, and of which size.
#include <ouro/allocator/debug/debug_bytes.h>
#include <ouro/allocator/debug/debug_pages.h>

namespace ouro::alloc {

void DebugPages::make_ready(void* block, std::size_t block_bytes) noexcept {
  fill_bytes(page_of(block), kPage, kForbiddenByte);
  layouts_[number_of(block)] = static_cast<std::uint16_t>(block_bytes);
}

void DebugPages::forget(const void* start, std::size_t bytes) noexcept {
  const std::size_t first = number_of(start);
  for (std::size_t i = first; i < first + divide_up(bytes, kPage); ++i)
    if (layouts_[i] != 0) layouts_[i] = 0;
}

}  // namespace ouro::alloc
