// What dying calls of the embedder's and of the program's: finalizers and callbacks of weak references.
//
// By its count or in a collection, an object's finalizer and callbacks are called here. Nobody can catch what they throw, so
// it goes to the unraisable hook (law call-guarded).
#pragma once

#include <ouro/objects/model/heap.h>

namespace ouro::detail {

/// Calls `finalizer` with the object, which is alive meanwhile.
void call_finalizer(Heap& heap, void (*finalizer)(Object&), Object& object) noexcept;
/// Calls the callback of a dead weak reference with that. The caller keeps both alive.
void call_callback(Heap& heap, Object& reference, Object& callback) noexcept;

}  // namespace ouro::detail
