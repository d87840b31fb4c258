// range: what can be asked of one (CPython: Objects/rangeobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/detail/range_parts.h>
#include <ouro/objects/containers/range.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/numbers/detail/big_value.h>

#include <fmt/format.h>

#include <array>

namespace ouro {

namespace {

using detail::apply_ints;
using detail::Wide;

bool is_zero(const Int& value) noexcept { return !value.is_big() && value.value == 0; }
bool is_less(const Int& left, const Int& right) noexcept { return compare_ints(left, right) < 0; }

/// How many items there are, in numbers that cannot overflow.
Wide length_of(Wide start, Wide stop, Wide step) noexcept {
  const Wide distance = step > 0 ? stop - start : start - stop;
  return distance <= 0 ? 0 : (distance - 1) / (step > 0 ? step : -step) + 1;
}

Ref<Int> length_of_long(Int& start, Int& stop, Int& step) {
  Builtins& builtins = builtins_of(start);
  const bool up = !step.is_negative();
  Int& low = up ? start : stop;
  Int& high = up ? stop : start;
  if (!is_less(low, high)) return make_int(builtins, 0);
  const Ref<Int> one = make_int(builtins, 1);
  const Ref<Int> stride = up ? share(step) : static_ref_cast<Int>(negative(step));
  const Ref<Int> distance = apply_ints(Operator::kSubtract, high, low);
  const Ref<Int> whole = apply_ints(Operator::kFloorDivide, *apply_ints(Operator::kSubtract, *distance, *one), *stride);
  return apply_ints(Operator::kAdd, *whole, *one);
}

Ref<Int> length_of(Int& start, Int& stop, Int& step) {
  if (start.is_big() || stop.is_big() || step.is_big()) return length_of_long(start, stop, step);
  return detail::make_int_wide(builtins_of(start), length_of(Wide{start.value}, Wide{stop.value}, Wide{step.value}));
}

/// True if the int is an item.
bool has_item(const Range& range, Int& value) {
  const bool up = !range.step->is_negative();
  const bool inside = up ? !is_less(value, *range.start) && is_less(value, *range.stop)
                         : !is_less(*range.start, value) && is_less(*range.stop, value);
  if (!inside) return false;
  const Ref<Int> distance = apply_ints(Operator::kSubtract, value, *range.start);
  return is_zero(*apply_ints(Operator::kRemainder, *distance, *range.step));
}

/// Calls `visit(item, position)` for each item until it says false.
template <class F>
void for_each_item(Range& range, F&& visit) {
  const Ref<> iterator = iterate(range);
  Heap& heap = heap_of(range);
  for (std::size_t position = 0; const Ref<> item = next(*iterator); ++position) {
    heap.safepoint();
    if (!visit(*item, position)) return;
  }
}

/// The part of a range between clipped bounds. Both are computed as items, also where they are none, as CPython does.
Ref<Range> part_of(const Range& range, const SliceBounds& bounds) {
  const Ref<Int> step = apply_ints(Operator::kMultiply, *range.step, *bounds.step);
  const Ref<Int> start = detail::compute_item(range, *bounds.start);
  const Ref<Int> stop = detail::compute_item(range, *bounds.stop);
  return detail::make_range_of(builtins_of(range).type(Kind::kRange), *start, *stop, *step);
}

/// An int or bool; null for an int of a class, which may say otherwise what equals it.
Int* as_plain_int(Object& value) noexcept {
  const bool is_plain = is_exact<Int>(value) || kind_of(value) == Kind::kBool;
  return is_plain ? static_cast<Int*>(&value) : nullptr;
}

}  // namespace

Ref<Int> detail::apply_ints(Operator op, Int& left, Int& right) { return static_ref_cast<Int>(apply(op, left, right)); }

Ref<Int> detail::compute_item(const Range& range, Int& index) {
  return apply_ints(Operator::kAdd, *range.start, *apply_ints(Operator::kMultiply, index, *range.step));
}

Ref<Range> detail::make_range_of(Type& type, Int& start, Int& stop, Int& step) {
  if (is_zero(step)) raise(ErrorKind::kValueError, "range() arg 3 must not be zero");
  Ref<Int> length = length_of(start, stop, step);
  const std::array held{share(start), share(stop), share(step)};
  return make<Range>(type, sizeof(Range), [&](Range& made) noexcept {
    made.start = share(start).release();
    made.stop = share(stop).release();
    made.step = share(step).release();
    made.length = length.release();
    made.flags |= kStorageFlag;
  });
}

Ref<Range> make_range(Object& start, Object& stop, Object& step) {
  const std::array held{share(start), share(stop), share(step)};
  const Ref<Int> first = ouro::index(start);
  const Ref<Int> end = ouro::index(stop);
  const Ref<Int> stride = ouro::index(step);
  return detail::make_range_of(builtins_of(start).type(Kind::kRange), *first, *end, *stride);
}

Ref<Range> make_range(Builtins& builtins, std::int64_t start, std::int64_t stop, std::int64_t step) {
  const Ref<Int> first = make_int(builtins, start);
  const Ref<Int> end = make_int(builtins, stop);
  const Ref<Int> stride = make_int(builtins, step);
  return detail::make_range_of(builtins.type(Kind::kRange), *first, *end, *stride);
}

Ref<Int> get(const Range& range, const Int& index) {
  const Ref<Int> given = share(const_cast<Int&>(index));
  const Ref<Int> position = given->is_negative() ? apply_ints(Operator::kAdd, *given, *range.length) : given;
  if (position->is_negative() || !is_less(*position, *range.length))
    raise(ErrorKind::kIndexError, "range object index out of range");
  return detail::compute_item(range, *position);
}

Ref<Int> get(const Range& range, std::int64_t index) { return get(range, *make_int(builtins_of(range), index)); }

Ref<Range> slice(const Range& range, const Slice& part) {
  if (part.step == 0) raise(ErrorKind::kValueError, "slice step cannot be zero");
  Builtins& builtins = builtins_of(range);
  SliceBounds written;
  if (part.start) written.start = make_int(builtins, *part.start);
  if (part.stop) written.stop = make_int(builtins, *part.stop);
  written.step = make_int(builtins, part.step);
  return part_of(range, detail::clip_bounds(written, *range.length));
}

Ref<Range> detail::slice_by(const Range& range, const SliceObject& part) {
  const Ref<> held = share(const_cast<Range&>(range));
  return part_of(range, resolve(part, *range.length));
}

bool contains(Range& range, Object& value) {
  if (Int* const number = as_plain_int(value)) return has_item(range, *number);
  const std::array held{share<Object>(range), share(value)};
  bool found = false;
  for_each_item(range, [&](Object& item, std::size_t) { return !(found = same_or_equal(item, value)); });
  return found;
}

std::size_t count_of(Range& range, Object& value) {
  if (Int* const number = as_plain_int(value)) return has_item(range, *number) ? 1 : 0;
  const std::array held{share<Object>(range), share(value)};
  std::size_t found = 0;
  for_each_item(range, [&](Object& item, std::size_t) {
    if (same_or_equal(item, value)) ++found;
    return true;
  });
  return found;
}

Ref<Int> index_of(Range& range, Object& value) {
  Int* const number = as_plain_int(value);
  if (number != nullptr && has_item(range, *number))
    return apply_ints(Operator::kFloorDivide, *apply_ints(Operator::kSubtract, *number, *range.start), *range.step);
  if (number != nullptr) raise(ErrorKind::kValueError, fmt::format("{} is not in range", shown_in_error(value)));
  const std::array held{share<Object>(range), share(value)};
  std::int64_t found = -1;
  for_each_item(range, [&](Object& item, std::size_t position) {
    if (same_or_equal(item, value)) found = static_cast<std::int64_t>(position);
    return found < 0;
  });
  if (found < 0) raise(ErrorKind::kValueError, "sequence.index(x): x not in sequence");
  return make_int(builtins_of(range), found);
}

}  // namespace ouro
