// The iterator of iter(callable, sentinel) (CPython: calliterobject in Objects/iterobject.c).
#include <ouro/objects/copying/detail/reduce.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/functions/detail/descriptor_protocol.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/operations/builtin_functions.h>

#include <string>

namespace ouro {

namespace {

CallableIterator& iterator_of(Object& object) noexcept { return static_cast<CallableIterator&>(object); }

/// Law exhausted-stays.
void exhaust(Object& object) noexcept {
  store(iterator_of(object).callable, nullptr);
  store(iterator_of(object).sentinel, nullptr);
}

Ref<> next_slot(Object& object) {
  CallableIterator& iterator = iterator_of(object);
  if (iterator.callable == nullptr) return {};
  const Ref<> held[] = {share(object), share(*iterator.callable), Ref<>::share(iterator.sentinel)};
  const FailureMark mark(heap_of(object).failures);
  Ref<> result = detail::unless_it_stops(heap_of(object), [&] {
    return detail::call_or_fail(*held[1], Arguments{{}, {}, {}});
  });
  if (mark.failed()) return {};
  // The call may have exhausted this iterator: then the result is not looked at.
  if (result && iterator.sentinel != nullptr && !same_or_equal(*held[2], *result)) return result;
  exhaust(object);
  return {};
}

Ref<> reduced(CallableIterator& iterator) {
  Builtins& builtins = builtins_of(iterator);
  if (iterator.callable == nullptr || iterator.sentinel == nullptr) return detail::reduced_rest(builtins.empty_tuple());
  const Ref<> held[] = {share(*iterator.callable), share(*iterator.sentinel)};
  return detail::reduced(*builtin_function(builtins, "iter"), {held[0].get(), held[1].get()});
}

constexpr Attribute kAttributes[] = {
    detail::without_signature(method(
        "__reduce__()", [](CallableIterator& iterator) { return reduced(iterator); },
        "Return state information for pickling.")),
};

std::string edge_name_slot(const Object&, std::size_t number) { return number == 0 ? ".callable" : ".sentinel"; }

}  // namespace

Ref<CallableIterator> iterate(Object& callable, Object& sentinel) {
  if (callable.type->slots->call == nullptr) raise(ErrorKind::kTypeError, "iter(v, w): v must be callable");
  Ref<> called = share(callable);
  Ref<> last = share(sentinel);
  Type& type = builtins_of(callable).type(Kind::kCallableIterator);
  return detail::make_lazy<CallableIterator>(type, [&](CallableIterator& made) noexcept {
    made.callable = called.release();
    made.sentinel = last.release();
  });
}

constinit const TypeSlots detail::kCallableIteratorSlots{
    .name = "callable_iterator",
    .kind = Kind::kCallableIterator,
    .flags = kContainerType,
    .size = sizeof(CallableIterator),
    .edges = CallableIterator::kEdges,
    .dismantle = detail::dismantle_as<CallableIterator>,
    .clear = exhaust,
    .edge_name = edge_name_slot,
    .hash = default_hash,
    .iterate = detail::iterate_itself,
    .next = next_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
