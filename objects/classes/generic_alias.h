// GenericAlias: a type with arguments, as `list[int]` makes it.
//
//   offset 0        16       24     32
//          +--------+--------+------+---------+
//          | header | origin | args | starred |
//          +--------+--------+------+---------+
//
// It says what it was made from, and stands for its origin in all else: it is called, and its attributes are read, as if it
// were that.
#pragma once

#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

namespace ouro {

struct Tuple;

/// The object of a generic alias.
struct GenericAlias : Object {
  static constexpr Kind kKind = Kind::kGenericAlias;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);

  Object* origin;         ///< owned, as both
  Object* args;           ///< a tuple
  std::uint64_t starred;  ///< 1: `*list[int]`
};
static_assert(sizeof(GenericAlias) == 40);

/// `types.GenericAlias(origin, args)`; what is no tuple is the only argument. Throws MemoryError.
[[nodiscard]] Ref<GenericAlias> make_generic_alias(Object& origin, Object& args);

namespace detail {

/// `__class_getitem__`, for the attributes of a type of which `type[item]` is an alias.
[[nodiscard]] Ref<> class_getitem_code(const Type& owner, Object& type, const Arguments& given);
[[nodiscard]] constexpr Attribute class_getitem() {
  Attribute made{.sort = Attribute::Sort::kClassMethod,
                 .parameters = parameters("__class_getitem__(object, /)"),
                 .doc = "See PEP 585",
                 .call = class_getitem_code};
  made.parameters.text = {};  // CPython tells no signature
  return made;
}

}  // namespace detail

}  // namespace ouro
