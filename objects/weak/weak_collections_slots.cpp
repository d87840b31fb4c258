// The behaviour of the weak dictionaries as objects.
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/iterators/generator.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/weak_collections.h>

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>
#include <tuple>

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

/// What goes through the living entries: a generator, as in CPython. Its loop ends with it.
struct Walk {
  WeakLoop loop;
  DictPart part;
  static constexpr std::tuple edges{&Walk::loop};

  Ref<> operator()() {
    const auto item = loop.next();
    if (!item) return {};
    if (part == DictPart::kKeys) return item->first;
    if (part == DictPart::kValues) return item->second;
    return make_tuple(builtins_of(*item->first), {item->first.get(), item->second.get()});
  }
};
Ref<> walk(WeakDictionary& dictionary, DictPart part) {
  constexpr std::string_view kNames[] = {"keys", "values", "items"};
  const std::string name = fmt::format("{}.{}", dictionary.type->name, kNames[static_cast<std::size_t>(part)]);
  return make_generator(builtins_of(dictionary), name, Walk{WeakLoop(dictionary), part});
}
Ref<> iterate_dictionary(Object& object) { return walk(dictionary_of(object), DictPart::kKeys); }

bool is_mapping(const Object& object) noexcept { return is<Dict>(object) || is<WeakKeys>(object) || is<WeakValues>(object); }

template <class T>
Ref<T> make_empty_like(Builtins& builtins) {
  if constexpr (std::same_as<T, WeakKeys>) {
    return make_weak_keys(builtins);
  } else {
    return make_weak_values(builtins);
  }
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
    return fallback != nullptr ? self.pop(key, *fallback) : self.pop(key);
  }
  static Ref<> pop_pair(T& self) {
    const auto [key, value] = self.pop_item();
    return make_tuple(builtins_of(self), {key.get(), value.get()});
  }
  static Ref<T> copy(T& self) {
    const Ref<> held = share<Object>(self);
    Ref<T> made = make_empty_like<T>(builtins_of(self));
    made->update(self);
    return made;
  }
  static void update(T& self, const Arguments& given) {
    const PlacedArguments<1> placed(kUpdateParameters, {given.positional, {}, {}});
    const Ref<> held = share<Object>(self);
    if (placed[0] != nullptr && !is_none(*placed[0])) self.update(*placed[0]);
    for (std::size_t i = 0; i < given.keyword_names.size(); ++i) self.set(*given.keyword_names[i], *given.keyword_values[i]);
  }
  /// `left | right`, where the other is a mapping.
  static Ref<> merge(Object& left, Object& right) {
    if (!is_mapping(left) || !is_mapping(right)) return {};
    const Ref<T> made = is<T>(left) ? copy(of(left)) : make_empty_like<T>(builtins_of(left));
    if (!is<T>(left)) made->update(left);
    made->update(right);
    return made;
  }
  static Ref<> construct(Type& type, const Arguments& given) {
    Ref<T> made = make_empty_like<T>(*type.heap->builtins);
    update(*made, given);
    return made;
  }
  static Ref<> references(T& self) {
    Dict& entries = self.entries();
    return list_from(std::same_as<T, WeakKeys> ? *entries.keys() : *entries.values());
  }
  static constexpr std::string_view kReferences = std::same_as<T, WeakKeys> ? "keyrefs()" : "valuerefs()";
  static constexpr Parameters kUpdateParameters = parameters("update(dict=None, /)");
  static constexpr NumberSlots kNumber{.bit_or = merge};

  static constexpr Attribute kAttributes[] = {
      detail::class_getitem(),
      method(
          "copy()", [](T& self) -> Ref<> { return copy(self); }, "A weak dictionary with the same entries."),
      method(
          "__copy__()", [](T& self) -> Ref<> { return copy(self); }, "A weak dictionary with the same entries."),
      method(
          "update(*args, **kwargs)", [](T& self, const Arguments& given) { update(self, given); },
          "Set the entries of the other and the keyword arguments."),
      method(
          "items()", [](T& self) { return walk(self, DictPart::kItems); }, "An iterator over the living entries."),
      method(
          "keys()", [](T& self) { return walk(self, DictPart::kKeys); }, "An iterator over the keys of living entries."),
      method(
          "values()", [](T& self) { return walk(self, DictPart::kValues); },
          "An iterator over the values of living entries."),
      method(
          kReferences, [](T& self) { return references(self); }, "The weak references, dead ones too, as a list."),
      special_method(
          "__ior__(value, /)",
          [](T& self, Object& other) {
            const Ref<> held = share<Object>(self);
            self.update(other);
            return held;
          },
          "Return self|=value."),
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
            .iterate = iterate_dictionary,
            .number = &kNumber,
            .sequence = &kSequence,
            .mapping = &kMapping,
            .construct = construct,
            .attributes = &kAttributeTable<kAttributes>};
  }
};

}  // namespace

const TypeSlots kWeakKeysSlots = Access<WeakKeys>::slots("WeakKeyDictionary");
const TypeSlots kWeakValuesSlots = Access<WeakValues>::slots("WeakValueDictionary");

}  // namespace detail

}  // namespace ouro
