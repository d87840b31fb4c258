// Weak references and the unreachable set (CPython: handle_weakrefs).
//
// All weak references to the unreachable die before any foreign code runs, so no callback and no finalizer can reach an
// object that is about to be freed. A callback whose weak reference is itself unreachable is not called: nobody is left to
// hear it. Python 3.15 leaves those without a callback alive until the finalizers have run (Compat).
#include <ouro/gc/detail/collection.h>
#include <ouro/objects/model/guarded_calls.h>

namespace ouro::gc::detail {

namespace {

/// Kills the references to `object` and chains those to be called, through `newer`, behind `last`.
void detach(Collection& run, Object& object, WeakRef**& last) noexcept {
  WeakRef* reference = run.heap.weak.detach_all(object);
  while (reference != nullptr) {
    WeakRef* const older = std::exchange(reference->older, nullptr);
    OURO_ASSERT_INTERNAL(reference->target == nullptr, "weak-first");
    ++run.report.weak_references;
    if (reference->callback != nullptr && (reference->flags & kTrashFlag) == 0) {
      increment(*reference);
      *last = reference;
      last = &reference->newer;
    }
    reference = older;
  }
}

/// The same, but those without a callback live on.
void detach_watching(Collection& run, Object& object, WeakRef**& last) noexcept {
  WeakRef* reference = run.heap.weak.newest(object);
  const WeakRef* const oldest = reference->newer;  // the ring's last
  for (bool more = true; more;) {
    more = reference != oldest;
    WeakRef* const older = reference->older;
    if (reference->callback != nullptr) {
      run.heap.weak.unlink(*reference);
      ++run.report.weak_references;
      if ((reference->flags & kTrashFlag) == 0) {
        increment(*reference);
        *last = reference;
        last = &reference->newer;
      }
    }
    reference = older;
  }
}

/// Calls the callback of a dead weak reference, which keeps it, as in CPython; or queues it if the embedder wants to.
void call_back(Collection& run, WeakRef& reference) noexcept {
  const Ref<> callback = Ref<>::share(reference.callback);
  if (!callback) return;
  if (run.settings.defers) {
    try {
      run.settings.deferred.push_back({Ref<>::share(reference), callback});
      ++run.report.deferred;
      return;
    } catch (const std::bad_alloc&) {  // better now than never
    }
  }
  ++run.report.callbacks;
  ouro::detail::call_callback(run.heap, reference, *callback);
}

}  // namespace

void clear_weak_references(Collection& run) noexcept {
  const bool spare_plain = keeps_plain_weak_references(run.settings.compat);
  WeakRef* to_call = nullptr;
  WeakRef** last = &to_call;
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    if (!spare_plain && object->type->has(kWeakRefType)) run.heap.weak.unlink(static_cast<WeakRef&>(*object));
    if ((object->flags & kWeakFlag) == 0) continue;
    if (spare_plain)
      detach_watching(run, *object, last);
    else
      detach(run, *object, last);
  }
  while (to_call != nullptr) {
    WeakRef* const reference = to_call;
    to_call = std::exchange(reference->newer, nullptr);
    call_back(run, *reference);
    // CPython counts those as collected that were reachable and whose callback has let them go (weak dictionaries do).
    run.report.let_go += reference->refcount == 1;
    decrement(*reference);
  }
}

// What finalizers made, and what was left for them. No callback is called for these.
void clear_late_weak_references(Collection& run) noexcept {
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    if (object->type->has(kWeakRefType)) run.heap.weak.unlink(static_cast<WeakRef&>(*object));
    if ((object->flags & kWeakFlag) == 0) continue;
    WeakRef* reference = run.heap.weak.detach_all(*object);
    while (reference != nullptr) {
      ++run.report.weak_references;
      reference = std::exchange(reference->older, nullptr);
    }
  }
}

}  // namespace ouro::gc::detail
