// Weak references and the unreachable set (CPython: handle_weakrefs).
//
// All weak references to the unreachable die before any foreign code runs, so no callback and no finalizer can reach an
// object that is about to be freed. A callback whose weak reference is itself unreachable is not called: nobody is left to
// hear it.
#include <ouro/gc/detail/collection.h>

namespace ouro::gc::detail {

namespace {

/// Kills the references to `object` and chains those to be called, through `newer`, behind `last`.
void detach(Collection& run, Object& object, WeakRef**& last) noexcept {
  WeakRef* reference = run.heap.weak.detach_all(object);
  while (reference != nullptr) {
    WeakRef* const older = std::exchange(reference->older, nullptr);
    ++run.report.weak_references;
    if (reference->callback != nullptr && (reference->flags & kTrashFlag) == 0) {
      increment(*reference);
      *last = reference;
      last = &reference->newer;
    }
    reference = older;
  }
}

void call_back(Collection& run, WeakRef* reference) noexcept {
  const Ref<> callback = Ref<>::adopt(std::exchange(reference->callback, nullptr));
  if (!callback) return;
  ++run.report.callbacks;
  Object* const argument = reference;
  try {
    static_cast<void>(callback->type->slots->call(*callback, Arguments{{&argument, 1}, {}, {}}));
  } catch (...) {
    run.heap.report_unraisable("weak reference callback", *reference);
  }
}

}  // namespace

void clear_weak_references(Collection& run) noexcept {
  WeakRef* to_call = nullptr;
  WeakRef** last = &to_call;
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    if (object->type->has(kWeakRefType)) run.heap.weak.unlink(static_cast<WeakRef&>(*object));
    if ((object->flags & kWeakFlag) != 0) detach(run, *object, last);
  }
  while (to_call != nullptr) {
    WeakRef* const reference = to_call;
    to_call = std::exchange(reference->newer, nullptr);
    call_back(run, reference);
    decrement(*reference);
  }
}

}  // namespace ouro::gc::detail
