// Union, intersection, differences and their relations, of sets and of what can be iterated over (CPython:
// Objects/setobject.c).
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/sets/detail/set_steps.h>
#include <ouro/objects/sets/set.h>

#include <utility>

namespace ouro {

namespace {

Ref<AnySet> intersect(const AnySet& set, Object& other) {
  Ref<AnySet> made = detail::make_like(set);
  if (!is_any_set(other)) {
    detail::for_each_item(other, [&](Object& item) {
      if (detail::has_equal(set, item)) detail::add_to(*made, item);
      return made->size < set.size || set.size == 0;  // none is left to be found
    });
    return made;
  }
  const bool other_is_larger = detail::as_set(other).size > set.size;
  detail::filter_elements(*made, other_is_larger ? set : detail::as_set(other),
                          other_is_larger ? detail::as_set(other) : set, true);
  return made;
}

Ref<AnySet> copy_without(const AnySet& set, Object& other) {
  Ref<AnySet> made = copy_of(set);
  detail::remove_elements(*made, other);
  return made;
}

Ref<AnySet> without_keys(const AnySet& set, const Dict& dict) {
  Ref<AnySet> made = detail::make_like(set);
  detail::for_each_element(set, set, [&](Object& element, std::uint32_t hash) {
    const Ref<> held = share(element);
    if (detail::find_key(dict, hash, element) == detail::kAbsent) detail::add_to(*made, element, hash);
    return true;
  });
  return made;
}

/// True if all elements of `set` are in the other.
bool all_in(const AnySet& set, const AnySet& other) {
  if (set.size > other.size) return false;
  bool all = true;
  detail::for_each_element(
      set, other, [&](Object& element, std::uint32_t hash) { return all = detail::has_equal(other, element, hash); });
  return all;
}

}  // namespace

// ---- New sets ----

Ref<AnySet> detail::make_set_of(Type& type, Object* iterable) {
  const bool is_plain = type.kind == Kind::kFrozenSet && !type.has(kClassType);
  if (is_plain && iterable != nullptr && is_exact<FrozenSet>(*iterable)) return share(static_cast<AnySet&>(*iterable));
  const Ref<> held = Ref<>::share(iterable);
  Ref<AnySet> made = make_empty_set(type);
  if (iterable != nullptr) update_elements(*made, *iterable);
  return made;
}

Ref<AnySet> copy_of(const AnySet& set) {
  const Ref<> held = detail::hold(set);
  Ref<AnySet> made = detail::make_like(set);
  detail::copy_elements(*made, set);
  return made;
}

Ref<AnySet> union_of(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  Ref<AnySet> made = detail::make_like(set);
  const bool is_sized = is_any_set(iterable) && &set != &iterable;
  detail::copy_elements(*made, set, is_sized ? detail::expected_together(set.size, detail::as_set(iterable).size) : 0);
  if (&set != &iterable) detail::update_elements(*made, iterable);
  return made;
}

Ref<AnySet> intersection_of(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  return &set == &iterable ? copy_of(set) : intersect(set, iterable);
}

Ref<AnySet> difference_of(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  const Dict* const dict = is_exact<Dict>(iterable) ? static_cast<const Dict*>(&iterable) : nullptr;
  if (dict == nullptr && !is_any_set(iterable)) return copy_without(set, iterable);
  // A few elements are taken out of a copy; else each is looked for in the other.
  if (set.size >> 2 > (dict != nullptr ? dict->size : detail::as_set(iterable).size)) return copy_without(set, iterable);
  if (dict != nullptr) return without_keys(set, *dict);
  Ref<AnySet> made = detail::make_like(set);
  detail::filter_elements(*made, set, detail::as_set(iterable), false);
  return made;
}

Ref<AnySet> symmetric_difference_of(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  Ref<AnySet> made = detail::make_like(set);
  detail::update_elements(*made, iterable);
  detail::toggle_elements(*made, set);
  return made;
}

// ---- Relations ----

bool is_subset(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  return all_in(set, is_any_set(iterable) ? detail::as_set(iterable) : *set_from(iterable));
}

bool is_superset(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  if (is_any_set(iterable)) return all_in(detail::as_set(iterable), set);
  bool all = true;
  detail::for_each_item(iterable, [&](Object& item) { return all = detail::has_equal(set, item); });
  return all;
}

bool is_disjoint(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  if (&set == &iterable) return set.size == 0;
  bool none = true;
  if (!is_any_set(iterable)) {
    detail::for_each_item(iterable, [&](Object& item) { return none = !detail::has_equal(set, item); });
    return none;
  }
  const bool other_is_larger = detail::as_set(iterable).size > set.size;
  const AnySet& smaller = other_is_larger ? set : detail::as_set(iterable);
  const AnySet& larger = other_is_larger ? detail::as_set(iterable) : set;
  detail::for_each_element(smaller, larger, [&](Object& element, std::uint32_t hash) {
    return none = !detail::has_equal(larger, element, hash);
  });
  return none;
}

}  // namespace ouro
