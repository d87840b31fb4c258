// dict.update and dict(other) (CPython: dict_merge and PyDict_MergeFromSeq2 in Objects/dictobject.c).
#include <ouro/objects/dict.h>
#include <ouro/objects/list.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/tuple.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// Law dict-recheck of merging: setting a key may run code that changes `source`, so each pair is held and the size is looked
/// at again, as in CPython.
void merge(Dict& dict, const Dict& source) {
  if (&dict == &source || source.size == 0) return;
  const std::uint32_t expected = source.size;
  if (dict.size == 0) dict.reserve(expected);
  for (std::uint32_t i = 0; i < source.used; ++i) {
    if (source.pairs[i].key == nullptr) continue;
    const Ref<> key = share(*source.pairs[i].key);
    const Ref<> value = share(*source.pairs[i].value);
    dict.set(*key, *value);
    if (source.size != expected) raise(ErrorKind::kRuntimeError, "dict mutated during update");
  }
}

/// The element of an update sequence as a list or tuple.
Ref<List> pair_from(Object& element, std::size_t number) {
  Ref<List> pair;
  try {
    pair = list_from(element);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kTypeError)) throw;
    raise(ErrorKind::kTypeError, fmt::format("cannot convert dictionary update sequence element #{} to a sequence", number));
  }
  if (pair->size != 2)
    raise(ErrorKind::kValueError,
          fmt::format("dictionary update sequence element #{} has length {}; 2 is required", number, pair->size));
  return pair;
}

void merge_pairs(Dict& dict, Object& iterable) {
  const Ref<> iterator = iterate(iterable);
  for (std::size_t number = 0; const Ref<> element = next(*iterator); ++number) {
    const Ref<List> pair = pair_from(*element, number);
    dict.set(pair->get(0), pair->get(1));
  }
}

}  // namespace

void Dict::update(Object& other) {
  if (const Dict* const dict = as<Dict>(other)) return merge(*this, *dict);
  merge_pairs(*this, other);
}

Ref<Dict> dict_from(Object& other) {
  if (const Dict* const dict = as<Dict>(other)) return dict->copy();
  Ref<Dict> made = make_dict(builtins_of(other));
  made->update(other);
  return made;
}

}  // namespace ouro
