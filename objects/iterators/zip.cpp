// zip (CPython: zipobject in Python/bltinmodule.c).
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/parameters.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace ouro {

namespace {

Zip& zip_of(Object& object) noexcept { return static_cast<Zip&>(object); }

/// "zip() argument 3 is longer than arguments 1-2".
[[noreturn, gnu::cold]] void refuse_length(std::size_t argument, std::string_view how) {
  raise(ErrorKind::kValueError,
        fmt::format("zip() argument {} is {} than argument{}{}", argument + 1, how, argument == 1 ? " " : "s 1-", argument));
}

/// What is left to look at when the iterator at `ended` has ended: all of them
/// have to. Empty, and may fail.
Ref<> end_strictly(const Tuple& iterators, std::size_t ended) {
  if (ended > 0) refuse_length(ended, "shorter");
  const FailureMark mark(heap_of(iterators).failures);
  for (std::size_t i = 1; i < iterators.size; ++i) {
    if (detail::next_or_fail(*iterators.items[i])) refuse_length(i, "longer");
    if (mark.failed()) break;
  }
  return {};
}

Ref<> next_slot(Object& object) {
  const Ref<> held = share(object);
  const Ref<Tuple> iterators = share(static_cast<Tuple&>(*zip_of(object).iterators));
  if (iterators->size == 0) return {};
  Heap& heap = heap_of(object);
  const FailureMark mark(heap.failures);
  detail::SmallVector<Ref<>, 4> items(heap);
  items.reserve(iterators->size);
  for (std::size_t i = 0; i < iterators->size; ++i) {
    Ref<> item = detail::next_or_fail(*iterators->items[i]);
    if (!item) return zip_of(object).is_strict && !mark.failed() ? end_strictly(*iterators, i) : Ref<>();
    items.push_back(std::move(item));
  }
  return build_tuple(builtins_of(object), items.size(), [&](std::size_t i) noexcept { return std::move(items[i]); });
}

std::string edge_name_slot(const Object&, std::size_t) { return ".iterators"; }

Ref<Zip> make_from(Type& type, std::span<Object* const> iterables, bool strict) {
  Ref<Tuple> iterators = detail::iterators_of(*type.heap->builtins, iterables);
  return detail::make_lazy<Zip>(type, [&](Zip& made) noexcept {
    made.iterators = iterators.release();
    made.is_strict = strict;
  });
}

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
        "zip(*iterables, strict=False) --> Yield tuples until an input is "
        "exhausted.\n\n   >>> list(zip('abcdefg', "
        "range(3), "
        "range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\nThe zip "
        "object yields n-length tuples, where n is the "
        "number of iterables\npassed as positional arguments to zip().  The "
        "i-th element in every tuple\ncomes from the "
        "i-th "
        "iterable argument to zip().  This continues until the\nshortest "
        "argument is exhausted.\n\nIf strict is true and "
        "one "
        "of the arguments is exhausted before the others,\nraise a ValueError.",
    .dismantle = detail::dismantle_as<Zip>,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
};

}  // namespace ouro
