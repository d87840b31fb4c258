// Property: an attribute that functions read, set and delete.
//
//   offset 0        16       24       32        40    48      56
//          +--------+--------+--------+---------+-----+-------+---------------+
//          | header | getter | setter | deleter | doc | label | doc_of_getter |
//          +--------+--------+--------+---------+-----+-------+---------------+
//
// `make_property_object(builtins, {.getter = read.get(), .setter = write.get()})` makes what `property(read, write)` makes
// in a script. A native function can be a property by itself, without this object: `make_property` of function.h.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

namespace ouro {

/// The object of a property.
struct Property : Object {
  static constexpr Kind kKind = Kind::kProperty;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 5);

  Object* getter;  ///< owned, as all five; null: it cannot be read
  Object* setter;
  Object* deleter;
  Object* doc;                  ///< null: None
  Object* label;                ///< the name that its class told it; null: none did
  std::uint64_t doc_of_getter;  ///< 1: `doc` is the getter's
};
static_assert(sizeof(Property) == 64);

/// What a property is made from, borrowed. Null: none.
struct PropertyParts {
  Object* getter = nullptr;
  Object* setter = nullptr;
  Object* deleter = nullptr;
  Object* doc = nullptr;  ///< null: the getter's, if that has one
};

/// `property(getter, setter, deleter, doc)`. Asks the getter for its `__doc__`, which may throw anything. MemoryError.
[[nodiscard]] Ref<Property> make_property_object(Builtins& builtins, const PropertyParts& parts);

namespace detail {

/// `object.name` through a property. AttributeError "property 'x' of 'A' object has no getter", as a failure.
[[nodiscard]] Ref<> get_property(Property& property, Object& object);
/// `object.name = value`, or `del object.name` for a null value. AttributeError "property 'x' of 'A' object has no setter".
void set_through_property(Property& property, Object& object, Object* value);

}  // namespace detail

}  // namespace ouro
