// Who knows what the allocator cannot know: what lies in a block, and who may ask for memory.
//
// The allocator's floor knows bytes and no object, and no lock. The floor above answers for it in the debug mode, which asks
// at every request (the lock) and when a message names a block (its type).
#pragma once

#include <ouro/allocator/memory_hook.h>

namespace ouro::alloc {

/// Answers for the floor above. Must not call back into the allocator, nor throw.
class BlockDescriber {
 public:
  virtual ~BlockDescriber() = default;

  /// May the calling thread ask for memory and give it back now?
  [[nodiscard]] virtual bool may_call() const noexcept = 0;
  /// Writes the name of the type of what lies in the block, with a zero behind it; an empty text if nothing does yet.
  /// `room`, at least 1, is what the text may take. The block may be damaged: nothing in it is to be believed.
  virtual void describe(const MemoryRequest& request, const void* block, char* text, std::size_t room) const noexcept = 0;
};

}  // namespace ouro::alloc
