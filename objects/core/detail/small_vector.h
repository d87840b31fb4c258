// SmallVector: a vector that lives as long as one call, mostly short (Boost.Container).
#pragma once

#include <ouro/objects/core/detail/heap_allocator.h>

#include <boost/container/small_vector.hpp>

#include <cstddef>

namespace ouro::detail {

/// Up to `short_size` values lie in the vector itself, on the stack; more of them in a buffer of the runtime. What grows it
/// throws MemoryError.
template <class T, std::size_t short_size>
class SmallVector : public boost::container::small_vector<T, short_size, HeapAllocator<T>> {
 public:
  using Base = boost::container::small_vector<T, short_size, HeapAllocator<T>>;  ///< for Boost's own adapters

  explicit SmallVector(Heap& heap) : Base(typename Base::allocator_type(HeapAllocator<T>(heap))) {}
};

}  // namespace ouro::detail
