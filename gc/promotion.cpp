// What becomes of the survivors: they move up, and what cannot be part of a cycle is watched no more.
#include <ouro/gc/detail/collection.h>

namespace ouro::gc::detail {

namespace {

// Claim G3: a tuple that holds only atoms cannot be part of a cycle, so the collector need not see it again.
void untrack_atomic(Collection& run) noexcept {
  for (Object* const object : run.atomic.all()) {
    const std::size_t granule = run.tracking.granule_of(*object);
    OURO_ASSERT_INTERNAL(run.tracking.is_tracked(*object), "tracked-only");
    if (!GcRefs::is_reached(run.refs[granule]) || !object->type->slots->may_untrack(*object)) continue;
    run.tracking.untrack(granule);
    run.refs[granule] = 0;
    ++run.report.untracked;
  }
}

}  // namespace

// After the first pass an object stands in one log only, so each is sorted out once. Without memory for the unreachable they
// live until another time.
void sort_out_young(Collection& run) noexcept {
  untrack_atomic(run);
  const Lookup lookup(run);
  // Without candidates nothing was counted. With them, an unreached one is a single bit.
  const bool room = run.report.candidates != 0 && run.trash.reserve(run.report.candidates);
  Object** trash = run.trash.end();
  run.tracking.promote_logs(
      run.generation, [&, lookup ](std::uint32_t granule) __attribute__((always_inline)) {
        const std::int32_t number = lookup.refs[granule];
        const bool dies = GcRefs::is_unreached(number) && room;
        if (run.report.candidates != 0) expect_covered(run, granule);
        lookup.refs[granule] = dies ? GcRefs::kInTrash : 0;
        if (dies) *trash++ = &Tracking::object_at(lookup.base, granule, lookup.marks[granule]);
        return !dies;
      });
  run.trash.extend_to(trash);
  OURO_ASSERT_INTERNAL(run.tracking.log(0).empty(), "log-once");
  note_result(run);
}

// The old generation has no list, so what is promoted to it is only forgotten by the logs. A young collection makes its
// numbers zero again on the way, but for those of the unreachable.
void promote_survivors(Collection& run) noexcept {
  untrack_atomic(run);
  if (run.is_full()) return run.tracking.promote_logs(run.generation, [](std::uint32_t) { return true; });
  run.tracking.promote_logs(run.generation, [refs = run.refs.data()](std::uint32_t granule) {
    if (refs[granule] == GcRefs::kInTrash) return false;
    refs[granule] = 0;
    return true;
  });
}

// Objects that died in turn took their numbers with them; those freed in bulk left them behind.
void put_back(Collection& run) noexcept {
  OURO_ASSERT_INTERNAL(run.stack.empty(), "followed-once");
  if (run.is_full()) return run.refs.reset(run.tracking.granules_in_use());
  for (const Object* const object : run.trash.all())
    if (object != nullptr) run.refs[run.tracking.granule_of(*object)] = 0;
}

}  // namespace ouro::gc::detail
