// ObjectDescriber: what the allocator's debug mode asks the heap about: the type of an object, and who holds the lock.
#pragma once

#include <ouro/allocator/debug/block_describer.h>

namespace ouro {

class Heap;

/// Answers for one heap. Believes nothing that it reads in a block: a damaged object has no type rather than a wild one.
class ObjectDescriber final : public alloc::BlockDescriber {
 public:
  explicit ObjectDescriber(const Heap& heap) noexcept : heap_(heap) {}

  [[nodiscard]] bool may_call() const noexcept override;
  void describe(const alloc::MemoryRequest& request, const void* block, char* text,
                std::size_t room) const noexcept override;

 private:
  const Heap& heap_;
};

}  // namespace ouro
