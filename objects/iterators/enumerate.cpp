// enumerate (CPython: Objects/enumobject.c).
#include <ouro/objects/classes/generic_alias.h>
#include <ouro/objects/containers/detail/given_tuple.h>
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/containers/detail/range_parts.h>
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <limits>
#include <string>
#include <string_view>

namespace ouro {

namespace {

Enumerate& enumerate_of(Object& object) noexcept { return static_cast<Enumerate&>(object); }

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

/// The number of the item at hand; the next one is counted.
Ref<Int> take_number(Enumerate& enumerate) {
  Builtins& builtins = builtins_of(enumerate);
  Ref<Int> number =
      enumerate.large == nullptr ? make_int(builtins, enumerate.number) : share(static_cast<Int&>(*enumerate.large));
  if (enumerate.large == nullptr && enumerate.number < kMost) {
    ++enumerate.number;
    return number;
  }
  Ref<Int> following = detail::apply_ints(Operator::kAdd, *number, *make_int(builtins, 1));
  store(enumerate.large, following.release());
  return number;
}

[[gnu::noinline]] Ref<> next_slowly(Enumerate& enumerate) {
  const Ref<> held = share(enumerate);
  Ref<> pair[2];
  pair[1] = detail::next_or_fail(*enumerate.iterator);
  if (!pair[1]) return {};
  pair[0] = take_number(enumerate);
  return detail::give_tuple(builtins_of(enumerate), enumerate.given, pair);
}

// The step that most loops take: the item is at hand, and the tuple given last is free. Nothing runs before it is given.
Ref<> next_slot(Object& object) {
  Enumerate& enumerate = enumerate_of(object);
  if (!detail::is_free(enumerate.given) || enumerate.large != nullptr || enumerate.number >= kMost)
    return next_slowly(enumerate);
  Object* const item = detail::item_at_hand(*enumerate.iterator);
  if (item == nullptr) return next_slowly(enumerate);
  Object& number = *make_int(builtins_of(object), enumerate.number).release();
  ++enumerate.number;  // not where there was no memory
  increment(*item);
  return detail::give_pair_again(*enumerate.given, number, *item);
}

std::string edge_name_slot(const Object&, std::size_t number) {
  constexpr std::string_view kNames[] = {".iterator", ".number", ".given"};
  return std::string(kNames[number]);
}

Ref<Enumerate> make_from(Type& type, Object& iterable, Object* start) {
  Ref<Int> first = start != nullptr ? index(*start) : make_int(*type.heap->builtins, 0);
  Ref<> iterator = iterate(iterable);
  return detail::make_lazy<Enumerate>(type, [&](Enumerate& made) noexcept {
    made.iterator = iterator.release();
    made.number = first->is_big() ? 0 : first->value;
    made.large = first->is_big() ? first.release() : nullptr;
    made.given = nullptr;
  });
}

[[noreturn, gnu::cold]] void refuse_keyword(const Object& name) {
  raise(ErrorKind::kTypeError,
        fmt::format("'{}' is an invalid keyword argument for enumerate()", text(static_cast<const Str&>(name))));
}

void expect_keyword(const Object& name, std::string_view wanted) {
  if (text(static_cast<const Str&>(name)) != wanted) refuse_keyword(name);
}

/// The arguments as CPython's own call of `enumerate` takes them; its errors are worded in another way than others.
Ref<> construct_exact(Type& type, const Arguments& given) {
  const auto names = given.keyword_names;
  const auto values = given.keyword_values;
  const std::size_t positional = given.positional.size();
  if (positional + names.size() == 1) {
    if (names.empty()) return make_from(type, *given.positional[0], nullptr);
    expect_keyword(*names[0], "iterable");
    return make_from(type, *values[0], nullptr);
  }
  if (positional + names.size() == 2) {
    if (names.empty()) return make_from(type, *given.positional[0], given.positional[1]);
    const bool swapped = names.size() == 2 && text(static_cast<const Str&>(*names[0])) == "start";
    if (names.size() == 2) expect_keyword(*names[swapped ? 1 : 0], "iterable");
    if (!swapped) expect_keyword(*names.back(), "start");
    return make_from(type, names.size() == 1 ? *given.positional[0] : *values[swapped ? 1 : 0],
                     values[swapped ? 0 : names.size() - 1]);
  }
  if (positional == 0) raise(ErrorKind::kTypeError, "enumerate() missing required argument 'iterable'");
  raise(ErrorKind::kTypeError, fmt::format("enumerate() takes at most 2 arguments ({} given)", positional + names.size()));
}

Ref<> reduced(Enumerate& enumerate) {
  const Ref<> iterator = share(*enumerate.iterator);
  const Ref<> number =
      enumerate.large != nullptr ? share(*enumerate.large) : Ref<>(make_int(builtins_of(enumerate), enumerate.number));
  return detail::reduced(*enumerate.type, {iterator.get(), number.get()});
}

constexpr Attribute kAttributes[] = {
    detail::without_signature(method(
        "__reduce__()", [](Enumerate& enumerate) { return reduced(enumerate); }, "Return state information for pickling.")),
    detail::class_getitem(),
};

constexpr Parameters kParameters = parameters("enumerate(iterable, start=0)");

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  if (!type.has(kClassType)) return construct_exact(type, arguments);
  const PlacedArguments<2> given(kParameters, arguments);
  return make_from(type, *given[0], given[1]);
}

}  // namespace

Ref<Enumerate> make_enumerate(Object& iterable, std::int64_t start) {
  const Ref<> held = share(iterable);
  const Ref<Int> first = make_int(builtins_of(iterable), start);
  return make_from(builtins_of(iterable).type(Kind::kEnumerate), iterable, first.get());
}

constinit const TypeSlots detail::kEnumerateSlots{
    .name = "enumerate",
    .kind = Kind::kEnumerate,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Enumerate),
    .edges = Enumerate::kEdges,
    .doc =
        "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs "
        "containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable "
        "argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    .dismantle = detail::dismantle_as<Enumerate>,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
