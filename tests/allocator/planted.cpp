// Functions that allocate and stand in call stacks by their names.
#include "planted.h"

namespace planted {

void* first(ouro::alloc::Allocator& memory, std::size_t bytes) { return kept(memory.allocate_atom(bytes)); }

void* second(ouro::alloc::Allocator& memory, std::size_t bytes) { return kept(memory.allocate_buffer(bytes)); }

void* outer(ouro::alloc::Allocator& memory, std::size_t bytes) { return kept(first(memory, bytes)); }

void* grow(ouro::alloc::Allocator& memory, void* buffer, std::size_t old_bytes, std::size_t new_bytes) {
  return kept(memory.reallocate_buffer(buffer, old_bytes, new_bytes));
}

}  // namespace planted
