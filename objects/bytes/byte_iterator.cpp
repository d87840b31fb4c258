// The iterators of bytes, bytearray and memoryview.
#include <ouro/base/error.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/detail/byte_parts.h>
#include <ouro/objects/bytes/detail/memory_items.h>
#include <ouro/objects/bytes/memoryview.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
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

std::size_t size_of(const Object& sequence) noexcept {
  return is<Bytes>(sequence) ? view(static_cast<const Bytes&>(sequence)).size()
                             : view(static_cast<const ByteArray&>(sequence)).size();
}

std::size_t hint_of(const SequenceIterator& iterator) noexcept {
  const std::size_t size = iterator.sequence != nullptr ? size_of(*iterator.sequence) : 0;
  return size > iterator.position ? size - iterator.position : 0;
}

Ref<> reduced(SequenceIterator& iterator) {
  if (iterator.sequence == nullptr) return detail::reduced_rest(builtins_of(iterator).empty_tuple());
  return detail::reduced_iterator(*iterator.sequence, iterator.position);
}

void set_state(SequenceIterator& iterator, Object& given) {
  const auto position = static_cast<std::uint64_t>(detail::iterator_state(given));
  if (iterator.sequence != nullptr) iterator.position = std::min<std::uint64_t>(position, size_of(*iterator.sequence));
}

constexpr Attribute kAttributes[] = {
    method(
        "__length_hint__()", [](SequenceIterator& iterator) { return hint_of(iterator); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(method(
        "__reduce__()", [](SequenceIterator& iterator) { return reduced(iterator); },
        "Return state information for pickling.")),
    detail::without_signature(method(
        "__setstate__(state, /)", [](SequenceIterator& iterator, Object& state) { set_state(iterator, state); },
        "Set state information for unpickling.")),
};

constexpr TypeSlots byte_iterator(std::string_view name, UnarySlot next,
                                  const AttributeTable* attributes = &kAttributeTable<kAttributes>) noexcept {
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

constinit const TypeSlots detail::kBytesIteratorSlots = byte_iterator("bytes_iterator", next_slot<Bytes>);
constinit const TypeSlots detail::kByteArrayIteratorSlots = byte_iterator("bytearray_iterator", next_slot<ByteArray>);
constinit const TypeSlots detail::kMemoryIteratorSlots = byte_iterator("memory_iterator", next_item_slot, nullptr);

}  // namespace ouro
