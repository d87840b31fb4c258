// slice as an object: made, resolved, compared, shown (CPython: Objects/sliceobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/range_parts.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/has_index.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/detail/may_be_tracked.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace ouro {

namespace {

using detail::apply_ints;

const SliceObject& slice_of(const Object& object) noexcept { return static_cast<const SliceObject&>(object); }

std::array<Object*, 3> parts_of(const Object& object) noexcept {
  return {slice_of(object).start, slice_of(object).stop, slice_of(object).step};
}

[[noreturn, gnu::cold]] void refuse_zero_step() { raise(ErrorKind::kValueError, "slice step cannot be zero"); }

std::optional<std::int64_t> bound_of(Object& written) {
  if (is_none(written)) return {};
  return detail::bound_or_none_argument(&written, 0);
}

/// Empty for None.
Ref<Int> int_of(Object& written) {
  if (is_none(written)) return {};
  if (!detail::has_index(written))
    raise(ErrorKind::kTypeError, "slice indices must be integers or None or have an __index__ method");
  return index(written);
}

SliceBounds bounds_of(const SliceObject& slice) {
  SliceBounds bounds;
  bounds.step = int_of(*slice.step);
  if (!bounds.step) bounds.step = make_int(builtins_of(slice), 1);
  if (!bounds.step->is_big() && bounds.step->value == 0) refuse_zero_step();
  bounds.start = int_of(*slice.start);
  bounds.stop = int_of(*slice.stop);
  return bounds;
}

bool may_untrack(const Object& object) noexcept {
  const Heap& heap = heap_of(object);
  return std::ranges::none_of(parts_of(object), [&](const Object* part) { return detail::may_be_tracked(heap, *part); });
}

std::string edge_name_slot(const Object&, std::size_t number) {
  constexpr std::array kNames{".start", ".stop", ".step"};
  return kNames[number];
}

Ref<> repr_slot(Object& object) {
  const auto [start, stop, step] = parts_of(object);
  const Ref<Str> shown[] = {repr(*start), repr(*stop), repr(*step)};
  return make_str_unchecked(builtins_of(object),
                            fmt::format("slice({}, {}, {})", text(*shown[0]), text(*shown[1]), text(*shown[2])));
}

bool holds_of_itself(Comparison op) noexcept {
  return op == Comparison::kEqual || op == Comparison::kLessEqual || op == Comparison::kGreaterEqual;
}

/// As tuples of their parts.
Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<SliceObject>(left) || !is<SliceObject>(right)) return Answer::kNotImplemented;
  if (&left == &right) return holds_of_itself(op) ? Answer::kYes : Answer::kNo;
  Builtins& builtins = builtins_of(left);
  const Ref<> held[] = {share(left), share(right)};
  const Ref<Tuple> mine = ouro::make_tuple(builtins, parts_of(left));
  const Ref<Tuple> others = ouro::make_tuple(builtins, parts_of(right));
  return detail::kTupleSlots.compare(*mine, *others, op);
}

constexpr Parameters kParameters = parameters("slice(start, stop=None, step=None, /)");

/// `slice(stop)` or `slice(start, stop, step)`.
Ref<> construct_slot(Type& type, const Arguments& arguments) {
  if (!arguments.keyword_names.empty()) raise(ErrorKind::kTypeError, "slice() takes no keyword arguments");
  const PlacedArguments<3> given(kParameters, arguments);
  Object& none = type.heap->builtins->none();
  const bool is_short = given[1] == nullptr;
  Object& start = is_short ? none : *given[0];
  Object& stop = is_short ? *given[0] : *given[1];
  return make_slice(start, stop, given[2] != nullptr ? *given[2] : none);
}

constexpr Attribute kAttributes[] = {
    method(
        "indices(object, /)", [](SliceObject& slice, Object& length) { return indices_of(slice, length); },
        "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\n"
        "indices, and the stride length of the extended slice described by\nS. Out of bounds indices are clipped in a "
        "manner consistent with the\nhandling of normal slices."),
    detail::without_signature(method(
        "__reduce__()",
        [](SliceObject& slice) {
          return detail::reduced(*slice.type, {slice.start, slice.stop, slice.step});
        },
        "Return state information for pickling.")),
    member(
        "start", [](SliceObject& slice) { return share(*slice.start); }, ""),
    member(
        "stop", [](SliceObject& slice) { return share(*slice.stop); }, ""),
    member(
        "step", [](SliceObject& slice) { return share(*slice.step); }, ""),
};

