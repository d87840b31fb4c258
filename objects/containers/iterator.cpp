// The iterators of sequences: their slots and their steps.
#include <ouro/base/error.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/unless.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace ouro {

namespace {

/// Law exhausted-stays.
void exhaust(Object*& container) noexcept { store(container, nullptr); }

Ref<> self_slot(Object& object) { return share(object); }

Ref<> next_sequence_slot(Object& object) { return next_of(static_cast<SequenceIterator&>(object)); }

void clear_sequence_slot(Object& object) noexcept { exhaust(static_cast<SequenceIterator&>(object).sequence); }

std::string name_of_sequence(const Object&, std::size_t) { return ".sequence"; }

/// The next character of a str. Making one collects nothing, so that nobody needs to be held.
Ref<> next_in_str(SequenceIterator& iterator) {
  const auto& str = static_cast<const Str&>(*iterator.sequence);
  std::size_t offset = iterator.position;
  if (offset < str.bytes) {
    Ref<> character = next_character(str, offset);
    iterator.position = offset;
    return character;
  }
  exhaust(iterator.sequence);
  return {};
}

Ref<> next_in_str_slot(Object& object) {
  auto& iterator = static_cast<SequenceIterator&>(object);
  return iterator.sequence == nullptr ? Ref<>() : next_in_str(iterator);
}

/// The same of text that is ASCII, whose characters exist.
Ref<> next_in_ascii_slot(Object& object) {
  auto& iterator = static_cast<SequenceIterator&>(object);
  if (iterator.sequence == nullptr) return {};
  const auto& str = static_cast<const Str&>(*iterator.sequence);
  if (iterator.position < str.bytes) {
    const auto byte = static_cast<unsigned char>(str.data()[iterator.position++]);
    return Ref<>::adopt(&builtins_of(str).immortals->character(byte));
  }
  exhaust(iterator.sequence);
  return {};
}

/// Law iterator-holds: the next item of a sequence that may run foreign code, or collect, to give it. It is held meanwhile:
/// such code may exhaust the iterator, and so drop the sequence.
Ref<> next_held(SequenceIterator& iterator) {
  const Ref<> held = share(iterator);
  const Ref<> sequence = share(*iterator.sequence);
  const FailureMark mark(heap_of(iterator).failures);
  Ref<> item = detail::item_at(*sequence, iterator.position);
  if (mark.failed()) return {};
  item ? void(++iterator.position) : exhaust(iterator.sequence);
  return item;
}

/// Of list_reverseiterator. The list may have become shorter, and then there is nothing left.
Ref<> next_backwards(SequenceIterator& iterator) {
  const auto& list = static_cast<const List&>(*iterator.sequence);
  const std::uint64_t left = iterator.position - SequenceIterator::kBackwards;
  if (left == 0 || left > list.size) {
    exhaust(iterator.sequence);
    return {};
  }
  --iterator.position;
  return share(*list.items[left - 1]);
}

/// How many items the iterator still has to give. NotImplemented of a sequence that has no length.
Ref<> hint_of(SequenceIterator& iterator) {
  Builtins& builtins = builtins_of(iterator);
  if (iterator.sequence == nullptr) return make_int(builtins, 0);
  const Ref<> sequence = share(*iterator.sequence);
  if (!detail::has_length(*sequence)) return Ref<>::share(builtins.not_implemented());
  const std::size_t size = length(*sequence);
  const std::uint64_t position = iterator.position;
  if ((position & SequenceIterator::kBackwards) == 0) return make_int(builtins, size > position ? size - position : 0);
  const std::uint64_t left = position - SequenceIterator::kBackwards;
  return make_int(builtins, size < left ? 0 : left);
}

/// The same of a str, where the position counts bytes.
Ref<> hint_of_str(SequenceIterator& iterator) {
  Builtins& builtins = builtins_of(iterator);
  const Str* const str = iterator.sequence != nullptr ? as<Str>(*iterator.sequence) : nullptr;
  if (str == nullptr) return make_int(builtins, 0);
  return make_int(builtins, detail::count_code_points(text(*str).substr(iterator.position)));
}

// ---- Pickle ----

bool goes_backwards(const SequenceIterator& iterator) noexcept {
  return iterator.type == &builtins_of(iterator).immortals->type(Variant::kListReverseIterator);
}
bool is_over_str(const SequenceIterator& iterator) noexcept {
  Immortals& immortals = *builtins_of(iterator).immortals;
  return iterator.type == &immortals.type(Variant::kStrIterator) ||
         iterator.type == &immortals.type(Variant::kAsciiIterator);
}

/// What an exhausted iterator says that it goes through: something empty of the kind of its sequence.
Ref<> reduced_at_end(SequenceIterator& iterator) {
  Builtins& builtins = builtins_of(iterator);
  if (is_over_str(iterator)) return detail::reduced_rest(builtins.empty_str());
  const bool is_list = iterator.type == &builtins.immortals->type(Variant::kListIterator) || goes_backwards(iterator);
  if (is_list) return detail::reduced_rest(*make_list(builtins));
  return detail::reduced_rest(builtins.empty_tuple());
}

Ref<> reduced(SequenceIterator& iterator) {
  if (iterator.sequence == nullptr) return reduced_at_end(iterator);
  Builtins& builtins = builtins_of(iterator);
  const Ref<> sequence = share(*iterator.sequence);
  if (goes_backwards(iterator)) {
    const auto left = static_cast<std::int64_t>(iterator.position - SequenceIterator::kBackwards);
    return detail::reduced(builtins.type(Kind::kReversed), {sequence.get()}, make_int(builtins, left - 1).get());
  }
  if (!is_over_str(iterator)) return detail::reduced_iterator(*sequence, iterator.position);
  const std::string_view shown = text(static_cast<const Str&>(*sequence)).substr(0, iterator.position);
  return detail::reduced_iterator(*sequence, detail::count_code_points(shown));
}

/// `__setstate__(position)`: one outside of the sequence is the nearest inside; one of an object that has no length is as
/// given.
void set_state(SequenceIterator& iterator, Object& given) {
  const std::int64_t position = detail::iterator_state(given, goes_backwards(iterator) ? -1 : 0);
  if (iterator.sequence == nullptr) return;
  auto place = static_cast<std::uint64_t>(position);
  if (const List* const list = as<List>(*iterator.sequence); list != nullptr && goes_backwards(iterator)) {
    iterator.position = SequenceIterator::kBackwards + std::min<std::uint64_t>(place + 1, list->size);
  } else if (is_over_str(iterator)) {
    const auto& str = static_cast<const Str&>(*iterator.sequence);
    iterator.position = byte_offset(str, std::min<std::size_t>(place, str.code_points));
  } else {
    const bool has_end = is<List>(*iterator.sequence) || is<Tuple>(*iterator.sequence);
    iterator.position = has_end ? std::min<std::uint64_t>(place, length(*iterator.sequence)) : place;
  }
}

constexpr Attribute pickle_method() {
  return method(
      "__reduce__()", [](SequenceIterator& iterator) { return reduced(iterator); },
      "Return state information for pickling.");
}
constexpr Attribute unpickle_method() {
  return method(
      "__setstate__(state, /)", [](SequenceIterator& iterator, Object& state) { set_state(iterator, state); },
      "Set state information for unpickling.");
}

constexpr Attribute kSequenceAttributes[] = {
    method(
        "__length_hint__()", [](SequenceIterator& iterator) { return hint_of(iterator); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(pickle_method()),
    detail::without_signature(unpickle_method()),
};
constexpr Attribute kStrAttributes[] = {
    method(
        "__length_hint__()", [](SequenceIterator& iterator) { return hint_of_str(iterator); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(pickle_method()),
    detail::without_signature(unpickle_method()),
};

Type& type_of_iterator(const Object& sequence) noexcept {
  Immortals& immortals = *builtins_of(sequence).immortals;
  if (is<List>(sequence)) return immortals.type(Variant::kListIterator);
  if (is<Tuple>(sequence)) return immortals.type(Variant::kTupleIterator);
  const Str* const str = as<Str>(sequence);
  if (str == nullptr) return immortals.type(Kind::kSequenceIterator);
  return immortals.type(str->is_ascii() ? Variant::kAsciiIterator : Variant::kStrIterator);
}

constexpr TypeSlots sequence_iterator(std::string_view name, UnarySlot next = next_sequence_slot,
                                      const AttributeTable& attributes = kAttributeTable<kSequenceAttributes>) noexcept {
  return {
      .name = name,
      .kind = Kind::kSequenceIterator,
      .flags = kContainerType,
      .size = sizeof(SequenceIterator),
      .edges = EdgeLayout::fixed(sizeof(Object), 1),
      .clear = clear_sequence_slot,
      .edge_name = name_of_sequence,
      .hash = default_hash,
      .iterate = self_slot,
      .next = next,
      .attributes = &attributes,
  };
}

Ref<SequenceIterator> make_at(Type& type, Object& sequence, std::uint64_t position) {
  Ref<> held = share(sequence);  // making the iterator may collect
  return make<SequenceIterator>(type, sizeof(SequenceIterator), [&](SequenceIterator& made) noexcept {
    made.sequence = held.release();
    made.position = position;
  });
}

}  // namespace

Ref<> detail::item_at(Object& sequence, std::uint64_t position) {
  const SequenceSlots* const slots = sequence.type->slots->sequence;
  if (slots == nullptr || slots->item == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("'{}' object does not support indexing", sequence.type->name));
  return unless({ErrorKind::kIndexError, ErrorKind::kStopIteration}, heap_of(sequence),
                [&] { return slots->item(sequence, static_cast<std::int64_t>(position)); });
}

Ref<SequenceIterator> make_sequence_iterator(Object& sequence) { return make_at(type_of_iterator(sequence), sequence, 0); }

Ref<SequenceIterator> make_reverse_iterator(List& list) {
  Type& type = builtins_of(list).immortals->type(Variant::kListReverseIterator);
  return make_at(type, list, SequenceIterator::kBackwards + list.size);
}

Ref<> next_of(SequenceIterator& iterator) {
  Object* const sequence = iterator.sequence;
  if (sequence == nullptr) return {};
  if (List* const list = as<List>(*sequence)) {
    if (iterator.position < list->size) return share(*list->items[iterator.position++]);
    if (iterator.position >= SequenceIterator::kBackwards) return next_backwards(iterator);
  } else if (Tuple* const tuple = as<Tuple>(*sequence)) {
    if (iterator.position < tuple->size) return share(*tuple->items[iterator.position++]);
  } else {
    return is<Str>(*sequence) ? next_in_str(iterator) : next_held(iterator);
  }
  exhaust(iterator.sequence);
  return {};
}

constinit const TypeSlots detail::kSequenceIteratorSlots = sequence_iterator("iterator");
constinit const TypeSlots detail::kListIteratorSlots = sequence_iterator("list_iterator");
constinit const TypeSlots detail::kTupleIteratorSlots = sequence_iterator("tuple_iterator");
constinit const TypeSlots detail::kStrIteratorSlots =
    sequence_iterator("str_iterator", next_in_str_slot, kAttributeTable<kStrAttributes>);
constinit const TypeSlots detail::kAsciiIteratorSlots =
    sequence_iterator("str_ascii_iterator", next_in_ascii_slot, kAttributeTable<kStrAttributes>);
constinit const TypeSlots detail::kListReverseIteratorSlots = sequence_iterator("list_reverseiterator");

}  // namespace ouro
