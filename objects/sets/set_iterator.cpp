// The iterator of sets and its steps (CPython: setiter_iternext in Objects/setobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/sets/detail/set_search.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/sets/set_iterator.h>

#include <bit>

namespace ouro {

namespace {

constexpr std::uint32_t kSizeChanged = ~std::uint32_t{0};

SetIterator& iterator_of(Object& object) noexcept { return static_cast<SetIterator&>(object); }
const AnySet& set_of(const SetIterator& iterator) noexcept { return static_cast<const AnySet&>(*iterator.set); }

/// Law exhausted-stays.
Ref<> exhaust(SetIterator& iterator) noexcept {
  store(iterator.set, nullptr);
  return {};
}

Ref<> itself(Object& object) { return share(object); }

// The step that most loops take, to a key in the next slot.
Ref<> next_slot(Object& object) {
  SetIterator& iterator = iterator_of(object);
  if (iterator.set == nullptr) return {};
  const AnySet& set = set_of(iterator);
  const std::uint32_t position = iterator.position;
  if (set.size != iterator.expected || position >= set.used || iterator.remaining == 0) return next_of(iterator);
  Object* const element = set.keys[position];
  if (element == nullptr) return next_of(iterator);
  iterator.position = position + 1;
  --iterator.remaining;
  return share(*element);
}

void clear_slot(Object& object) noexcept { static_cast<void>(exhaust(iterator_of(object))); }
std::string edge_name_slot(const Object&, std::size_t) { return ".set"; }

/// Goes on to the next slot with a key: that of the same group, or else the first one of another.
void skip_empty(SetIterator& iterator, const AnySet& set) noexcept {
  constexpr std::uint32_t kInGroup = detail::kGroupSlots - 1;
  for (std::uint32_t slot = iterator.position; slot < set.used; slot = (slot | kInGroup) + 1) {
    iterator.position = slot;
    const std::uint32_t keys = detail::slots_with_key(detail::prints_of(set) + (slot & ~kInGroup)) >> (slot & kInGroup);
    if (keys != 0) return void(iterator.position += static_cast<std::uint32_t>(std::countr_zero(keys)));
  }
  iterator.position = set.used;
}

std::uint32_t length_hint(const SetIterator& iterator) noexcept {
  const bool stands = iterator.set != nullptr && set_of(iterator).size == iterator.expected;
  return stands ? iterator.remaining : 0;
}

/// What is left, without taking it: a copy of the iterator walks.
Ref<> reduced_rest_of(SetIterator& iterator) {
  Ref<> set = Ref<>::share(iterator.set);  // making the copy may collect
  const Ref<SetIterator> walker = make<SetIterator>(*iterator.type, sizeof(SetIterator), [&](SetIterator& made) noexcept {
    made.set = set.release();
    made.position = iterator.position;
    made.expected = iterator.expected;
    made.remaining = iterator.remaining;
  });
  return detail::reduced_rest(*list_from(*walker));
}

constexpr Attribute kAttributes[] = {
    method(
        "__length_hint__()", [](SetIterator& iterator) { return length_hint(iterator); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(method(
        "__reduce__()", [](SetIterator& iterator) { return reduced_rest_of(iterator); },
        "Return state information for pickling.")),
};

}  // namespace

Ref<SetIterator> make_set_iterator(AnySet& set) {
  Ref<> held = share<Object>(set);  // making the iterator may collect
  Type& type = builtins_of(set).type(Kind::kSetIterator);
  return make<SetIterator>(type, sizeof(SetIterator), [&](SetIterator& made) noexcept {
    made.set = held.release();
    made.position = 0;
    made.expected = made.remaining = set.size;
  });
}

Ref<> next_of(SetIterator& iterator) {
  if (iterator.set == nullptr) return {};
  const AnySet& set = set_of(iterator);
  if (set.size != iterator.expected) {
    iterator.expected = kSizeChanged;  // for ever, as in CPython
    raise(ErrorKind::kRuntimeError, "Set changed size during iteration");
  }
  if (iterator.position < set.used && set.keys[iterator.position] == nullptr) skip_empty(iterator, set);
  // As many may have been removed as added, again and again: a walk ends all the same.
  if (iterator.position >= set.used || iterator.remaining == 0) return exhaust(iterator);
  --iterator.remaining;
  return share(*set.keys[iterator.position++]);
}

constinit const TypeSlots detail::kSetIteratorSlots{
    .name = "set_iterator",
    .kind = Kind::kSetIterator,
    .flags = kContainerType,
    .size = sizeof(SetIterator),
    .edges = SetIterator::kEdges,
    .dismantle = detail::dismantle_as<SetIterator>,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = itself,
    .next = next_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
