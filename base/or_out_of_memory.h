// Out of memory is an error like any other, also where the C++ library runs out of it.
#pragma once

#include <ouro/base/error.h>

#include <new>

namespace ouro {

/// What `make()` gives; MemoryError in place of std::bad_alloc.
template <class F>
auto or_out_of_memory(F&& make) {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

}  // namespace ouro
