// ObjectOracle: what the allocator's debug mode asks the heap about: the type of an object, and who holds the lock.
#pragma once

#include <ouro/allocator/debug/block_oracle.h>

namespace ouro {

class Heap;

/// Answers for one heap. Believes nothing that it reads in a block: a damaged object has no type rather than a wild one.
class ObjectOracle final : public alloc::BlockOracle {
 public:
  explicit ObjectOracle(const Heap& heap) noexcept : heap_(heap) {}

  [[nodiscard]] bool may_call() const noexcept override;
  void describe(const alloc::MemoryRequest& request, const void* block, char* text,
                std::size_t room) const noexcept override;

 private:
  const Heap& heap_;
};

}  // namespace ouro
