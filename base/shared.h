// Shared<T>: the pointer whose copies own one object together. What std::shared_ptr is, for the library's own members,
// without weak pointers; see owned.h for the reason.
//
//   Shared ──┐
//   Shared ──┼──> block: uses (atomic), how to end it | T
//   Shared ──┘
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ouro {

namespace detail {

/// What stands before an object that Shared pointers own.
struct SharedCount {
  std::atomic<std::uint32_t> uses{1};
  void (*destroy)(SharedCount*) noexcept;
};
template <class T>
struct SharedBlock : SharedCount {
  template <class... A>
  explicit SharedBlock(A&&... arguments)
      : SharedCount{.destroy = [](SharedCount* count) noexcept { delete static_cast<SharedBlock*>(count); }},
        value(std::forward<A>(arguments)...) {}
  T value;
};

}  // namespace detail

/// Owns a T together with its copies, or none. Copies may be made and dropped on any thread; one pointer belongs to one
/// thread at a time. T may be incomplete, and void: then only whoever knows what was made may use it.
template <class T>
class Shared {
 public:
  constexpr Shared() noexcept = default;
  constexpr Shared(std::nullptr_t) noexcept {}
  Shared(const Shared& other) noexcept : object_(other.object_), count_(other.count_) {
    if (count_ != nullptr) count_->uses.fetch_add(1, std::memory_order_relaxed);
  }
  Shared(Shared&& other) noexcept
      : object_(std::exchange(other.object_, nullptr)), count_(std::exchange(other.count_, nullptr)) {}
  template <class U>
  requires(!std::is_same_v<T, U> && std::is_convertible_v<U*, T*>) Shared(Shared<U> other)
  noexcept : object_(std::exchange(other.object_, nullptr)), count_(std::exchange(other.count_, nullptr)) {}
  /// Law store-first: the new object is there before the old one is dropped.
  Shared& operator=(Shared other) noexcept {
    std::swap(object_, other.object_);
    std::swap(count_, other.count_);
    return *this;
  }
  ~Shared() {
    if (count_ != nullptr && count_->uses.fetch_sub(1, std::memory_order_acq_rel) == 1) count_->destroy(count_);
  }
  void reset() noexcept { *this = Shared(); }

  [[nodiscard]] T* get() const noexcept { return object_; }
  [[nodiscard]] std::add_lvalue_reference_t<T> operator*() const noexcept { return *object_; }
  [[nodiscard]] T* operator->() const noexcept { return object_; }
  [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }
  [[nodiscard]] friend bool operator==(const Shared& a, const Shared& b) noexcept { return a.object_ == b.object_; }
  [[nodiscard]] friend bool operator==(const Shared& shared, std::nullptr_t) noexcept { return shared.object_ == nullptr; }

 private:
  template <class U>
  friend class Shared;
  template <class U, class... A>
  friend Shared<U> make_counted(A&&... arguments);

  T* object_ = nullptr;
  detail::SharedCount* count_ = nullptr;
};

/// A new T, made from the arguments. Throws std::bad_alloc.
template <class T, class... A>
[[nodiscard]] Shared<T> make_counted(A&&... arguments) {
  auto* const block = new detail::SharedBlock<std::remove_const_t<T>>(std::forward<A>(arguments)...);
  Shared<T> made;
  made.object_ = &block->value;
  made.count_ = block;
  return made;
}

}  // namespace ouro
