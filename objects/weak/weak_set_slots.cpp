// The behaviour of WeakSet as an object (CPython: Lib/_weakrefset.py).
#include <ouro/base/error.h>
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/iterators/generator.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/weak/weak_set.h>
#include <ouro/objects/weak/weakref.h>

#include <tuple>
#include <utility>

namespace ouro {

namespace {

WeakSet& set_of(Object& object) noexcept { return static_cast<WeakSet&>(object); }

// What it holds leads to cycles; the set and the list themselves cannot.
void clear_slot(Object& object) noexcept {
  set_of(object).references().clear();
  set_of(object).waiting().clear();
}

std::string name_of_part(const Object&, std::size_t number) {
  return number == 0 ? ".data" : number == 1 ? "._pending_removals" : "._remove";
}

Ref<> repr_slot(Object& object) { return repr(set_of(object).references()); }
std::size_t length_slot(const Object& object) { return static_cast<const WeakSet&>(object).length(); }
bool contains_slot(Object& object, Object& element) { return set_of(object).contains(element); }

/// What goes through the living elements: a generator, as in CPython. Its loop ends with it.
struct Walk {
  WeakSetLoop loop;
  static constexpr std::tuple edges{&Walk::loop};
  Ref<> operator()() { return loop.next(); }
};
Ref<> iterate_slot(Object& object) {
  return make_generator(builtins_of(object), "WeakSet.__iter__", Walk{WeakSetLoop(set_of(object))});
}

/// The references to what any iterable gives, as a set.
Ref<Set> references_in(Object& iterable) {
  const Ref<> held = share(iterable);
  Ref<Set> made = make_set(builtins_of(iterable));
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> element = next(*iterator)) made->add(*make_weakref(*element));
  return made;
}

/// Orders take any iterable; equality takes weak sets only.
Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (detail::is_equality(op) && !is<WeakSet>(right)) return Answer::kNotImplemented;
  if (!is<WeakSet>(left)) return Answer::kNotImplemented;
  const Ref<Set> others = references_in(right);
  const Ref<Set> mine = share(set_of(left).references());
  return detail::answer(compare(*mine, *others, op));
}

// ---- Operators ----

Ref<WeakSet> copy_of(WeakSet& set) { return weak_set_from(set); }

Ref<> unite(WeakSet& set, Object& other) {
  Ref<WeakSet> made = copy_of(set);
  made->update(other);
  return made;
}

Ref<> intersect(WeakSet& set, Object& other) {
  Ref<WeakSet> made = make_weak_set(builtins_of(set));
  const Ref<> iterator = iterate(other);
  while (const Ref<> element = next(*iterator))
    if (set.contains(*element)) made->add(*element);
  return made;
}

Ref<> subtract(WeakSet& set, Object& other) {
  Ref<WeakSet> made = copy_of(set);
  made->difference_update(other);
  return made;
}

Ref<> differ(WeakSet& set, Object& other) {
  Ref<WeakSet> made = copy_of(set);
  made->symmetric_difference_update(other);
  return made;
}

/// The methods of these names, with any iterable on the right; a WeakSet on the right alone has none.
template <Ref<> (*kOperation)(WeakSet&, Object&)>
Ref<> operator_slot(Object& left, Object& right) {
  return is<WeakSet>(left) ? kOperation(set_of(left), right) : Ref<>();
}

constexpr NumberSlots kNumber{
    .subtract = operator_slot<subtract>,
    .bit_and = operator_slot<intersect>,
    .bit_or = operator_slot<unite>,
    .bit_xor = operator_slot<differ>,
};
constexpr SequenceSlots kSequence{.length = length_slot, .contains = contains_slot};

// ---- Methods ----

Ref<> pop(WeakSet& set) {
  const Ref<WeakSet> held = share(set);
  set.settle();
  return set.pop();
}

Ref<> remove(WeakSet& set, Object& element) {
  const Ref<> held[] = {share<Object>(set), share(element)};
  if (set.discard(element)) return make_none(builtins_of(set));
  return detail::fail_missing_key(*make_weakref(element));
}

bool is_subset(WeakSet& set, Object& other) {
  const Ref<Set> mine = share(set.references());
  return ouro::is_subset(*mine, *references_in(other));
}
bool is_superset(WeakSet& set, Object& other) {
  const Ref<Set> mine = share(set.references());
  return ouro::is_superset(*mine, *references_in(other));
}
bool is_disjoint(WeakSet& set, Object& other) { return static_cast<WeakSet&>(*intersect(set, other)).length() == 0; }

