// GrowingArray: plain values in memory of the general-purpose allocator, so that a full heap can still be collected.
//
//   data_ | value value value ... | room for more |
//                                 ^ end()         ^ capacity
//
// Growing may fail, and then nothing has changed; nothing else can fail. The collector's stacks and the logs of Tracking are
// arrays of this kind.
//
// Laws
//   room-first: a value is written behind the end only where room has been made for it.
#pragma once

#include <ouro/base/assert.h>
#include <ouro/base/standard/basic_algorithm.h>

#include <cstddef>
#include <cstdlib>
#include <span>
#include <type_traits>

namespace ouro {

/// Owns its memory. What `clear` keeps for the next use is at most `kept_bytes`. Calls take constant time, growing apart.
template <class T, std::size_t kept_bytes>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  GrowingArray() = default;
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;
  ~GrowingArray() { std::free(data_); }

  /// False if there was no room and no memory to make any.
  [[nodiscard]] bool push(T value) noexcept {
    if (is_full() && !grow(capacity_ + 1)) [[unlikely]]
      return false;
    data_[size_++] = value;
    return true;
  }
  /// The same where `reserve` has made room.
  void push_reserved(T value) noexcept {
    OURO_ASSERT_INTERNAL(!is_full(), "room-first");
    data_[size_++] = value;
  }
  /// Takes the last value off. There is one.
  [[nodiscard]] T pop() noexcept {
    OURO_ASSERT_INTERNAL(!empty(), "room-first");
    return data_[--size_];
  }

  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] bool is_full() const noexcept { return size_ == capacity_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] T& operator[](std::size_t index) noexcept {
    OURO_ASSERT_INTERNAL(index < size_, "room-first");
    return data_[index];
  }
  [[nodiscard]] std::span<T> all() noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<const T> all() const noexcept { return {data_, size_}; }
  [[nodiscard]] T* begin() noexcept { return data_; }
  /// Where the next value goes. After `reserve`, values may be written there and then be taken in with `extend_to`, which
  /// can cut the array short, too.
  [[nodiscard]] T* end() noexcept { return data_ + size_; }
  void extend_to(const T* end) noexcept {
    size_ = static_cast<std::size_t>(end - data_);
    OURO_ASSERT_INTERNAL(size_ <= capacity_, "room-first");
  }
  /// Only the first `size` values stay.
  void truncate(std::size_t size) noexcept {
    OURO_ASSERT_INTERNAL(size <= size_, "room-first");
    size_ = size;
  }

  /// Makes room for `more` values behind the end. False if there was no memory; the array is unchanged then.
  [[nodiscard]] bool reserve(std::size_t more) noexcept { return capacity_ - size_ >= more || grow(size_ + more); }
  /// Room for at least `capacity` values, and at least twice as much as before. False if there was no memory.
  [[gnu::noinline]] bool grow(std::size_t capacity) noexcept {
    return resize(std::max(std::max(kFirstBytes / sizeof(T), capacity_ * 2), capacity));
  }

  /// Empties it. Much memory is given back, a little stays.
  void clear() noexcept {
    size_ = 0;
    if (capacity_ * sizeof(T) > kept_bytes) release();
  }
  /// Gives back the room that no value takes.
  void shrink() noexcept { size_ == 0 ? release() : static_cast<void>(resize(size_)); }
  /// Empties it and gives all memory back.
  void release() noexcept {
    std::free(data_);
    data_ = nullptr;
    size_ = capacity_ = 0;
  }

 private:
  static constexpr std::size_t kFirstBytes = 4096;

  bool resize(std::size_t capacity) noexcept {
    void* const moved = std::realloc(data_, capacity * sizeof(T));
    if (moved == nullptr) return false;
    data_ = static_cast<T*>(moved);
    capacity_ = capacity;
    return true;
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace ouro
