// filter (CPython: filterobject in Python/bltinmodule.c).
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>

#include <string>

namespace ouro {

namespace {

Filter& filter_of(Object& object) noexcept { return static_cast<Filter&>(object); }

bool is_plain_truth(const Object& function) noexcept {
  return is_none(function) || &function == &builtins_of(function).type(Kind::kBool);
}

/// What the function says of an item; empty if it failed, or stopped the iteration.
Ref<> verdict_on(Object& item, Object& function) {
  Object* const only = &item;
  return detail::unless_it_stops(heap_of(function), [&] {
    return detail::call_or_fail(function, Arguments{{&only, 1}, {}, {}});
  });
}

/// The next item that is let through, where `item` is looked at first; if that is empty, the iterator's next one.
[[gnu::noinline]] Ref<> next_from(Filter& filter, Ref<> item) {
  const Ref<> held = share(filter);  // and with it what it refers to, which never changes
  Object& function = *filter.function;
  Heap& heap = heap_of(filter);
  const bool asks_for_truth = is_plain_truth(function);
  for (; item || (item = detail::next_or_fail(*filter.iterator)); item.reset()) {
    heap.safepoint();  // many items may be left out
    if (asks_for_truth) {
      if (truth(*item)) return item;
      continue;
    }
    const Ref<> verdict = verdict_on(*item, function);
    if (!verdict) return {};
    if (truth(*verdict)) return item;
  }
  return {};
}

// The step that most loops without a function take: the item is at hand, and true without code of a class.
Ref<> next_slot(Object& object) {
  Filter& filter = filter_of(object);
  Object* const item = is_plain_truth(*filter.function) ? detail::item_at_hand(*filter.iterator) : nullptr;
  if (item == nullptr) return next_from(filter, {});
  if (!detail::may_run_foreign_code(*item) && truth(*item)) return share(*item);
  return next_from(filter, share(*item));
}

std::string edge_name_slot(const Object&, std::size_t number) { return number == 0 ? ".function" : ".iterator"; }

Ref<Filter> make_from(Type& type, Object& function, Object& iterable) {
  Ref<> asked = share(function);
  Ref<> iterator = iterate(iterable);
  return detail::make_lazy<Filter>(type, [&](Filter& made) noexcept {
    made.function = asked.release();
    made.iterator = iterator.release();
  });
}

constexpr Attribute kAttributes[] = {
    detail::without_signature(method(
        "__reduce__()",
        [](Filter& filter) {
          return detail::reduced(*filter.type, {filter.function, filter.iterator});
        },
        "Return state information for pickling.")),
};

constexpr Parameters kParameters = parameters("filter(function, iterable, /)");

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  detail::expect_no_keywords(type, detail::kFilterSlots, arguments);
  const PlacedArguments<2> given(kParameters, {arguments.positional, {}, {}});
  return make_from(type, *given[0], *given[1]);
}

}  // namespace

Ref<Filter> make_filter(Object& function, Object& iterable) {
  return make_from(builtins_of(function).type(Kind::kFilter), function, iterable);
}

constinit const TypeSlots detail::kFilterSlots{
    .name = "filter",
    .kind = Kind::kFilter,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Filter),
    .edges = Filter::kEdges,
    .doc =
        "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for "
        "which function(item)\nis true. If function is None, return the items that are true.",
    .dismantle = detail::dismantle_as<Filter>,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
