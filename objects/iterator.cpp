#include <ouro/objects/detail/slot_tables.h>
#include <ouro/objects/dict.h>
#include <ouro/objects/iterator.h>
#include <ouro/objects/list.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/str.h>
#include <ouro/objects/tuple.h>

namespace ouro {

namespace {

constexpr std::uint32_t kSizeChanged = ~std::uint32_t{0};

/// Law exhausted-stays.
void exhaust(Object*& container) noexcept { store(container, nullptr); }

Ref<> self_slot(Object& object) { return share(object); }

Ref<> next_sequence_slot(Object& object) { return next_of(static_cast<SequenceIterator&>(object)); }
Ref<> next_dict_slot(Object& object) { return next_of(static_cast<DictIterator&>(object)); }

void clear_sequence_slot(Object& object) noexcept { exhaust(static_cast<SequenceIterator&>(object).sequence); }
void clear_dict_slot(Object& object) noexcept { exhaust(static_cast<DictIterator&>(object).dict); }

std::string name_of_sequence(const Object&, std::size_t) { return ".sequence"; }
std::string name_of_dict(const Object&, std::size_t) { return ".dict"; }

Ref<> shown_part(Builtins& builtins, DictPart part, Object& key, Object& value) {
  if (part == DictPart::kKeys) return share(key);
  if (part == DictPart::kValues) return share(value);
  // Making the tuple may collect, and a finalizer may change the dict: both are held first.
  const Ref<> held_key = share(key);
  const Ref<> held_value = share(value);
  return make_tuple(builtins, {&key, &value});
}

/// `sequence[position]` of an object that has items but no iterator of its own; empty if IndexError or StopIteration says so.
Ref<> item_at(Object& sequence, std::uint64_t position) {
  try {
    return sequence.type->slots->sequence->item(sequence, static_cast<std::int64_t>(position));
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kIndexError) && !error.is(ErrorKind::kStopIteration)) throw;
    return {};
  }
}

}  // namespace

Ref<SequenceIterator> make_sequence_iterator(Object& sequence) {
  Type& type = builtins_of(sequence).immortals->type(Kind::kSequenceIterator);
  return make<SequenceIterator>(type, sizeof(SequenceIterator), [&](SequenceIterator& made) noexcept {
    made.sequence = Ref<>::share(sequence).release();
    made.position = 0;
  });
}

Ref<DictIterator> make_dict_iterator(Dict& dict, DictPart part) {
  Type& type = builtins_of(dict).immortals->type(Kind::kDictIterator);
  return make<DictIterator>(type, sizeof(DictIterator), [&](DictIterator& made) noexcept {
    made.dict = Ref<>::share(dict).release();
    made.position = 0;
    made.expected = made.remaining = dict.size;
    made.part = part;
  });
}

Ref<> next_of(SequenceIterator& iterator) {
  Object* const sequence = iterator.sequence;
  if (sequence == nullptr) return {};
  if (List* const list = as<List>(*sequence)) {
    if (iterator.position < list->size) return share(*list->items[iterator.position++]);
  } else if (Tuple* const tuple = as<Tuple>(*sequence)) {
    if (iterator.position < tuple->size) return share(*tuple->items[iterator.position++]);
  } else if (Str* const str = as<Str>(*sequence)) {
    std::size_t offset = iterator.position;
    if (Ref<> character = next_character(*str, offset)) {
      iterator.position = offset;
      return character;
    }
  } else if (Ref<> item = item_at(*sequence, iterator.position)) {
    ++iterator.position;
    return item;
  }
  exhaust(iterator.sequence);
  return {};
}

Ref<> next_of(DictIterator& iterator) {
  if (iterator.dict == nullptr) return {};
  const Dict& dict = static_cast<const Dict&>(*iterator.dict);
  if (dict.size != iterator.expected) {
    iterator.expected = kSizeChanged;  // for ever, as in CPython
    raise(ErrorKind::kRuntimeError, "dictionary changed size during iteration");
  }
  while (iterator.position < dict.used && dict.pairs[iterator.position].key == nullptr) ++iterator.position;
  if (iterator.position >= dict.used) {
    exhaust(iterator.dict);
    return {};
  }
  if (iterator.remaining == 0) {
    // As many were deleted as inserted: more entries than there were.
    exhaust(iterator.dict);
    raise(ErrorKind::kRuntimeError, "dictionary keys changed during iteration");
  }
  const std::uint32_t position = iterator.position;
  const DictPair& pair = dict.pairs[position];
  Ref<> shown = shown_part(builtins_of(iterator), iterator.part, *pair.key, *pair.value);
  iterator.position = position + 1;
  --iterator.remaining;
  return shown;
}

const TypeSlots detail::kSequenceIteratorSlots{
    .name = "iterator",
    .kind = Kind::kSequenceIterator,
    .flags = kContainerType,
    .size = sizeof(SequenceIterator),
    .edges = EdgeLayout::fixed(sizeof(Object), 1),
    .clear = clear_sequence_slot,
    .edge_name = name_of_sequence,
    .iterate = self_slot,
    .next = next_sequence_slot,
};

const TypeSlots detail::kDictIteratorSlots{
    .name = "dict_iterator",
    .kind = Kind::kDictIterator,
    .flags = kContainerType,
    .size = sizeof(DictIterator),
    .edges = EdgeLayout::fixed(sizeof(Object), 1),
    .clear = clear_dict_slot,
    .edge_name = name_of_dict,
    .iterate = self_slot,
    .next = next_dict_slot,
};

}  // namespace ouro
