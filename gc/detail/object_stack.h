// A growing array of object pointers for the collector's own work. Growing may fail; the collector copes.
#pragma once

#include <ouro/objects/model/object.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <span>

namespace ouro::gc::detail {

/// Owns its memory, taken from the general-purpose allocator so that a full heap can still be collected.
class ObjectStack {
 public:
  ObjectStack() = default;
  ObjectStack(const ObjectStack&) = delete;
  ObjectStack& operator=(const ObjectStack&) = delete;
  ~ObjectStack() { std::free(objects_); }

  /// False if there was no room and no memory to make any.
  [[nodiscard]] bool push(Object* object) noexcept {
    if (size_ == capacity_ && !reserve(std::max<std::size_t>(256, capacity_ * 2))) [[unlikely]]
      return false;
    objects_[size_++] = object;
    return true;
  }
  [[nodiscard]] Object* pop() noexcept { return objects_[--size_]; }
  [[nodiscard]] bool reserve(std::size_t capacity) noexcept {
    if (capacity <= capacity_) return true;
    void* const grown = std::realloc(objects_, capacity * sizeof(Object*));
    if (grown == nullptr) return false;
    objects_ = static_cast<Object**>(grown);
    capacity_ = capacity;
    return true;
  }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] Object*& operator[](std::size_t index) noexcept { return objects_[index]; }
  [[nodiscard]] std::span<Object*> all() noexcept { return {objects_, size_}; }
  [[nodiscard]] std::span<Object* const> all() const noexcept { return {objects_, size_}; }
  void truncate(std::size_t size) noexcept { size_ = size; }
  /// Where the next object goes. After `reserve`, objects may be written there and then be taken in with `extend_to`.
  [[nodiscard]] Object** end() noexcept { return objects_ + size_; }
  void extend_to(Object* const* end) noexcept { size_ = static_cast<std::size_t>(end - objects_); }
  /// Empties it. Much memory is given back, a little stays.
  void clear() noexcept {
    size_ = 0;
    if (capacity_ > kKept) release();
  }
  /// Empties it and gives all memory back.
  void release() noexcept {
    std::free(objects_);
    objects_ = nullptr;
    size_ = capacity_ = 0;
  }

 private:
  static constexpr std::size_t kKept = 8192;  // 64 KiB

  Object** objects_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace ouro::gc::detail
