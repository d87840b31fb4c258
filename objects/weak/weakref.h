// Weak references: they see an object without keeping it alive.
//
//   WeakRef   an object, as in Python: called, it gives its target or None; a callback may wait for the target's death
//   Weak<T>   a C++ handle: lock() gives a Ref, empty once the target is dead
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/weak_table.h>

#include <tuple>

namespace ouro {

/// True for a weak reference object.
[[nodiscard]] inline bool is_weakref(const Object& object) noexcept { return kind_of(object) == Kind::kWeakRef; }

/// `weakref.ref(target, callback)`; the callback may be null or None. Without one, all who ask for the same target share one
/// weak reference. TypeError "cannot create weak reference to 'int' object": types, instances, functions, methods, sets,
/// modules, generators and native objects can be referred to, as in CPython, the built-in types too. Throws MemoryError.
[[nodiscard]] Ref<WeakRef> make_weakref(Object& target, Object* callback = nullptr);

/// What the reference points to, with a count of its own; empty if it is dead.
[[nodiscard]] inline Ref<> target_of(const WeakRef& reference) noexcept { return Ref<>::share(reference.target); }

namespace detail {
/// The shared weak reference to any object of the heap, also of a type that Python code cannot refer to weakly. TypeError
/// for immortal objects of such a type (None).
[[nodiscard]] Ref<WeakRef> watch(Object& target);
}  // namespace detail

/// A handle that owns nothing. 8 bytes; copies share one WeakRef.
template <class T = Object>
class Weak {
 public:
  /// Points to nothing: expired from the start.
  constexpr Weak() noexcept = default;
  /// Points to what `target` holds; to nothing if that is empty. Throws MemoryError.
  Weak(const Ref<T>& target) {
    if (target) reference_ = detail::watch(*target);
  }
  template <class U>
  requires(!std::same_as<U, T> && std::convertible_to<U*, T*>) Weak(const Ref<U>& target) : Weak(Ref<T>(target)) {}
  explicit Weak(T& target) : reference_(detail::watch(target)) {}

  /// The object, kept alive by the result; empty if it is dead.
  [[nodiscard]] Ref<T> lock() const noexcept {
    return reference_ ? Ref<T>::share(static_cast<T*>(reference_->target)) : Ref<T>();
  }
  [[nodiscard]] bool expired() const noexcept { return !reference_ || reference_->target == nullptr; }
  void reset() noexcept { reference_.reset(); }

 private:
  Ref<WeakRef> reference_;

 public:
  static constexpr std::tuple edges{&Weak::reference_};  ///< for native classes that have a Weak as a member
};

template <class T>
Weak(const Ref<T>&) -> Weak<T>;

}  // namespace ouro
