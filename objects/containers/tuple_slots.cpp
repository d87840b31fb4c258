// The behaviour of tuple (CPython: Objects/tupleobject.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/may_be_tracked.h>
#include <ouro/objects/core/detail/short_text.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <string>

namespace ouro {

namespace {

Tuple& tuple_of(Object& object) noexcept { return static_cast<Tuple&>(object); }
const Tuple& tuple_of(const Object& object) noexcept { return static_cast<const Tuple&>(object); }

std::size_t block_bytes_of_tuple(const Object& object) noexcept { return tuple_bytes(tuple_of(object).size); }

bool may_untrack(const Object& object) noexcept {
  const Heap& heap = heap_of(object);
  return std::ranges::none_of(tuple_of(object).view(),
                              [&](const Object* item) { return detail::may_be_tracked(heap, *item); });
}

Ref<> repr_slot(Object& object) {
  Tuple& tuple = tuple_of(object);
  Builtins& builtins = builtins_of(object);
  if (tuple.size == 0) return make_str(builtins, "()");
  const ReprGuard guard(object);
  if (guard.entered_before()) return make_str(builtins, "(...)");
  StrBuilder out(builtins);
  out.append('(');
  detail::append_reprs(out, tuple);
  out.append(tuple.size == 1 ? ",)" : ")");
  return out.finish();
}

/// CPython's hash of a tuple: xxHash64's rounds over the items' hashes.
std::int64_t hash_slot(Object& object) {
  constexpr std::uint64_t kPrime1 = 11400714785074694791ULL;
  constexpr std::uint64_t kPrime2 = 14029467366897019727ULL;
  constexpr std::uint64_t kPrime5 = 2870177450012600261ULL;
  const Tuple& tuple = tuple_of(object);
  std::uint64_t sum = kPrime5;
  for (Object* const item : tuple.view()) {
    sum += static_cast<std::uint64_t>(hash(*item)) * kPrime2;
    sum = std::rotl(sum, 31) * kPrime1;
  }
  sum += tuple.size ^ (kPrime5 ^ 3527539ULL);
  return sum == ~std::uint64_t{0} ? 1546275796 : static_cast<std::int64_t>(sum);
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<Tuple>(left) || !is<Tuple>(right)) return Answer::kNotImplemented;
  return detail::compare_sequences(tuple_of(left), tuple_of(right), op);
}

Ref<> iterate_slot(Object& object) { return make_sequence_iterator(object); }
std::size_t length_slot(const Object& object) { return tuple_of(object).size; }

Ref<> item_slot(Object& object, std::int64_t index) {
  const Tuple& tuple = tuple_of(object);
  if (!detail::is_position(index, tuple.size)) return fail(tuple, ErrorKind::kIndexError, "tuple index out of range");
  return share(*tuple.items[index]);
}

Ref<> concatenate_slot(Object& left, Object& right) {
  if (!is<Tuple>(left)) return {};
  if (!is<Tuple>(right))
    raise(ErrorKind::kTypeError, fmt::format("can only concatenate tuple (not \"{}\") to tuple", right.type->name));
  return concatenate(tuple_of(left), tuple_of(right));
}

Ref<> repeat_slot(Object& object, std::int64_t times) { return repeat(tuple_of(object), times); }
bool contains_slot(Object& object, Object& value) { return contains(tuple_of(object), value); }

Ref<> subscript_slot(Object& object, Object& key) {
  if (const auto* const part = as<SliceObject>(key)) return slice(tuple_of(object), unpack(*part));
  if (!detail::has_index(key))
    raise(ErrorKind::kTypeError, fmt::format("tuple indices must be integers or slices, not {}", key.type->name));
  return item_slot(object, detail::from_front(to_index(key), tuple_of(object).size));
}

constexpr SequenceSlots kTupleSequence{
    .length = length_slot,
    .item = item_slot,
    .concatenate = concatenate_slot,
    .repeat = repeat_slot,
    .contains = contains_slot,
};

constexpr MappingSlots kTupleMapping{.length = length_slot, .subscript = subscript_slot};

constexpr Parameters kTupleParameters = parameters("tuple(iterable=(), /)");

/// A tuple of a class that derives from tuple, with the items that `item(i)` returns.
template <class F>
Ref<> build_derived(Type& type, std::size_t size, F&& item) {
  return detail::make_derived<Tuple>(type, tuple_bytes(size), [&](Tuple& made) noexcept {
    made.size = static_cast<std::uint32_t>(size);
    for (std::size_t i = 0; i < size; ++i) made.items[i] = Ref<>(item(i)).release();
  });
}

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  const PlacedArguments<1> given(kTupleParameters, detail::without_keywords_of_init(type, detail::kTupleSlots, arguments));
  const Ref<Tuple> made = given[0] != nullptr ? tuple_from(*given[0]) : share(type.heap->builtins->empty_tuple());
  if (!type.has(kClassType)) return made;
  return build_derived(type, made->size, [&](std::size_t i) noexcept { return share(*made->items[i]); });
}

