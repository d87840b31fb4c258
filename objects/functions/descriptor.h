// Descriptor: what a method or property of a built-in type is, as an object; BuiltinMethod: what reading it from an object
// gives.
//
//   list.append      <method 'append' of 'list' objects>                          Descriptor
//   [].append        <built-in method append of list object at 0x7f12>            BuiltinMethod
//   int.__add__      <slot wrapper '__add__' of 'int' objects>                    Descriptor, variant SlotWrapper
//   (5).__add__      <method-wrapper '__add__' of int object at 0x7f12>           BuiltinMethod, variant MethodWrapper
//   int.real         <attribute 'real' of 'int' objects>                          Descriptor, variant PropertyDescriptor
//
// Descriptors lie behind the immortal objects of their runtime, at a place that follows from type and attribute. One is made
// when it is first asked for; until then nothing of it is in memory. Like all that is immortal it is never counted.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <string_view>

namespace ouro {

struct Attribute;
struct Dict;
struct Str;

/// The object of an attribute that a built-in type has.
struct Descriptor : Object {
  static constexpr Kind kKind = Kind::kDescriptor;

  Type* owner;                 ///< the type that has it, immortal
  const Attribute* attribute;  ///< constant
};
static_assert(sizeof(Descriptor) == 32);

/// The object of a method that is bound to an object, or to a type.
struct BuiltinMethod : Object {
  static constexpr Kind kKind = Kind::kBuiltinMethod;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* self;                  ///< owned
  const Descriptor* descriptor;  ///< immortal
};
static_assert(sizeof(BuiltinMethod) == 32);

namespace detail {

/// Attributes that one type has room for: those of its table, then its slot wrappers.
inline constexpr std::size_t kDescriptorsPerType = 256;

/// The attribute that a built-in type itself has under a name, borrowed; null if it has none. Constant time.
[[nodiscard]] Object* own_attribute_of_type(const Type& type, std::string_view name) noexcept;
/// The same, looked for in its bases too.
[[nodiscard]] Object* builtin_attribute(const Type& type, std::string_view name) noexcept;
/// Enters what a built-in type itself has into a dict. Throws MemoryError.
void add_own_attributes(const Type& type, Dict& to);

/// What reading the attribute from `self` gives, or from the type `owner` of a look-up if that is all there is.
[[nodiscard]] Ref<> bind_descriptor(const Descriptor& found, Object& self);
[[nodiscard]] Ref<> bind_descriptor_to_class(Descriptor& found, Type& type);
/// True if it is asked before an attribute of the object's own.
[[nodiscard]] bool is_data_descriptor(const Descriptor& descriptor) noexcept;
/// Sets through a data descriptor, or deletes (null). AttributeError "attribute 'real' of 'int' objects is not writable".
void set_descriptor(const Descriptor& descriptor, Object& self, Object* value);
/// True if calling it with an object in front is all that reading it from the object and calling that does.
[[nodiscard]] bool is_plain_method(const Descriptor& descriptor) noexcept;
/// Calls a method of an object that is one of its type's. `owner` is whose method errors say that it is: "list".
[[nodiscard]] Ref<> call_descriptor(const Descriptor& descriptor, std::string_view owner, Object& self,
                                    const Arguments& arguments);
/// The `owner` for a call that is bound to `self`; empty where CPython then names the method alone.
[[nodiscard]] std::string_view owner_of_bound(const Descriptor& descriptor, const Object& self) noexcept;
/// Whose method one is that is bound to `self`: its type's, or its own if it is a type.
[[nodiscard]] std::string_view owner_name(const Object& self) noexcept;

// Slot wrappers (slot_wrappers.cpp).

/// The special method of this name, if it stands for a slot; null if not.
[[nodiscard]] const Attribute* slot_attribute(std::string_view name) noexcept;
/// True if the type has the slot, and its base has not or has another one.
[[nodiscard]] bool has_own_slot(const TypeSlots& slots, const TypeSlots* base, const Attribute& attribute) noexcept;
/// All of them.
[[nodiscard]] std::span<const Attribute> slot_attributes() noexcept;

}  // namespace detail

}  // namespace ouro
