// Owned<T>: the pointer that owns an object of its own. What std::unique_ptr is, for the library's own members: that one
// brings the streams into every source, and each type of it a tuple and a dozen templates.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ouro {

/// Owns one T made by `new`, or none. T may be incomplete except where it is deleted. The address of the T stays when the
/// pointer is moved.
template <class T>
class Owned {
 public:
  constexpr Owned() noexcept = default;
  constexpr Owned(std::nullptr_t) noexcept {}
  constexpr explicit Owned(T* object) noexcept : object_(object) {}
  Owned(Owned&& other) noexcept : object_(other.release()) {}
  /// From a pointer to a T that is a U: U's destructor is virtual.
  template <class U>
  requires(!std::is_same_v<T, U> && std::is_convertible_v<U*, T*>) Owned(Owned<U>&& other)
  noexcept : object_(other.release()) {}
  Owned& operator=(Owned&& other) noexcept {
    reset(other.release());
    return *this;
  }
  ~Owned() { delete object_; }

  /// Takes `object` over and deletes what was owned. Law store-first: the destructor finds the new object here.
  void reset(T* object = nullptr) noexcept { delete std::exchange(object_, object); }
  /// Gives the object up.
  [[nodiscard]] T* release() noexcept { return std::exchange(object_, nullptr); }

  [[nodiscard]] T* get() const noexcept { return object_; }
  [[nodiscard]] T& operator*() const noexcept { return *object_; }
  [[nodiscard]] T* operator->() const noexcept { return object_; }
  [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }
  [[nodiscard]] friend bool operator==(const Owned& owned, std::nullptr_t) noexcept { return owned.object_ == nullptr; }

 private:
  T* object_ = nullptr;
};

/// A new T, made from the arguments. Throws std::bad_alloc.
template <class T, class... A>
[[nodiscard]] Owned<T> make_owned(A&&... arguments) {
  return Owned<T>(new T(std::forward<A>(arguments)...));
}

}  // namespace ouro
