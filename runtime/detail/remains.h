// Remains: what is left of a runtime's heap while handles still count objects in it.
//
// A handle may outlive its runtime, and dropping it must do no harm. The hot path cannot ask whether the runtime is there, so
// the object has to be: its references and buffers are gone, its type is replaced by one that knows only how to count the
// dead, and its block keeps its page. The last handle to the last such orphan frees the heap.
#pragma once

#include <ouro/objects/model/heap.h>

#include <memory>

namespace ouro::detail {

/// Empties every object of `heap` without running any code of the embedder's but the destructors of native members, and leaves
/// the orphans to their handles. Frees the heap at once if there are none. Works without memory of the heap.
void leave_remains(std::unique_ptr<Heap> heap) noexcept;

}  // namespace ouro::detail
