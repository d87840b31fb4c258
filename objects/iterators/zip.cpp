// zip (CPython: zipobject in Python/bltinmodule.c).
#include <ouro/objects/containers/detail/given_tuple.h>
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>

#include <fmt/format.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace ouro {

namespace {

Zip& zip_of(Object& object) noexcept { return static_cast<Zip&>(object); }
const Tuple& sources_of(const Zip& zip) noexcept { return static_cast<const Tuple&>(*zip.iterators); }

/// "zip() argument 3 is longer than arguments 1-2".
[[noreturn, gnu::cold]] void refuse_length(std::size_t argument, std::string_view how) {
  raise(ErrorKind::kValueError,
        fmt::format("zip() argument {} is {} than argument{}{}", argument + 1, how, argument == 1 ? " " : "s 1-", argument));
}

/// What is left to look at when the iterator at `ended` has ended: all of them have to. Empty, and may fail.
Ref<> end_strictly(const Tuple& iterators, std::size_t ended) {
  if (ended > 0) refuse_length(ended, "shorter");
  const FailureMark mark(heap_of(iterators).failures);
  for (std::size_t i = 1; i < iterators.size; ++i) {
    if (detail::next_or_fail(*iterators.items[i])) refuse_length(i, "longer");
    if (mark.failed()) break;
  }
  return {};
}

constexpr std::size_t kFew = 4;

/// The next tuple, of the items taken already, whose counts it takes over, and of those that follow.
[[gnu::noinline]] Ref<> next_slowly(Zip& zip, std::span<Object* const> taken) {
  const Ref<> held = share(zip);  // and with it the tuple of its iterators, which never changes
  const Tuple& iterators = sources_of(zip);
  const FailureMark mark(heap_of(zip).failures);
  detail::SmallVector<Ref<>, kFew> items(heap_of(zip));
  for (Object* const item : taken) items.push_back(Ref<>::adopt(item));
  items.reserve(iterators.size);
  for (std::size_t i = taken.size(); i < iterators.size; ++i) {
    Ref<> item = detail::next_or_fail(*iterators.items[i]);
    if (!item) return zip.is_strict && !mark.failed() ? end_strictly(iterators, i) : Ref<>();
    items.push_back(std::move(item));
  }
  return detail::give_tuple(builtins_of(zip), zip.given, {items.data(), items.size()});
}

/// `next_slot` of two iterators, the commonest number, where the tuple given last is free.
[[gnu::always_inline]] inline Ref<> next_pair(Zip& zip, Object& left, Object& right) {
  Object* const first = detail::item_at_hand(left);
  if (first == nullptr) return next_slowly(zip, {});
  increment(*first);
  Object* const second = detail::item_at_hand(right);
  if (second == nullptr) return next_slowly(zip, {&first, 1});
  increment(*second);
  return detail::give_pair_again(*zip.given, *first, *second);
}

// The step that most loops take: every item is at hand, and the tuple given last is free. Nothing runs before it is given.
Ref<> next_slot(Object& object) {
  Zip& zip = zip_of(object);
  const Tuple& iterators = sources_of(zip);
  if (iterators.size == 0) return {};
  if (iterators.size > kFew || !detail::is_free(zip.given)) return next_slowly(zip, {});
  if (iterators.size == 2) return next_pair(zip, *iterators.items[0], *iterators.items[1]);
  std::array<Object*, kFew> items;
  std::size_t taken = 0;
  for (; taken < iterators.size; ++taken) {
    items[taken] = detail::item_at_hand(*iterators.items[taken]);
    if (items[taken] == nullptr) return next_slowly(zip, {items.data(), taken});
    increment(*items[taken]);
  }
  return detail::give_again(*zip.given, std::span(items.data(), taken));
}

std::string edge_name_slot(const Object&, std::size_t number) { return number == 0 ? ".iterators" : ".given"; }

Ref<Zip> make_from(Type& type, std::span<Object* const> iterables, bool strict) {
  Ref<Tuple> iterators = detail::iterators_of(*type.heap->builtins, iterables);
  return detail::make_lazy<Zip>(type, [&](Zip& made) noexcept {
    made.iterators = iterators.release();
    made.given = nullptr;
    made.is_strict = strict;
  });
}

Ref<> reduced(Zip& zip) {
  Builtins& builtins = builtins_of(zip);
  if (!zip.is_strict) return make_tuple(builtins, {zip.type, zip.iterators});
  return make_tuple(builtins, {zip.type, zip.iterators, &builtins.boolean(true)});
}

void set_state(Zip& zip, Object& state) {
  const bool is_strict = truth(state);
  zip.is_strict = is_strict;
}

constexpr Attribute kAttributes[] = {
    detail::without_signature(method(
        "__reduce__()", [](Zip& zip) { return reduced(zip); }, "Return state information for pickling.")),
    detail::without_signature(method(
        "__setstate__(state, /)", [](Zip& zip, Object& state) { set_state(zip, state); },
        "Set state information for unpickling.")),
};

constexpr Parameters kKeywords = parameters("zip(*, strict=False)");

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  const PlacedArguments<1> given(kKeywords, {{}, arguments.keyword_names, arguments.keyword_values});
  const bool strict = given[0] != nullptr && truth(*given[0]);
  return make_from(type, arguments.positional, strict);
}

}  // namespace

Ref<Tuple> detail::iterators_of(Builtins& builtins, std::span<Object* const> iterables) {
  const Ref<List> made = make_list(builtins);  // making an iterator may collect, which a tuple must not see half-made
  for (Object* const iterable : iterables) made->append(iterate(*iterable));
  return tuple_from(*made);
}

Ref<Zip> make_zip(Builtins& builtins, std::span<Object* const> iterables, bool strict) {
  return make_from(builtins.type(Kind::kZip), iterables, strict);
}

constinit const TypeSlots detail::kZipSlots{
    .name = "zip",
    .kind = Kind::kZip,
    .flags = kContainerType | kBaseType,
    .size = sizeof(Zip),
    .edges = Zip::kEdges,
    .doc =
        "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n   >>> list(zip('abcdefg', "
        "range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\nThe zip object yields n-length tuples, where n "
        "is the number of iterables\npassed as positional arguments to zip().  The i-th element in every tuple\ncomes from "
        "the i-th iterable argument to zip().  This continues until the\nshortest argument is exhausted.\n\nIf strict is "
        "true and one of the arguments is exhausted before the others,\nraise a ValueError.",
    .dismantle = detail::dismantle_as<Zip>,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
