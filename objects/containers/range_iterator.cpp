// Iterators of ranges: in 64 bits where that is enough, in ints of any size else (CPython: Objects/rangeobject.c).
#include <ouro/objects/containers/detail/range_parts.h>
#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace ouro {

namespace {

RangeIterator& short_of(Object& object) noexcept { return static_cast<RangeIterator&>(object); }
LongRangeIterator& long_of(Object& object) noexcept { return static_cast<LongRangeIterator&>(object); }

Ref<> itself(Object& object) { return share(object); }

Ref<> next_short(Object& object) {
  RangeIterator& iterator = short_of(object);
  if (iterator.remaining == 0) return {};
  const std::int64_t value = iterator.next;
  // Behind the last item the sum may not fit; nobody looks at it.
  iterator.next = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) + static_cast<std::uint64_t>(iterator.step));
  --iterator.remaining;
  return make_int(builtins_of(object), value);
}

/// Replaces an int that an iterator owns.
void put(Int*& place, Ref<Int> value) noexcept {
  Int* const old = std::exchange(place, value.release());
  decrement(*old);
}

Ref<> next_long(Object& object) {
  LongRangeIterator& iterator = long_of(object);
  if (!iterator.remaining->is_big() && iterator.remaining->value == 0) return {};
  const Ref<Int> one = make_int(builtins_of(object), 1);
  Ref<Int> following = detail::apply_ints(Operator::kAdd, *iterator.next, *iterator.step);
  put(iterator.remaining, detail::apply_ints(Operator::kSubtract, *iterator.remaining, *one));
  Ref<Int> value = share(*iterator.next);
  put(iterator.next, std::move(following));
  return value;
}

void release_long(Object& object) noexcept {
  const LongRangeIterator& iterator = long_of(object);
  for (Int* const part : {iterator.next, iterator.step, iterator.remaining, iterator.length}) decrement(*part);
}

void visit_long(const Object& object, Visitor visit) noexcept {
  const auto& iterator = static_cast<const LongRangeIterator&>(object);
  for (Int* const part : {iterator.next, iterator.step, iterator.remaining, iterator.length}) visit(part);
}

// ---- Pickle ----

/// `range(...)` of all that the iterator gave and gives, and how many items it gave.
Ref<> reduced_long(Int& next, Int& step, Int& remaining, Int& length) {
  const auto apply = [](Operator op, Int& left, Int& right) { return detail::apply_ints(op, left, right); };
  const Ref<Int> position = apply(Operator::kSubtract, length, remaining);
  const Ref<Int> start = apply(Operator::kSubtract, next, *apply(Operator::kMultiply, *position, step));
  const Ref<Int> stop = apply(Operator::kAdd, *start, *apply(Operator::kMultiply, length, step));
  return detail::reduced_iterator(*make_range(*start, *stop, step), *position);
}
Ref<> reduced_short(const RangeIterator& iterator) {
  Builtins& builtins = builtins_of(iterator);
  // Behind the last item `next` need not fit; the first one does.
  const std::uint64_t given = iterator.length - iterator.remaining;
  const std::uint64_t first = static_cast<std::uint64_t>(iterator.next) - given * static_cast<std::uint64_t>(iterator.step);
  const Ref<Int> start = make_int(builtins, static_cast<std::int64_t>(first));
  const Ref<Int> length = make_int(builtins, iterator.length);
  const Ref<Int> step = make_int(builtins, iterator.step);
  const Ref<Int> stop = detail::apply_ints(Operator::kAdd, *start, *detail::apply_ints(Operator::kMultiply, *length, *step));
  return detail::reduced_iterator(*make_range(*start, *stop, *step), given);
}

/// A number that C calls long.
std::int64_t c_long(Object& given) {
  const Ref<Int> number = index(given);
  if (number->is_big()) raise(ErrorKind::kOverflowError, "Python int too large to convert to C long");
  return number->value;
}

void set_short_state(RangeIterator& iterator, Object& given) {
  const std::int64_t wanted = c_long(given);
  const std::uint64_t position = std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(wanted, 0)), iterator.length);
  const std::uint64_t moved = position - (iterator.length - iterator.remaining);  // modulo 2 ** 64
  iterator.next = static_cast<std::int64_t>(static_cast<std::uint64_t>(iterator.next) +
                                            moved * static_cast<std::uint64_t>(iterator.step));
  iterator.remaining = iterator.length - position;
}

/// The nearest position inside. CPython takes what can be compared with ints; what is no number fails when it is added.
Ref<Int> position_inside(Object& given, Int& length) {
  const Ref<Int> zero = make_int(builtins_of(length), 0);
  if (compare(given, *zero, Comparison::kLess)) return zero;
  if (compare(length, given, Comparison::kLess)) return share(length);
  return index(given);
}

