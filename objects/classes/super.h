// Super: the attributes of an object that come behind a type in the object's method resolution order.
//
//   offset 0        16     24     32      40
//          +--------+------+------+-------+
//          | header | type | self | class |
//          +--------+------+------+-------+
//
// `super(type, self).name` looks the name up in the types behind `type` in the MRO of `class`, which is the type of `self`,
// or `self` if that is a type, and binds what it finds to `self`.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

namespace ouro {

/// The object of `super`.
struct Super : Object {
  static constexpr Kind kKind = Kind::kSuper;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 3);

  Object* start;       ///< owned, as all three: a type; null: not initialised
  Object* self;        ///< null: not bound
  Object* self_class;  ///< a type; null: not bound
};
static_assert(sizeof(Super) == 40);

/// `super(type, self)`. TypeError "super(type, obj): obj must be an instance or subtype of type"; MemoryError.
[[nodiscard]] Ref<Super> make_super(Type& type, Object& self);

namespace detail {

/// What `__get__` of an unbound one gives: one that is bound to `self`. `found` itself if it is bound already.
[[nodiscard]] Ref<> get_super(Super& found, Object& self);

}  // namespace detail

}  // namespace ouro
