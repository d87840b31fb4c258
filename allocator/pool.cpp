#include <ouro/allocator/pool.h>

namespace ouro::alloc {

[[gnu::no_sanitize_address]] FreeBlock* next_of(const FreeBlock* block) noexcept { return block->next; }

}  // namespace ouro::alloc
