// Memory of one syntax tree: blocks that only grow, released together.
//
// What is made here has no destructor, so a tree of any depth is destroyed without recursion.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ouro::script {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment) {
    std::size_t at = (at_ + alignment - 1) & ~(alignment - 1);
    if (at + size > end_) at = add_block(size + alignment);
    at_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  /// A node: `make<ast::BinOp>(span, left, op, right)`. Nodes without a span take their fields alone.
  template <class T, class... Fields>
  T* make(Fields&&... fields) {
    static_assert(std::is_trivially_destructible_v<T>, "what lies in an arena is never destroyed");
    return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Fields>(fields)...};
  }

  template <class T>
  std::span<T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    void* const place = allocate(items.size_bytes(), alignof(T));
    std::memcpy(place, items.data(), items.size_bytes());
    return {static_cast<T*>(place), items.size()};
  }
  /// Never null, also for the empty text.
  std::string_view copy(std::string_view text) {
    auto* const place = static_cast<char*>(allocate(text.size() + 1, 1));
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    place[text.size()] = '\0';
    return {place, text.size()};
  }

 private:
  std::size_t add_block(std::size_t size) {
    if (next_size_ < kLargestBlock && !blocks_.empty()) next_size_ *= 2;
    const std::size_t block_size = size > next_size_ ? size : next_size_;
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block_size));
    const auto begin = reinterpret_cast<std::size_t>(blocks_.back().get());
    end_ = begin + block_size;
    return (begin + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
  }

  static constexpr std::size_t kFirstBlock = 4096, kLargestBlock = std::size_t{1} << 20;

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t at_ = 0, end_ = 0, next_size_ = kFirstBlock;
};

}  // namespace ouro::script
