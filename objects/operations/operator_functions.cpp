// The functions of operator that C++ calls (CPython: Objects/abstract.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/operations/operator_functions.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// Calls `visit()` for each item that is equal to the value, until it says false; with the number of those before.
template <class Visit>
void for_each_equal(Object& iterable, Object& value, Visit visit) {
  const Ref<> held[] = {share(iterable), share(value)};
  const Ref<> iterator =
      detail::iterator_of(iterable, "argument of type '" + std::string(iterable.type->name) + "' is not iterable");
  Heap& heap = heap_of(iterable);
  for (std::size_t position = 0; const Ref<> item = next(*iterator); ++position) {
    heap.safepoint();
    if (same_or_equal(*item, value) && !visit(position)) return;
  }
}

}  // namespace

std::size_t count_in(Object& iterable, Object& value) {
  std::size_t found = 0;
  for_each_equal(iterable, value, [&](std::size_t) { return ++found != 0; });
  return found;
}

std::size_t find_in(Object& iterable, Object& value) {
  std::optional<std::size_t> found;
  for_each_equal(iterable, value, [&](std::size_t position) {
    found = position;
    return false;
  });
  if (!found) raise(ErrorKind::kValueError, "sequence.index(x): x not in sequence");
  return *found;
}

std::size_t length_hint(Object& object, std::size_t fallback) {
  const Ref<> held = share(object);
  return detail::length_hint(object).value_or(fallback);
}

}  // namespace ouro
