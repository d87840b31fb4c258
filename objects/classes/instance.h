// Instance: an object of a class made at run time.
//
//   offset 0        16      20     24     32
//          +--------+-------+------+------+-------+-------+-----
//          | header | edges | next | dict | value | value | ...      the edges are the dict and the values (inline array)
//          +--------+-------+------+------+-------+-------+-----
//                             |               |
//                             +--- shape -----+    says which name a value belongs to (detail/shape.h)
//
// Attribute values lie in the instance itself, in slots whose names the instances of a class share: one shape for each order
// in which they get their attributes. How many slots there are is settled when the instance is made, from what the class's
// instances had so far; the first ones of a class have three at least. An instance that has no room for one more attribute,
// or would need one more shape than a class may have, keeps its attributes in a dict of its own from then on.
//
// Laws
//   instance-inline: an instance of two attributes takes at most 56 bytes.
//   attribute-order: slots fill from the front, so that their order is that in which the attributes were set.
//   one-place: an instance with a dict has no values in slots, apart from members that `__slots__` name (detail/slots.h).
//   data-first: a data descriptor of the class comes before the instance's own value.
//   made-once: an instance's dict is made once, whatever making it collects.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>

namespace ouro {

/// The object of an instance.
struct Instance : Object {
  static constexpr Kind kKind = Kind::kInstance;

  /// So many members may `__slots__` name in all.
  static constexpr std::uint32_t kMostMembers = 0xFF'FFFF;

  std::uint32_t edges;      ///< 1 + number of slots
  std::uint32_t next : 24;  ///< the slot behind the last one that has a value
  std::uint32_t shape : 8;  ///< which of the class's shapes
  Object* dict;             ///< owned; null while the attributes are in slots
  Object* values[];         ///< owned; null: no such attribute

  [[nodiscard]] std::uint32_t slots() const noexcept { return edges - 1; }
  void set_next(std::uint32_t slot) noexcept { next = slot & kMostMembers; }
  void set_shape(std::uint32_t number) noexcept { shape = number & 0xFFU; }
};
static_assert(sizeof(Instance) == 32);

/// Bytes of an instance with `slots` slots.
[[nodiscard]] constexpr std::size_t instance_bytes(std::uint32_t slots) noexcept {
  return sizeof(Instance) + slots * sizeof(Object*);
}
static_assert(instance_bytes(2) <= 56, "law instance-inline");

/// An instance of a run-time class without attributes. `__init__` is not called. Throws MemoryError.
[[nodiscard]] Ref<Instance> make_instance(Class& type);

/// `object.name` as a method that a call would give the object to, if it is found without running anything: the instance
/// does not have the name itself, and its class was asked for it lately. Borrowed; null: look in the usual way.
[[nodiscard]] Object* method_at_hand(const Instance& object, const Str& name) noexcept;

/// `type(...)` for a class: an object that `__new__` makes (without one, an instance), initialised by `__init__` if it is
/// one of the class. TypeError "Foo() takes no arguments", "cannot create 'Foo' instances".
[[nodiscard]] Ref<> instantiate(Class& type, const Arguments& arguments);

/// `object.name` without `__getattribute__` and `__getattr__` (CPython: PyObject_GenericGetAttr): a data descriptor of the
/// class, else the instance's own attribute, else the class's, bound. Empty if there is none. A getter may throw anything.
[[nodiscard]] Ref<> get_instance_attribute(Instance& object, Str& name);
/// `object.name = value`, or `del object.name` for a null value, without `__setattr__`: a data descriptor of the class takes
/// it, else it is the instance's own. `__dict__` may be replaced by another dict.
void set_instance_attribute(Instance& object, Str& name, Object* value);

/// The same past properties of the class, as pickle restores an instance.
void set_own_attribute(Instance& object, Str& name, Object& value);
/// Makes `dict` the instance's `__dict__`. The instance must have no attributes yet.
void adopt_dict(Instance& object, Dict& dict) noexcept;

/// The attribute that the instance itself has, borrowed, or null.
[[nodiscard]] Object* own_attribute(const Instance& object, Str& name);

/// `object.__dict__`. Moves the attributes into a dict for good. AttributeError if `__slots__` of the class leave no dict.
[[nodiscard]] Ref<Dict> dict_of(Instance& object);

}  // namespace ouro
