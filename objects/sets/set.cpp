// What is done with single elements of a set: finding, adding, removing; and how sets are made.
#include <ouro/base/error.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/sets/detail/set_keys.h>
#include <ouro/objects/sets/detail/set_parts.h>

#include <concepts>
#include <type_traits>
#include <utility>

namespace ouro {

namespace detail {

void HeldElement::hold() noexcept {
  if (held_) return;
  held_ = true;
  increment(const_cast<AnySet&>(set_));
  increment(element_);
}

void HeldElement::release() noexcept {
  decrement(element_);
  decrement(const_cast<AnySet&>(set_));
}

Verdict search_plain(const AnySet& set, std::uint32_t hash, const Object& element) noexcept {
  const auto same = [&](std::uint32_t slot) noexcept { return compare_plain(*set.keys[slot], element); };
  return search_groups(set, hash, &element, same).verdict;
}

Verdict compare_elements(const AnySet& set, std::uint32_t slot, Object& wanted) {
  const Ref<> present = share(*set.keys[slot]);
  Object** const keys = set.keys;
  const SetShape shape = shape_of(set);
  const std::uint32_t version = set.version;
  const bool same = equal(*present, wanted);
  const bool stands = set.version == version && set.keys == keys && shape_of(set) == shape && slot < set.used &&
                      set.keys[slot] == present.get();
  if (!stands) return Verdict::kTableChanged;
  return same ? Verdict::kSame : Verdict::kOther;
}

namespace {

/// True if there is room for one more key. False if a collection had to make some: that may have changed the set. Once.
bool find_room(AnySet& set, HeldElement& held, bool& collected) {
  if (set.room != 0 || make_room_for_key(set)) return true;
  held.hold();
  if (std::exchange(collected, true) || !heap_of(set).make_room(next_shape(set).bytes())) raise_out_of_memory();
  return false;
}

}  // namespace

bool add_element(AnySet& set, std::uint32_t hash, Object& element, HeldElement& held) {
  for (bool collected = false;;) {
    const SetSearch search = search_element(set, hash, element, held);
    if (search.verdict == Verdict::kSame) return false;
    if (set.room != 0) [[likely]]
      return insert_element(set, search.slot, hash, element), true;
    if (find_room(set, held, collected)) break;
  }
  insert_element(set, empty_slot_for(set, hash), hash, element);
  return true;
}

bool discard_element(AnySet& set, std::uint32_t hash, Object& element, HeldElement& held) {
  const SetSearch search = search_element(set, hash, element, held);
  if (search.verdict == Verdict::kOther) return false;
  decrement(remove_key(set, search.slot));
  return true;
}

void expect_elements(AnySet& set, std::size_t count) noexcept {
  static_cast<void>(reserve_keys(set, expected_together(set.size, count)));
}

void collect_element(AnySet& made, std::uint32_t hash, Object& element, bool& is_new) {
  HeldElement held(made, element);
  bool collected = false;
  if (is_new && find_room(made, held, collected)) {
    return insert_element(made, empty_slot_for(made, hash), hash, element);
  }
  is_new = false;
  static_cast<void>(add_element(made, hash, element, held));
}

// ---- A set in the place of an element ----

Ref<FrozenSet> frozen_copy(const AnySet& set) {
  const Ref<> held = hold(set);  // making one may collect
  Ref<FrozenSet> made = make_frozenset(builtins_of(set));
  copy_elements(*made, set);
  return made;
}

bool contains_element(const AnySet& set, Object& element) {
  HeldElement held(set, element);
  return has_element(set, hash_element(element, held), element, held);
}

bool discard_element(Set& set, Object& element) {
  HeldElement held(set, element);
  return discard_element(set, hash_element(element, held), element, held);
}

namespace {

/// `use(element)`; of a set that cannot be hashed, with a frozen copy of it, as CPython. `used` is what `use` goes on using.
template <class F>
bool with_element(const AnySet& used, Object& element, F&& use) {
  if (!is<Set>(element)) [[likely]]
    return use(element);
  const Ref<> held_used = hold(used);
  const Ref<Set> held = share(static_cast<Set&>(element));
  if (element.type->slots->hash != nullptr) {
    try {
      return use(element);
    } catch (const Error& error) {
      if (!error.is(ErrorKind::kTypeError)) throw;
    }
  }
  return use(*frozen_copy(*held));
}

}  // namespace

// ---- Making ----

void copy_elements(AnySet& set, const AnySet& source, std::size_t expected) {
  if (copy_keys(set, source, expected)) return;
  const Ref<> held[] = {hold(set), hold(source)};  // making room may collect
  if (!heap_of(set).make_room(set_shape_for(source.size).bytes())) raise_out_of_memory();
  { const TakenKeys emptied(set); }
  if (!copy_keys(set, source, source.size)) raise_out_of_memory();
}

Ref<AnySet> make_empty_set(Type& type) {
  const auto build = [](auto& made) noexcept {
    make_empty(made);
    if constexpr (std::same_as<std::remove_cvref_t<decltype(made)>, FrozenSet>) made.hash = FrozenSet::kNoHash;
  };
  if (type.kind == Kind::kSet)
    return type.has(kClassType) ? make_derived<Set>(type, sizeof(Set), build) : make<Set>(type, sizeof(Set), build);
  if (type.has(kClassType)) return make_derived<FrozenSet>(type, sizeof(FrozenSet), build);
  return make<FrozenSet>(type, sizeof(FrozenSet), build);
}

void reserve_elements(AnySet& set, std::size_t count) {
  if (reserve_keys(set, count)) return;
  const Ref<> held = hold(set);
  const bool collected = heap_of(set).make_room(set_shape_for(count).bytes());
  if (!collected || !reserve_keys(set, count)) raise_out_of_memory();
}

}  // namespace detail

void SetCursor::changed() { raise(ErrorKind::kRuntimeError, "Set changed size during iteration"); }

namespace {

// Where nothing is known of the element's hash, or the first group of the table does not tell.
[[gnu::noinline]] bool add_in_full(Set& set, Object& element) {
  detail::HeldElement held(set, element);
  return detail::add_element(set, detail::hash_element(element, held), element, held);
}
[[gnu::noinline]] bool contains_in_full(const AnySet& set, Object& element) {
  return detail::with_element(set, element, [&](Object& wanted) { return detail::contains_element(set, wanted); });
}

}  // namespace

bool Set::add(Object& element) {
  heap_of(*this).assert_locked("set.add");
  if (const std::optional<std::uint32_t> hash = detail::known_hash(element)) {
    const detail::SetSearch near = detail::search_first_group(*this, *hash, &element);
    if (near.verdict == detail::Verdict::kSame) return false;
    if (near.verdict == detail::Verdict::kOther && room != 0)
      return detail::insert_element(*this, near.slot, *hash, element), true;
  }
  return add_in_full(*this, element);
}

bool Set::discard(Object& element) {
  heap_of(*this).assert_locked("set.discard");
  return detail::with_element(*this, element, [&](Object& wanted) { return detail::discard_element(*this, wanted); });
}

void Set::remove(Object& element) {
  const Ref<> held = detail::hold_for(element, element);
  if (!discard(element)) raise(ErrorKind::kKeyError, shown_in_error(element));
}

Ref<> Set::pop() {
  if (size == 0) raise(ErrorKind::kKeyError, "'pop from an empty set'");
  return Ref<>::adopt(&detail::remove_key(*this, detail::last_key(*this)));
}

void Set::clear() noexcept { const detail::TakenKeys dropped(*this); }

void Set::reserve(std::size_t count) { detail::reserve_elements(*this, count); }

bool contains(const AnySet& set, Object& element) {
  heap_of(set).assert_locked("set.contains");
  if (const std::optional<std::uint32_t> hash = detail::known_hash(element)) {
    const detail::SetSearch near = detail::search_first_group(set, *hash, &element);
    if (near.verdict != detail::Verdict::kTableChanged) return near.verdict == detail::Verdict::kSame;
  }
  return contains_in_full(set, element);
}

bool contains(const AnySet& set, std::string_view element) noexcept {
  heap_of(set).assert_locked("set.contains");
  const std::uint32_t hash = detail::fold_hash(hash_text(builtins_of(set), element));
  const auto same = [&](std::uint32_t slot) noexcept {
    const Str* const str = as<Str>(*set.keys[slot]);
    return str != nullptr && text(*str) == element ? detail::Verdict::kSame : detail::Verdict::kOther;
  };
  // There is no object to be identical with: the set is no element of itself.
  return detail::search_groups(set, hash, &set, same).verdict == detail::Verdict::kSame;
}

Ref<Set> make_set(Builtins& builtins, std::size_t room) {
  Ref<Set> made = static_ref_cast<Set>(detail::make_empty_set(builtins.type(Kind::kSet)));
  if (room != 0) made->reserve(room);
  return made;
}

namespace {

/// A set of a built-in type with these elements.
Ref<AnySet> set_of(Builtins& builtins, Kind kind, std::span<Object* const> items) {
  const detail::HeldItems held(items);
  Ref<AnySet> made = detail::make_empty_set(builtins.type(kind));
  for (Object* const item : items) {
    detail::HeldElement element(*made, *item);
    static_cast<void>(detail::add_element(*made, detail::hash_element(*item, element), *item, element));
  }
  return made;
}

}  // namespace

Ref<Set> make_set(Builtins& builtins, std::span<Object* const> items) {
  return static_ref_cast<Set>(set_of(builtins, Kind::kSet, items));
}

Ref<FrozenSet> make_frozenset(Builtins& builtins, std::span<Object* const> items) {
  return static_ref_cast<FrozenSet>(set_of(builtins, Kind::kFrozenSet, items));
}

Ref<Set> set_from(Object& iterable) {
  return static_ref_cast<Set>(detail::make_set_of(builtins_of(iterable).type(Kind::kSet), &iterable));
}

Ref<FrozenSet> frozenset_from(Object& iterable) {
  return static_ref_cast<FrozenSet>(detail::make_set_of(builtins_of(iterable).type(Kind::kFrozenSet), &iterable));
}

}  // namespace ouro
