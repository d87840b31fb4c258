// A magazine: two short stacks of free blocks of one class, in front of the pools.
//
//   bottom            ready
//     |block|block|block|     |     |          requests pop here
//   limit - capacity            returned   limit
//     |block|block|block|block|     |     |    releases push here
//
// Nearly every request and every release ends here: a request pops, a release pushes, and neither looks at the block, its
// pool or a counter. When the first stack is empty the two change places; when both are, a batch of blocks is drawn from the
// pools of the class. When the second is full, the older half of it is put back. Capacities start small and double with
// every draw and every putting back, so a class that is asked for little holds little. trim() and full collections empty all
// magazines. Bonwick and Adams, "Magazines and Vmem", USENIX 2001.
//
// Why two: a heap that has shrunk lies spread over many pools, and handing freed blocks out again wherever they lie would
// keep it so. While much of the pools of a class is free (BasicSpace::is_sparse), the stacks do not change places: what came
// back goes back to its pool, and requests are served from the pools that have least room, while the others drain.
//
// Below the bottom of a stack lies a null, so a request that finds none ready has loaded what tells it so. A closed magazine
// has neither blocks nor room (nothing below `ready`, returned = limit), so that every request takes the slow road. That is
// how hooks, tracing, failing allocations and the debug mode are heard without a test on the fast one [law-closed].
//
// The second stack of a closed magazine can serve another end: freed blocks rest there until so many others of their class
// have been freed, so that a late use meets no new owner (SpaceOptions::resting_blocks). It has just the room it needs
// (capacity blocks, returned = limit), so that a release still takes the slow road.
//
// [law-resting] A resting block is free, and is not given out before as many others have been freed as may rest, or trim()
// or a full collection has emptied the stacks.
// [law-magazine] A block in a magazine is of its class, out of its pool, and in one place only.
#pragma once

#include <ouro/base/config.h>

#include <array>
#include <span>
#include <utility>

namespace ouro::alloc {

inline constexpr unsigned kMagazineBlocks = 128;     ///< most blocks in one stack
inline constexpr unsigned kFirstMagazineBlocks = 4;  ///< what a stack has room for at first
/// Entries of a stack with the null below them.
inline constexpr unsigned kMagazineStack = 1 + kMagazineBlocks;
/// Distance of two magazines in their table: no power of two, or the low ends of all would compete for the same cache sets.
inline constexpr unsigned kMagazineStride = 2 * kMagazineStack + 6;
/// The stack of a closed magazine: a null, and no room.
inline constexpr std::array<void*, 1> kNoStack{};

/// One class's stacks. Made closed. A cache line of its own, so that its place is the class shifted.
struct alignas(64) Magazine {
  void** ready = const_cast<void**>(kNoStack.end());   ///< the next request takes the block below
  void** bottom = const_cast<void**>(kNoStack.end());  ///< no block is ready if `ready` is here
  void** returned = nullptr;                           ///< where the next freed block goes
  void** limit = nullptr;                              ///< there is no room if `returned` is here
  std::size_t capacity = 0;

  /// A block, or null if none is ready.
  [[nodiscard]] void* pop() noexcept {
    void* const block = ready[-1];
    if (block == nullptr) [[unlikely]]
      return nullptr;
    --ready;
    return block;
  }
  /// False, and nothing done, if there is no room.
  [[nodiscard]] bool push(void* block) noexcept {
    void** const place = returned;
    if (place == limit) [[unlikely]]
      return false;
    // The pointer last: processors that forward a store to the next load of the same address without delay (memory
    // renaming) do so only if no other store came between. In a row of releases that halves their time.
    *place = block;
    returned = place + 1;
    return true;
  }

  [[nodiscard]] std::span<void* const> ready_blocks() const noexcept { return {bottom, ready}; }
  [[nodiscard]] std::span<void* const> returned_blocks() const noexcept { return {limit - capacity, returned}; }
  [[nodiscard]] std::size_t blocks() const noexcept { return ready_blocks().size() + returned_blocks().size(); }

  /// Makes what was returned ready. Requires that nothing is.
  void change_places() noexcept {
    bottom = std::exchange(limit, bottom + capacity) - capacity;
    ready = std::exchange(returned, limit - capacity);
  }
};

}  // namespace ouro::alloc
