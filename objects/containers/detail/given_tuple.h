// The tuples of an iterator that gives one at every step (CPython: enum_next in Objects/enumobject.c).
//
// Mostly the caller has dropped a tuple before it asks for the next one. So the iterator keeps the tuple that it gave last,
// as one of its edges, and fills it anew if nobody else holds it.
#pragma once

#include <ouro/objects/containers/tuple.h>

#include <span>
#include <utility>

namespace ouro::detail {

/// True if nobody but the iterator holds the tuple that it gave last.
[[nodiscard]] inline bool is_free(const Object* given) noexcept { return given != nullptr && given->refcount == 1; }

/// Gives a free tuple again, with these items, as many as it has, whose counts it takes over. What was in it goes last, and
/// may run anything: the iterator may be gone then.
template <std::size_t kMost>
[[nodiscard, gnu::always_inline]] inline Ref<> give_again(Object& given, std::span<Object*, kMost> items) noexcept {
  auto& tuple = static_cast<Tuple&>(given);
  for (std::size_t i = 0; i < items.size(); ++i) std::swap(tuple.items[i], items[i]);
  heap_of(tuple).tracking.track(tuple);  // the collector may have found that it refers to nothing
  Ref<> again = share(given);
  for (Object* const old : items) decrement(*old);
  return again;
}
/// The same of two items.
[[nodiscard, gnu::always_inline]] inline Ref<> give_pair_again(Object& given, Object& first, Object& second) noexcept {
  Object* items[] = {&first, &second};
  return give_again(given, std::span(items));
}

/// The tuple of these items, at least one, whose counts it takes over: the one given last, if it is free. The iterator,
/// which the caller holds, keeps it in `given`. Making one may collect. Throws MemoryError.
[[nodiscard]] inline Ref<> give_tuple(Builtins& builtins, Object*& given, std::span<Ref<>> items) {
  if (is_free(given)) {
    auto& tuple = static_cast<Tuple&>(*given);
    for (std::size_t i = 0; i < items.size(); ++i)
      items[i] = Ref<>::adopt(std::exchange(tuple.items[i], items[i].release()));
    builtins.heap.tracking.track(tuple);
    return share(*given);
  }
  Ref<> made = build_tuple(builtins, items.size(), [&](std::size_t i) noexcept { return std::move(items[i]); });
  store(given, share(*made).release());
  return made;
}

}  // namespace ouro::detail
