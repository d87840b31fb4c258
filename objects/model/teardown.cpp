// The end of an object's life (CPython: Objects/object.c, _Py_Dealloc and the trashcan).
//
// Dropping a container drops its references, which may drop further containers, and so on. The first few levels simply
// recurse, which keeps CPython's order of finalizers. Deeper ones are put on a list that is threaded through the dead
// objects' own headers, where count and flags are no longer needed, and taken up when the stack has unwound. So nesting of
// any depth costs a constant amount of stack and no memory. Atoms whose destructor is the embedder's take the same way.
#include <ouro/objects/model/deferred.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/guarded_calls.h>
#include <ouro/objects/model/weak_table.h>

#include <utility>

namespace ouro {

namespace {

/// Levels of nested teardown that recurse. CPython's trashcan begins at 50 too.
constexpr std::uint32_t kRecursionLimit = 50;

/// Objects with one of these flags, or of a type with one of those, do not die without ceremony.
constexpr std::uint32_t kNoticedFlags = kWeakFlag | kTrashFlag | kOrphanFlag;
constexpr std::uint32_t kNoticedTypes = kFinalizerType | kLegacyFinalizerType;

[[gnu::noinline]] void defer(Heap& heap, Object& object) noexcept {
  // A dead weak reference must leave its target's list before it waits: waiting, its header is no header.
  if (object.type->has(kWeakRefType)) heap.weak.unlink(static_cast<WeakRef&>(object));
  detail::link_deferred(object, heap.teardown.deferred);
  heap.teardown.deferred = &object;
}

Object* take_deferred(Heap& heap) noexcept {
  Object* const object = heap.teardown.deferred;
  if (object == nullptr) return nullptr;
  heap.teardown.deferred = detail::next_deferred(*object);
  // Of atoms only those wait that own something.
  const std::uint32_t flags = detail::flags_of_deferred(*object) | kFinalizedFlag | kStorageFlag;
  object->refcount = 0;
  object->flags = flags;
  return object;
}

[[gnu::noinline]] void drain(Heap& heap) noexcept {
  while (Object* const object = take_deferred(heap)) {
    ++heap.teardown.depth;
    object->type->slots->dismantle(heap, *object->type, *object);
    --heap.teardown.depth;
  }
}

/// Calls the finalizer with the object alive once more. False if the object survived.
bool finalize(Heap& heap, Type& type, Object& object) noexcept {
  ++type.finalized;
  object.refcount = 1;
  // As in CPython, the object is new to the collector from here on, also if it is saved.
  if (heap.tracking.is_tracked(object)) heap.tracking.track_again(object);
  detail::call_finalizer(heap, type.slots->finalize, object);
  // The object may have another type now, and the one that it had be gone.
  if (object.type->has(kContainerType))
    object.flags |= kFinalizedFlag;  // not before: the finalizer itself sees it unset (rule 41)
  return --object.refcount == 0;
}

/// The same for a legacy finalizer, which runs at every death, when weak references and callbacks are done with. Those that
/// it makes die without a callback.
bool finalize_legacy(Heap& heap, Type& type, Object& object) noexcept {
  object.refcount = 1;
  detail::call_finalizer(heap, type.slots->legacy_finalize, object);
  if (--object.refcount != 0) {
    if (object.type->has(kContainerType)) heap.tracking.track(object);
    return false;
  }
  if ((object.flags & kWeakFlag) != 0)
    for (WeakRef* made = heap.weak.detach_all(object); made != nullptr;) made = std::exchange(made->older, nullptr);
  return true;
}

// The object has no count and is watched no more, but its edges are there: who looks at the heap passes over it.
void call_callbacks(Heap& heap, WeakRef* chain) noexcept {
  // Most objects have but the one without a callback, which stands first.
  while (chain != nullptr && chain->callback == nullptr) chain = std::exchange(chain->older, nullptr);
  if (chain == nullptr) return;
  ++heap.teardown.in_callbacks;
  // Each reference is kept alive while the chain is walked: a callback may drop any of them.
  for (WeakRef* reference = chain; reference != nullptr; reference = reference->older) increment(*reference);
  while (chain != nullptr) {
    const Ref<WeakRef> reference = Ref<WeakRef>::adopt(chain);
    chain = std::exchange(reference->older, nullptr);
    if (reference->callback == nullptr) continue;
    const Ref<> callback = Ref<>::adopt(std::exchange(reference->callback, nullptr));
    detail::call_callback(heap, *reference, *callback);
  }
  --heap.teardown.in_callbacks;
}

/// Finalizers and weak references of an object whose count came to 0. False if it lives again, or was an orphan. A finalizer
/// may give the object another type.
[[gnu::noinline]] bool finalize_and_unwatch(Heap& heap, Object& object) noexcept {
  if ((object.flags & kOrphanFlag) != 0) {
    heap.orphan_died();
    return false;
  }
  if (object.type->has(kFinalizerType) && (object.flags & kFinalizedFlag) == 0 && !finalize(heap, *object.type, object))
    return false;
  if ((object.flags & kTrashFlag) != 0) heap.hook().trash_died(object);
  // Callbacks may collect: from here on the object must be invisible.
  if (object.type->has(kContainerType)) heap.tracking.untrack(object);
  if ((object.flags & kWeakFlag) != 0) call_callbacks(heap, heap.weak.detach_all(object));
  return !object.type->has(kLegacyFinalizerType) || finalize_legacy(heap, *object.type, object);
}

}  // namespace

void detail::dismantle_any(Heap& heap, Type& type, Object& object) noexcept {
  static_cast<void>(dismantle<AskType>(heap, type, object, block_bytes(object), DropReference{}));
}

void detail::take_apart(Heap& heap, Type& type, Object& object) noexcept {
  if (heap.teardown.depth >= kRecursionLimit) return defer(heap, object);
  ++heap.teardown.depth;
  type.slots->dismantle(heap, type, object);
  if (--heap.teardown.depth == 0 && heap.teardown.deferred != nullptr) drain(heap);
}

void destroy(Object& object) noexcept {
  Heap& heap = *object.type->heap;
  heap.assert_held("dropping the last reference to an object");
  [[maybe_unused]] const Heap::DropOfHandle drop(heap);
  const std::uint32_t noticed = (object.flags & kNoticedFlags) | (object.type->instance_flags & kNoticedTypes);
  if (noticed != 0 && !finalize_and_unwatch(heap, object)) return;
  Type& type = *object.type;
  if (type.has(kContainerType)) {
    heap.tracking.untrack(object);
  } else if (!type.has(kForeignType)) {
    return type.slots->dismantle(heap, type, object);
  }
  detail::take_apart(heap, type, object);
}

TeardownHold::TeardownHold(Heap& heap) noexcept : heap_(heap), depth_(heap.teardown.depth) {
  heap_.teardown.depth = kRecursionLimit;
  heap_.teardown.silent = true;
}

TeardownHold::~TeardownHold() {
  heap_.teardown.silent = false;
  heap_.teardown.depth = depth_;
  if (depth_ == 0) drain(heap_);
}

}  // namespace ouro
