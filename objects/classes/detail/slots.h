// What a class says by `__slots__`: members of its objects, each at a place of its own, found through descriptors.
//
//   class A: __slots__ = ('x', 'y')        an Instance whose first values are x and y, without a __dict__
//
// Members stand before the attributes whose places the class's shape gives out, those of the bases first. A member's name is
// in the shape, too, so that an instance finds it as it finds any other attribute; only where a class has something else
// under the name is the descriptor asked.
//
// Laws
//   slot-members: of a class that is not guarded each member's name leads to the member's own descriptor.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/model/edges.h>

#include <cstdint>
#include <span>

namespace ouro {

struct Instance;

/// The object of a member: a descriptor that owns its class and its name.
struct SlotMember : Descriptor {
  Object* name;         ///< str
  std::uint64_t place;  ///< which member; kNowhere once the collector cleared it

  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};
  /// In the `__dict__` of the object, for built-in types have none but that behind them: exceptions.
  static constexpr std::uint64_t kInDict = kNowhere - 1;
};
static_assert(sizeof(SlotMember) == 48);

}  // namespace ouro

namespace ouro::detail {

/// What all members say as `attribute`.
extern const Attribute kSlotMemberAttribute;
/// True of members; of all other descriptors, which are immortal, false.
[[nodiscard]] bool is_slot_member(const Descriptor& descriptor) noexcept;
/// The name of any descriptor.
[[nodiscard]] std::string_view name_of(const Descriptor& descriptor) noexcept;

/// `object.name` through a member. AttributeError "'A' object has no attribute 'x'", as a failure.
[[nodiscard]] Ref<> get_member(const SlotMember& member, Object& object);
/// `object.name = value`; null: `del object.name`, AttributeError "x".
void set_member(const SlotMember& member, Object& object, Object* value);

/// What `__slots__` and the bases of a class come to.
struct SlotPlan {
  Ref<Tuple> names;             ///< own members, sorted; null: none
  std::uint32_t members = 0;    ///< with those of the bases
  bool says_something = false;  ///< the class has `__slots__`
  bool has_dict = true;
  bool has_weakrefs = true;
};

/// Reads `__slots__`. TypeError "__slots__ items must be strings, not 'int'", "nonempty __slots__ not supported for subtype
/// of 'int'", ValueError "'x' in __slots__ conflicts with class variable".
[[nodiscard]] SlotPlan plan_slots(std::string_view class_name, Type& base, std::span<Object* const> bases, Dict& attributes);
/// Gives a new class, whose MRO is set, what was planned: members, their descriptors, flags.
void take_up_slots(Class& type, const SlotPlan& plan);
/// True if the value of `name` in the dict of `type` is the descriptor of a member at the place that the shape says.
[[nodiscard]] bool is_own_member(const Class& type, const Object& name, const Object& value) noexcept;

/// The name of the member at a place, borrowed, from the descriptors in the dicts of a class and its bases; null if there is
/// none. Linear in what those hold.
[[nodiscard]] Str* member_name(const Class& type, std::uint32_t place) noexcept;
/// Members of objects of a type, those of its bases included.
[[nodiscard]] std::uint32_t members_of(const Type& type) noexcept;
/// True if its objects have, or may get, a `__dict__`.
[[nodiscard]] bool has_instance_dict(const Type& type) noexcept;
/// The same for a base: the objects of a native class have none, those of classes that derive from it may.
[[nodiscard]] bool gives_dict(const Type& type) noexcept;
/// Where the members of an object lie.
[[nodiscard]] Object** member_places(const Object& object) noexcept;

}  // namespace ouro::detail
