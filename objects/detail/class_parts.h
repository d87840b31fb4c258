// What the sources of classes share among themselves.
#pragma once

#include <ouro/objects/class.h>
#include <ouro/objects/detail/class_body.h>
#include <ouro/objects/model/visitor.h>

namespace ouro::detail {

/// How a class is to be made.
struct ClassPlan {
  std::string_view name;
  std::span<Object* const> bases;  ///< empty: `object`
  Dict* attributes;                ///< copied; may be null
  const TypeSlots& behaviour;      ///< of its objects, special methods apart
  const std::type_info* native;    ///< null for a run-time class
};

/// The behaviour of objects of run-time classes that have no special methods.
extern const TypeSlots kInstanceSlots;

[[nodiscard]] Ref<Class> make_class(Builtins& builtins, const ClassPlan& plan);
void free_body(Heap& heap, ClassBody& body) noexcept;

/// TypeError if these cannot be the bases of a run-time class, or of a native one whose objects hold a `native`.
void check_bases(std::span<Object* const> bases, const std::type_info* native);
/// The MRO of a class whose bases are set: C3, as in CPython. TypeError if there is none.
[[nodiscard]] Ref<Tuple> linearise(Class& type);

/// Finds the special methods of a class anew, and with them its slots.
void refresh_specials(Class& type) noexcept;
/// `name` has changed in the dict of `type`: brings what is remembered of it up to date, in derived classes too.
void attribute_changed(Class& type, const Str& name) noexcept;
/// The same for all names.
void forget_everything(Class& type) noexcept;

void traverse_class(const Object& object, Visitor visit) noexcept;
std::string edge_name_of_class(const Object& object, std::size_t number);
/// The attribute names that the class's shape and its cache own.
void visit_hidden_of_class(const Object& object, Visitor visit) noexcept;
void clear_class(Object& object) noexcept;
void release_class(Object& object) noexcept;

}  // namespace ouro::detail
