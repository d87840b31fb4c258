// dict.update and dict(other) (CPython: dict_merge and PyDict_MergeFromSeq2 in Objects/dictobject.c).
#include <ouro/objects/containers/detail/dict_parts.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/one_runtime.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// Law dict-recheck of merging: setting a key may run code that changes `source`, so each pair is held and the size is
/// looked at again, as in CPython.
void merge(Dict& dict, const Dict& source) {
  if (&dict == &source || source.size == 0) return;
  const std::uint32_t expected = source.size;
  if (dict.used == 0) return detail::copy_entries(dict, source);
  for (std::uint32_t i = 0; i < source.used; ++i) {
    if (source.pairs[i].key == nullptr) continue;
    const Ref<> key = share(*source.pairs[i].key);
    const Ref<> value = share(*source.pairs[i].value);
    dict.set(*key, *value);
    if (source.size != expected) raise(ErrorKind::kRuntimeError, "dict mutated during update");
  }
}

/// An element of an update sequence that is no tuple or list of two.
Ref<List> pair_from(Object& element, std::size_t number) {
  Ref<List> pair;
  try {
    const bool is_plain = is_exact<List>(element) || is_exact<Tuple>(element);
    pair = list_from(is_plain ? element : *iterate(element));
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    raise_instead(ErrorKind::kTypeError,
                  fmt::format("cannot convert dictionary update sequence element #{} to a sequence", number));
  }
  if (pair->size != 2)
    raise(ErrorKind::kValueError,
          fmt::format("dictionary update sequence element #{} has length {}; 2 is required", number, pair->size));
  return pair;
}

void set_pair(Dict& dict, Object* const* items) {
  const Ref<> key = share(*items[0]);
  const Ref<> value = share(*items[1]);
  dict.set(*key, *value);
}

void merge_pairs(Dict& dict, Object& iterable) {
  const Ref<> iterator = iterate(iterable);
  for (std::size_t number = 0; const Ref<> element = next(*iterator); ++number) {
    if (is_exact<Tuple>(*element) && static_cast<Tuple&>(*element).size == 2) {
      set_pair(dict, static_cast<Tuple&>(*element).items);
    } else if (is_exact<List>(*element) && static_cast<List&>(*element).size == 2) {
      set_pair(dict, static_cast<List&>(*element).items);
    } else {
      set_pair(dict, pair_from(*element, number)->items);
    }
  }
}

/// What `other.keys()` gives, if it has such a method; empty otherwise.
Ref<> keys_of(Object& other) {
  const Ref<> method = find_attribute(other, *intern(builtins_of(other), "keys"));
  if (!method) return {};
  Ref<> keys = call(*method, {});
  const TypeSlots& slots = *keys->type->slots;
  if (slots.iterate == nullptr && (slots.sequence == nullptr || slots.sequence->item == nullptr))
    raise(ErrorKind::kTypeError,
          fmt::format("{}.keys() returned a non-iterable (type {})", other.type->name, keys->type->name));
  return keys;
}

void merge_mapping(Dict& dict, Object& mapping, Object& keys) {
  const Ref<> iterator = iterate(*list_from(keys));
  while (const Ref<> key = next(*iterator)) {
    const Ref<> value = get_item(mapping, *key);
    dict.set(*key, *value);
  }
}

}  // namespace

void Dict::update(Object& other) {
  expect_one_runtime(*this, other);
  const Ref<> held[] = {share(*this), share(other)};  // keys are hashed and compared
  if (detail::is_merged_directly(other)) return merge(*this, static_cast<const Dict&>(other));
  if (const Ref<> keys = keys_of(other)) return merge_mapping(*this, other, *keys);
  merge_pairs(*this, other);
}

void detail::update_from_call(Dict& dict, const Parameters& parameters, const Arguments& arguments) {
  const PlacedArguments<1> given(parameters, {arguments.positional, {}, {}});
  const Ref<Dict> held = share(dict);
  if (given[0] != nullptr) dict.update(*given[0]);
  for (std::size_t i = 0; i < arguments.keyword_names.size(); ++i)
    dict.set(*arguments.keyword_names[i], *arguments.keyword_values[i]);
}

Ref<Dict> dict_from(Object& other) {
  if (is_exact<Dict>(other)) return static_cast<const Dict&>(other).copy();
  const Ref<> held = share(other);  // making a dict may collect
  Ref<Dict> made = make_dict(builtins_of(other));
  made->update(other);
  return made;
}

}  // namespace ouro
