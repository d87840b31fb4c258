// HeapAllocator: lets a standard or Boost container keep its memory in the buffers of a runtime.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/model/heap.h>

#include <cstddef>
#include <limits>

namespace ouro::detail {

/// An allocator of the standard's kind. Throws MemoryError instead of std::bad_alloc, and counts toward the memory limit.
template <class T>
class HeapAllocator {
 public:
  using value_type = T;

  explicit HeapAllocator(Heap& heap) noexcept : heap_(&heap) {}
  template <class U>
  HeapAllocator(const HeapAllocator<U>& other) noexcept : heap_(&other.heap()) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    static_assert(alignof(T) <= alignof(void*), "buffers are aligned to 8 bytes");
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) raise_out_of_memory();
    void* const memory = heap_->memory.allocate_buffer(count * sizeof(T));
    if (memory == nullptr) raise_out_of_memory();
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) noexcept { heap_->memory.free_buffer(memory, count * sizeof(T)); }

  [[nodiscard]] Heap& heap() const noexcept { return *heap_; }
  template <class U>
  [[nodiscard]] bool operator==(const HeapAllocator<U>& other) const noexcept {
    return heap_ == &other.heap();
  }

 private:
  Heap* heap_;
};

}  // namespace ouro::detail
