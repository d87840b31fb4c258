// The behaviour of list (CPython: Objects/listobject.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>

#include <fmt/format.h>

#include <limits>

namespace ouro {

namespace {

List& list_of(Object& object) noexcept { return static_cast<List&>(object); }
const List& list_of(const Object& object) noexcept { return static_cast<const List&>(object); }

void release_slot(Object& object) noexcept {
  const List& list = list_of(object);
  if (list.capacity != 0) heap_of(object).memory.free_buffer(list.items, list.capacity * sizeof(Object*));
}

void clear_slot(Object& object) noexcept { list_of(object).clear(); }

Ref<> repr_slot(Object& object) {
  const List& list = list_of(object);
  Builtins& builtins = builtins_of(object);
  if (list.size == 0) return make_str(builtins, "[]");
  const ReprGuard guard(object);
  if (guard.entered_before()) return make_str(builtins, "[...]");
  StrBuilder out(builtins);
  out.append('[');
  detail::append_reprs(out, list);
  out.append(']');
  return out.finish();
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<List>(left) || !is<List>(right)) return Answer::kNotImplemented;
  // Lists of different lengths are not equal, whatever is in them. Tuples are compared item by item, as in CPython.
  if (detail::is_equality(op) && list_of(left).size != list_of(right).size)
    return detail::answer(op == Comparison::kNotEqual);
  return detail::compare_sequences(list_of(left), list_of(right), op);
}

Ref<> iterate_slot(Object& object) { return make_sequence_iterator(object); }
std::size_t length_slot(const Object& object) { return list_of(object).size; }

Ref<> item_slot(Object& object, std::int64_t index) {
  const List& list = list_of(object);
  if (!detail::is_position(index, list.size)) return fail(list, ErrorKind::kIndexError, "list index out of range");
  return share(*list.items[index]);
}

void change(List& list, std::int64_t index, Object* value) {
  if (value == nullptr) return list.erase(index);
  list.set(index, *value);
}

void set_item_slot(Object& object, std::int64_t index, Object* value) {
  // The index is already counted from the front; `set` and `erase` would count a negative one again.
  if (index < 0) raise(ErrorKind::kIndexError, "list assignment index out of range");
  change(list_of(object), index, value);
}

Ref<> concatenate_slot(Object& left, Object& right) {
  if (!is<List>(left)) return {};
  if (!is<List>(right))
    raise(ErrorKind::kTypeError, fmt::format("can only concatenate list (not \"{}\") to list", right.type->name));
  return list_of(left).concatenate(list_of(right));
}

Ref<> repeat_slot(Object& object, std::int64_t times) { return list_of(object).repeat(times); }
bool contains_slot(Object& object, Object& value) { return list_of(object).contains(value); }

std::int64_t index_from(Object& key) {
  if (!detail::has_index(key))
    raise(ErrorKind::kTypeError, fmt::format("list indices must be integers or slices, not {}", key.type->name));
  return to_index(key);
}

Ref<> subscript_slot(Object& object, Object& key) {
  if (const auto* const part = as<SliceObject>(key)) return list_of(object).slice(unpack(*part));
  const std::int64_t index = index_from(key);
  return item_slot(object, detail::from_front(index, list_of(object).size));
}

void change(List& list, const Slice& part, Object* value) {
  if (value == nullptr) return list.erase_slice(part);
  list.set_slice(part, *value);
}

void set_subscript_slot(Object& object, Object& key, Object* value) {
  if (const auto* const part = as<SliceObject>(key)) return change(list_of(object), unpack(*part), value);
  change(list_of(object), index_from(key), value);
}

constexpr SequenceSlots kListSequence{
    .length = length_slot,
    .item = item_slot,
    .set_item = set_item_slot,
    .concatenate = concatenate_slot,
    .repeat = repeat_slot,
    .contains = contains_slot,
};

constexpr MappingSlots kListMapping{
    .length = length_slot,
    .subscript = subscript_slot,
    .set_subscript = set_subscript_slot,
};

constexpr Parameters kListParameters = parameters("list(iterable=(), /)");

Ref<> construct_slot(Type& type, const Arguments&) { return make_list_of(type); }

void initialise_slot(Object& object, const Arguments& arguments) {
  const PlacedArguments<1> given(kListParameters, arguments);
  list_of(object).clear();
  if (given[0] != nullptr) list_of(object).extend(*given[0]);
}

constexpr CopySlots kListCopy{
    .note = [](const Object& object, MessageNode& node, StateWriter&) { node.count = list_of(object).size; },
    .write =
        [](const Object& object, MessageNode&, StateWriter& to) {
          for (const Object* const item : list_of(object).view()) to.reference(item);
        },
    .make = [](Type& type, const MessageNode& node, StateReader&) -> Ref<> { return make_list_of(type, node.count); },
    .read =
        [](Object& object, const MessageNode& node, StateReader& from) {
          for (std::uint32_t i = 0; i < node.count; ++i) list_of(object).append(from.reference());
        },
};

/// `key` may be None.
void sort(List& list, Object* key, Object* reverse) {
  const bool backwards = detail::flag_argument(reverse);
  list.sort(key == nullptr || is_none(*key) ? nullptr : key, backwards);
}

std::size_t index_of(List& list, Object& value, Object* start, Object* stop) {
  const std::int64_t first = detail::bound_argument(start, 0);
  return list.index(value, first, detail::bound_argument(stop, std::numeric_limits<std::int64_t>::max()));
}

constexpr Attribute kListAttributes[] = {
    method(
        "__getitem__(key, /)", [](List& list, Object& key) { return subscript_slot(list, key); },
        "x.__getitem__(y) <==> x[y]"),
    special_method(
        "__iadd__(value, /)",
        [](List& list, Object& other) {
          list.extend(other);
          return share(list);
        },
        "Implement self+=value."),
    special_method(
        "__imul__(value, /)",
        [](List& list, Object& times) {
          list.repeat_in_place(to_index(times, ErrorKind::kOverflowError));
          return share(list);
        },
        "Implement self*=value."),
    method(
        "__reversed__()", [](List& list) { return make_reverse_iterator(list); },
        "Return a reverse iterator over the list."),
    method(
        "__sizeof__()", [](List& list) { return block_bytes(list) + list.capacity * sizeof(Object*); },
        "Return the size of the list in memory, in bytes."),
    method(
        "clear()", [](List& list) { list.clear(); }, "Remove all items from list."),
    method(
        "copy()", [](List& list) { return list.copy(); }, "Return a shallow copy of the list."),
    method(
        "append(object, /)", [](List& list, Object& item) { list.append(item); }, "Append object to the end of the list."),
    method(
        "insert(index, object, /)",
        [](List& list, Object& index, Object& item) { list.insert(detail::size_argument(&index, 0), item); },
        "Insert object before index."),
    method(
        "extend(iterable, /)", [](List& list, Object& iterable) { list.extend(iterable); },
        "Extend list by appending elements from the iterable."),
    method(
        "pop(index=-1, /)", [](List& list, Object* index) { return list.pop(detail::size_argument(index, -1)); },
        "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range."),
    method(
        "remove(value, /)", [](List& list, Object& value) { list.remove(value); },
        "Remove first occurrence of value.\n\nRaises ValueError if the value is not present."),
    method(
        "index(value, start=0, stop=9223372036854775807, /)",
        [](List& list, Object& value, Object* start, Object* stop) { return index_of(list, value, start, stop); },
        "Return first index of value.\n\nRaises ValueError if the value is not present."),
    method(
        "count(value, /)", [](List& list, Object& value) { return list.count(value); },
        "Return number of occurrences of value."),
    method(
        "reverse()", [](List& list) { list.reverse(); }, "Reverse *IN PLACE*."),
    method(
        "sort(*, key=None, reverse=False)", [](List& list, Object* key, Object* reverse) { sort(list, key, reverse); },
        "Sort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list itself is modified) and "
        "stable (i.e. the\norder of two equal elements is maintained)."),
    detail::class_getitem(),
};

}  // namespace

const TypeSlots detail::kListSlots{
    .name = "list",
    .kind = Kind::kList,
    .flags = kContainerType | kBaseType,
    .size = sizeof(List),
    .edges = List::kEdges,
    .doc =
        "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument "
        "must "
        "be an iterable if specified.",
    .dismantle = detail::dismantle_as<List, release_slot>,
    .release = release_slot,
    .clear = clear_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .iterate = iterate_slot,
    .sequence = &kListSequence,
    .mapping = &kListMapping,
    .construct = construct_slot,
    .initialise = initialise_slot,
    .attributes = &kAttributeTable<kListAttributes>,
    .copy = &kListCopy,
};

}  // namespace ouro
