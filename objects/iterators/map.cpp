// map (CPython: mapobject in Python/bltinmodule.c).
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>

#include <string>

namespace ouro {

namespace {

Map& map_of(Object& object) noexcept { return static_cast<Map&>(object); }

Ref<> call_with(Object& function, const Arguments& items) {
  return detail::unless_it_stops(heap_of(function), [&] { return detail::call_or_fail(function, items); });
}

/// The nearest case: one iterable.
Ref<> next_of_one(Object& function, Object& iterator) {
  const Ref<> item = detail::next_or_fail(iterator);
  if (!item) return {};
  Object* const only = item.get();
  return call_with(function, {{&only, 1}, {}, {}});
}

Ref<> next_of_several(Object& function, const Tuple& iterators) {
  Heap& heap = heap_of(function);
  detail::SmallVector<Ref<>, 4> held(heap);
  detail::SmallVector<Object*, 4> items(heap);
  held.reserve(iterators.size);
  items.reserve(iterators.size);
  for (Object* const iterator : iterators.view()) {
    Ref<> item = detail::next_or_fail(*iterator);
    if (!item) return {};
    items.push_back(item.get());
    held.push_back(std::move(item));
  }
  return call_with(function, {{items.data(), items.size()}, {}, {}});
}

Ref<> next_slot(Object& object) {
  const Ref<> held = share(object);  // and with it what it refers to, which never changes
  Object& function = *map_of(object).function;
  const auto& iterators = static_cast<const Tuple&>(*map_of(object).iterators);
  return iterators.size == 1 ? next_of_one(function, *iterators.items[0]) : next_of_several(function, iterators);
}

std::string edge_name_slot(const Object&, std::size_t number) { return number == 0 ? ".function" : ".iterators"; }

Ref<Map> make_from(Type& type, Object& function, std::span<Object* const> iterables) {
  if (iterables.empty()) raise(ErrorKind::kTypeError, "map() must have at least two arguments.");
  Ref<> called = share(function);
  Ref<Tuple> iterators = detail::iterators_of(*type.heap->builtins, iterables);
  return detail::make_lazy<Map>(type, [&](Map& made) noexcept {
    made.function = called.release();
    made.iterators = iterators.release();
  });
}

Ref<> reduced(Map& map) {
  Builtins& builtins = builtins_of(map);
  const Ref<List> arguments = make_list(builtins);
  arguments->append(*map.function);
  const Ref<Tuple> iterators = share(static_cast<Tuple&>(*map.iterators));
  for (Object* const iterator : iterators->view()) arguments->append(*iterator);
  return make_tuple(builtins, {map.type, tuple_from(*arguments).get()});
}

constexpr Attribute kAttributes[] = {
    detail::without_signature(method(
        "__reduce__()", [](Map& map) { return reduced(map); }, "Return state information for pickling.")),
};

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  detail::expect_no_keywords(type, detail::kMapSlots, arguments);
  if (arguments.positional.empty()) raise(ErrorKind::kTypeError, "map() must have at least two arguments.");
  return make_from(type, *arguments.positional[0], arguments.positional.subspan(1));
}

}  // namespace

Ref<Map> make_map(Object& function, std::span<Object* const> iterables) {
  return make_from(builtins_of(function).type(Kind::kMap), function, iterables);
}

constinit const TypeSlots detail::kMapSlots{
    .name = "map",
    .kind = Kind::kMap,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Map),
    .edges = Map::kEdges,
    .doc =
        "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\neach of "
        "the iterables.  Stops when the shortest iterable is exhausted.",
    .dismantle = detail::dismantle_as<Map>,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
