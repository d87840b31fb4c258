// What a runtime does for itself, for tests that make a heap without one: the environment chooses the allocator.
#pragma once

#include <ouro/allocator/allocator.h>
#include <ouro/runtime/detail/memory_choice.h>

namespace ouro::test {

/// The options, and the debug mode if OURO_MALLOC asks for it.
[[nodiscard]] inline alloc::AllocatorOptions with_chosen_memory(alloc::AllocatorOptions options) {
  options.debug = options.debug || detail::wants_debug_memory({});
  return options;
}

}  // namespace ouro::test
