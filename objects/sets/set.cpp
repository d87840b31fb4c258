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

Verdict compare_elements(const AnySet& set, std::uint32_t number, Object& wanted) {
  const Ref<> present = share(*set.keys[number]);
  Object** const keys = set.keys;
  const SetShape shape = shape_of(set);
  const std::uint32_t version = set.version;
  const bool same = equal(*present, wanted);
  const bool stands = set.version == version && set.keys == keys && shape_of(set) == shape && number < set.used &&
                      set.keys[number] == present.get();
  if (!stands) return Verdict::kTableChanged;
  return same ? Verdict::kSame : Verdict::kOther;
}

namespace {

/// True if there is room for one more key. False if a collection had to make some: that may have changed the set. Once.
bool find_room(AnySet& set, HeldElement& held, bool& collected) {
  if (set.used < set.capacity || make_room_for_key(set)) return true;
  held.hold();
  const std::size_t needed = set_shape_for(std::size_t{set.capacity} + 1).bytes();
  if (std::exchange(collected, true) || !heap_of(set).make_room(needed)) raise_out_of_memory();
  return false;
}

/// Requires room.
void insert(AnySet& set, std::uint32_t hash, Object& element) noexcept {
  expect_one_runtime(set, element);
  increment(element);
  append_key(set, hash, element);
}

}  // namespace

bool add_element(AnySet& set, std::uint32_t hash, Object& element, HeldElement& held) {
  for (bool collected = false;;) {
    if (find_element(set, hash, element, held) != kAbsent) return false;
    if (find_room(set, held, collected)) break;
  }
  insert(set, hash, element);
  return true;
}

bool discard_element(AnySet& set, std::uint32_t hash, Object& element, HeldElement& held) {
  const std::uint32_t number = find_element(set, hash, element, held);
  if (number == kAbsent) return false;
  decrement(remove_key(set, number));
  return true;
}

void expect_elements(AnySet& set, std::size_t count) noexcept {
  if (count > set.capacity - set.used) static_cast<void>(reserve_keys(set, set.size + count));
}

void collect_element(AnySet& made, std::uint32_t hash, Object& element, bool& is_new) {
  HeldElement held(made, element);
  bool collected = false;
  if (is_new && find_room(made, held, collected)) return insert(made, hash, element);
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
  return find_element(set, hash_element(element, held), element, held) != kAbsent;
}

bool discard_element(Set& set, Object& element) {
  HeldElement held(set, element);
  return discard_element(set, hash_element(element, held), element, held);
}

namespace {

/// `use(element)`; of a set that cannot be hashed, with a frozen copy of it, as CPython.
template <class F>
bool with_element(Object& element, F&& use) {
  if (!is<Set>(element)) [[likely]]
    return use(element);
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

void copy_elements(AnySet& set, const AnySet& source) {
  if (copy_keys(set, source)) return;
  const Ref<> held[] = {hold(set), hold(source)};  // making room may collect
  if (!heap_of(set).make_room(set_shape_for(source.size).bytes())) raise_out_of_memory();
  { const TakenKeys emptied(set); }
  if (!copy_keys(set, source)) raise_out_of_memory();
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

bool Set::add(Object& element) {
  heap_of(*this).assert_locked("set.add");
  detail::HeldElement held(*this, element);
  return detail::add_element(*this, detail::hash_element(element, held), element, held);
}

bool Set::discard(Object& element) {
  heap_of(*this).assert_locked("set.discard");
  const Ref<> held = detail::hold_for(element, *this);
  return detail::with_element(element, [&](Object& wanted) { return detail::discard_element(*this, wanted); });
}

void Set::remove(Object& element) {
  const Ref<> held = detail::hold_for(element, element);
  if (!discard(element)) raise(ErrorKind::kKeyError, shown_in_error(element));
}

Ref<> Set::pop() {
  if (size == 0) raise(ErrorKind::kKeyError, "'pop from an empty set'");
  return Ref<>::adopt(&detail::remove_key(*this, used - 1));
}

void Set::clear() noexcept { const detail::TakenKeys dropped(*this); }

void Set::reserve(std::size_t count) { detail::reserve_elements(*this, count); }

bool contains(const AnySet& set, Object& element) {
  heap_of(set).assert_locked("set.contains");
  const Ref<> held = detail::hold_for(element, set);
  return detail::with_element(element, [&](Object& wanted) { return detail::contains_element(set, wanted); });
}

bool contains(const AnySet& set, std::string_view element) noexcept {
  heap_of(set).assert_locked("set.contains");
  const std::uint32_t hash = detail::fold_hash(hash_text(builtins_of(set), element));
  bool changed = false;
  const auto same = [&](std::uint32_t number) noexcept {
    const Str* const str = as<Str>(*set.keys[number]);
    return str != nullptr && text(*str) == element ? detail::Verdict::kSame : detail::Verdict::kOther;
  };
  // There is no object to be identical with: the set is no element of itself.
  return detail::find_number(set, hash, &set, same, changed) != detail::kAbsent;
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