template <class F>
Ref<> changed(WeakSet& set, F&& change) {
  const Ref<> held = share<Object>(set);
  change();
  return held;
}

constexpr Attribute kAttributes[] = {
    method(
        "add(item)", [](WeakSet& set, Object& element) { set.add(element); }, "Add an element."),
    method(
        "clear()", [](WeakSet& set) { set.clear(); }, "Remove all elements."),
    method(
        "__reduce__()",
        [](WeakSet& set) {
          const Ref<List> elements = list_from(set);
          return detail::reduced(*set.type, {elements.get()}, detail::state_of(set).get());
        },
        ""),
    detail::class_getitem(),
    method(
        "copy()", [](WeakSet& set) -> Ref<> { return copy_of(set); }, "A WeakSet with the same elements."),
    method(
        "discard(item)", [](WeakSet& set, Object& element) { static_cast<void>(set.discard(element)); },
        "Remove an element if it is there."),
    method(
        "remove(item)", [](WeakSet& set, Object& element) { return remove(set, element); },
        "Remove an element; KeyError if it is not there."),
    method(
        "pop()", [](WeakSet& set) { return pop(set); }, "Remove and return the element added last."),
    method(
        "update(other)", [](WeakSet& set, Object& other) { set.update(other); }, "Add what the other gives."),
    method(
        "union(other)", [](WeakSet& set, Object& other) { return unite(set, other); }, "The elements of both."),
    method(
        "intersection(other)", [](WeakSet& set, Object& other) { return intersect(set, other); },
        "The elements that both have."),
    method(
        "difference(other)", [](WeakSet& set, Object& other) { return subtract(set, other); },
        "The elements that the other has not."),
    method(
        "symmetric_difference(other)", [](WeakSet& set, Object& other) { return differ(set, other); },
        "The elements that one of both has."),
    method(
        "intersection_update(other)", [](WeakSet& set, Object& other) { set.intersection_update(other); },
        "Keep what the other has, too."),
    method(
        "difference_update(other)", [](WeakSet& set, Object& other) { set.difference_update(other); },
        "Remove what the other has."),
    method(
        "symmetric_difference_update(other)", [](WeakSet& set, Object& other) { set.symmetric_difference_update(other); },
        "Remove what the other has, add what the other has alone."),
    method(
        "issubset(other)", [](WeakSet& set, Object& other) { return is_subset(set, other); },
        "True if the other has all elements."),
    method(
        "issuperset(other)", [](WeakSet& set, Object& other) { return is_superset(set, other); },
        "True if all that the other gives are elements."),
    method(
        "isdisjoint(other)", [](WeakSet& set, Object& other) { return is_disjoint(set, other); },
        "True if both have no element in common."),
    special_method(
        "__ior__(value, /)", [](WeakSet& set, Object& other) { return changed(set, [&] { set.update(other); }); },
        "Return self|=value."),
    special_method(
        "__iand__(value, /)",
        [](WeakSet& set, Object& other) { return changed(set, [&] { set.intersection_update(other); }); },
        "Return self&=value."),
    special_method(
        "__isub__(value, /)",
        [](WeakSet& set, Object& other) { return changed(set, [&] { set.difference_update(other); }); },
        "Return self-=value."),
    special_method(
        "__ixor__(value, /)",
        [](WeakSet& set, Object& other) { return changed(set, [&] { set.symmetric_difference_update(other); }); },
        "Return self^=value."),
};

constexpr Parameters kParameters = parameters("WeakSet(data=None)");

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  const PlacedArguments<1> given(kParameters, arguments);
  if (given[0] == nullptr || is_none(*given[0])) return make_weak_set(*type.heap->builtins);
  return weak_set_from(*given[0]);
}

}  // namespace

constinit const TypeSlots detail::kWeakSetSlots{
    .name = "WeakSet",
    .kind = Kind::kWeakSet,
    .flags = kContainerType | kWeakableType,
    .size = sizeof(WeakSet),
    .edges = WeakSet::kEdges,
    .doc = "A set that does not keep its elements alive.",
    .dismantle = detail::dismantle_as<WeakSet>,
    .clear = clear_slot,
    .edge_name = name_of_part,
    .repr = repr_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .number = &kNumber,
    .sequence = &kSequence,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
