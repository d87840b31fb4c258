// dismantle: the last step of an object's life, when it is invisible and nobody can reach it any more.
//
//   drop its references  ->  free its buffers  ->  give its block back
//
// The order is the same for every type. A weak reference leaves its target's list before anything else, because dropping its
// callback may run code that kills the target. `dismantle_any` (teardown.cpp) asks the type for each step. `dismantle_as<T>` has the
// answers compiled in: where the references lie, how long the block is and which area it belongs to.
#pragma once

#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/weak_table.h>

#include <concepts>

namespace ouro::detail {

/// Drops the references of a dead object.
inline void drop_edges(Object& object, const EdgeLayout& edges) noexcept {
  const EdgeRun run = edge_run(object, edges);
  for (std::size_t i = 0; i < run.count; ++i)
    if (Object* const target = run.first[i]; target != nullptr) decrement(*target);
}

/// The same from the last to the first, which is the order of CPython's lists and tuples.
inline void drop_edges_backwards(Object& object, const EdgeLayout& edges) noexcept {
  const EdgeRun run = edge_run(object, edges);
  for (std::size_t i = run.count; i-- > 0;)
    if (Object* const target = run.first[i]; target != nullptr) decrement(*target);
}

/// Whether a function was given as a template argument. Asked of its type: under UndefinedBehaviorSanitizer GCC takes no
/// comparison of a function's address for a constant.
template <class F>
inline constexpr bool is_given = !std::same_as<F, std::nullptr_t>;

/// For the `dismantle` slot of a built-in type whose objects are T, which says `kHome` and, if it is a container, `kEdges`.
/// T::kDropsBackwards, if there is one, says that the last reference goes first. `release` and `bytes` are the slots of these
/// names, if the type has them. An atom's `release` is called if its kStorageFlag is set, a container's always.
template <class T, auto release = nullptr, auto bytes = nullptr>
void dismantle_as(Heap& heap, Type& type, Object& object) noexcept {
  static_assert(home_of<T>() != Home::kAskType, "T must name its home: static constexpr Home kHome");
  std::size_t size = sizeof(T);
  if constexpr (is_given<decltype(bytes)>) size = bytes(object);
  if constexpr (std::same_as<T, WeakRef>) heap.weak.unlink(static_cast<WeakRef&>(object));
  if constexpr (T::kHome == Home::kContainers) {
    if constexpr (requires { T::kDropsBackwards; }) {
      drop_edges_backwards(object, T::kEdges);
    } else {
      drop_edges(object, T::kEdges);
    }
    if constexpr (is_given<decltype(release)>) release(object);
  } else if constexpr (is_given<decltype(release)>) {
    if ((object.flags & kStorageFlag) != 0) [[unlikely]]
      release(object);
  }
  heap.free<T::kHome>(object, type, size);
}

}  // namespace ouro::detail
