// Calls of finalizers and of callbacks of weak references; their errors go to the unraisable hook.
#include <ouro/objects/model/guarded_calls.h>
#include <ouro/objects/model/ref.h>

namespace ouro::detail {

void call_finalizer(Heap& heap, void (*finalizer)(Object&), Object& object) noexcept {
  OURO_ASSERT_INTERNAL(!heap.teardown.silent, "bulk-silent");
  try {
    finalizer(object);
  } catch (...) {
    heap.report_unraisable("finalizer", object);
  }
}

void call_callback(Heap& heap, Object& reference, Object& callback) noexcept {
  OURO_ASSERT_INTERNAL(!heap.teardown.silent, "bulk-silent");
  Object* const argument = &reference;
  try {
    static_cast<void>(heap.call_object(callback, Arguments{{&argument, 1}, {}, {}}));
  } catch (...) {
    heap.report_unraisable("weak reference callback", callback);
  }
}

}  // namespace ouro::detail
