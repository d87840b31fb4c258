// The methods of set and frozenset (CPython: set_methods in Objects/setobject.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/sets/detail/set_parts.h>
#include <ouro/objects/sets/detail/set_table.h>
#include <ouro/objects/sets/set.h>

#include <fmt/format.h>

#include <string_view>

namespace ouro::detail {

namespace {

/// What a method is given that takes any number of iterables, held. TypeError "set.union() takes no keyword arguments".
class [[nodiscard]] Others {
 public:
  Others(const AnySet& set, std::string_view method, const Arguments& given)
      : items(given.positional), held_set_(hold(set)), held_(given.positional) {
    if (given.keyword_names.empty()) return;
    const std::string_view owner = builtins_of(set).type(set.type->kind).name;
    raise(ErrorKind::kTypeError, fmt::format("{}.{}() takes no keyword arguments", owner, method));
  }

  const std::span<Object* const> items;

 private:
  Ref<> held_set_;
  HeldItems held_;
};

Ref<> unite(const AnySet& set, const Arguments& given) {
  const Others others(set, "union", given);
  Ref<AnySet> made = copy_of(set);
  for (Object* const other : others.items)
    if (other != &set) update_elements(*made, *other);
  return made;
}

Ref<AnySet> intersect_all(AnySet& set, std::span<Object* const> others) {
  if (others.empty()) return copy_of(set);
  Ref<AnySet> made = share(set);
  for (Object* const other : others) made = intersection_of(*made, *other);
  return made;
}

Ref<> intersect(AnySet& set, const Arguments& given) {
  const Others others(set, "intersection", given);
  return intersect_all(set, others.items);
}

Ref<> subtract(const AnySet& set, const Arguments& given) {
  const Others others(set, "difference", given);
  if (others.items.empty()) return copy_of(set);
  Ref<AnySet> made = difference_of(set, *others.items[0]);
  for (Object* const other : others.items.subspan(1)) remove_elements(*made, *other);
  return made;
}

void update(Set& set, const Arguments& given) {
  const Others others(set, "update", given);
  for (Object* const other : others.items) update_elements(set, *other);
}

void intersect_in_place(Set& set, const Arguments& given) {
  const Others others(set, "intersection_update", given);
  const Ref<AnySet> both = intersect_all(set, others.items);
  swap_tables(set, *both);
}

void subtract_in_place(Set& set, const Arguments& given) {
  const Others others(set, "difference_update", given);
  for (Object* const other : others.items) remove_elements(set, *other);
}

Ref<> pop(Set& set) {
  if (set.size == 0) return fail(set, ErrorKind::kKeyError, "'pop from an empty set'");
  return set.pop();
}

Ref<> remove(Set& set, Object& element) {
  const Ref<> held[] = {share<Object>(set), share(element)};
  return set.discard(element) ? make_none(builtins_of(set)) : fail_missing_key(element);
}

/// `set op= other`, which takes sets only.
template <class F>
Ref<> in_place(Set& set, Object& other, F&& change) {
  if (!is_any_set(other)) return share(builtins_of(set).not_implemented());
  const Ref<> held = share<Object>(set);
  change();
  return held;
}

// ---- Of both types ----

constexpr Attribute kContains = method(
    "__contains__(object, /)", [](AnySet& set, Object& element) { return contains(set, element); },
    "x.__contains__(y) <==> y in x.");
constexpr Attribute kUnion = method(
    "union(*others)", [](AnySet& set, const Arguments& given) { return unite(set, given); },
    "Return the union of sets as a new set.\n\n(i.e. all elements that are in either set.)");
constexpr Attribute kIntersection = method(
    "intersection(*others)", [](AnySet& set, const Arguments& given) { return intersect(set, given); },
    "Return the intersection of two sets as a new set.\n\n(i.e. all elements that are in both sets.)");
constexpr Attribute kDifference = method(
    "difference(*others)", [](AnySet& set, const Arguments& given) { return subtract(set, given); },
    "Return the difference of two or more sets as a new set.\n\n(i.e. all elements that are in this set but not the "
    "others.)");
constexpr Attribute kSymmetricDifference = method(
    "symmetric_difference(other, /)",
    [](AnySet& set, Object& other) -> Ref<> { return symmetric_difference_of(set, other); },
    "Return the symmetric difference of two sets as a new set.\n\n(i.e. all elements that are in exactly one of the sets.)");
constexpr Attribute kIsDisjoint = method(
    "isdisjoint(other, /)", [](AnySet& set, Object& other) { return is_disjoint(set, other); },
    "Return True if two sets have a null intersection.");
constexpr Attribute kIsSubset = method(
    "issubset(other, /)", [](AnySet& set, Object& other) { return is_subset(set, other); },
    "Report whether another set contains this set.");
constexpr Attribute kIsSuperset = method(
    "issuperset(other, /)", [](AnySet& set, Object& other) { return is_superset(set, other); },
    "Report whether this set contains another set.");

constexpr Attribute kReduce = without_signature(method(
    "__reduce__()",
    [](AnySet& set) {
      const Ref<List> elements = list_from(set);
      return reduced(*set.type, {elements.get()}, state_of(set).get());
    },
    "Return state information for pickling."));

constexpr Attribute kSizeOf = method(
    "__sizeof__()", [](AnySet& set) { return block_bytes(set) + (set.slot_bits != 0 ? shape_of(set).bytes() : 0); },
    "S.__sizeof__() -> size of S in memory, in bytes");

constexpr Attribute kAttributesOfSet[] = {
    special_method(
        "__isub__(value, /)",
        [](Set& set, Object& other) { return in_place(set, other, [&] { set.difference_update(other); }); },
        "Return self-=value."),
    special_method(
        "__iand__(value, /)",
        [](Set& set, Object& other) { return in_place(set, other, [&] { set.intersection_update(other); }); },
        "Return self&=value."),
    special_method(
        "__ixor__(value, /)",
        [](Set& set, Object& other) { return in_place(set, other, [&] { set.symmetric_difference_update(other); }); },
        "Return self^=value."),
    special_method(
        "__ior__(value, /)", [](Set& set, Object& other) { return in_place(set, other, [&] { set.update(other); }); },
        "Return self|=value."),
    kContains,
    method(
        "add(element, /)", [](Set& set, Object& element) { static_cast<void>(set.add(element)); },
        "Add an element to a set.\n\nThis has no effect if the element is already present."),
    method(
        "clear()", [](Set& set) { set.clear(); }, "Remove all elements from this set."),
    method(
        "copy()", [](Set& set) -> Ref<> { return copy_of(set); }, "Return a shallow copy of a set."),
    method(
        "discard(element, /)", [](Set& set, Object& element) { static_cast<void>(set.discard(element)); },
        "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() method does not raise\nan "
        "exception when an element is missing from the set."),
    kDifference,
    method(
        "difference_update(*others)", [](Set& set, const Arguments& given) { subtract_in_place(set, given); },
        "Remove all elements of another set from this set."),
    kIntersection,
    method(
        "intersection_update(*others)", [](Set& set, const Arguments& given) { intersect_in_place(set, given); },
        "Update a set with the intersection of itself and another."),
    kIsDisjoint,
    kIsSubset,
    kIsSuperset,
    method(
        "pop()", [](Set& set) { return pop(set); },
        "Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty."),
    kReduce,
    method(
        "remove(element, /)", [](Set& set, Object& element) { return remove(set, element); },
        "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError."),
    kSizeOf,
    kSymmetricDifference,
    method(
        "symmetric_difference_update(other, /)", [](Set& set, Object& other) { set.symmetric_difference_update(other); },
        "Update a set with the symmetric difference of itself and another."),
    kUnion,
    method(
        "update(*others)", [](Set& set, const Arguments& given) { update(set, given); },
        "Update a set with the union of itself and others."),
    class_getitem(),
};

constexpr Attribute kAttributesOfFrozenSet[] = {
    kContains,
    method(
        "copy()", [](FrozenSet& set) -> Ref<> { return is_exact<FrozenSet>(set) ? share<Object>(set) : copy_of(set); },
        "Return a shallow copy of a set."),
    kDifference,
    kIntersection,
    kIsDisjoint,
    kIsSubset,
    kIsSuperset,
    kReduce,
    kSizeOf,
    kSymmetricDifference,
    kUnion,
    class_getitem(),
};

}  // namespace

constinit const AttributeTable kSetAttributes = kAttributeTable<kAttributesOfSet>;
constinit const AttributeTable kFrozenSetAttributes = kAttributeTable<kAttributesOfFrozenSet>;

}  // namespace ouro::detail
