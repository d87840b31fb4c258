// Ptr<T>: a borrowed handle.
//
//   void show(Ptr<> object);        show(list);  show(*item);        what it refers to outlives the call
//   Ptr<> p = rt.list();            does not compile: the list would die at once
//
// It has the operators of a handle and owns no count, so a call that takes it touches none. Like a reference it refers to an
// object always; whoever keeps one knows who owns the object. A member that is a Ptr hides a reference from the collector,
// and does not compile in a native class.
#pragma once

#include <ouro/objects/core/place.h>

#include <concepts>
#include <utility>

namespace ouro {

template <class T = Object>
class Ptr {
 public:
  Ptr(T& object) noexcept : object_(&object) {}
  Ptr(T&&) = delete;
  /// SystemError if the handle is empty, ReferenceError if its runtime is gone.
  template <class U>
  requires std::convertible_to<U*, T*> Ptr(const Ref<U>& ref) : object_(&static_cast<U&>(usable(ref))) {}
  template <class U>
  Ptr(Ref<U>&&) = delete;
  template <class U>
  Ptr(const Ref<U>&&) = delete;
  template <class U>
  requires(!std::same_as<U, T> && std::convertible_to<U*, T*>) Ptr(const Ptr<U>& other)
  noexcept : object_(other.get()) {}

  [[nodiscard]] T* get() const noexcept { return object_; }
  [[nodiscard]] T& operator*() const noexcept { return *object_; }
  [[nodiscard]] T* operator->() const noexcept { return object_; }
  [[nodiscard]] Ref<T> to_ref() const noexcept { return share(*object_); }
  operator Ref<T>() const noexcept { return share(*object_); }
  /// Python's `is`.
  template <class U>
  [[nodiscard]] bool is(const Ref<U>& other) const noexcept {
    return other.is(*object_);
  }

  template <class K>
  auto operator[](K&& key) const {
    return to_ref()[std::forward<K>(key)];
  }
  template <class N>
  auto attr(N&& name) const {
    return to_ref().attr(std::forward<N>(name));
  }
  template <class... A>
  Ref<> operator()(A&&... arguments) const {
    return to_ref()(std::forward<A>(arguments)...);
  }

 private:
  T* object_;
};
template <class T>
Ptr(const Ref<T>&) -> Ptr<T>;

/// A parameter of a native function may be one.
template <class T>
struct detail::From<Ptr<T>> : detail::Throwing<Ptr<T>> {
  static std::optional<Ptr<T>> try_convert(Object& object) {
    T* const found = From<T&>::try_convert(object);
    return found != nullptr ? std::optional<Ptr<T>>(*found) : std::nullopt;
  }
};
template <class T>
inline constexpr bool detail::kBorrows<Ptr<T>> = true;

}  // namespace ouro
