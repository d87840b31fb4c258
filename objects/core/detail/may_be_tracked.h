// Which references can lead back to their owner, and so make it worth watching (CPython: _PyObject_GC_MAY_BE_TRACKED).
#pragma once

#include <ouro/objects/model/heap.h>

namespace ouro::detail {

/// False for atoms, immortal objects and untracked objects of types that stay so (tuples of nothing but such). A dict counts
/// even while it is untracked, for it can still come to hold anything. For atoms the answer touches no memory of `object`.
[[nodiscard]] inline bool may_be_tracked(const Heap& heap, const Object& object) noexcept {
  if (!heap.memory.is_container(&object)) return false;
  return !object.type->has(kUntrackableType) || heap.tracking.is_tracked(object);
}

}  // namespace ouro::detail
