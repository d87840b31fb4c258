// Who is asked when memory comes from the operating system and goes back to it.
#pragma once

#include <ouro/allocator/space/os_memory.h>

namespace ouro::alloc {

/// The road between a space and the operating system, to be watched, limited or replaced: override what is of interest.
/// The addresses are those of the space's reservation; a range is mapped before its first byte is touched, and reads as zero
/// then. Called under the runtime's lock; must not call back into the allocator. Must outlive every space made with it.
class ArenaHook {
 public:
  virtual ~ArenaHook() = default;

  /// The range is about to be used: an arena, or a run longer than one. False refuses it, and the request fails.
  [[nodiscard]] virtual bool map([[maybe_unused]] void* start, [[maybe_unused]] std::size_t bytes) noexcept { return true; }
  /// The range is not used any more: its memory is to go back to the system, and reads as zero if it is mapped again.
  virtual void unmap(void* start, std::size_t bytes) noexcept { purge_pages(start, bytes); }
  /// Nothing in this part of a mapped range is needed: its memory may go back, and must read as zero afterwards.
  virtual void purge(void* start, std::size_t bytes) noexcept { purge_pages(start, bytes); }
};

}  // namespace ouro::alloc
