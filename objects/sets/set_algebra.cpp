// Union, intersection, differences and their relations, of sets and of what can be iterated over (CPython:
// Objects/setobject.c).
//
// Elements that come from a set or a dict are not hashed again. Comparing may run foreign code, which may change any of the
// sets: each step looks at sizes and tables anew, and what is held is said by `HeldElement`.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/sets/detail/set_keys.h>
#include <ouro/objects/sets/detail/set_parts.h>
#include <ouro/objects/sets/set.h>

#include <utility>

namespace ouro {

namespace {

using detail::HeldElement;
using detail::kAbsent;

/// How many slots ahead the other set's table is asked for.
constexpr std::uint32_t kAhead = 16;

const AnySet& as_set(const Object& object) noexcept { return static_cast<const AnySet&>(object); }

/// `use(item)` with each item until it says false. Both are held meanwhile.
template <class F>
void for_each_item(Object& iterable, F&& use) {
  const auto items_of = [&](const auto& sequence) {
    for (std::size_t i = 0; i < sequence.size; ++i)
      if (const Ref<> item = share(*sequence.items[i]); !use(*item)) return;
  };
  if (is_exact<List>(iterable)) return items_of(static_cast<const List&>(iterable));
  if (is_exact<Tuple>(iterable)) return items_of(static_cast<const Tuple&>(iterable));
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> item = next(*iterator))
    if (!use(*item)) return;
}

/// Asks the memory for an element that is looked for in `other` soon, and for where it is looked for.
void prefetch(const AnySet& set, std::uint32_t slot, const AnySet& other) noexcept {
  if (set.keys[slot] == nullptr) return;
  __builtin_prefetch(set.keys[slot], 1);
  detail::prefetch_slot(other, detail::hashes_of(set)[slot]);
}

/// `use(element, hash)` with each element of `set` until it says false. `other` is the set in which they are looked for.
template <class F>
void for_each_element(const AnySet& set, const AnySet& other, F&& use) {
  detail::for_each_slot(set, [&](std::uint32_t slot) {
    if (other.slot_bits >= detail::kFarSlotBits && slot + kAhead < set.used) prefetch(set, slot + kAhead, other);
    return use(*set.keys[slot], detail::hashes_of(set)[slot]);
  });
}

template <class F>
void for_each_key(const Dict& dict, F&& use) {
  for (std::uint32_t i = 0; i < dict.used; ++i)
    if (Object* const key = dict.pairs[i].key) use(*key, detail::hashes_of(dict)[i]);
}

bool finds(const AnySet& set, Object& element) {
  HeldElement held(set, element);
  return detail::has_element(set, detail::hash_element(element, held), element, held);
}

bool finds(const AnySet& set, Object& element, std::uint32_t hash) {
  HeldElement held(set, element);
  return detail::has_element(set, hash, element, held);
}

void add(AnySet& set, Object& element) {
  HeldElement held(set, element);
  static_cast<void>(detail::add_element(set, detail::hash_element(element, held), element, held));
}

void add(AnySet& set, Object& element, std::uint32_t hash) {
  const detail::SetSearch near = detail::search_first_group(set, hash, &element);
  if (near.verdict == detail::Verdict::kSame) return;
  if (near.verdict == detail::Verdict::kOther && set.room != 0) return detail::insert_element(set, near.slot, hash, element);
  HeldElement held(set, element);
  static_cast<void>(detail::add_element(set, hash, element, held));
}

bool discard(AnySet& set, Object& element, std::uint32_t hash) {
  HeldElement held(set, element);
  return detail::discard_element(set, hash, element, held);
}

/// An empty set or frozenset, whichever the other is; never of a derived class, as in CPython.
Ref<AnySet> make_like(const AnySet& set) { return detail::make_empty_set(builtins_of(set).type(set.type->kind)); }

/// Those elements of `from` that `other` has (`wanted`) or has not, added to `made`, which is empty.
void filter(AnySet& made, const AnySet& from, const AnySet& other, bool wanted) {
  bool is_new = true;  // until foreign code has run, which may bring elements of `from` back
  for_each_element(from, other, [&](Object& element, std::uint32_t hash) {
    HeldElement held(other, element);
    const bool found = detail::has_element(other, hash, element, held);
    is_new = is_new && !held.is_held();
    if (found != wanted) return true;
    if (is_new && made.room != 0) {
      detail::insert_element(made, detail::empty_slot_for(made, hash), hash, element);
    } else {
      detail::collect_element(made, hash, element, is_new);
    }
    return true;
  });
}

void merge(AnySet& set, const AnySet& source) {
  if (&set == &source || source.size == 0) return;
  if (set.size == 0) return detail::copy_elements(set, source);
  detail::expect_elements(set, source.size);
  for_each_element(source, set, [&](Object& element, std::uint32_t hash) {
    add(set, element, hash);
    return true;
  });
}

/// Each element of the other is taken out, or put in where it is not there.
void toggle(AnySet& set, Object& element, std::uint32_t hash) {
  const Ref<> held = share(element);
  if (!discard(set, element, hash)) add(set, element, hash);
}

void toggle_all(AnySet& set, const AnySet& other) {
  for_each_element(other, set, [&](Object& element, std::uint32_t hash) {
    toggle(set, element, hash);
    return true;
  });
}

void remove_all(AnySet& set, const AnySet& other) {
  for_each_element(other, set, [&](Object& element, std::uint32_t hash) {
    discard(set, element, hash);
    return true;
  });
}

void toggle_elements(AnySet& set, Object& other) {
  if (&set == &other) return void(detail::TakenKeys(set));
  if (is_exact<Dict>(other))
    return for_each_key(static_cast<const Dict&>(other), [&](Object& key, std::uint32_t hash) { toggle(set, key, hash); });
  if (is_any_set(other)) return toggle_all(set, as_set(other));
  const Ref<AnySet> others = make_like(set);  // each of them once
  detail::update_elements(*others, other);
  toggle_all(set, *others);
}

Ref<AnySet> intersect(const AnySet& set, Object& other) {
  Ref<AnySet> made = make_like(set);
  if (!is_any_set(other)) {
    for_each_item(other, [&](Object& item) {
      if (finds(set, item)) add(*made, item);
      return made->size < set.size || set.size == 0;  // none is left to be found
    });
    return made;
  }
  const bool other_is_larger = as_set(other).size > set.size;
  filter(*made, other_is_larger ? set : as_set(other), other_is_larger ? as_set(other) : set, true);
  return made;
}

Ref<AnySet> copy_without(const AnySet& set, Object& other) {
  Ref<AnySet> made = copy_of(set);
  detail::remove_elements(*made, other);
  return made;
}

Ref<AnySet> without_keys(const AnySet& set, const Dict& dict) {
  Ref<AnySet> made = make_like(set);
  for_each_element(set, set, [&](Object& element, std::uint32_t hash) {
    const Ref<> held = share(element);
    if (detail::find_key(dict, hash, element) == kAbsent) add(*made, element, hash);
    return true;
  });
  return made;
}

/// True if all elements of `set` are in the other.
bool all_in(const AnySet& set, const AnySet& other) {
  if (set.size > other.size) return false;
  bool all = true;
  for_each_element(set, other, [&](Object& element, std::uint32_t hash) { return all = finds(other, element, hash); });
  return all;
}

}  // namespace

