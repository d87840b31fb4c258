// Which numbers of a range are taken: one bit each, handed out lowest first, so that what they number stays compact. A space
// has one of its arenas and one of the bitmaps of its pools.
#pragma once

#include <ouro/allocator/space/side_table.h>

namespace ouro::alloc {

/// The bitmap of taken numbers.
class SlotMap {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  /// Makes a map of `size` numbers, none taken, in bytes_for(size) zero bytes that somebody else owns.
  void place(std::byte* zero_memory, std::size_t size) noexcept;
  [[nodiscard]] static std::size_t bytes_for(std::size_t size) noexcept {
    return SideTable<std::uint64_t>::bytes_for(divide_up(size, 64));
  }

  /// Takes the lowest `count` neighbouring numbers that are not taken and returns the first; kNone if there are none.
  /// Linear in the size of the map divided by 64 at worst; starts at the lowest word that has room.
  [[nodiscard]] std::uint32_t take(std::size_t count = 1) noexcept;
  /// Gives back one number.
  void give_back(std::uint32_t number) noexcept;

  [[nodiscard]] bool is_taken(std::uint32_t number) const noexcept {
    return (words_[number / 64] >> (number % 64) & 1U) != 0;
  }
  /// True if none of the 64 numbers from 64 * index on is taken.
  [[nodiscard]] bool all_free(std::size_t index) const noexcept { return words_[index] == 0; }
  /// How many numbers there are, taken or not.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// One more than the highest number that was ever taken.
  [[nodiscard]] std::size_t high_water() const noexcept { return high_water_; }

 private:
  SideTable<std::uint64_t> words_;
  std::size_t size_ = 0;
  std::size_t first_word_ = 0;  ///< all words before this one are ones
  std::size_t high_water_ = 0;
};

}  // namespace ouro::alloc
