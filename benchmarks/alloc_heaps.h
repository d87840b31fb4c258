// The heaps that are compared. All have `allocate(size)` and `deallocate(block, size)`; those whose memory is measured also
// have `trim()`, the allocator's own call to give back what it can.
//
// Ouroboros and the floor are inlined into the loop, as their callers have them; CPython's and malloc's functions are called
// in their shared library, as their callers have them. mimalloc, jemalloc and tcmalloc replace malloc by being preloaded.
#pragma once

#include <ouro/allocator/allocator.h>

#include <cstddef>
#include <cstdlib>

namespace bench {

/// Ouroboros, as the maker of an object without references calls it.
class OuroHeap {
 public:
  explicit OuroHeap(const ouro::alloc::AllocatorOptions& options = {}) noexcept : allocator_(options) {}

  [[nodiscard]] void* allocate(std::size_t size) noexcept { return allocator_.allocate_atom(size); }
  void deallocate(void* block, std::size_t size) noexcept { allocator_.free_atom(block, size); }
  void trim() noexcept { allocator_.trim(); }
  /// How often an arena was taken from or given back to the system so far.
  [[nodiscard]] std::size_t arena_traffic() const noexcept {
    const ouro::alloc::SpaceStats atoms = allocator_.stats().atoms;
    return atoms.arenas_obtained + atoms.arenas_returned;
  }

 private:
  ouro::alloc::Allocator allocator_;
};

/// Ouroboros with a reserve that covers the peak, so that it keeps what it has once had, as its peers do.
class WarmOuroHeap : public OuroHeap {
 public:
  static constexpr std::size_t kReserveBytes = std::size_t{256} << 20;

  WarmOuroHeap() noexcept : OuroHeap(options()) {}

 private:
  [[nodiscard]] static ouro::alloc::AllocatorOptions options() noexcept {
    ouro::alloc::AllocatorOptions warm;
    warm.space.reserve_bytes = kReserveBytes;
    return warm;
  }
};

/// Ouroboros behind a function call, as if its allocator were not in a header but in a library.
class DistantOuroHeap {
 public:
  [[nodiscard]] [[gnu::noinline]] void* allocate(std::size_t size) noexcept;
  [[gnu::noinline]] void deallocate(void* block, std::size_t size) noexcept;

 private:
  OuroHeap heap_;
};

/// The malloc of the process, whoever provides it.
class MallocHeap {
 public:
  [[nodiscard]] void* allocate(std::size_t size) noexcept { return std::malloc(size); }
  void deallocate(void* block, std::size_t) noexcept { std::free(block); }
  /// Gives back to the system what the provider can give back, by its own call.
  void trim();
};

}  // namespace bench
