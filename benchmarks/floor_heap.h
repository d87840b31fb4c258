// The floor: what the machine allows a toy that keeps one free list a size and never gives anything back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace bench {

/// One free list for each 8-byte class, cut from chunks that are never given back. Serves up to kLargest bytes.
class FloorHeap {
 public:
  static constexpr std::size_t kLargest = 512;

  [[nodiscard]] void* allocate(std::size_t size) noexcept {
    Block*& head = free_[(size + 7) / 8];
    if (head == nullptr) [[unlikely]]
      return cut((size + 7) / 8 * 8);
    return std::exchange(head, head->next);
  }
  void deallocate(void* block, std::size_t size) noexcept {
    Block*& head = free_[(size + 7) / 8];
    head = ::new (block) Block{head};
  }

 private:
  struct Block {
    Block* next;
  };
  static constexpr std::size_t kChunk = 1 << 20;

  [[gnu::noinline]] void* cut(std::size_t size) {
    if (left_ < size) {
      chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kChunk));
      next_ = chunks_.back().get();
      left_ = kChunk;
    }
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }

  std::array<Block*, kLargest / 8 + 1> free_{};
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
};

/// The floor with a door to malloc for larger requests. A class of its own, so that the bare one need not ask for the size.
class FloorHeapOverMalloc {
 public:
  [[nodiscard]] void* allocate(std::size_t size) noexcept {
    return size <= FloorHeap::kLargest ? small_.allocate(size) : std::malloc(size);
  }
  void deallocate(void* block, std::size_t size) noexcept {
    size <= FloorHeap::kLargest ? small_.deallocate(block, size) : std::free(block);
  }

 private:
  FloorHeap small_;
};

}  // namespace bench
