// A side table: data about the memory of a space, kept outside that memory.
//
// An array with one element for every unit (granule, pool, arena) of a range of addresses, in a reservation of its own or
// in a part of another. It is as long as the range may ever get, zero until it is written, and costs only the pages
// whose elements were written [law-side-table]; nobody looks behind its end [law-side-table-range]. Pool headers, arena
// records, the collector's marks and its gc_refs are side tables, so that the pages of objects stay clean.
#pragma once

#include <ouro/allocator/space/os_memory.h>
#include <ouro/base/assert.h>
#include <ouro/base/bits.h>
#include <ouro/base/standard/basic_algorithm.h>

#include <limits>
#include <type_traits>

namespace ouro::alloc {

/// An array of T whose elements are all zero bytes until written, and take memory only by the page that was written.
template <class T>
class SideTable {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>,
                "a side table's elements come to life as zero bytes: use a plain struct");

 public:
  SideTable() noexcept = default;
  /// A table of `count` zero elements. Empty (false when tested) if the system refuses the addresses.
  explicit SideTable(std::size_t count) noexcept { reserve(count); }

  /// Replaces the table by one of `count` zero elements; false, and empty, if the system refuses.
  bool reserve(std::size_t count) noexcept {
    const bool fits = count <= std::numeric_limits<std::size_t>::max() / sizeof(T);
    memory_ = fits ? Reservation::reserve(count * sizeof(T)) : Reservation();
    data_ = reinterpret_cast<T*>(memory_.base());
    size_ = memory_ ? count : 0;
    return memory_ || count == 0;
  }

  /// Replaces the table by one of `count` elements in memory that is zero and that somebody else owns for longer.
  /// Requires a page-aligned address.
  void place(std::byte* zero_memory, std::size_t count) noexcept {
    memory_.release();
    data_ = reinterpret_cast<T*>(zero_memory);
    size_ = zero_memory != nullptr ? count : 0;
  }
  /// Bytes, in whole pages, that a table of `count` elements needs.
  [[nodiscard]] static std::size_t bytes_for(std::size_t count) noexcept {
    return align_up(count * sizeof(T), page_bytes());
  }

  /// Gives the whole table back; it is empty afterwards.
  void release() noexcept { reserve(0); }

  [[nodiscard]] explicit operator bool() const noexcept { return data_ != nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] T* data() noexcept { return data_; }
  [[nodiscard]] const T* data() const noexcept { return data_; }

  [[nodiscard]] T& operator[](std::size_t index) noexcept {
    OURO_ASSERT_INTERNAL(index < size_, "law-side-table-range");
    return data()[index];
  }
  [[nodiscard]] const T& operator[](std::size_t index) const noexcept {
    OURO_ASSERT_INTERNAL(index < size_, "law-side-table-range");
    return data()[index];
  }

  /// Makes the elements [first, last) zero again and gives the pages that lie wholly among them back to the system.
  void purge(std::size_t first, std::size_t last) noexcept {
    if (first >= last) return;
    auto* const begin = reinterpret_cast<std::byte*>(data() + first);
    auto* const end = reinterpret_cast<std::byte*>(data() + last);
    const std::size_t page = page_bytes();
    std::byte* const inner_begin = begin + (align_up(address_of(begin), page) - address_of(begin));
    std::byte* const inner_end = end - (address_of(end) - align_down(address_of(end), page));
    if (inner_begin >= inner_end) return void(std::fill(begin, end, std::byte{0}));
    std::fill(begin, inner_begin, std::byte{0});
    purge_pages(inner_begin, static_cast<std::size_t>(inner_end - inner_begin));
    std::fill(inner_end, end, std::byte{0});
  }

  /// Bytes of the table that are in memory. Walks the page table: for tests and statistics.
  [[nodiscard]] std::size_t resident() const noexcept { return resident_bytes(data_, size_ * sizeof(T)); }

 private:
  Reservation memory_;  ///< empty if the table was placed in memory of another
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace ouro::alloc
