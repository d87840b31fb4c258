// What the sources of classes share among themselves.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/classes/native_type.h>
#include <ouro/objects/model/visitor.h>
#include <ouro/objects/modules/cell.h>

namespace ouro::detail {

/// How a class is to be made.
struct ClassPlan {
  std::string_view name;
  std::span<Object* const> bases;  ///< empty: `object`
  Dict* attributes;                ///< copied; may be null
  const TypeSlots* behaviour;      ///< of its objects, special methods apart; null: what follows from the bases
  const NativeType* native;        ///< null for a run-time class
  Type* metaclass = nullptr;       ///< null: `type`
};

/// The behaviour of objects of run-time classes that have no special methods.
extern const TypeSlots kInstanceSlots;
/// How they are copied.
extern const CopySlots kInstanceCopy;
/// How objects of a class are copied that derives from a built-in type with this copying; null if they are not.
[[nodiscard]] const CopySlots* derived_copy_of(const CopySlots* base) noexcept;

[[nodiscard]] Ref<Class> make_class(Builtins& builtins, const ClassPlan& plan);
/// What CPython's type_new calls once a class is made: `__set_name__` of what the class holds, then `__init_subclass__` of
/// the next class in its MRO, with `keywords`.
void tell_of_new_class(Class& type, const Arguments& keywords = {});
/// A copy of what a class statement gives, as CPython's type_new makes it: `__new__`, `__init_subclass__` and
/// `__class_getitem__` that are functions are wrapped, and what every class says of itself is added.
[[nodiscard]] Ref<Dict> prepared_attributes(Builtins& builtins, const ClassPlan& plan);
/// Adds what a new class has where its body says nothing: `__dict__`, `__weakref__`, `__doc__`, `__hash__`.
void add_defaults(Class& type);
/// Takes `__qualname__` out of the attributes; null if it is not there. TypeError "type __qualname__ must be a str, not
/// int".
[[nodiscard]] Ref<> take_qualified_name(Dict& attributes);
/// Takes `__classcell__` out of the attributes; null if it is not there. TypeError "__classcell__ must be a nonlocal
/// cell, not <class 'int'>".
[[nodiscard]] Ref<Cell> take_class_cell(Dict& attributes);
/// `__qualname__`.
[[nodiscard]] std::string_view qualname(const Type& type) noexcept;
/// What `__new__` of a class makes, or without one the built-in type whose layout its objects have.
[[nodiscard]] Ref<> make_object(Class& type, const Arguments& arguments);
/// The same of any type that can be called.
[[nodiscard]] Ref<> construct_type(Type& type, const Arguments& arguments);
void free_body(Heap& heap, ClassBody& body) noexcept;

/// The base whose layout the objects of a class with these bases begin with (CPython: best_base). TypeError if these cannot
/// be the bases of a run-time class, or of a native one whose objects hold a `native`.
[[nodiscard]] Type& best_base(std::span<Object* const> bases, const NativeType* native);
/// The built-in type whose layout the objects of a type begin with: `object` for a class that derives from none other. Null
/// for a native class.
[[nodiscard]] const Type* layout_of(const Type& type) noexcept;
/// The MRO of a class whose bases are set: C3, as in CPython. TypeError if there is none.
[[nodiscard]] Ref<Tuple> linearise(Class& type);
/// The same, or what `mro` of its metaclass says. TypeError "mro() returned a non-class ('int')".
[[nodiscard]] Ref<Tuple> order_of_class(Class& type);
/// True if objects of `type` may be used as those of `step`, which stands in its MRO.
[[nodiscard]] bool has_fitting_layout(const Type& type, const Type& step) noexcept;

/// What a type in an MRO has itself under a name, or nothing. A class that the collector cleared has nothing.
/// Comparing with keys that are no str may run any code, so the dict is held while it is searched.
[[nodiscard]] Ref<> find_in_step(Object& step, Str& name);
/// `lookup`, for who does not hold the type: comparing with such keys may end it.
[[nodiscard]] Ref<> lookup_held(const Type& type, Str& name);

/// True if objects of the class have more in memory than those of its base: a `__dict__`.
[[nodiscard]] bool adds_to_layout(const Class& type) noexcept;
/// True if two classes with the same base add the same.
[[nodiscard]] bool add_the_same(const Class& one, const Class& other) noexcept;
/// `object.__class__ = value`; null: it is deleted, which is an error. TypeError "__class__ assignment only supported for
/// mutable types or ModuleType subclasses", "__class__ assignment: 'B' object layout differs from 'A'".
void set_class(Object& object, Object* value);
/// Takes the class out of the lists of the classes that it derives from.
void unlink_from_bases(Class& type) noexcept;

// Keeping what was found current (class_changes.cpp). Each step costs a constant for each class that has to know of it and
// for each of its bases, on however many paths it derives.

/// Finds what a class that is just being made inherits and what its own attributes mean.
void take_up_attributes(Class& type) noexcept;
/// `name` now is `value` in the dict of `type`, or is not there any more (null): brings what is remembered up to date, in
/// derived classes too.
void attribute_changed(Class& type, const Str& name, Object* value) noexcept;
/// The same for a class that has lost its MRO and all its attributes.
void attributes_gone(Class& type) noexcept;
/// The class has another MRO. Those of its bases are current.
void order_changed(Class& type) noexcept;
/// Lets the caches of a class and its bases be filled again.
void make_current(const Class& type) noexcept;

/// The slots `get_attribute` and `set_attribute` of types (CPython: type_getattro, type_setattro).
[[nodiscard]] Ref<> get_type_attribute(Object& object, Object& name);
void set_type_attribute(Object& object, Object& name, Object* value);

void traverse_class(const Object& object, Visitor visit) noexcept;
std::string edge_name_of_class(const Object& object, std::size_t number);
/// The attribute names that the class's shape and its cache own.
void visit_hidden_of_class(const Object& object, Visitor visit) noexcept;
void clear_class(Object& object) noexcept;
void release_class(Object& object) noexcept;

}  // namespace ouro::detail
