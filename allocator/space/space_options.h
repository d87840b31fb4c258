// What can be chosen when a space is made.
#pragma once

#include <ouro/allocator/space/arena_hook.h>
#include <ouro/allocator/space/magazine.h>
#include <ouro/allocator/space/os_memory.h>
#include <ouro/base/standard/basic_algorithm.h>

namespace ouro::alloc {

/// The size of a reserve that follows the need: the larger of 32 MiB and an eighth of the recent peak, and no more than was
/// ever needed. A program that builds and drops something every now and then finds its pages where it left them, which is
/// worth about a third of its time in the allocator; full collections and trim() take what is not used again.
inline constexpr std::size_t kAutomaticReserve = ~std::size_t{0};
inline constexpr std::size_t kLeastReserve = std::size_t{32} << 20;

/// Addresses for a space that names no number, in bytes. `machine` is the memory of the machine, `limit` that of the
/// process's addresses (RLIMIT_AS), `in_use` what it has of them. As a rule twice the memory, so that a heap never meets the
/// end of its addresses first; an eighth of what the limit leaves; and the less of all addresses is left, the smaller a part
/// of them: an eighth at first, then by the fourth power, so that thousands of runtimes fit side by side on the largest
/// machine.
[[nodiscard]] constexpr std::size_t reservation_share(std::size_t machine, std::size_t limit, std::size_t in_use) noexcept {
  if (in_use >= limit || in_use >= kAddressSpace) return 0;
  const double left = static_cast<double>(kAddressSpace - in_use) / static_cast<double>(kAddressSpace);
  const double share = static_cast<double>(kAddressSpace / 8) * left * left * left * left;
  return std::min(std::min(2 * machine, (limit - in_use) / 8), static_cast<std::size_t>(share));
}

/// How a space is made.
struct SpaceOptions {
  std::size_t reservation_bytes = 0;              ///< addresses to reserve; 0: see reservation_share. Halved until granted.
  std::size_t machine_bytes = 0;                  ///< memory that reservation_share reckons with; 0: the machine's
  std::size_t reserve_bytes = kAutomaticReserve;  ///< empty arenas kept for the next rise; 0: none
  bool huge_pages = false;                        ///< cheaper growth, but memory is taken 2 MiB at a time
  unsigned magazine_blocks = kMagazineBlocks;     ///< most blocks in a magazine; 0: every block comes from its pool
  bool withhold_first = false;      ///< give out no first block of a pool, so that before each block lies another
  unsigned resting_blocks = 0;      ///< while magazines are closed: freed blocks of a class that are not reused yet
  ArenaHook* arena_hook = nullptr;  ///< asked for memory and given it back; null: the operating system itself
};

}  // namespace ouro::alloc
