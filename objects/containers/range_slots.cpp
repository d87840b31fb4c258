// The behaviour of range as an object (CPython: Objects/rangeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/range_parts.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace {

Range& range_of(Object& object) noexcept { return static_cast<Range&>(object); }
const Range& range_of(const Object& object) noexcept { return static_cast<const Range&>(object); }

void release_slot(Object& object) noexcept {
  const Range& range = range_of(object);
  for (Int* const part : {range.start, range.stop, range.step, range.length}) decrement(*part);
}

void visit_parts(const Object& object, Visitor visit) noexcept {
  const Range& range = range_of(object);
  for (Int* const part : {range.start, range.stop, range.step, range.length}) visit(part);
}

bool is_number(const Int& value, std::int64_t number) noexcept { return !value.is_big() && value.value == number; }

Ref<> repr_slot(Object& object) {
  const Range& range = range_of(object);
  std::string shown = fmt::format("range({}, {}", text(*repr(*range.start)), text(*repr(*range.stop)));
  if (!is_number(*range.step, 1)) shown += fmt::format(", {}", text(*repr(*range.step)));
  return make_str(builtins_of(object), shown + ")");
}

/// Equal ranges hash alike: what no item depends on is left out.
std::int64_t hash_slot(Object& object) {
  const Range& range = range_of(object);
  Object& none = builtins_of(object).none();
  Object* const start = is_number(*range.length, 0) ? &none : range.start;
  Object* const step = is_number(*range.length, 0) || is_number(*range.length, 1) ? &none : range.step;
  return hash(*make_tuple(builtins_of(object), {range.length, start, step}));
}

bool same(const Int& left, const Int& right) noexcept { return compare_ints(left, right) == 0; }

/// As sequences of items.
bool equal_ranges(const Range& left, const Range& right) noexcept {
  if (!same(*left.length, *right.length)) return false;
  if (is_number(*left.length, 0)) return true;
  if (!same(*left.start, *right.start)) return false;
  return is_number(*left.length, 1) || same(*left.step, *right.step);
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<Range>(right) || (op != Comparison::kEqual && op != Comparison::kNotEqual)) return Answer::kNotImplemented;
  return equal_ranges(range_of(left), range_of(right)) == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

bool truth_slot(Object& object) { return !is_number(*range_of(object).length, 0); }
Ref<> iterate_slot(Object& object) { return detail::make_range_iterator(range_of(object)); }

std::size_t length_slot(const Object& object) {
  const Int& length = *range_of(object).length;
  if (length.is_big()) raise(ErrorKind::kOverflowError, "Python int too large to convert to C ssize_t");
  return static_cast<std::size_t>(length.value);
}

Ref<> item_slot(Object& object, std::int64_t index) {
  const Int& length = *range_of(object).length;
  if (index < 0 || (!length.is_big() && index >= length.value))
    return fail(object, ErrorKind::kIndexError, "range object index out of range");
  return get(range_of(object), index);
}
bool contains_slot(Object& object, Object& value) { return contains(range_of(object), value); }

Ref<> subscript_slot(Object& object, Object& key) {
  if (const auto* const part = as<SliceObject>(key)) return detail::slice_by(range_of(object), *part);
  if (!detail::has_index(key))
    raise(ErrorKind::kTypeError, fmt::format("range indices must be integers or slices, not {}", key.type->name));
  const Ref<> held = share(object);
  return get(range_of(object), *index(key));
}

constexpr SequenceSlots kSequence{.length = length_slot, .item = item_slot, .contains = contains_slot};
constexpr MappingSlots kMapping{.length = length_slot, .subscript = subscript_slot};

constexpr Parameters kParameters = parameters("range(start, stop=None, step=None, /)");

/// `range(stop)` or `range(start, stop, step)`.
Ref<> construct_slot(Type& type, const Arguments& arguments) {
  const PlacedArguments<3> given(kParameters, arguments);
  Builtins& builtins = *type.heap->builtins;
  const bool is_short = given[1] == nullptr;
  const Ref<Int> start = is_short ? make_int(builtins, 0) : index(*given[0]);
  const Ref<Int> stop = index(is_short ? *given[0] : *given[1]);
  const Ref<Int> step = given[2] == nullptr ? make_int(builtins, 1) : index(*given[2]);
  return detail::make_range_of(type, *start, *stop, *step);
}

constexpr Attribute kAttributes[] = {
    method(
        "__reversed__()", [](Range& range) { return reversed(range); }, "Return a reverse iterator."),
    detail::without_signature(method(
        "__reduce__()",
        [](Range& range) {
          return detail::reduced(*range.type, {range.start, range.stop, range.step});
        },
        "")),
    method(
        "count(value, /)", [](Range& range, Object& value) { return count_of(range, value); },
        "rangeobject.count(value) -> integer -- return number of occurrences of value"),
    method(
        "index(value, /)", [](Range& range, Object& value) { return index_of(range, value); },
        "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present."),
    member(
        "start", [](Range& range) { return share(*range.start); }, ""),
    member(
        "stop", [](Range& range) { return share(*range.stop); }, ""),
    member(
        "step", [](Range& range) { return share(*range.step); }, ""),
};

constexpr CopySlots kCopy{
    .note = [](const Object&, MessageNode& node, StateWriter&) { node.count = 3; },
    .write =
        [](const Object& object, MessageNode&, StateWriter& to) {
          for (const Int* const part : {range_of(object).start, range_of(object).stop, range_of(object).step})
            to.reference(part);
        },
    .make = [](Type& type, const MessageNode&, StateReader& from) -> Ref<> {
      const auto start = static_ref_cast<Int>(from.reference());
      const auto stop = static_ref_cast<Int>(from.reference());
      const auto step = static_ref_cast<Int>(from.reference());
      return detail::make_range_of(type, *start, *stop, *step);
    },
    .made_from_others = true,
};

}  // namespace

constinit const TypeSlots detail::kRangeSlots{
    .name = "range",
    .kind = Kind::kRange,
    .size = sizeof(Range),
    .doc =
        "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a "
        "sequence of "
        "integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart "
        "defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list "
        "of 4 "
        "elements.\nWhen step is given, it specifies the increment (or decrement).",
    .dismantle = detail::dismantle_as<Range, release_slot>,
    .release = release_slot,
    .hidden = visit_parts,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .truth = truth_slot,
    .iterate = iterate_slot,
    .sequence = &kSequence,
    .mapping = &kMapping,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
    .copy = &kCopy,
};

}  // namespace ouro