constexpr CopySlots kCopy{
    .note = [](const Object&, MessageNode& node, StateWriter&) { node.count = 3; },
    .write =
        [](const Object& object, MessageNode&, StateWriter& to) {
          for (const Object* const part : parts_of(object)) to.reference(part);
        },
    .make = [](Type&, const MessageNode&, StateReader& from) -> Ref<> {
      const Ref<> start = from.reference();
      const Ref<> stop = from.reference();
      const Ref<> step = from.reference();
      return make_slice(*start, *stop, *step);
    },
    .made_from_others = true,
};

}  // namespace

Ref<SliceObject> make_slice(Object& start, Object& stop, Object& step) {
  // Making the slice may collect.
  std::array held{share(start), share(stop), share(step)};
  Type& type = builtins_of(start).type(Kind::kSliceObject);
  return make<SliceObject>(type, sizeof(SliceObject), [&](SliceObject& made) noexcept {
    made.start = held[0].release();
    made.stop = held[1].release();
    made.step = held[2].release();
  });
}

Ref<SliceObject> make_slice(Builtins& builtins, const Slice& part) {
  const auto bound = [&](const std::optional<std::int64_t>& number) -> Ref<> {
    if (!number) return make_none(builtins);
    return make_int(builtins, *number);
  };
  const Ref<> start = bound(part.start);
  const Ref<> stop = bound(part.stop);
  const Ref<> step = part.step == 1 ? make_none(builtins) : bound(part.step);
  return make_slice(*start, *stop, *step);
}

Slice unpack(const SliceObject& slice) {
  const Ref<> held = detail::hold(slice);
  Slice part;
  part.step = bound_of(*slice.step).value_or(1);
  if (part.step == 0) refuse_zero_step();
  part.start = bound_of(*slice.start);
  part.stop = bound_of(*slice.stop);
  return part;
}

SliceRange resolve(const SliceObject& slice, std::size_t length) { return resolve(unpack(slice), length); }

SliceBounds resolve(const SliceObject& slice, Int& length) {
  const Ref<> held[] = {detail::hold(slice), detail::hold(length)};
  return detail::clip_bounds(bounds_of(slice), length);
}

SliceBounds detail::clip_bounds(const SliceBounds& written, Int& length) {
  const bool backwards = written.step->is_negative();
  const Ref<Int> low = make_int(builtins_of(length), backwards ? -1 : 0);
  const Ref<Int> high = backwards ? apply_ints(Operator::kAdd, length, *low) : share(length);
  const auto clip = [&](const Ref<Int>& bound, const Ref<Int>& fallback) -> Ref<Int> {
    if (!bound) return fallback;
    Ref<Int> position = bound->is_negative() ? apply_ints(Operator::kAdd, *bound, length) : bound;
    if (compare_ints(*position, *low) < 0) return low;
    return compare_ints(*high, *position) < 0 ? high : position;
  };
  return {clip(written.start, backwards ? high : low), clip(written.stop, backwards ? low : high), written.step};
}

Ref<Tuple> indices_of(const SliceObject& slice, Object& length) {
  const Ref<> held = detail::hold(slice);
  const Ref<Int> size = index(length);
  if (size->is_negative()) raise(ErrorKind::kValueError, "length should not be negative");
  const SliceBounds bounds = resolve(slice, *size);
  return make_tuple(builtins_of(slice), {bounds.start.get(), bounds.stop.get(), bounds.step.get()});
}

constinit const TypeSlots detail::kSliceObjectSlots{
    .name = "slice",
    .kind = Kind::kSliceObject,
    .flags = kContainerType | kUntrackableType,
    .size = sizeof(SliceObject),
    .edges = SliceObject::kEdges,
    .doc =
        "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. "
        "a[0:10:2]).",
    .dismantle = detail::dismantle_as<SliceObject>,
    .may_untrack = may_untrack,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
    .copy = &kCopy,
};

}  // namespace ouro
