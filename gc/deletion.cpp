// Freeing the unreachable set (CPython: delete_garbage).
//
// If nobody can observe the deaths (no foreign code in a destructor, no weak reference left) the set is freed in bulk, in
// address order: references among its members are not even looked at. Otherwise each member is cleared in turn, and the
// counts do the rest. Both leave the same heap behind.
#include <ouro/gc/detail/collection.h>

namespace ouro::gc::detail {

namespace {

[[nodiscard]] bool must_be_cleared_in_turn(Collection& run) noexcept {
  for (const Object* const object : run.trash.all())
    if (object != nullptr && ((object->flags & kWeakFlag) != 0 || object->type->has(kForeignType))) return true;
  return false;
}

/// Frees one member: drops its references to the outside, its buffers and its block.
void free_member(Collection& run, Object& object) noexcept {
  const Type& type = *object.type;
  const std::size_t bytes = block_bytes(object);
  const alloc::Space& containers = run.tracking.containers();
  run.tracking.untrack(object);
  for_each_edge(object, [&](Object& target) {
    const bool inside = containers.contains(&target) && run.refs[run.tracking.granule_of(target)] == kInTrash;
    if (!inside) decrement(target);
  });
  if (type.slots->release != nullptr) type.slots->release(object);
  run.heap.free(object, type, bytes);
}

// Containers outside the set that die with it wait until it is gone, so that no foreign code runs in between.
void delete_in_bulk(Collection& run) noexcept {
  run.report.in_bulk = true;
  const TeardownHold hold(run.heap);
  for (Object* const object : run.trash.all())
    if (object != nullptr) free_member(run, *object);
  run.trash.truncate(0);
}

void delete_in_turn(Collection& run) noexcept {
  for (std::size_t i = 0; i < run.trash.size(); ++i) {
    Object* const object = run.trash[i];
    if (object == nullptr || object->type->slots->clear == nullptr) continue;
    increment(*object);
    object->type->slots->clear(*object);
    decrement(*object);
  }
  // What clearing did not free was saved by foreign code meanwhile, or holds its own cycle without being able to break it.
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    object->flags &= ~std::uint32_t{kTrashFlag};
    const std::size_t granule = run.tracking.granule_of(*object);
    if (run.tracking.tracked().test(granule)) run.tracking.promote(granule, run.target());
  }
}

}  // namespace

bool is_observable(Collection& run) noexcept {
  for (const Object* const object : run.trash.all()) {
    const Type& type = *object->type;
    if ((object->flags & kWeakFlag) != 0 || type.has(kForeignType) || type.has(kWeakRefType)) return true;
    if (type.has(kFinalizerType) && (object->flags & kFinalizedFlag) == 0) return true;
  }
  return false;
}

void watch_trash(Collection& run) noexcept {
  for (std::size_t i = 0; i < run.trash.size(); ++i) {
    run.trash[i]->flags |= kTrashFlag;
    run.refs[run.tracking.granule_of(*run.trash[i])] = static_cast<std::int32_t>(i);
  }
}

void forget(Collection& run, Object& object) noexcept {
  const auto index = static_cast<std::size_t>(run.refs[run.tracking.granule_of(object)]);
  OURO_ASSERT_INTERNAL(index < run.trash.size() && run.trash[index] == &object, "trash-indexed");
  run.trash[index] = nullptr;
  object.flags &= ~std::uint32_t{kTrashFlag};
}

void delete_trash(Collection& run) noexcept {
  if (must_be_cleared_in_turn(run)) return delete_in_turn(run);
  for (Object* const object : run.trash.all())
    if (object != nullptr) run.refs[run.tracking.granule_of(*object)] = kInTrash;
  delete_in_bulk(run);
}

}  // namespace ouro::gc::detail
