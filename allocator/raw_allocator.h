// The raw allocator: requests over 512 bytes, passed on to the general-purpose allocator (malloc) and counted.
//
// Releases are sized, so no header is added to a request.
#pragma once

#include <ouro/allocator/space/budget.h>

namespace ouro::alloc {

/// What the raw allocator has given out. Sizes in bytes.
struct RawStats {
  std::size_t live_blocks = 0;
  std::size_t live_bytes = 0;
  std::size_t peak_bytes = 0;    ///< the most bytes that were live at once
  std::size_t total_blocks = 0;  ///< requests served, in total
  std::size_t total_bytes = 0;   ///< their sizes, growth by reallocation included
};

/// malloc, realloc and free with counters and a budget. Null on failure, and nothing changed then.
class RawAllocator {
 public:
  explicit RawAllocator(Budget& budget) noexcept : budget_(budget) {}
  RawAllocator(const RawAllocator&) = delete;
  RawAllocator& operator=(const RawAllocator&) = delete;

  /// `bytes` of uninitialised memory, aligned for every ordinary type, or null.
  [[nodiscard]] void* allocate(std::size_t bytes) noexcept;
  /// The memory with a new size and its old content, or null; then the old memory stays valid.
  [[nodiscard]] void* reallocate(void* memory, std::size_t old_bytes, std::size_t new_bytes) noexcept;
  /// Gives back what was allocated with `bytes`.
  void deallocate(void* memory, std::size_t bytes) noexcept;
  /// Lets the general-purpose allocator give back to the system what is free in it, if it can.
  static void trim() noexcept;

  [[nodiscard]] const RawStats& stats() const noexcept { return stats_; }

 private:
  void count_growth(std::size_t bytes) noexcept;

  Budget& budget_;
  RawStats stats_;
};

}  // namespace ouro::alloc