constexpr CopySlots kTupleCopy{
    .note = [](const Object& object, MessageNode& node, StateWriter&) { node.count = tuple_of(object).size; },
    .write =
        [](const Object& object, MessageNode&, StateWriter& to) {
          for (const Object* const item : tuple_of(object).view()) to.reference(item);
        },
    .make = [](Type& type, const MessageNode& node, StateReader& from) -> Ref<> {
      const auto next_item = [&](std::size_t) noexcept { return from.reference(); };
      if (type.has(kClassType)) return build_derived(type, node.count, next_item);
      return build_tuple(*type.heap->builtins, node.count, next_item);
    },
    .made_from_others = true,
};

/// Without items of items: a tuple inside a tuple is only named.
std::string short_text_slot(const Object& object) {
  constexpr std::size_t kMostItems = 4;
  const Tuple& tuple = tuple_of(object);
  if (tuple.size > kMostItems) return detail::plain_text(object);
  std::string items;
  for (const Object* const item : tuple.view())
    items += (items.empty() ? "" : ", ") + (is<Tuple>(*item) ? detail::plain_text(*item) : detail::short_text(*item));
  return fmt::format("({}{})", items, tuple.size == 1 ? "," : "");
}

std::size_t index_in(Tuple& tuple, Object& value, Object* start, Object* stop) {
  const std::int64_t first = detail::bound_argument(start, 0);
  return index_of(tuple, value, first, detail::bound_argument(stop, std::numeric_limits<std::int64_t>::max()));
}

constexpr Attribute kTupleAttributes[] = {
    method(
        "__getnewargs__()",
        [](Tuple& tuple) {
          const Ref<> plain = make_tuple(builtins_of(tuple), tuple.view());
          return make_tuple(builtins_of(tuple), {plain.get()});
        },
        ""),
    method(
        "index(value, start=0, stop=9223372036854775807, /)",
        [](Tuple& tuple, Object& value, Object* start, Object* stop) { return index_in(tuple, value, start, stop); },
        "Return first index of value.\n\nRaises ValueError if the value is not present."),
    method(
        "count(value, /)", [](Tuple& tuple, Object& value) { return count_of(tuple, value); },
        "Return number of occurrences of value."),
    detail::class_getitem(),
};

}  // namespace

const TypeSlots detail::kTupleSlots{
    .name = "tuple",
    .kind = Kind::kTuple,
    .flags = kContainerType | kUntrackableType | kBaseType | kNoWeakDerivedType,
    .edges = Tuple::kEdges,
    .doc =
        "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is "
        "specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the "
        "same "
        "object.",
    .dismantle = detail::dismantle_as<Tuple, nullptr, block_bytes_of_tuple>,
    .block_bytes = block_bytes_of_tuple,
    .may_untrack = may_untrack,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .sequence = &kTupleSequence,
    .mapping = &kTupleMapping,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kTupleAttributes>,
    .copy = &kTupleCopy,
    .short_text = short_text_slot,
};

}  // namespace ouro
