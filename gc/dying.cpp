// Finds the objects whose count is zero and which are not freed yet.
#include <ouro/gc/detail/dying.h>
#include <ouro/objects/model/deferred.h>

namespace ouro::gc::detail {

Dying find_dying(const Heap& heap) {
  Dying dying;
  if (heap.teardown.depth == 0 && heap.teardown.in_callbacks == 0) return dying;
  for (const Object* waiting = heap.teardown.deferred; waiting != nullptr; waiting = ouro::detail::next_deferred(*waiting))
    dying.insert(waiting);
  heap.for_each_object([&](const Object& object) {
    if (object.refcount == 0 && !heap.tracking.is_tracked(object)) dying.insert(&object);
  });
  return dying;
}

}  // namespace ouro::gc::detail
