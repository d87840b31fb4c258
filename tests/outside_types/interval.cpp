// The slots and methods of the type interval.
#include "interval.h"

#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>

namespace ouro::test {

namespace {

Interval& interval_of(Object& object) noexcept { return static_cast<Interval&>(object); }
const Interval& interval_of(const Object& object) noexcept { return static_cast<const Interval&>(object); }

std::string shown(const Object& object) {
  return fmt::format("interval({}, {})", interval_of(object).low, interval_of(object).high);
}
Ref<> repr_slot(Object& object) { return make_str(builtins_of(object), shown(object)); }

std::int64_t hash_slot(Object& object) {
  const Ref<> both = to_object(builtins_of(object), std::pair(interval_of(object).low, interval_of(object).high));
  return hash(*both);
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<Interval>(right) || (op != Comparison::kEqual && op != Comparison::kNotEqual)) return Answer::kNotImplemented;
  const Interval& mine = interval_of(left);
  const Interval& other = interval_of(right);
  const bool same = mine.low == other.low && mine.high == other.high;
  return same == (op == Comparison::kEqual) ? Answer::kYes : Answer::kNo;
}

bool contains_slot(Object& object, Object& value) {
  const auto number = from_object<double>(value);
  return interval_of(object).low <= number && number <= interval_of(object).high;
}
constexpr SequenceSlots kSequence{.contains = contains_slot};

constexpr Parameters kParameters = parameters("interval(low, high)");

Ref<> construct(Type& type, const Arguments& arguments) {
  const PlacedArguments<2> given(kParameters, arguments);
  const auto low = from_object<double>(*given[0]);
  const auto high = from_object<double>(*given[1]);
  if (!(low <= high)) raise(ErrorKind::kValueError, "interval() ends before it begins");
  return make_interval(*type.heap->builtins, low, high);
}

Ref<Interval> widened(const Interval& interval, Object& by) {
  const auto margin = from_object<double>(by);
  return make_interval(builtins_of(interval), interval.low - margin, interval.high + margin);
}

constexpr Attribute kAttributes[] = {
    method(
        "widened(by, /)", [](Interval& interval, Object& by) { return widened(interval, by); },
        "The interval with `by` more at both ends."),
    property(
        "width", [](Interval& interval) { return interval.high - interval.low; }, "high - low"),
    member(
        "low", [](Interval& interval) { return interval.low; }, "the lowest number"),
    member(
        "high", [](Interval& interval) { return interval.high; }, "the highest number"),
};

constexpr CopySlots kCopy{
    .write = [](const Object& object, MessageNode&,
                StateWriter& to) { detail::write_state(to, std::pair(interval_of(object).low, interval_of(object).high)); },
    .make = [](Type& type, const MessageNode&, StateReader& from) -> Ref<> {
      std::pair<double, double> ends;
      detail::read_state(from, ends);
      return make_interval(*type.heap->builtins, ends.first, ends.second);
    },
};

}  // namespace

Ref<Interval> make_interval(Builtins& builtins, double low, double high) {
  return make<Interval>(builtins.type(Interval::kKind), sizeof(Interval), [&](Interval& made) noexcept {
    made.low = low;
    made.high = high;
  });
}

constinit const TypeSlots kIntervalSlots{
    .name = "interval",
    .kind = Interval::kKind,
    .size = sizeof(Interval),
    .doc = "interval(low, high) -> the numbers from low to high",
    .dismantle = detail::dismantle_as<Interval>,
    .repr = repr_slot,
    .hash = hash_slot,
    .compare = compare_slot,
    .sequence = &kSequence,
    .construct = construct,
    .attributes = &kAttributeTable<kAttributes>,
    .copy = &kCopy,
    .short_text = shown,
};

}  // namespace ouro::test
