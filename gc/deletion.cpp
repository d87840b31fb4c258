// Freeing the unreachable set (CPython: delete_garbage).
//
// If nobody can observe the deaths (no foreign code in a destructor, no weak reference left) the set is freed in bulk, in
// address order: references among its members are not even looked at. Otherwise each member is cleared in turn, and the
// counts do the rest. Both leave the same heap behind.
#include <ouro/gc/detail/collection.h>

namespace ouro::gc::detail {

namespace {

[[nodiscard]] bool must_be_cleared_in_turn(const Collection& run) noexcept {
  if (!run.observable) return false;
  for (const Object* const object : run.trash.all())
    if (object != nullptr && ((object->flags & kWeakFlag) != 0 || object->type->has(kForeignType))) return true;
  return false;
}

/// Frees one member: drops its references to the outside, its buffers and its block. Returns the block's bytes.
[[gnu::always_inline]] inline std::size_t free_member(Collection& run, const Lookup lookup, Object& object) noexcept {
  const Type& type = *object.type;
  const std::size_t bytes = block_bytes(object);
  run.tracking.untrack(object);
  for_each_edge(object, [lookup](Object& target) {
    std::size_t granule;
    if (!lookup.finds(target, granule) || lookup.refs[granule] != GcRefs::kInTrash) decrement(target);
  });
  if (type.slots->release != nullptr) type.slots->release(object);
  run.heap.free(object, type, bytes);
  return bytes;
}

// Containers outside the set that die with it wait until it is gone, so that no foreign code runs in between.
void delete_in_bulk(Collection& run) noexcept {
  run.report.in_bulk = true;
  const TeardownHold hold(run.heap);
  const Lookup lookup(run);
  std::size_t bytes = 0;
  for (Object* const object : run.trash.all())
    if (object != nullptr) bytes += free_member(run, lookup, *object);
  run.report.bytes_freed += bytes;
  put_back(run);
  run.trash.truncate(0);
}

/// Takes an object that stays alive out of the set.
void let_live(Collection& run, Object& object) noexcept {
  object.flags &= ~std::uint32_t{kTrashFlag};
  const std::size_t granule = run.tracking.granule_of(object);
  run.refs[granule] = 0;
  if (run.tracking.is_tracked(object)) run.tracking.promote(granule, run.target());
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
  for (Object* const object : run.trash.all())
    if (object != nullptr) let_live(run, *object);
  run.trash.truncate(0);
}

/// kDebugSaveAll: nothing is freed, the garbage list keeps everything.
void save_all(Collection& run) noexcept {
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    if (run.settings.listener != nullptr) run.settings.listener->keep_garbage(*object);
    let_live(run, *object);
  }
  run.trash.truncate(0);
}

}  // namespace

bool is_observable(const Collection& run) noexcept {
  if (run.watched || run.settings.debug != 0) return true;
  constexpr std::uint32_t kTelling = kForeignType | kWeakRefType | kFinalizerType;
  if ((run.object_flags & kWeakFlag) == 0 && (run.type_flags & kTelling) == 0) return false;
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
  std::int32_t& number = run.refs[run.tracking.granule_of(object)];
  const auto index = static_cast<std::size_t>(number);
  OURO_ASSERT_INTERNAL(index < run.trash.size() && run.trash[index] == &object, "trash-indexed");
  run.trash[index] = nullptr;
  number = 0;
  object.flags &= ~std::uint32_t{kTrashFlag};
  run.report.bytes_freed += block_bytes(object);
}

void delete_trash(Collection& run) noexcept {
  if (run.debugs(kDebugSaveAll)) return save_all(run);
  if (must_be_cleared_in_turn(run)) return delete_in_turn(run);
  if (run.observable) {
    for (Object* const object : run.trash.all())
      if (object != nullptr) run.refs[run.tracking.granule_of(*object)] = GcRefs::kInTrash;
  }
  delete_in_bulk(run);
}

}  // namespace ouro::gc::detail
