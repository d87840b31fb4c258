// Tells Valgrind where blocks begin and end, so that its Memcheck knows an object from the page it lies on.
//
// Without this Memcheck sees one large mapping that is always valid. With it, a use of a freed object, a read of a fresh one
// before it was written and a forgotten one are each reported by block. An allocator that is made under Valgrind has such a
// hook from the start; everywhere else the question costs a few instructions once.
#pragma once

#include <ouro/allocator/memory_hook.h>

namespace ouro::alloc {

/// A hook that passes requests and releases on to Valgrind. Raw memory is left out: Memcheck knows malloc.
class ValgrindHook final : public MemoryHook {
 public:
  /// True if this process runs under Valgrind; always false if the library was built without Valgrind's header.
  [[nodiscard]] static bool is_running() noexcept;

  /// The bytes are about to be given out and may be written from now on.
  static void make_writable(void* block, std::size_t bytes) noexcept;

  void allocated(const MemoryRequest& request, void* block) noexcept override;
  void freeing(const MemoryRequest& request, void* block) noexcept override;
  void reallocated(const MemoryRequest& before, void* block, const MemoryRequest& after, void* moved) noexcept override;
};

}  // namespace ouro::alloc
