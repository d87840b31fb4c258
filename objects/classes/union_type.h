// UnionType: several types as one, as `int | str` makes it.
//
//   offset 0        16
//          +--------+------+
//          | header | args |      a tuple of types and generic aliases, each once
//          +--------+------+
//
// It is for `isinstance`, `issubclass` and annotations. Unions of the same types in another order are equal.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <span>

namespace ouro {

struct Tuple;

/// The object of a union.
struct UnionType : Object {
  static constexpr Kind kKind = Kind::kUnionType;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* args;  ///< tuple, owned
};
static_assert(sizeof(UnionType) == 24);

/// `parts[0] | parts[1] | ...`: None means its type, unions are taken apart, and what comes twice counts once. One part that
/// is left is the result itself. TypeError "unsupported operand type(s) for |: 'type' and 'int'" for what is neither a type,
/// None, a generic alias nor a union, or where there is no part. Quadratic in the parts.
[[nodiscard]] Ref<> make_union(Builtins& builtins, std::span<Object* const> parts);

namespace detail {

/// The slot `bit_or` of types, generic aliases and unions. Empty: NotImplemented.
[[nodiscard]] Ref<> union_of(Object& left, Object& right);

}  // namespace detail

}  // namespace ouro
