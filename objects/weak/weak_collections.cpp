// WeakKeys, WeakValues and WeakSet: their entries, and how dead ones are removed.
#include <ouro/objects/containers/detail/dict_keys.h>
#include <ouro/objects/containers/detail/dict_parts.h>
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/weak_collections.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

namespace {

bool has_waiting(const WeakDictionary& dictionary) noexcept { return dictionary.waiting().size != 0; }

bool is_dead(const Object& reference) noexcept { return static_cast<const WeakRef&>(reference).target == nullptr; }

[[noreturn, gnu::cold]] void refuse_missing(Object& key) { raise(ErrorKind::kKeyError, shown_in_error(key)); }

// ---- Removal ----

/// Removes the entry of a WeakValues if its value is dead: meanwhile the key may have got another one. What is found is
/// taken out at once, for looking for the key a second time could find another entry.
void remove_dead(Dict& entries, Object& key) {
  const std::uint32_t pair = detail::find_key(entries, detail::hash_key(key), key);
  if (pair == detail::kAbsent || !is_dead(*entries.pairs[pair].value)) return;
  const DictPair removed = detail::remove_pair(entries, pair);
  const Ref<> dropped[] = {Ref<>::adopt(removed.key), Ref<>::adopt(removed.value)};
}

void remove_waiting(WeakDictionary& dictionary) {
  if (!has_waiting(dictionary)) return;
  const Ref<> held = share<Object>(dictionary);
  while (has_waiting(dictionary)) {
    const Ref<> last = dictionary.waiting().pop();
    if (is<WeakKeys>(dictionary)) {
      dictionary.entries().discard(*last);
    } else {
      remove_dead(dictionary.entries(), *last);
    }
  }
}

/// Holds a dictionary that is about to be used, and takes out what waits.
Ref<> settled(WeakValues& values) {
  Ref<> held = share<Object>(values);
  remove_waiting(values);
  return held;
}

/// The entries, held while keys are hashed and compared.
Ref<Dict> held_entries(const WeakDictionary& dictionary) noexcept { return share(dictionary.entries()); }

/// The living value of `key`, or empty.
Ref<> living_value(const WeakValues& values, Object& key) {
  const Ref<> held = share(key);
  const Ref<Dict> entries = held_entries(values);
  Object* const reference = entries->find(key);
  return reference == nullptr ? Ref<>() : target_of(static_cast<WeakRef&>(*reference));
}

/// One entry after the other, the last first, for what each runs may look at the dictionary.
void clear_entries(const WeakDictionary& dictionary) {
  const Ref<Dict> entries = held_entries(dictionary);
  while (entries->size != 0) static_cast<void>(entries->pop_item());
}

/// Called by the weak reference to a key.
void key_died(WeakRef& self, WeakRef& dead) {
  const Ref<> dictionary = target_of(self);
  if (!dictionary) return;
  auto& keys = static_cast<WeakKeys&>(*dictionary);
  if (keys.loops != 0) return keys.waiting().append(dead);
  keys.entries().discard(dead);
}

/// Called by the weak reference to the value of `key`.
void value_died(WeakRef& self, Object& key, WeakRef&) {
  const Ref<> dictionary = target_of(self);
  if (!dictionary) return;
  auto& values = static_cast<WeakValues&>(*dictionary);
  if (values.loops != 0) return values.waiting().append(key);
  remove_dead(values.entries(), key);
}

template <class T>
Ref<T> make_empty(Builtins& builtins) {
  Ref<Dict> data = make_dict(builtins);
  Ref<List> pending = make_list(builtins);
  Ref<T> made = make<T>(builtins.type(T::kKind), sizeof(T), [&](T& dictionary) noexcept {
    dictionary.data = data.release();
    dictionary.pending = pending.release();
    dictionary.removal = nullptr;
    dictionary.loops = dictionary.dirty = 0;
  });
  made->removal = make_weakref(*made).release();
  return made;
}

}  // namespace

