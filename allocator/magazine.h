// A magazine: a short stack of free blocks of one class, in front of the pools.
//
//   bottom                    top                    limit
//     |block|block|block|block|     |     |     |     |
//      <------- ready -------> <------- room --------->
//
// Nearly every request and every release ends here: a request pops, a release pushes, and neither looks at the block, its
// pool or a counter. An empty magazine draws blocks from the pools of its class, a full one spills the older half of its
// blocks back to theirs. Capacities start small and double with every draw or spill, so a class that is asked for little
// holds little; those of a class whose pools are half empty stay small, so that its pools can drain. trim() and full
// collections empty all magazines. Bonwick and Adams, "Magazines and Vmem", USENIX 2001.
//
// A closed magazine has neither blocks nor room (bottom = top = limit), so that every request takes the slow road. That
// is how hooks, tracing, failing allocations and the debug mode are heard without a test on the fast one [law-closed].
//
// [law-magazine] A block in a magazine is of its class, out of its pool, and in one place only.
#pragma once

#include <ouro/runtime/base/config.h>

namespace ouro::alloc {

inline constexpr unsigned kMagazineBlocks = 128;          ///< most blocks in a magazine
inline constexpr std::size_t kMagazineBytes = 32 * 1024;  ///< most bytes of blocks in it
inline constexpr unsigned kFirstMagazineBlocks = 4;       ///< what a magazine has room for at first
/// Distance of two stacks in their table: no power of two, or the low ends of all would compete for the same cache sets.
inline constexpr unsigned kMagazineStride = kMagazineBlocks + 8;

/// One class's stack. A zero magazine is one that was never used, and is closed.
struct Magazine {
  enum class Turn : std::uint8_t { kRefilled, kSpilled };

  void** top;            ///< where the next freed block goes
  void** bottom;         ///< empty if top is here
  void** limit;          ///< full if top is here
  Turn last;             ///< what its slow half did last
  std::uint8_t repeats;  ///< how often in a row, up to a bound

  [[nodiscard]] std::size_t ready() const noexcept { return static_cast<std::size_t>(top - bottom); }
  [[nodiscard]] std::size_t capacity() const noexcept { return static_cast<std::size_t>(limit - bottom); }

  /// A block, or null if there is none.
  [[nodiscard]] void* pop() noexcept {
    if (top == bottom) [[unlikely]]
      return nullptr;
    void* const block = *--top;
    if (block == nullptr) __builtin_unreachable();  // or callers would test it once more
    return block;
  }
  /// False, and nothing done, if there is no room.
  [[nodiscard]] bool push(void* block) noexcept {
    if (top == limit) [[unlikely]]
      return false;
    *top++ = block;
    return true;
  }
};

}  // namespace ouro::alloc
