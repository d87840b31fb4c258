// Finalizers of the unreachable, and what they bring back (PEP 442; CPython: finalize_garbage, handle_resurrected_objects).
#include <ouro/gc/detail/collection.h>

namespace ouro::gc::detail {

namespace {

void finalize(Collection& run, Object& object) noexcept {
  Type& type = *object.type;
  if (!type.has(kFinalizerType) || (object.flags & kFinalizedFlag) != 0) return;
  object.flags |= kFinalizedFlag;
  ++type.finalized;
  ++run.report.finalized;
  increment(object);
  try {
    type.slots->finalize(object);
  } catch (...) {
    run.heap.report_unraisable("finalizer", object);
  }
  decrement(object);
}

void reach(Collection& run, ObjectStack& stack, Object& object) noexcept {
  run.refs[run.tracking.granule_of(object)] = GcRefs::kTraversed;
  if (!stack.push(&object)) law_broken("collector-memory", "no memory for the resurrected", __FILE__, __LINE__);
}

/// Counts the references among the set anew. Only flagged objects have numbers that mean anything.
void recount(Collection& run) noexcept {
  for (Object* const object : run.trash.all())
    if (object != nullptr) run.refs[run.tracking.granule_of(*object)] = static_cast<std::int32_t>(object->refcount);
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    for_each_edge(*object, [&](Object& target) {
      if ((target.flags & kTrashFlag) != 0) --run.refs[run.tracking.granule_of(target)];
    });
  }
}

/// Marks what is referred to from outside the set now, and all that can be reached from there.
void mark_resurrected(Collection& run) noexcept {
  ObjectStack stack;
  for (Object* const root : run.trash.all()) {
    if (root == nullptr) continue;
    const std::int32_t number = run.refs[run.tracking.granule_of(*root)];
    if (number <= 0 || number == GcRefs::kTraversed) continue;
    reach(run, stack, *root);
    while (!stack.empty()) {
      for_each_edge(*stack.pop(), [&](Object& target) {
        if ((target.flags & kTrashFlag) == 0) return;
        if (run.refs[run.tracking.granule_of(target)] != GcRefs::kTraversed) reach(run, stack, target);
      });
    }
  }
}

}  // namespace

void run_finalizers(Collection& run) noexcept {
  for (std::size_t i = 0; i < run.trash.size(); ++i)
    if (Object* const object = run.trash[i]; object != nullptr) finalize(run, *object);
}

// Foreign code has run, so the set is examined again: only what is still unreachable may be cleared.
void spare_resurrected(Collection& run) noexcept {
  recount(run);
  mark_resurrected(run);
  std::size_t kept = 0;
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    const std::size_t granule = run.tracking.granule_of(*object);
    if (run.refs[granule] == GcRefs::kTraversed) {
      object->flags &= ~std::uint32_t{kTrashFlag};
      if (run.tracking.tracked().test(granule)) run.tracking.promote(granule, run.target());
      ++run.report.resurrected;
    } else {
      run.refs[granule] = static_cast<std::int32_t>(kept);
      run.trash[kept++] = object;
    }
  }
  run.trash.truncate(kept);
}

}  // namespace ouro::gc::detail
