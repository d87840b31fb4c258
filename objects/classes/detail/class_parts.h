// What the sources of classes share among themselves.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/model/visitor.h>

namespace ouro::detail {

/// How a class is to be made.
struct ClassPlan {
  std::string_view name;
  std::span<Object* const> bases;  ///< empty: `object`
  Dict* attributes;                ///< copied; may be null
  const TypeSlots* behaviour;      ///< of its objects, special methods apart; null: what follows from the bases
  const NativeType* native;        ///< null for a run-time class
};

/// The behaviour of objects of run-time classes that have no special methods.
extern const TypeSlots kInstanceSlots;
/// How they are copied.
extern const CopySlots kInstanceCopy;
/// How objects of a class are copied that derives from a built-in type with this copying; null if they are not.
[[nodiscard]] const CopySlots* derived_copy_of(const CopySlots* base) noexcept;

[[nodiscard]] Ref<Class> make_class(Builtins& builtins, const ClassPlan& plan);
/// What CPython's type_new calls once a class is made: `__set_name__` of what the class holds, then `__init_subclass__` of
/// the next class in its MRO.
void tell_of_new_class(Class& type);
void free_body(Heap& heap, ClassBody& body) noexcept;

/// The base whose layout the objects of a class with these bases begin with (CPython: best_base). TypeError if these cannot
/// be the bases of a run-time class, or of a native one whose objects hold a `native`.
[[nodiscard]] Type& best_base(std::span<Object* const> bases, const NativeType* native);
/// The built-in type whose layout the objects of a type begin with: `object` for a class that derives from none other. Null
/// for a native class.
[[nodiscard]] const Type* layout_of(const Type& type) noexcept;
/// The MRO of a class whose bases are set: C3, as in CPython. TypeError if there is none.
[[nodiscard]] Ref<Tuple> linearise(Class& type);

// Keeping what was found current (class_changes.cpp). Each step costs a constant for each class that has to know of it and
// for each of its bases, on however many paths it derives.

/// Finds what a class that is just being made inherits and what its own attributes mean.
void take_up_attributes(Class& type) noexcept;
/// `name` now is `value` in the dict of `type`, or is not there any more (null): brings what is remembered up to date, in
/// derived classes too.
void attribute_changed(Class& type, const Str& name, Object* value) noexcept;
/// The same for a class that has lost its MRO and all its attributes.
void attributes_gone(Class& type) noexcept;
/// Lets the caches of a class and its bases be filled again.
void make_current(const Class& type) noexcept;

void traverse_class(const Object& object, Visitor visit) noexcept;
std::string edge_name_of_class(const Object& object, std::size_t number);
/// The attribute names that the class's shape and its cache own.
void visit_hidden_of_class(const Object& object, Visitor visit) noexcept;
void clear_class(Object& object) noexcept;
void release_class(Object& object) noexcept;

}  // namespace ouro::detail
