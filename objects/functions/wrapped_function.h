// StaticMethod and ClassMethod: a callable that is not bound to the object it is read from.
//
//   offset 0        16         24     32
//          +--------+----------+------+
//          | header | callable | dict |
//          +--------+----------+------+
//
// Both take over the callable's `__name__`, `__doc__` and their like as attributes of their own.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

namespace ouro {

/// What both have.
struct WrappedFunction : Object {
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* callable;  ///< owned; null: not initialised
  Object* dict;      ///< owned; null: no attributes yet
};
static_assert(sizeof(WrappedFunction) == 32);

/// The object of a static method: reading it gives the callable.
struct StaticMethod : WrappedFunction {
  static constexpr Kind kKind = Kind::kStaticMethod;
};
/// The object of a class method: reading it gives the callable bound to the class.
struct ClassMethod : WrappedFunction {
  static constexpr Kind kKind = Kind::kClassMethod;
};

/// `staticmethod(callable)`, `classmethod(callable)`. Reading attributes of the callable may throw anything. MemoryError.
[[nodiscard]] Ref<StaticMethod> make_static_method(Object& callable);
[[nodiscard]] Ref<ClassMethod> make_class_method(Object& callable);

namespace detail {

/// The callable. RuntimeError "uninitialized staticmethod object".
[[nodiscard]] Ref<> get_static_method(const StaticMethod& found);
/// The callable, bound to a class: what it does with that if it is a descriptor itself. May fail.
[[nodiscard]] Ref<> get_class_method(const ClassMethod& found, Object& owner);

}  // namespace detail

}  // namespace ouro
