// Remains: what is left of a runtime's heap while handles still count objects in it.
//
// A handle may outlive its runtime, and dropping it must do no harm. The hot path cannot ask whether the runtime is there,
// so the object has to be: its references and buffers are gone, its type is replaced by one that knows only how to count
// the dead, and its block keeps its page. The last handle to the last such orphan frees the heap.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/model/heap.h>

namespace ouro::detail {

/// Owns itself and the heap until the last orphan dies.
class Remains {
 public:
  /// Empties every object of `heap`, running no code of the embedder's but destructors of native members, frees those that
  /// no handle holds and makes orphans of the others. std::bad_alloc, and nothing done, if there is no memory to list them.
  explicit Remains(Heap& heap);

  /// Frees the heap if there are no orphans; else leaves it to them.
  static void settle(Owned<Remains> remains, Owned<Heap> heap) noexcept;

 private:
  static void orphan_died(void* remains) noexcept;

  Owned<Heap> heap_;
  Type orphan_{};
  std::size_t orphans_ = 0;
};

}  // namespace ouro::detail
