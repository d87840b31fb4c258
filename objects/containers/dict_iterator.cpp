// The iterators of dicts and of their views, in both directions (CPython: dictiter_iternextitem and dictreviter_iternext in
// Objects/dictobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/given_tuple.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/make.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace ouro {

namespace {

constexpr std::uint32_t kSizeChanged = ~std::uint32_t{0};

DictIterator& iterator_of(Object& object) noexcept { return static_cast<DictIterator&>(object); }
const Dict& dict_of(const DictIterator& iterator) noexcept { return static_cast<const Dict&>(*iterator.dict); }

Ref<> itself(Object& object) { return share(object); }
std::string name_of_edge(const Object&, std::size_t number) { return number == 0 ? ".dict" : ".pair"; }

/// Law exhausted-stays.
void clear_slot(Object& object) noexcept {
  store(iterator_of(object).dict, nullptr);
  store(iterator_of(object).pair, nullptr);
}
Ref<> exhaust(DictIterator& iterator) noexcept {
  clear_slot(iterator);
  return {};
}

std::uint32_t length_hint(const DictIterator& iterator) noexcept {
  const bool stands = iterator.dict != nullptr && dict_of(iterator).size == iterator.expected;
  return stands ? iterator.remaining : 0;
}

/// `(key, value)` in the tuple that was given last, which nobody holds. The iterator may be gone afterwards.
[[gnu::always_inline]] inline Ref<> shown_again(DictIterator& iterator, const DictPair& pair) noexcept {
  increment(*pair.key);
  increment(*pair.value);
  return detail::give_pair_again(*iterator.pair, *pair.key, *pair.value);
}

/// `(key, value)`. The iterator, which the caller holds, keeps the pair that it gives, and fills it anew if nobody else
/// holds it.
Ref<> shown_pair(DictIterator& iterator, const DictPair& pair) {
  if (detail::is_free(iterator.pair)) return shown_again(iterator, pair);
  // Making the tuple may collect, and a finalizer may change the dict: make_tuple holds both first.
  Ref<Tuple> made = make_tuple(builtins_of(iterator), {pair.key, pair.value});
  if (iterator.dict != nullptr) store(iterator.pair, share<Object>(*made).release());
  return made;
}

Ref<> shown_part(DictIterator& iterator, const DictPair pair) {
  if (iterator.part == DictPart::kKeys) return share(*pair.key);
  if (iterator.part == DictPart::kValues) return share(*pair.value);
  return shown_pair(iterator, pair);
}

[[noreturn, gnu::cold]] void raise_size_changed(DictIterator& iterator) {
  iterator.expected = kSizeChanged;  // for ever, as in CPython
  raise(ErrorKind::kRuntimeError, "dictionary changed size during iteration");
}

Ref<> next_backwards(DictIterator& iterator) {
  if (iterator.dict == nullptr) return {};
  const Dict& dict = dict_of(iterator);
  if (dict.size != iterator.expected) raise_size_changed(iterator);
  std::uint32_t behind = std::min(iterator.position, dict.used);
  while (behind != 0 && dict.pairs[behind - 1].key == nullptr) --behind;
  if (behind == 0) return exhaust(iterator);
  const Ref<> held = iterator.part == DictPart::kItems ? share<Object>(iterator) : Ref<>();
  Ref<> shown = shown_part(iterator, dict.pairs[behind - 1]);
  iterator.position = std::min(iterator.position, behind - 1);
  if (iterator.remaining != 0) --iterator.remaining;
  return shown;
}
Ref<> next_backwards_slot(Object& object) { return next_backwards(iterator_of(object)); }

/// Making a pair may collect, and a finalizer may go on with this iterator: it is not put back.
Ref<> next_made(DictIterator& iterator) {
  const Ref<> held = share<Object>(iterator);
  const std::uint32_t position = iterator.position;
  Ref<> shown = shown_pair(iterator, dict_of(iterator).pairs[position]);
  iterator.position = std::max(iterator.position, position + 1);
  if (iterator.remaining != 0) --iterator.remaining;
  return shown;
}

/// The next step where it is no plain one.
[[gnu::noinline]] Ref<> next_slowly(DictIterator& iterator) {
  if (iterator.dict == nullptr) return {};
  const Dict& dict = dict_of(iterator);
  if (dict.size != iterator.expected) raise_size_changed(iterator);
  while (iterator.position < dict.used && dict.pairs[iterator.position].key == nullptr) ++iterator.position;
  if (iterator.position >= dict.used) return exhaust(iterator);
  if (iterator.remaining == 0) {
    // As many were deleted as inserted: more entries than there were.
    clear_slot(iterator);
    raise(ErrorKind::kRuntimeError, "dictionary keys changed during iteration");
  }
  if (iterator.part == DictPart::kItems && !detail::is_free(iterator.pair)) return next_made(iterator);
  const DictPair pair = dict.pairs[iterator.position++];
  --iterator.remaining;
  return iterator.part == DictPart::kItems ? shown_again(iterator, pair) : shown_part(iterator, pair);
}

/// The step that most loops take: the pair at hand, and the step to the next one. Null, and nothing changed, if it is
/// another one.
[[gnu::always_inline]] inline const DictPair* pair_at_hand(DictIterator& iterator) noexcept {
  if (iterator.dict == nullptr) return nullptr;
  const Dict& dict = dict_of(iterator);
  const std::uint32_t position = iterator.position;
  if (dict.size != iterator.expected || position >= dict.used || iterator.remaining == 0) return nullptr;
  const DictPair& pair = dict.pairs[position];
  if (pair.key == nullptr) return nullptr;
  iterator.position = position + 1;
  --iterator.remaining;
  return &pair;
}

Ref<> next_key_slot(Object& object) {
  const DictPair* const pair = pair_at_hand(iterator_of(object));
  return pair != nullptr ? share(*pair->key) : next_slowly(iterator_of(object));
}
Ref<> next_value_slot(Object& object) {
  const DictPair* const pair = pair_at_hand(iterator_of(object));
  return pair != nullptr ? share(*pair->value) : next_slowly(iterator_of(object));
}
Ref<> next_item_slot(Object& object) {
  DictIterator& iterator = iterator_of(object);
  const DictPair* const pair = detail::is_free(iterator.pair) ? pair_at_hand(iterator) : nullptr;
  return pair != nullptr ? shown_again(iterator, *pair) : next_slowly(iterator);
}

Type& type_of(const Dict& dict, DictPart part, bool backwards) noexcept {
  Immortals& immortals = *builtins_of(dict).immortals;
  switch (part) {
    case DictPart::kKeys:
      return backwards ? immortals.type(Variant::kDictReverseKeyIterator) : immortals.type(Kind::kDictIterator);
    case DictPart::kValues:
      return immortals.type(backwards ? Variant::kDictReverseValueIterator : Variant::kDictValueIterator);
    case DictPart::kItems:
      break;
  }
  return immortals.type(backwards ? Variant::kDictReverseItemIterator : Variant::kDictItemIterator);
}

Ref<DictIterator> make_iterator(Dict& dict, DictPart part, bool backwards) {
  Ref<> held = share<Object>(dict);  // making the iterator may collect
  return make<DictIterator>(type_of(dict, part, backwards), sizeof(DictIterator), [&](DictIterator& made) noexcept {
    made.dict = held.release();
    made.pair = nullptr;
    made.position = backwards ? dict.used : 0;
    made.expected = made.remaining = dict.size;
    made.part = part;
  });
}

/// What is left, without taking it: a copy of the iterator walks.
Ref<> reduced_rest_of(DictIterator& iterator) {
  Ref<> dict = Ref<>::share(iterator.dict);  // making the copy may collect
  const Ref<DictIterator> walker =
      make<DictIterator>(*iterator.type, sizeof(DictIterator), [&](DictIterator& made) noexcept {
        made.dict = dict.release();
        made.pair = nullptr;
        made.position = iterator.position;
        made.expected = iterator.expected;
        made.remaining = iterator.remaining;
        made.part = iterator.part;
      });
  return detail::reduced_rest(*list_from(*walker));
}

constexpr Attribute kAttributes[] = {
    method(
        "__length_hint__()", [](DictIterator& iterator) { return length_hint(iterator); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(method(
        "__reduce__()", [](DictIterator& iterator) { return reduced_rest_of(iterator); },
        "Return state information for pickling.")),
};

constexpr TypeSlots dict_iterator(std::string_view name, UnarySlot next) noexcept {
  return {
      .name = name,
      .kind = Kind::kDictIterator,
      .flags = kContainerType,
      .size = sizeof(DictIterator),
      .edges = EdgeLayout::fixed(sizeof(Object), 2),
      .clear = clear_slot,
      .edge_name = name_of_edge,
      .hash = default_hash,
      .iterate = itself,
      .next = next,
      .attributes = &kAttributeTable<kAttributes>,
  };
}

}  // namespace

Ref<DictIterator> make_dict_iterator(Dict& dict, DictPart part) { return make_iterator(dict, part, false); }
Ref<DictIterator> make_reverse_dict_iterator(Dict& dict, DictPart part) { return make_iterator(dict, part, true); }

Ref<> next_of(DictIterator& iterator) { return iterator.type->slots->next(iterator); }

constinit const TypeSlots detail::kDictIteratorSlots = dict_iterator("dict_keyiterator", next_key_slot);
constinit const TypeSlots detail::kDictValueIteratorSlots = dict_iterator("dict_valueiterator", next_value_slot);
constinit const TypeSlots detail::kDictItemIteratorSlots = dict_iterator("dict_itemiterator", next_item_slot);
constinit const TypeSlots detail::kDictReverseKeyIteratorSlots =
    dict_iterator("dict_reversekeyiterator", next_backwards_slot);
constinit const TypeSlots detail::kDictReverseValueIteratorSlots =
    dict_iterator("dict_reversevalueiterator", next_backwards_slot);
constinit const TypeSlots detail::kDictReverseItemIteratorSlots =
    dict_iterator("dict_reverseitemiterator", next_backwards_slot);

}  // namespace ouro
