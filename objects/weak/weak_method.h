// WeakMethod: a weak reference to a bound method (CPython: weakref.WeakMethod).
//
// A bound method dies at once where nobody keeps it. So what is referred to weakly are its object and its function: called,
// a WeakMethod gives a new bound method of both, or None once either is dead.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>

namespace ouro {

struct Method;

/// The object of a `weakref.WeakMethod`.
struct WeakMethod : Object {
  static constexpr Kind kKind = Kind::kWeakMethod;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 3);

  Object* object;          ///< owned weak reference to the method's object
  Object* function;        ///< owned weak reference to its function
  Object* callback;        ///< owned, may be null; called once with this object when either dies
  std::uint32_t is_alive;  ///< not 0 until either has died

  /// The method, bound anew; empty once its object or function is dead. Throws MemoryError.
  [[nodiscard]] Ref<> lock() const;
};

/// `weakref.WeakMethod(method, callback)`; the callback may be null or None. TypeError "argument should be a bound method,
/// not <class 'int'>". Throws MemoryError.
[[nodiscard]] Ref<WeakMethod> make_weak_method(Object& method, Object* callback = nullptr);

}  // namespace ouro
