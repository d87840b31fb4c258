// The iterators of bytes, bytearray and memoryview.
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/bytes/memoryview.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/numbers/int.h>

#include <algorithm>

namespace ouro {

namespace {

SequenceIterator& iterator_of(Object& object) noexcept { return static_cast<SequenceIterator&>(object); }

/// Law exhausted-stays.
void exhaust(Object& object) noexcept { store(iterator_of(object).sequence, nullptr); }

Ref<> self_slot(Object& object) { return share(object); }
std::string edge_name_slot(const Object&, std::size_t) { return ".sequence"; }

/// The next byte of what B shows; no code runs.
template <class B>
Ref<> next_slot(Object& object) {
  SequenceIterator& iterator = iterator_of(object);
  if (iterator.sequence == nullptr) return {};
  const std::string_view bytes = view(static_cast<const B&>(*iterator.sequence));
  if (iterator.position < bytes.size())
    return make_int(builtins_of(object), static_cast<std::uint8_t>(bytes[iterator.position++]));
  exhaust(object);
  return {};
}

/// The next item of a view. ValueError if that was released.
Ref<> next_item_slot(Object& object) {
  SequenceIterator& iterator = iterator_of(object);
  if (iterator.sequence == nullptr) return {};
  const auto& view = static_cast<const MemoryView&>(*iterator.sequence);
  if (static_cast<std::int64_t>(iterator.position) < view.shape()[0]) {
    view.expect_open();
    const auto place = static_cast<std::int64_t>(iterator.position++);
    return detail::unpack_item(view, view.data + place * view.strides()[0]);
  }
  exhaust(object);
  return {};
}

/// How many bytes B shows now; none if the iterator is exhausted.
template <class B>
std::size_t shown_size(const SequenceIterator& iterator) noexcept {
  return iterator.sequence == nullptr ? 0 : view(static_cast<const B&>(*iterator.sequence)).size();
}

template <class B>
std::size_t bytes_left(const SequenceIterator& iterator) noexcept {
  const std::size_t size = shown_size<B>(iterator);
  return size > iterator.position ? size - iterator.position : 0;
}

/// `__setstate__`: the next byte is the one at `state`, clipped to what there is.
template <class B>
void set_position(SequenceIterator& iterator, const Object& state) {
  const Int* const position = as_int(state);
  if (position == nullptr) raise(ErrorKind::kTypeError, "an integer is required");
  if (!fits_int64(*position)) raise(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
  iterator.position =
      std::min<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(position->value, 0)), shown_size<B>(iterator));
}

template <class B>
constexpr Attribute kByteIteratorAttributes[] = {
    method(
        "__length_hint__()", [](SequenceIterator& iterator) { return bytes_left<B>(iterator); },
        "Private method returning an estimate of len(list(it))."),
    method(
        "__setstate__(state, /)", [](SequenceIterator& iterator, Object& state) { set_position<B>(iterator, state); },
        "Set state information for unpickling."),
};

constexpr TypeSlots byte_iterator(std::string_view name, UnarySlot next, const AttributeTable* attributes) noexcept {
  return {
      .name = name,
      .kind = Kind::kSequenceIterator,
      .flags = kContainerType,
      .size = sizeof(SequenceIterator),
      .edges = EdgeLayout::fixed(sizeof(Object), 1),
      .clear = exhaust,
      .edge_name = edge_name_slot,
      .hash = default_hash,
      .iterate = self_slot,
      .next = next,
      .attributes = attributes,
  };
}

Type& type_of_iterator(const Object& sequence) noexcept {
  Immortals& immortals = *builtins_of(sequence).immortals;
  if (is<Bytes>(sequence)) return immortals.type(Variant::kBytesIterator);
  return immortals.type(is<ByteArray>(sequence) ? Variant::kByteArrayIterator : Variant::kMemoryIterator);
}

}  // namespace

Ref<> detail::make_byte_iterator(Object& sequence) {
  Ref<> held = share(sequence);  // making the iterator may collect
  return make<SequenceIterator>(type_of_iterator(sequence), sizeof(SequenceIterator), [&](SequenceIterator& made) noexcept {
    made.sequence = held.release();
    made.position = 0;
  });
}

constinit const TypeSlots detail::kBytesIteratorSlots =
    byte_iterator("bytes_iterator", next_slot<Bytes>, &kAttributeTable<kByteIteratorAttributes<Bytes>>);
constinit const TypeSlots detail::kByteArrayIteratorSlots =
    byte_iterator("bytearray_iterator", next_slot<ByteArray>, &kAttributeTable<kByteIteratorAttributes<ByteArray>>);
constinit const TypeSlots detail::kMemoryIteratorSlots = byte_iterator("memory_iterator", next_item_slot, nullptr);

}  // namespace ouro
