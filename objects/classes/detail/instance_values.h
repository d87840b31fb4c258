// Where an instance keeps the values of its attributes: in slots, by the shapes of its class, or in a dict.
#pragma once

#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/classes/instance.h>

#include <cstdint>

namespace ouro::detail {

[[nodiscard]] inline ClassBody& body_of(const Instance& object) noexcept {
  return *static_cast<const Class&>(*object.type).body;
}
[[nodiscard]] inline Shape& shape_of(const Instance& object) noexcept { return body_of(object).shapes.at(object.shape); }
/// How many of the first slots are members that `__slots__` name. They stay where they are.
[[nodiscard]] inline std::uint32_t members_of(const Instance& object) noexcept { return body_of(object).members; }

/// True if `slot` is one of the instance's that has a value.
[[nodiscard]] inline bool has_value(const Instance& object, std::uint32_t slot) noexcept {
  return slot < object.next && object.values[slot] != nullptr;
}
/// Where the value of an attribute that the instance has in a slot lies, or null. Law slot-members.
[[nodiscard]] Object** find_slot(const Instance& object, const Str& name) noexcept;

/// Puts a new attribute with an interned name into a slot. False if it must go into the dict.
[[nodiscard]] bool put_in_slot(Instance& object, Str& name, Object& value) noexcept;
/// Takes the value out of a slot; attributes set later come behind those that are left.
void remove_slot(Instance& object, Object*& place) noexcept;
/// The attributes in slots leave the instance, all at once: what their end runs may set others.
void drop_slots(Instance& object) noexcept;
/// Moves the values into a dict, in order. All or nothing.
[[nodiscard]] Ref<Dict> materialise(Instance& object);
/// Lets an instance that keeps its attributes in a dict, and now gets one more, teach the class how many there will be: the
/// next one will have room.
void learn(Instance& object, Str& name) noexcept;

}  // namespace ouro::detail
