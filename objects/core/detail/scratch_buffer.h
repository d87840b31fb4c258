// ScratchBuffer: working memory of one call, from the runtime's buffers.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/model/heap.h>

#include <cstddef>
#include <limits>
#include <type_traits>

namespace ouro::detail {

/// Room for `count` values of a plain type, uninitialised, given back when it ends.
template <class T>
class [[nodiscard]] ScratchBuffer {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T> && alignof(T) <= 8);

 public:
  /// Throws MemoryError.
  ScratchBuffer(Heap& heap, std::size_t count) : heap_(heap), bytes_(count * sizeof(T)) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) raise_out_of_memory();
    if (count == 0) return;
    data_ = static_cast<T*>(heap.memory.allocate_buffer(bytes_));
    if (data_ == nullptr) raise_out_of_memory();
  }
  ~ScratchBuffer() {
    if (data_ != nullptr) heap_.memory.free_buffer(data_, bytes_);
  }
  ScratchBuffer(const ScratchBuffer&) = delete;
  ScratchBuffer& operator=(const ScratchBuffer&) = delete;

  [[nodiscard]] T* data() noexcept { return data_; }
  [[nodiscard]] T& operator[](std::size_t index) noexcept { return data_[index]; }

 private:
  Heap& heap_;
  std::size_t bytes_;
  T* data_ = nullptr;
};

}  // namespace ouro::detail
