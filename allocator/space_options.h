// What can be chosen when a space is made.
#pragma once

#include <ouro/allocator/arena_hook.h>
#include <ouro/allocator/magazine.h>

namespace ouro::alloc {

/// The size of a reserve that follows the need: the larger of 32 MiB and an eighth of the recent peak, and no more than was
/// ever needed. A program that builds and drops something every now and then finds its pages where it left them, which is
/// worth about a third of its time in the allocator; full collections and trim() take what is not used again.
inline constexpr std::size_t kAutomaticReserve = ~std::size_t{0};
inline constexpr std::size_t kLeastReserve = std::size_t{32} << 20;

/// How a space is made.
struct SpaceOptions {
  std::size_t reservation_bytes = 0;  ///< addresses to reserve; 0: twice the machine's memory. Halved until granted.
  std::size_t reserve_bytes = kAutomaticReserve;  ///< empty arenas kept for the next rise; 0: none
  bool huge_pages = false;                        ///< cheaper growth, but memory is taken 2 MiB at a time
  unsigned magazine_blocks = kMagazineBlocks;     ///< most blocks in a magazine; 0: every block comes from its pool
  bool withhold_first = false;      ///< give out no first block of a pool, so that before each block lies another
  unsigned resting_blocks = 0;      ///< while magazines are closed: freed blocks of a class that are not reused yet
  ArenaHook* arena_hook = nullptr;  ///< asked for memory and given it back; null: the operating system itself
};

}  // namespace ouro::alloc