Ref<WeakKeys> make_weak_keys(Builtins& builtins) {
  Ref<WeakKeys> made = make_empty<WeakKeys>(builtins);
  const Ref<WeakRef> self = Ref<WeakRef>::share(static_cast<WeakRef*>(made->removal));
  store(made->removal, make_function(builtins, "remove", key_died, self).release());
  return made;
}

Ref<WeakValues> make_weak_values(Builtins& builtins) { return make_empty<WeakValues>(builtins); }

Ref<Dict> WeakDictionary::living() {
  const Ref<> held = share<Object>(*this);
  Ref<Dict> result = make_dict(builtins_of(*this));
  WeakLoop loop(*this);
  while (const auto item = loop.next()) result->set(*item->first, *item->second);
  return result;
}

namespace {

void set_entry(WeakDictionary& dictionary, Object& key, Object& value) {
  if (is<WeakKeys>(dictionary)) return static_cast<WeakKeys&>(dictionary).set(key, value);
  static_cast<WeakValues&>(dictionary).set(key, value);
}

/// `other.items()`, or what `dict(other)` gives where there is no such method.
Ref<> items_of(Object& other) {
  if (is<WeakKeys>(other) || is<WeakValues>(other)) return static_cast<WeakDictionary&>(other).living()->items();
  const Ref<Str> name = intern(builtins_of(other), "items");
  if (has_attribute(other, *name)) return call_method(other, *name, {});
  return dict_from(other)->items();
}

}  // namespace

void WeakDictionary::update(Object& other) {
  const Ref<> held = share<Object>(*this);
  const Ref<> iterator = iterate(*items_of(other));
  while (const Ref<> pair = next(*iterator)) {
    const Ref<Tuple> parts = tuple_from(*pair);
    if (parts->size != 2) raise(ErrorKind::kValueError, "an item is a pair of a key and a value");
    set_entry(*this, *parts->items[0], *parts->items[1]);
  }
}

// ---- Loops ----

WeakLoop::WeakLoop(WeakDictionary& dictionary) : dictionary_(share(dictionary)) {
  if (is<WeakValues>(dictionary)) remove_waiting(dictionary);
  ++dictionary_->loops;
}

WeakLoop::~WeakLoop() {
  if (!dictionary_ || --dictionary_->loops != 0) return;
  try {
    remove_waiting(*dictionary_);
  } catch (...) {
    heap_of(*dictionary_).report_unraisable("removal from a weak dictionary", *dictionary_);
  }
}

std::optional<WeakDictionary::Item> WeakLoop::next() {
  if (!dictionary_) return {};
  const bool has_keys = is<WeakKeys>(*dictionary_);
  while (true) {
    if (cursor_) {
      ++*cursor_;
    } else {
      cursor_.emplace(dictionary_->entries());
    }
    if (*cursor_ == std::default_sentinel) return {};
    const auto [key, value] = **cursor_;
    auto& reference = static_cast<WeakRef&>(has_keys ? key : value);
    if (Ref<> alive = target_of(reference))
      return has_keys ? WeakDictionary::Item(std::move(alive), share(value))
                      : WeakDictionary::Item(share(key), std::move(alive));
  }
}

// ---- WeakKeys ----

// Each holds its key: making the weak reference may collect, and a dead one cannot be hashed.

Ref<> WeakKeys::find(Object& key) const {
  const Ref<> held = share(key);
  return Ref<>::share(held_entries(*this)->find(*make_weakref(key)));
}

Ref<> WeakKeys::get(Object& key) const {
  const Ref<> held = share(key);
  return share(held_entries(*this)->get(*make_weakref(key)));
}

bool WeakKeys::contains(Object& key) const {
  const Ref<> held = share(key);
  return key.type->has(kWeakableType) && held_entries(*this)->contains(*make_weakref(key));
}

void WeakKeys::set(Object& key, Object& value) {
  const Ref<> held[] = {share(key), share(value)};
  held_entries(*this)->set(*make_weakref(key, removal), value);
}

Ref<> WeakKeys::set_default(Object& key, Object& value) {
  const Ref<> held[] = {share(key), share(value)};
  return share(held_entries(*this)->set_default(*make_weakref(key, removal), value));
}

