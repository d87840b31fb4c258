// The behaviour of the weak dictionaries as objects.
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/weak_collections.h>

#include <fmt/format.h>

#include <concepts>
#include <string_view>

namespace ouro {

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

/// `dict(mapping.items())`; empty for what is no mapping.
Ref<Dict> entries_of_mapping(Object& object) {
  if (const Dict* const dict = as<Dict>(object)) return dict->copy();
  if (is<WeakKeys>(object) || is<WeakValues>(object)) return dictionary_of(object).living();
  return {};
}

Answer compare_dictionaries(Object& left, Object& right, Comparison op) {
  if (op != Comparison::kEqual && op != Comparison::kNotEqual) return Answer::kNotImplemented;
  const Ref<Dict> mine = entries_of_mapping(left);
  const Ref<Dict> other = entries_of_mapping(right);
  if (!mine || !other) return Answer::kNotImplemented;
  const bool same = equal(*mine, *other);
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

template <class T>
struct Access {
  static T& of(Object& object) noexcept { return static_cast<T&>(object); }
  static std::size_t length(const Object& object) { return of(const_cast<Object&>(object)).length(); }
  static Ref<> subscript(Object& object, Object& key) {
    if (Ref<> value = of(object).find(key)) return value;
    if constexpr (std::same_as<T, WeakKeys>) {
      return fail_missing_key(*make_weakref(key));
    } else {
      return fail_missing_key(key);
    }
  }
  static void set_subscript(Object& object, Object& key, Object* value) {
    if (value == nullptr) return of(object).remove(key);
    of(object).set(key, *value);
  }
  static bool contains(Object& object, Object& key) { return of(object).contains(key); }

  static Ref<> get_or(T& self, Object& key, Object* fallback) {
    const Ref<> held = Ref<>::share(fallback != nullptr ? *fallback : builtins_of(self).none());
    Ref<> found = self.find(key);
    return found ? found : held;
  }
  /// A key that is missing is an error where there is no fallback.
  static Ref<> pop_or(T& self, Object& key, Object* fallback) {
    if (fallback == nullptr) return self.pop(key);
    const Ref<> held = share(*fallback);
    return self.contains(key) ? self.pop(key) : held;
  }
  static Ref<> pop_pair(T& self) {
    const auto [key, value] = self.pop_item();
    return make_tuple(builtins_of(self), {key.get(), value.get()});
  }
  static constexpr Attribute kAttributes[] = {
      detail::class_getitem(),
      method(
          "clear()", [](T& self) { self.clear(); }, "Remove all entries."),
      method(
          "get(key, default=None)", [](T& self, Object& key, Object* other) { return get_or(self, key, other); },
          "The value of a key, or default."),
      method(
          "pop(key, default=<unrepresentable>)",
          [](T& self, Object& key, Object* other) { return pop_or(self, key, other); },
          "Remove an entry and return its value."),
      method(
          "popitem()", [](T& self) { return pop_pair(self); }, "Remove and return the entry that was inserted last."),
      method(
          "setdefault(key, default=None)",
          [](T& self, Object& key, Object* value) {
            return self.set_default(key, value != nullptr ? *value : builtins_of(self).none());
          },
          "The value of a key, which is set to default if there is none."),
  };

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
            .mapping = &kMapping,
            .attributes = &kAttributeTable<kAttributes>};
  }
};

}  // namespace

const TypeSlots kWeakKeysSlots = Access<WeakKeys>::slots("WeakKeyDictionary");
const TypeSlots kWeakValuesSlots = Access<WeakValues>::slots("WeakValueDictionary");

}  // namespace detail

}  // namespace ouro
