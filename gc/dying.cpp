#include <ouro/gc/detail/dying.h>

#include <cstring>

namespace ouro::gc::detail {

Dying find_dying(const Heap& heap) {
  Dying dying;
  if (heap.teardown.depth == 0 && heap.teardown.in_callbacks == 0) return dying;
  // Those that wait are linked through their first word, where the count was.
  for (const Object* waiting = heap.teardown.deferred; waiting != nullptr;) {
    dying.insert(waiting);
    std::memcpy(&waiting, static_cast<const void*>(waiting), sizeof waiting);
  }
  heap.for_each_object([&](const Object& object) {
    if (object.refcount == 0 && !heap.tracking.is_tracked(object)) dying.insert(&object);
  });
  return dying;
}

}  // namespace ouro::gc::detail
