// The methods of dict (CPython: mapp_methods in Objects/dictobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/detail/dict_parts.h>
#include <ouro/objects/containers/detail/dict_table.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/text/intern.h>

#include <array>

namespace ouro::detail {

namespace {

Object& or_none(const Dict& dict, Object* value) noexcept { return value != nullptr ? *value : builtins_of(dict).none(); }

Ref<> get(Dict& dict, Object& key, Object* fallback) {
  const Ref<> held = Ref<>::share(or_none(dict, fallback));
  Object* const found = dict.find(key);
  return found != nullptr ? share(*found) : held;
}

Ref<> pop(Dict& dict, Object& key, Object* fallback) {
  if (fallback != nullptr) return dict.pop(key, *fallback);
  Ref<> value = take(dict, key);
  return value ? value : fail_missing_key(key);
}

Ref<> pop_item(Dict& dict) {
  if (dict.size == 0) return fail(dict, ErrorKind::kKeyError, "'popitem(): dictionary is empty'");
  const auto [key, value] = dict.pop_item();
  return make_tuple(builtins_of(dict), {key.get(), value.get()});
}

/// What the class of a dict says of a key that is not there; empty if it says nothing.
Ref<> missing(Dict& dict, Object& key) {
  const Ref<> method = Ref<>::share(lookup(*dict.type, *intern(builtins_of(dict), "__missing__")));
  return method ? call_found(*method, dict, {&key}) : Ref<>();
}

constexpr Parameters kUpdateParameters = parameters("update(iterable=(), /)");

/// `dict.fromkeys(iterable, value)`, of the type that it is called on.
Ref<> from_keys(Type& type, Object& iterable, Object* value) {
  const std::array held{share(iterable), Ref<>::share(value != nullptr ? *value : type.heap->builtins->none())};
  Ref<> made = call(type, {});
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> key = next(*iterator)) set_item(*made, *key, *held[1]);
  return made;
}

constexpr Attribute kAttributes[] = {
    special_method(
        "__ior__(value, /)",
        [](Dict& dict, Object& other) {
          dict.update(other);
          return share(dict);
        },
        "Return self|=value."),
    method(
        "__getitem__(key, /)", [](Dict& dict, Object& key) { return subscript(dict, key); }, "x.__getitem__(y) <==> x[y]"),
    method(
        "__contains__(key, /)", [](Dict& dict, Object& key) { return dict.contains(key); },
        "True if the dictionary has the specified key, else False."),
    method(
        "__sizeof__()", [](Dict& dict) { return block_bytes(dict) + (dict.capacity != 0 ? shape_of(dict).bytes() : 0); },
        "D.__sizeof__() -> size of D in memory, in bytes"),
    method(
        "get(key, default=None, /)", [](Dict& dict, Object& key, Object* fallback) { return get(dict, key, fallback); },
        "Return the value for key if key is in the dictionary, else default."),
    method(
        "setdefault(key, default=None, /)",
        [](Dict& dict, Object& key, Object* value) { return share(dict.set_default(key, or_none(dict, value))); },
        "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the "
        "dictionary, else default."),
    method(
        "pop(key, default=<unrepresentable>, /)",
        [](Dict& dict, Object& key, Object* fallback) { return pop(dict, key, fallback); },
        "Remove the specified key and return the value; default, if it is given, where there is no such key."),
    method(
        "popitem()", [](Dict& dict) { return pop_item(dict); },
        "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) "
        "order.\nRaises "
        "KeyError if the dict is empty."),
    method(
        "keys()", [](Dict& dict) { return dict.keys(); }, "A set-like object providing a view on the keys."),
    method(
        "items()", [](Dict& dict) { return dict.items(); }, "A set-like object providing a view on the items."),
    method(
        "values()", [](Dict& dict) { return dict.values(); }, "An object providing a view on the values."),
    method(
        "update(*args, **kwargs)",
        [](Dict& dict, const Arguments& given) { update_from_call(dict, kUpdateParameters, given); },
        "Update the dictionary from a mapping or from an iterable of pairs, then from the keyword arguments."),
    class_method(
        "fromkeys(iterable, value=None, /)",
        [](Type& type, Object& iterable, Object* value) { return from_keys(type, iterable, value); },
        "Create a new dictionary with keys from iterable and values set to value."),
    method(
        "clear()", [](Dict& dict) { dict.clear(); }, "Remove all items from the dictionary."),
    method(
        "copy()", [](Dict& dict) { return copy_of(dict); }, "Return a shallow copy of the dictionary."),
    method(
        "__reversed__()", [](Dict& dict) { return make_reverse_dict_iterator(dict, DictPart::kKeys); },
        "Return a reverse iterator over the dict keys."),
    detail::class_getitem(),
};

}  // namespace

Ref<> subscript(Dict& dict, Object& key) {
  if (is_exact<Dict>(dict)) {
    Object* const value = dict.find(key);
    return value != nullptr ? share(*value) : fail_missing_key(key);
  }
  const Ref<> held[] = {share(dict), share(key)};
  if (Object* const value = dict.find(key)) return share(*value);
  if (Ref<> answer = missing(dict, key)) return answer;
  return fail_missing_key(key);
}

Ref<Dict> copy_of(Dict& dict) {
  if (is_merged_directly(dict)) return dict.copy();
  const Ref<> held = share(dict);
  Ref<Dict> made = make_dict(builtins_of(dict));
  if (dict.size != 0) made->update(dict);
  return made;
}

constinit const AttributeTable kDictAttributes = kAttributeTable<kAttributes>;

}  // namespace ouro::detail