// ---- In place ----

void detail::update_elements(AnySet& set, Object& iterable) {
  const Ref<> held[] = {hold(set), share(iterable)};
  if (is_any_set(iterable)) return merge(set, as_set(iterable));
  if (is_exact<Dict>(iterable)) {
    const auto& dict = static_cast<const Dict&>(iterable);
    expect_elements(set, dict.size);
    return for_each_key(dict, [&](Object& key, std::uint32_t hash) { add(set, key, hash); });
  }
  for_each_item(iterable, [&](Object& item) {
    add(set, item);
    return true;
  });
}

void detail::remove_elements(AnySet& set, Object& iterable) {
  const Ref<> held[] = {hold(set), share(iterable)};
  if (&set == &iterable) return void(TakenKeys(set));
  if (!is_any_set(iterable))
    return for_each_item(iterable, [&](Object& item) {
      HeldElement element(set, item);
      discard_element(set, hash_element(item, element), item, element);
      return true;
    });
  // Of a much larger set only what both have is looked at a second time.
  if (as_set(iterable).size >> 3 > set.size) return remove_all(set, *intersection_of(set, iterable));
  remove_all(set, as_set(iterable));
}

void Set::update(Object& iterable) { detail::update_elements(*this, iterable); }

void Set::intersection_update(Object& iterable) {
  const Ref<Set> held = share(*this);
  const Ref<AnySet> both = intersection_of(*this, iterable);
  detail::swap_tables(*this, *both);
}

void Set::difference_update(Object& iterable) { detail::remove_elements(*this, iterable); }

void Set::symmetric_difference_update(Object& iterable) {
  const Ref<> held[] = {share<Object>(*this), share(iterable)};
  toggle_elements(*this, iterable);
}

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
  Ref<AnySet> made = make_like(set);
  detail::copy_elements(*made, set);
  return made;
}

Ref<AnySet> union_of(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  Ref<AnySet> made = make_like(set);
  const bool is_sized = is_any_set(iterable) && &set != &iterable;
  detail::copy_elements(*made, set, is_sized ? detail::expected_together(set.size, as_set(iterable).size) : 0);
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
  if (set.size >> 2 > (dict != nullptr ? dict->size : as_set(iterable).size)) return copy_without(set, iterable);
  if (dict != nullptr) return without_keys(set, *dict);
  Ref<AnySet> made = make_like(set);
  filter(*made, set, as_set(iterable), false);
  return made;
}

Ref<AnySet> symmetric_difference_of(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  Ref<AnySet> made = make_like(set);
  detail::update_elements(*made, iterable);
  toggle_all(*made, set);
  return made;
}

// ---- Relations ----

bool is_subset(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  return all_in(set, is_any_set(iterable) ? as_set(iterable) : *set_from(iterable));
}

bool is_superset(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  if (is_any_set(iterable)) return all_in(as_set(iterable), set);
  bool all = true;
  for_each_item(iterable, [&](Object& item) { return all = finds(set, item); });
  return all;
}

bool is_disjoint(const AnySet& set, Object& iterable) {
  const Ref<> held[] = {detail::hold(set), share(iterable)};
  if (&set == &iterable) return set.size == 0;
  bool none = true;
  if (!is_any_set(iterable)) {
    for_each_item(iterable, [&](Object& item) { return none = !finds(set, item); });
    return none;
  }
  const bool other_is_larger = as_set(iterable).size > set.size;
  const AnySet& smaller = other_is_larger ? set : as_set(iterable);
  const AnySet& larger = other_is_larger ? as_set(iterable) : set;
  for_each_element(smaller, larger,
                   [&](Object& element, std::uint32_t hash) { return none = !finds(larger, element, hash); });
  return none;
}

}  // namespace ouro
