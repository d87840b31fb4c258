// Which arenas of a reservation are taken: one bit each, handed out lowest address first, so that a space stays compact.
#pragma once

#include <ouro/allocator/arena.h>
#include <ouro/allocator/side_table.h>

namespace ouro::alloc {

/// The bitmap of taken arenas.
class ArenaMap {
 public:
  /// Makes a map of `arenas` arenas, none taken, in bytes_for(arenas) zero bytes that somebody else owns.
  void place(std::byte* zero_memory, std::size_t arenas) noexcept;
  [[nodiscard]] static std::size_t bytes_for(std::size_t arenas) noexcept {
    return SideTable<std::uint64_t>::bytes_for(divide_up(arenas, 64));
  }

  /// Takes the lowest `count` neighbouring arenas that are not taken and returns the first; kNoArena if there are none.
  /// Linear in the size of the map divided by 64 at worst; starts at the lowest word that has room.
  [[nodiscard]] std::uint32_t take(std::size_t count = 1) noexcept;
  /// Gives back one arena.
  void give_back(std::uint32_t arena) noexcept;

  [[nodiscard]] bool is_taken(std::uint32_t arena) const noexcept { return (words_[arena / 64] >> (arena % 64) & 1U) != 0; }
  /// How many arenas there are, taken or not.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// One more than the highest arena that was ever taken.
  [[nodiscard]] std::size_t high_water() const noexcept { return high_water_; }

 private:
  SideTable<std::uint64_t> words_;
  std::size_t size_ = 0;
  std::size_t first_word_ = 0;  ///< all words before this one are ones
  std::size_t high_water_ = 0;
};

}  // namespace ouro::alloc
