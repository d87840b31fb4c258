#include <ouro/objects/detail/slot_tables.h>
#include <ouro/objects/function.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/str.h>
#include <ouro/objects/weak_collections.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

namespace {

bool has_waiting(const WeakDictionary& dictionary) noexcept { return dictionary.waiting().size != 0; }

bool is_dead(const Object& reference) noexcept { return static_cast<const WeakRef&>(reference).target == nullptr; }

[[noreturn, gnu::cold]] void refuse_missing(Object& key) { raise(ErrorKind::kKeyError, shown_in_error(key)); }

// ---- Removal ----

/// Removes the entry of a WeakValues if its value is dead: meanwhile the key may have got another one.
void remove_dead(Dict& entries, Object& key) {
  if (Object* const reference = entries.find(key); reference != nullptr && is_dead(*reference)) entries.discard(key);
}

void remove_waiting(WeakDictionary& dictionary) {
  while (has_waiting(dictionary)) {
    const Ref<> last = dictionary.waiting().pop();
    if (is<WeakKeys>(dictionary)) {
      dictionary.entries().discard(*last);
    } else {
      remove_dead(dictionary.entries(), *last);
    }
  }
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
  Ref<Dict> result = make_dict(builtins_of(*this));
  WeakLoop loop(*this);
  while (const auto item = loop.next()) result->set(*item->first, *item->second);
  return result;
}

// ---- Loops ----

WeakLoop::WeakLoop(WeakDictionary& dictionary) : dictionary_(share(dictionary)) { ++dictionary_->loops; }

WeakLoop::~WeakLoop() {
  if (--dictionary_->loops != 0) return;
  try {
    remove_waiting(*dictionary_);
  } catch (...) {
    heap_of(*dictionary_).report_unraisable("removal from a weak dictionary", *dictionary_);
  }
}

std::optional<WeakDictionary::Item> WeakLoop::next() {
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

Ref<> WeakKeys::find(Object& key) const { return Ref<>::share(entries().find(*make_weakref(key))); }

Ref<> WeakKeys::get(Object& key) const { return share(entries().get(*make_weakref(key))); }

bool WeakKeys::contains(Object& key) const {
  return key.type->has(kWeakableType) && !is_immortal(key) && entries().contains(*make_weakref(key));
}

void WeakKeys::set(Object& key, Object& value) { entries().set(*make_weakref(key, removal), value); }

Ref<> WeakKeys::set_default(Object& key, Object& value) {
  return share(entries().set_default(*make_weakref(key, removal), value));
}

void WeakKeys::remove(Object& key) {
  dirty = 1;
  entries().remove(*make_weakref(key));
}

Ref<> WeakKeys::pop(Object& key) {
  dirty = 1;
  return entries().pop(*make_weakref(key));
}

WeakDictionary::Item WeakKeys::pop_item() {
  dirty = 1;
  while (true) {
    auto [reference, value] = entries().pop_item();
    if (Ref<> key = target_of(static_cast<WeakRef&>(*reference))) return {std::move(key), std::move(value)};
  }
}

void WeakKeys::clear() {
  dirty = 1;
  entries().clear();
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
  remove_waiting(*this);
  Object* const reference = entries().find(key);
  return reference == nullptr ? Ref<>() : target_of(static_cast<WeakRef&>(*reference));
}

Ref<> WeakValues::get(Object& key) {
  Ref<> value = find(key);
  if (!value) refuse_missing(key);
  return value;
}

void WeakValues::set(Object& key, Object& value) {
  remove_waiting(*this);
  const Ref<WeakRef> self = Ref<WeakRef>::share(static_cast<WeakRef*>(removal));
  const Ref<Function> removing = make_function(builtins_of(*this), "remove", value_died, self, share(key));
  entries().set(key, *make_weakref(value, removing.get()));
}

Ref<> WeakValues::set_default(Object& key, Object& value) {
  Ref<> found = find(key);
  if (found) return found;
  set(key, value);
  return share(value);
}

void WeakValues::remove(Object& key) {
  remove_waiting(*this);
  entries().remove(key);
}

Ref<> WeakValues::pop(Object& key) {
  remove_waiting(*this);
  const Ref<> reference = entries().pop(key);
  Ref<> value = target_of(static_cast<WeakRef&>(*reference));
  if (!value) refuse_missing(key);
  return value;
}

WeakDictionary::Item WeakValues::pop_item() {
  remove_waiting(*this);
  while (true) {
    auto [key, reference] = entries().pop_item();
    if (Ref<> value = target_of(static_cast<WeakRef&>(*reference))) return {std::move(key), std::move(value)};
  }
}

void WeakValues::clear() {
  remove_waiting(*this);
  entries().clear();
}

std::size_t WeakValues::length() {
  remove_waiting(*this);
  return entries().size;
}

// ---- As objects ----

namespace detail {

namespace {

WeakDictionary& dictionary_of(Object& object) noexcept { return static_cast<WeakDictionary&>(object); }

// What it holds leads to cycles; the dict and the list themselves cannot.
void clear_dictionary(Object& object) noexcept {
  dictionary_of(object).entries().clear();
  dictionary_of(object).waiting().clear();
}

std::string name_of_edge(const Object&, std::size_t number) {
  return number == 0 ? ".data" : number == 1 ? "._pending_removals" : "._remove";
}

Ref<> repr_dictionary(Object& object) {
  return make_str(builtins_of(object), fmt::format("<{} at {}>", object.type->name, static_cast<const void*>(&object)));
}

bool is_weak_dictionary(const Object& object) noexcept { return is<WeakKeys>(object) || is<WeakValues>(object); }

Answer compare_dictionaries(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  if (!is_weak_dictionary(left) || !is_weak_dictionary(right)) return Answer::kNotImplemented;
  const bool same = equal(*dictionary_of(left).living(), *dictionary_of(right).living());
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

template <class T>
struct Access {
  static T& of(Object& object) noexcept { return static_cast<T&>(object); }
  static std::size_t length(const Object& object) { return of(const_cast<Object&>(object)).length(); }
  static Ref<> subscript(Object& object, Object& key) { return of(object).get(key); }
  static void set_subscript(Object& object, Object& key, Object* value) {
    if (value == nullptr) return of(object).remove(key);
    of(object).set(key, *value);
  }
  static bool contains(Object& object, Object& key) { return of(object).contains(key); }

  static constexpr MappingSlots kMapping{.length = length, .subscript = subscript, .set_subscript = set_subscript};
  static constexpr SequenceSlots kSequence{.contains = contains};
  static constexpr TypeSlots slots(std::string_view name) {
    return {.name = name,
            .kind = T::kKind,
            .flags = kContainerType | kWeakableType,
            .size = sizeof(T),
            .edges = T::kEdges,
            .dismantle = dismantle_as<T>,
            .clear = clear_dictionary,
            .edge_name = name_of_edge,
            .repr = repr_dictionary,
            .compare = compare_dictionaries,
            .sequence = &kSequence,
            .mapping = &kMapping};
  }
};

}  // namespace

const TypeSlots kWeakKeysSlots = Access<WeakKeys>::slots("WeakKeyDictionary");
const TypeSlots kWeakValuesSlots = Access<WeakValues>::slots("WeakValueDictionary");

}  // namespace detail

}  // namespace ouro
