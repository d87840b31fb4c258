// reversed (CPython: Objects/enumobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace ouro {

namespace {

Reversed& reversed_of(Object& object) noexcept { return static_cast<Reversed&>(object); }

/// Law exhausted-stays.
void exhaust(Reversed& iterator) noexcept {
  iterator.index = -1;
  store(iterator.sequence, nullptr);
}

/// The item at the index. Whatever keeps it from being given exhausts the iterator, errors as well.
Ref<> item_or_end(Reversed& iterator, Object& sequence) {
  const std::int64_t index = iterator.index;
  Ref<> item;
  if (index >= 0) {
    try {
      item = detail::item_at(sequence, static_cast<std::uint64_t>(index));
    } catch (...) {
      exhaust(iterator);
      throw;
    }
  }
  // What gave the item may have gone on with this iterator: it is not put back.
  item ? void(iterator.index = std::min(iterator.index, index - 1)) : exhaust(iterator);
  return item;
}

Ref<> next_slot(Object& object) {
  Reversed& iterator = reversed_of(object);
  if (iterator.sequence == nullptr) return {};
  const Ref<> held[] = {share(object), share(*iterator.sequence)};
  return item_or_end(iterator, *held[1]);
}

std::size_t hint(Reversed& iterator) {
  if (iterator.sequence == nullptr) return 0;
  const Ref<> sequence = share(*iterator.sequence);
  const std::size_t size = length(*sequence);
  const auto left = static_cast<std::size_t>(iterator.index + 1);
  return size < left ? 0 : left;
}

std::string edge_name_slot(const Object&, std::size_t) { return ".sequence"; }
void clear_slot(Object& object) noexcept { exhaust(reversed_of(object)); }

[[noreturn, gnu::cold]] void refuse(const Object& object) {
  raise(ErrorKind::kTypeError, fmt::format("'{}' object is not reversible", object.type->name));
}

Ref<> make_from(Type& type, Object& sequence) {
  Ref<> held = share(sequence);
  const Ref<> method = Ref<>::share(lookup(*sequence.type, *intern(builtins_of(sequence), "__reversed__")));
  if (method && kind_of(*method) == Kind::kNone) refuse(sequence);
  if (method) return detail::call_found(*method, sequence, {});
  const SequenceSlots* const slots = sequence.type->slots->sequence;
  if (slots == nullptr || slots->item == nullptr || kind_of(sequence) == Kind::kDict) refuse(sequence);
  const auto last = static_cast<std::int64_t>(length(sequence)) - 1;
  return detail::make_lazy<Reversed>(type, [&](Reversed& made) noexcept {
    made.sequence = held.release();
    made.index = last;
  });
}

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  detail::expect_no_keywords(type, detail::kReversedSlots, arguments);
  if (arguments.positional.size() != 1)
    raise(ErrorKind::kTypeError, fmt::format("reversed expected 1 argument, got {}", arguments.positional.size()));
  return make_from(type, *arguments.positional[0]);
}

Ref<> reduced(Reversed& iterator) {
  Builtins& builtins = builtins_of(iterator);
  if (iterator.sequence == nullptr) return detail::reduced(*iterator.type, {&builtins.empty_tuple()});
  const Ref<> sequence = share(*iterator.sequence);
  const Ref<Int> index = make_int(builtins, iterator.index);
  return detail::reduced(*iterator.type, {sequence.get()}, index.get());
}

void set_state(Reversed& iterator, Object& given) {
  const std::int64_t wanted = detail::iterator_state(given, -1);
  if (iterator.sequence == nullptr) return;
  const Ref<> sequence = share(*iterator.sequence);
  iterator.index = std::min(wanted, static_cast<std::int64_t>(length(*sequence)) - 1);
}

constexpr Attribute kAttributes[] = {
    method(
        "__length_hint__()", [](Reversed& iterator) { return hint(iterator); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(method(
        "__reduce__()", [](Reversed& iterator) { return reduced(iterator); }, "Return state information for pickling.")),
    detail::without_signature(method(
        "__setstate__(state, /)", [](Reversed& iterator, Object& state) { set_state(iterator, state); },
        "Set state information for unpickling.")),
};

}  // namespace

Ref<> reversed(Object& sequence) { return make_from(builtins_of(sequence).type(Kind::kReversed), sequence); }

constinit const TypeSlots detail::kReversedSlots{
    .name = "reversed",
    .kind = Kind::kReversed,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Reversed),
    .edges = Reversed::kEdges,
    .doc = "Return a reverse iterator over the values of the given sequence.",
    .dismantle = detail::dismantle_as<Reversed>,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
