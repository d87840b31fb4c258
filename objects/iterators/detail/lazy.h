// What the iterators of builtins share.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/make_derived.h>
#include <ouro/objects/core/detail/unless.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/failure.h>

#include <span>
#include <string_view>
#include <utility>

namespace ouro::detail {

/// An object of `type`, which is T's or a class that derives from it. Making it may collect: what `build` stores is counted
/// before.
template <class T, class Build>
[[nodiscard]] Ref<T> make_lazy(Type& type, Build&& build) {
  if (type.has(kClassType)) return make_derived<T>(type, sizeof(T), std::forward<Build>(build));
  return make<T>(type, sizeof(T), std::forward<Build>(build));
}

/// The `iterate` slot of an iterator.
[[nodiscard]] inline Ref<> iterate_itself(Object& object) { return share(object); }

/// What a call inside of `next` gives; empty if it failed, or if StopIteration came from it, which is the end (CPython:
/// PyIter_Next).
template <class Call>
[[nodiscard]] Ref<> unless_it_stops(Heap& heap, Call&& call) {
  return unless(ErrorKind::kStopIteration, heap, std::forward<Call>(call));
}

/// TypeError "map() takes no keyword arguments", unless they are those of a class with an `__init__` of its own.
inline void expect_no_keywords(const Type& type, const TypeSlots& own, const Arguments& given) {
  if (!given.keyword_names.empty() && type.slots->initialise == own.initialise)
    raise(ErrorKind::kTypeError, std::string(own.name) + "() takes no keyword arguments");
}

/// `iter` of each, in a tuple.
[[nodiscard]] Ref<Tuple> iterators_of(Builtins& builtins, std::span<Object* const> iterables);

}  // namespace ouro::detail
