// Freeing the unreachable set (CPython: delete_garbage).
//
// If nobody can observe the deaths (no foreign code in a destructor, no weak reference left) the set is freed in bulk, in
// address order: references among its members are not even looked at. Otherwise each member is cleared in turn, and the
// counts do the rest. Both leave the same heap behind.
//
// Law bulk-silent: until the last member is freed or hidden no foreign code runs, so nobody can get hold of one. Objects
// outside the set that die with it wait. One whose end begins with foreign code (a finalizer, weak callbacks) stays alive
// for so long: the member that owns its last reference keeps that one, is hidden and taken apart at the end. So this needs
// no memory.
#include <ouro/gc/detail/collection.h>
#include <ouro/objects/model/dismantle.h>

#include <algorithm>
#include <utility>

namespace ouro::gc::detail {

namespace {

[[nodiscard]] bool must_be_cleared_in_turn(const Collection& run) noexcept {
  if (!run.observable) return false;
  for (const Object* const object : run.trash.all())
    if (object != nullptr && ((object->flags & kWeakFlag) != 0 || object->type->has(kForeignType))) return true;
  return false;
}

/// Drops a reference, if it leads out of the set. Refuses where that would run foreign code.
struct DropOutside {
  Lookup lookup;

  [[nodiscard, gnu::always_inline]] bool passes_over(const Object& target) const noexcept {
    std::size_t granule;
    return (lookup.finds(target, granule) && lookup.refs[granule] == GcRefs::kInTrash) || is_immortal(target);
  }
  [[nodiscard, gnu::always_inline]] bool refuses(const Object& target) const noexcept {
    return !passes_over(target) && target.refcount == 1 && dies_loudly(target);
  }
  [[gnu::always_inline]] bool operator()(Object& target) const noexcept {
    if (passes_over(target)) return true;
    if (target.refcount == 1 && dies_loudly(target)) return false;
    if (--target.refcount == 0) destroy(target);
    return true;
  }
};

/// Of a member of the set: no weak reference among them has a target any more.
struct AskTypeOfMember : ouro::detail::AskType {
  [[nodiscard]] static constexpr bool is_weak_reference(const Type&) noexcept { return false; }
};

/// Leaves a member without a count, and with no references but its type and those that are refused. The ones before `first`
/// are dropped already.
[[gnu::noinline]] bool hide(Collection& run, Object& object, std::size_t first) noexcept {
  if (object.type->has(kWeakRefType)) run.heap.weak.unlink(static_cast<WeakRef&>(object));
  const EdgeRun edges = edge_run(object, object.type->edges);
  std::fill_n(edges.first, first, nullptr);
  for (std::size_t i = first; i < edges.count; ++i)
    if (Object*& target = edges.first[i]; target != nullptr && DropOutside{Lookup(run)}(*target)) target = nullptr;
  object.refcount = 0;
  object.flags &= ~std::uint32_t{kTrashFlag};
  return false;
}

/// Frees one member: drops its references to the outside, its buffers and its block. False if it had to be hidden instead.
[[gnu::always_inline]] inline bool free_member(Collection& run, const Lookup lookup, Object& object) noexcept {
  Type& type = *object.type;
  OURO_ASSERT_INTERNAL(has_plain_edges(type), "bulk-silent");
  OURO_ASSERT_INTERNAL((object.flags & kWeakFlag) == 0, "bulk-silent");
  const std::size_t bytes = block_bytes(object);
  run.report.bytes_freed += bytes;
  run.tracking.untrack(object);
  const std::size_t dropped = ouro::detail::dismantle<AskTypeOfMember>(run.heap, type, object, bytes, DropOutside{lookup});
  return dropped == ouro::detail::kAllDropped || hide(run, object, dropped);
}

/// Frees the members and puts those that are hidden in front. Returns how many these are.
[[nodiscard]] std::size_t free_members(Collection& run) noexcept {
  const Lookup lookup(run);
  const std::span<Object*> members = run.trash.all();
  std::size_t hidden = 0;
  for (Object*& object : members)
    if (object != nullptr && !free_member(run, lookup, *object)) std::swap(members[hidden++], object);
  return hidden;
}

void delete_in_bulk(Collection& run) noexcept {
  run.report.in_bulk = true;
  std::size_t hidden = 0;
  {
    const TeardownHold hold(run.heap);
    hidden = free_members(run);
    put_back(run);
    run.trash.truncate(hidden);
  }
  for (std::size_t i = 0; i < hidden; ++i) ouro::detail::take_apart(run.heap, *run.trash[i]->type, *run.trash[i]);
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
    const Ref<> held = Ref<>::share(object);  // no memory for the list is reported to a hook of the embedder's
    let_live(run, *object);
    if (run.settings.listener != nullptr) run.settings.listener->keep_garbage(*object);
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