void WeakKeys::remove(Object& key) {
  const Ref<> held = share(key);
  dirty = 1;
  held_entries(*this)->remove(*make_weakref(key));
}

Ref<> WeakKeys::pop(Object& key) {
  const Ref<> held = share(key);
  dirty = 1;
  return held_entries(*this)->pop(*make_weakref(key));
}

Ref<> WeakKeys::pop(Object& key, Object& fallback) {
  const Ref<> held[] = {share(key), share(fallback)};
  dirty = 1;
  return held_entries(*this)->pop(*make_weakref(key), fallback);
}

WeakDictionary::Item WeakKeys::pop_item() {
  const Ref<> held = share<Object>(*this);
  dirty = 1;
  while (true) {
    auto [reference, value] = entries().pop_item();
    if (Ref<> key = target_of(static_cast<WeakRef&>(*reference))) return {std::move(key), std::move(value)};
  }
}

void WeakKeys::clear() {
  dirty = 1;
  clear_entries(*this);
}

std::size_t WeakKeys::length() {
  if (dirty != 0 && has_waiting(*this)) {
    Ref<List> still = make_list(builtins_of(*this));
    for (std::size_t i = 0; i < waiting().size; ++i)
      if (const Ref<> dead = share(waiting().get(static_cast<std::int64_t>(i))); entries().contains(*dead))
        still->append(*dead);
    store(pending, still.release());
    dirty = 0;
  }
  return entries().size - std::min<std::size_t>(entries().size, waiting().size);
}

// ---- WeakValues ----

Ref<> WeakValues::find(Object& key) {
  const Ref<> wanted = share(key);
  const Ref<> held = settled(*this);
  return living_value(*this, key);
}

Ref<> WeakValues::get(Object& key) {
  const Ref<> held = share(key);
  Ref<> value = find(key);
  if (!value) refuse_missing(key);
  return value;
}

void WeakValues::set(Object& key, Object& value) {
  const Ref<> operands[] = {share(key), share(value)};
  const Ref<> held = settled(*this);
  const Ref<WeakRef> self = Ref<WeakRef>::share(static_cast<WeakRef*>(removal));
  const Ref<Function> removing = make_function(builtins_of(*this), "remove", value_died, self, share(key));
  held_entries(*this)->set(key, *make_weakref(value, removing.get()));
}

Ref<> WeakValues::set_default(Object& key, Object& value) {
  const Ref<> held[] = {share<Object>(*this), share(key), share(value)};
  if (Ref<> found = living_value(*this, key)) return found;
  set(key, value);
  return share(value);
}

void WeakValues::remove(Object& key) {
  const Ref<> wanted = share(key);
  const Ref<> held = settled(*this);
  held_entries(*this)->remove(key);
}

Ref<> WeakValues::pop(Object& key) {
  const Ref<> wanted = share(key);
  const Ref<> held = settled(*this);
  const Ref<> reference = held_entries(*this)->pop(key);
  Ref<> value = target_of(static_cast<WeakRef&>(*reference));
  if (!value) refuse_missing(key);
  return value;
}

Ref<> WeakValues::pop(Object& key, Object& fallback) {
  const Ref<> operands[] = {share(key), share(fallback)};
  const Ref<> held = settled(*this);
  const Ref<> reference = detail::take(*held_entries(*this), key);
  Ref<> value = reference ? target_of(static_cast<WeakRef&>(*reference)) : Ref<>();
  return value ? value : share(fallback);
}

WeakDictionary::Item WeakValues::pop_item() {
  const Ref<> held = settled(*this);
  while (true) {
    auto [key, reference] = entries().pop_item();
    if (Ref<> value = target_of(static_cast<WeakRef&>(*reference))) return {std::move(key), std::move(value)};
  }
}

void WeakValues::clear() {
  const Ref<> held = settled(*this);
  clear_entries(*this);
}

std::size_t WeakValues::length() {
  const Ref<> held = settled(*this);
  return entries().size;
}

}  // namespace ouro
