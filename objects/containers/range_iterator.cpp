// Iterators of ranges: in 64 bits where that is enough, in ints of any size else (CPython: Objects/rangeobject.c).
#include <ouro/objects/containers/detail/range_parts.h>
#include <ouro/objects/containers/range.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>

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
  for (Int* const part : {long_of(object).next, long_of(object).step, long_of(object).remaining}) decrement(*part);
}

void visit_long(const Object& object, Visitor visit) noexcept {
  const auto& iterator = static_cast<const LongRangeIterator&>(object);
  for (Int* const part : {iterator.next, iterator.step, iterator.remaining}) visit(part);
}

constexpr Attribute kShortAttributes[] = {
    method(
        "__length_hint__()", [](RangeIterator& iterator) { return iterator.remaining; },
        "Private method returning an estimate of len(list(it))."),
};
constexpr Attribute kLongAttributes[] = {
    method(
        "__length_hint__()", [](LongRangeIterator& iterator) { return share(*iterator.remaining); },
        "Private method returning an estimate of len(list(it))."),
};

Ref<> make_short(Builtins& builtins, std::int64_t first, std::int64_t step, std::uint64_t count) {
  return make<RangeIterator>(builtins.type(Kind::kRangeIterator), sizeof(RangeIterator), [&](RangeIterator& made) noexcept {
    made.next = first;
    made.step = step;
    made.remaining = count;
  });
}

Ref<> make_long(Int& first, Int& step, Int& length) {
  Type& type = builtins_of(first).type(Kind::kLongRangeIterator);
  return make<LongRangeIterator>(type, sizeof(LongRangeIterator), [&](LongRangeIterator& made) noexcept {
    made.next = share(first).release();
    made.step = share(step).release();
    made.remaining = share(length).release();
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
