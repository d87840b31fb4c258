// Which pages of an area the debug mode has made ready: what size their blocks have, and that every byte nobody owns is a
// guard byte.
//
// A page is made ready when the first block of a new layout comes from it, by filling it with guard bytes. From then on the
// bytes before each of its blocks are guard bytes, also where the neighbour has never been given out [law-debug-underflow].
#pragma once

#include <ouro/allocator/space/space.h>

namespace ouro::alloc {

/// The pages of one area.
class DebugPages {
 public:
  explicit DebugPages(Space& area) noexcept : area_(area) {}

  /// To be called when the area is made. False if there is no memory.
  [[nodiscard]] bool open() noexcept { return layouts_.reserve(area_.reserved() / kPage); }
  [[nodiscard]] Space& area() noexcept { return area_; }
  [[nodiscard]] const Space& area() const noexcept { return area_; }

  /// True if the page of the address holds blocks of that size and is ready.
  [[nodiscard]] bool has_layout(const void* address, std::size_t block_bytes) const noexcept {
    return layouts_[number_of(address)] == block_bytes;
  }
  /// True if the page of the address, which may lie before the first one, is ready for blocks.
  [[nodiscard]] bool is_ready(const void* address) const noexcept {
    return area_.contains(address) && layouts_[number_of(address)] != 0;
  }
  /// Fills the block's page with guard bytes for blocks of that size.
  void make_ready(void* block, std::size_t block_bytes) noexcept;
  /// The pages of the range are not ready any more.
  void forget(const void* start, std::size_t bytes) noexcept;

  /// The page an address lies in.
  [[nodiscard]] static std::byte* page_of(const void* address) noexcept {
    return reinterpret_cast<std::byte*>(align_down(address_of(address), kPage));
  }

  static constexpr std::size_t kPage = Space::kGeometry.pool_bytes;

 private:
  [[nodiscard]] std::size_t number_of(const void* address) const noexcept {
    return (address_of(address) - address_of(area_.base())) / kPage;
  }

  Space& area_;
  SideTable<std::uint16_t> layouts_;  ///< by page: the size of its blocks; 0: not ready
};

}  // namespace ouro::alloc