void set_long_state(LongRangeIterator& iterator, Object& given) {
  const Ref<> held = share(iterator);
  const Ref<Int> length = share(*iterator.length);
  const Ref<Int> position = position_inside(given, *length);
  const Ref<Int> old = detail::apply_ints(Operator::kSubtract, *length, *iterator.remaining);
  const Ref<Int> moved = detail::apply_ints(Operator::kSubtract, *position, *old);
  Ref<Int> remaining = detail::apply_ints(Operator::kSubtract, *length, *position);
  Ref<Int> following =
      detail::apply_ints(Operator::kAdd, *iterator.next, *detail::apply_ints(Operator::kMultiply, *moved, *iterator.step));
  put(iterator.remaining, std::move(remaining));
  put(iterator.next, std::move(following));
}

constexpr Attribute kShortAttributes[] = {
    method(
        "__length_hint__()", [](RangeIterator& iterator) { return iterator.remaining; },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(method(
        "__reduce__()", [](RangeIterator& iterator) { return reduced_short(iterator); },
        "Return state information for pickling.")),
    detail::without_signature(method(
        "__setstate__(state, /)", [](RangeIterator& iterator, Object& state) { set_short_state(iterator, state); },
        "Set state information for unpickling.")),
};
constexpr Attribute kLongAttributes[] = {
    method(
        "__length_hint__()", [](LongRangeIterator& iterator) { return share(*iterator.remaining); },
        "Private method returning an estimate of len(list(it))."),
    detail::without_signature(method(
        "__reduce__()",
        [](LongRangeIterator& iterator) {
          return reduced_long(*share(*iterator.next), *iterator.step, *share(*iterator.remaining), *iterator.length);
        },
        "Return state information for pickling.")),
    detail::without_signature(method(
        "__setstate__(state, /)", [](LongRangeIterator& iterator, Object& state) { set_long_state(iterator, state); },
        "Set state information for unpickling.")),
};

Ref<> make_short(Builtins& builtins, std::int64_t first, std::int64_t step, std::uint64_t count) {
  return make<RangeIterator>(builtins.type(Kind::kRangeIterator), sizeof(RangeIterator), [&](RangeIterator& made) noexcept {
    made.next = first;
    made.step = step;
    made.remaining = made.length = count;
  });
}

Ref<> make_long(Int& first, Int& step, Int& length) {
  Type& type = builtins_of(first).type(Kind::kLongRangeIterator);
  return make<LongRangeIterator>(type, sizeof(LongRangeIterator), [&](LongRangeIterator& made) noexcept {
    made.next = share(first).release();
    made.step = share(step).release();
    made.remaining = share(length).release();
    made.length = share(length).release();
    made.flags |= kStorageFlag;
  });
}

/// True if 64 bits are enough for every item. As CPython asks, the length included.
bool is_short(const Range& range) noexcept {
  return !range.start->is_big() && !range.stop->is_big() && !range.step->is_big() && !range.length->is_big();
}

bool overflows_forward(const Range& range) noexcept {
  std::int64_t behind = 0;
  const std::int64_t step = range.step->value;
  return range.length->value != 0 && __builtin_add_overflow(range.stop->value, step > 0 ? step - 1 : step + 1, &behind);
}
bool overflows_backward(const Range& range) noexcept {
  std::int64_t before = 0;
  return __builtin_sub_overflow(range.start->value, range.step->value, &before);
}

}  // namespace

Ref<> detail::make_range_iterator(const Range& range) {
  const Ref<> held = share(const_cast<Range&>(range));
  if (!is_short(range) || overflows_forward(range)) return make_long(*range.start, *range.step, *range.length);
  return make_short(builtins_of(range), range.start->value, range.step->value,
                    static_cast<std::uint64_t>(range.length->value));
}

Ref<> reversed(Range& range) {
  const Ref<> held = share(range);
  const Ref<Int> one = make_int(builtins_of(range), 1);
  const Ref<Int> last = detail::compute_item(range, *detail::apply_ints(Operator::kSubtract, *range.length, *one));
  const Ref<Int> step = static_ref_cast<Int>(negative(*range.step));
  if (!is_short(range) || overflows_backward(range) || last->is_big() || step->is_big())
    return make_long(*last, *step, *range.length);
  return make_short(builtins_of(range), last->value, step->value, static_cast<std::uint64_t>(range.length->value));
}

constinit const TypeSlots detail::kRangeIteratorSlots{
    .name = "range_iterator",
    .kind = Kind::kRangeIterator,
    .size = sizeof(RangeIterator),
    .dismantle = detail::dismantle_as<RangeIterator>,
    .hash = default_hash,
    .iterate = itself,
    .next = next_short,
    .attributes = &kAttributeTable<kShortAttributes>,
};

constinit const TypeSlots detail::kLongRangeIteratorSlots{
    .name = "longrange_iterator",
    .kind = Kind::kLongRangeIterator,
    .size = sizeof(LongRangeIterator),
    .dismantle = detail::dismantle_as<LongRangeIterator, release_long>,
    .release = release_long,
    .hidden = visit_long,
    .hash = default_hash,
    .iterate = itself,
    .next = next_long,
    .attributes = &kAttributeTable<kLongAttributes>,
};

}  // namespace ouro
