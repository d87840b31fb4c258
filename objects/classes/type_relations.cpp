// What types say of each other: who derives from whom, and what is an instance (CPython: type___subclasses___impl,
// type_set_bases in Objects/typeobject.c, recursive_issubclass in Objects/abstract.c).
#include <ouro/objects/classes/detail/class_parts.h>
#include <ouro/objects/classes/detail/type_attributes.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/model/tracking.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ouro::detail {

namespace {

bool is_type(const Object& object) noexcept { return kind_of(object) == Kind::kType; }

using Classes = SmallVector<Ref<>, 8>;

void add_derived_of_class(const Class& type, Heap& heap, Classes& to) {
  SmallVector<const SubclassLink*, 8> links(heap);
  const SubclassLink* const first = type.body->derived;
  for (const SubclassLink* link = first; link != nullptr; link = Subclasses::after(first, *link))
    if (link->is_base) links.push_back(link);
  std::sort(links.begin(), links.end(),
            [](const SubclassLink* left, const SubclassLink* right) { return left->number < right->number; });
  for (const SubclassLink* const link : links) to.push_back(share<Object>(*link->derived));
}

bool has_base(const Object& object, const Type& base) noexcept {
  if (!is_type(object) || !static_cast<const Type&>(object).has(kClassType)) return false;
  const auto bases = static_cast<const Tuple&>(*static_cast<const Class&>(object).bases).view();
  return std::find(bases.begin(), bases.end(), &base) != bases.end();
}

/// Nobody lists the classes that derive from a built-in type.
void add_derived_of_builtin(Type& type, Classes& to) {
  for_each_immortal_type(*type.heap->builtins->immortals, [&](const Type& each) {
    const bool is_second =
        each.slots != nullptr && each.slots->second_base != nullptr && each.slots->second_base(each) == &type;
    if (each.base == &type || is_second) to.push_back(share<Object>(const_cast<Type&>(each)));
  });
  type.heap->tracking.for_each_tracked([&](Object& object) {
    if (has_base(object, type)) to.push_back(share(object));
  });
}

/// CPython's abstract_get_bases: empty if there is no tuple.
Ref<> bases_said_by(Object& object) {
  Ref<> bases = find_attribute(object, *intern(builtins_of(object), "__bases__"));
  return bases && is<Tuple>(*bases) ? bases : Ref<>();
}

bool derives_by_its_bases(Object& derived, const Type& type) {
  if (&derived == &type) return true;
  const RecursionGuard guard(builtins_of(derived), " in __subclasscheck__");
  const Ref<> bases = bases_said_by(derived);
  if (!bases) return false;
  const auto all = static_cast<const Tuple&>(*bases).view();
  return std::any_of(all.begin(), all.end(), [&](Object* base) { return derives_by_its_bases(*base, type); });
}

}  // namespace

Ref<List> subclasses_of(Type& type) {
  Heap& heap = *type.heap;
  const Ref<List> made = make_list(*heap.builtins);
  Classes found(heap);
  const Class* const as_made = as_class(type);
  as_made != nullptr ? add_derived_of_class(*as_made, heap, found) : add_derived_of_builtin(type, found);
  for (const Ref<>& each : found) made->append(*each);
  return made;
}

bool is_real_instance(Object& object, const Type& type) {
  if (is_instance(object, type)) return true;
  const Ref<> said = find_attribute(object, *intern(builtins_of(object), "__class__"));
  return said && said.get() != object.type && is_type(*said) && is_subtype(static_cast<const Type&>(*said), type);
}

bool is_real_subclass(Object& derived, const Type& type) {
  if (is_type(derived)) return is_subtype(static_cast<const Type&>(derived), type);
  if (!bases_said_by(derived)) raise(ErrorKind::kTypeError, "issubclass() arg 1 must be a class");
  return derives_by_its_bases(derived, type);
}

// ---- The MRO that a metaclass says ----

namespace {

/// What a metaclass has as `mro`, if that is its own.
Ref<> own_mro_method(const Class& type) {
  if (!type.type->has(kClassType)) return {};
  Ref<> found = lookup_held(*type.type, *intern(builtins_of(type), "mro"));
  return found && is<Descriptor>(*found) ? Ref<>() : found;
}

void expect_order(const Class& type, const Tuple& order) {
  if (order.size == 0) raise(ErrorKind::kTypeError, "type MRO must not be empty");
  for (const Object* const step : order.view()) {
    if (!is_type(*step)) raise(ErrorKind::kTypeError, fmt::format("mro() returned a non-class ('{}')", step->type->name));
    if (!has_fitting_layout(type, static_cast<const Type&>(*step)))
      raise(ErrorKind::kTypeError,
            fmt::format("mro() returned base with unsuitable layout ('{}')", static_cast<const Type*>(step)->name));
  }
}

}  // namespace

Ref<Tuple> order_of_class(Class& type) {
  const Ref<> method = own_mro_method(type);
  if (!method) return linearise(type);
  type.body->own_order = true;
  Ref<Tuple> order = tuple_from(*call_found(*method, type, {}));
  expect_order(type, *order);
  return order;
}

}  // namespace ouro::detail
