// The behaviour of list (CPython: Objects/listobject.c).
#include <ouro/objects/containers/detail/indexes.h>
#include <ouro/objects/containers/detail/sequence_text.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>

#include <fmt/format.h>

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

bool truth_slot(Object& object) { return list_of(object).size != 0; }
Ref<> iterate_slot(Object& object) { return make_sequence_iterator(object); }
std::size_t length_slot(const Object& object) { return list_of(object).size; }

Ref<> item_slot(Object& object, std::int64_t index) {
  const List& list = list_of(object);
  if (!detail::is_position(index, list.size)) raise(ErrorKind::kIndexError, "list index out of range");
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
  const NumberSlots* const number = key.type->slots->number;
  if (number == nullptr || number->index == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("list indices must be integers or slices, not {}", key.type->name));
  return to_index(key);
}

Ref<> subscript_slot(Object& object, Object& key) {
  const std::int64_t index = index_from(key);
  return share(list_of(object).get(index));
}

void set_subscript_slot(Object& object, Object& key, Object* value) { change(list_of(object), index_from(key), value); }

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

}  // namespace

const TypeSlots detail::kListSlots{
    .name = "list",
    .kind = Kind::kList,
    .flags = kContainerType,
    .size = sizeof(List),
    .edges = List::kEdges,
    .dismantle = detail::dismantle_as<List, release_slot>,
    .release = release_slot,
    .clear = clear_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .truth = truth_slot,
    .iterate = iterate_slot,
    .sequence = &kListSequence,
    .mapping = &kListMapping,
};

}  // namespace ouro
