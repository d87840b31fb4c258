// Tuple: a fixed sequence of objects.
//
//   offset 0        16     20   24
//          +--------+------+----+------+------+-----
//          | header | size |    | item | item | ...       the items are the object's edges (inline array)
//          +--------+------+----+------+------+-----
//
// A tuple never changes, so one whose items cannot lead back to it can never be part of a cycle: the collector stops
// watching it (claim G3). The empty tuple is one immortal object per runtime.
//
// Law tuple-whole: a tuple is seen by nobody, the collector included, before all its items are in place.
#pragma once

#include <ouro/objects/containers/slice.h>
#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/make.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>

namespace ouro {

/// The tuple of `size` items that `item(i)` returns, each as a `Ref` to any object type, asked for in order. `item` only hands
/// over what exists: it is noexcept, and makes and ends no container, for a collection would come upon half a tuple. Throws
/// MemoryError. Linear.
template <class F>
[[nodiscard, gnu::always_inline]] inline Ref<Tuple> build_tuple(Builtins& builtins, std::size_t size, F&& item) {
  static_assert(noexcept(item(size)), "Ouroboros: make the items first, and hand them over in a function that is noexcept");
  if (size == 0) return Ref<Tuple>::adopt(&builtins.empty_tuple());
  if (size > std::numeric_limits<std::uint32_t>::max()) raise_out_of_memory();
  const auto build = [&](Tuple& tuple) noexcept {
    [[maybe_unused]] const std::uint32_t containers = builtins.heap.young_count;
    tuple.size = static_cast<std::uint32_t>(size);
    for (std::size_t i = 0; i < size; ++i) tuple.items[i] = Ref<>(item(i)).release();
    OURO_ASSERT_INTERNAL(builtins.heap.young_count == containers, "tuple-whole");
  };
  return make<Tuple>(builtins.immortals->type(Kind::kTuple), tuple_bytes(size), build);
}

/// The tuple of these objects, which are shared. `items` must stay valid while a collection runs: those of a list might not,
/// use `tuple_from` there. Throws MemoryError. Linear.
[[nodiscard]] Ref<Tuple> make_tuple(Builtins& builtins, std::span<Object* const> items);
[[nodiscard]] inline Ref<Tuple> make_tuple(Builtins& builtins, std::initializer_list<Object*> items) {
  return make_tuple(builtins, std::span<Object* const>(items.begin(), items.size()));
}
/// `tuple(iterable)`. A tuple gives itself.
[[nodiscard]] Ref<Tuple> tuple_from(Object& iterable);

/// `tuple[index]`, negative from the end, borrowed. IndexError "tuple index out of range".
[[nodiscard]] Object& get(const Tuple& tuple, std::int64_t index);
/// `tuple[start:stop:step]`. All of it gives the tuple itself.
[[nodiscard]] Ref<Tuple> slice(Tuple& tuple, const Slice& part);
/// `left + right`.
[[nodiscard]] Ref<Tuple> concatenate(Tuple& left, Tuple& right);
/// `tuple * times`; nothing if `times` is not positive.
[[nodiscard]] Ref<Tuple> repeat(Tuple& tuple, std::int64_t times);
/// `tuple.index(value, start, stop)`. ValueError "tuple.index(x): x not in tuple".
[[nodiscard]] std::size_t index_of(const Tuple& tuple, Object& value, std::int64_t start = 0,
                                   std::int64_t stop = std::numeric_limits<std::int64_t>::max());
/// `tuple.count(value)`.
[[nodiscard]] std::size_t count_of(const Tuple& tuple, Object& value);
/// `value in tuple`.
[[nodiscard]] bool contains(const Tuple& tuple, Object& value);

}  // namespace ouro
