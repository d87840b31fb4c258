// Finalizers of the unreachable, and what they bring back (PEP 442; CPython: finalize_garbage, handle_resurrected_objects).
#include <ouro/gc/collector.h>
#include <ouro/gc/detail/collection.h>
#include <ouro/objects/model/guarded_calls.h>

#include <new>
#include <utility>
#include <vector>

namespace ouro::gc::detail {

namespace {

[[nodiscard]] bool is_to_be_finalized(const Object& object) noexcept {
  return object.type->has(kFinalizerType) && (object.flags & kFinalizedFlag) == 0;
}

/// Queues the finalizer; the queue keeps the object, and all that it refers to, alive. False without memory.
bool defer(Collection& run, Object& object) noexcept {
  try {
    run.settings.deferred.push_back({Ref<>::share(object), Ref<>()});
  } catch (const std::bad_alloc&) {
    return false;
  }
  ++run.report.deferred;
  return true;
}

/// Numbers of objects that are saved: while the set is examined again, the others are counts.
constexpr std::int32_t kRescued = GcRefs::kFollowed;
constexpr std::int32_t kToFollow = GcRefs::kReached;

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
class Rescuer {
 public:
  explicit Rescuer(Collection& run) noexcept : run_(run), stack_(run.stack) {}

  // Without memory for the stack an object is left as reached, and another round follows it.
  void rescue() noexcept {
    do {
      left_behind_ = false;
      for (Object* const root : run_.trash.all()) {
        if (root == nullptr) continue;
        const std::int32_t number = number_of(*root);
        OURO_ASSERT_INTERNAL(number >= 0, "counts-cover-edges");
        if (number <= 0 || number == kRescued) continue;
        root_ = root;
        follow(*root);
        while (!stack_.empty()) follow(*stack_.pop());
      }
    } while (left_behind_);
  }

 private:
  [[nodiscard]] std::int32_t& number_of(const Object& object) noexcept {
    return run_.refs[run_.tracking.granule_of(object)];
  }

  void follow(Object& object) noexcept {
    OURO_ASSERT_INTERNAL((object.flags & kTrashFlag) != 0, "trash-indexed");
    OURO_ASSERT_INTERNAL(number_of(object) != kRescued, "followed-once");
    number_of(object) = kRescued;
    remember(object);
    for_each_edge(object, [this](Object& target) {
      if ((target.flags & kTrashFlag) == 0 || number_of(target) > 0) return;
      number_of(target) = kToFollow;
      if (!stack_.push(&target)) left_behind_ = true;
    });
  }

  void remember(const Object& object) noexcept {
    try {
      run_.resurrections.push_back({&object, root_});
    } catch (const std::bad_alloc&) {
      // Only an answer for debugging is lost.
    }
  }

  Collection& run_;
  ObjectStack& stack_;
  const Object* root_ = nullptr;
  bool left_behind_ = false;
};

}  // namespace

// One that waited may have died and come back meanwhile, or its class may have lost the finalizer.
void finalize_now(Heap& heap, Object& object) noexcept {
  if (!is_to_be_finalized(object)) return;
  object.flags |= kFinalizedFlag;
  ++object.type->finalized;
  ouro::detail::call_finalizer(heap, object.type->slots->finalize, object);
}

void run_finalizers(Collection& run) noexcept {
  for (std::size_t i = 0; i < run.trash.size(); ++i) {
    if (run.trash[i] == nullptr || !is_to_be_finalized(*run.trash[i])) continue;
    if (run.settings.defers && defer(run, *run.trash[i])) continue;
    const Ref<> object = Ref<>::share(run.trash[i]);
    OURO_ASSERT_INTERNAL(run.refs[run.tracking.granule_of(*object)] == static_cast<std::int32_t>(i), "trash-indexed");
    ++run.report.finalized;
    finalize_now(run.heap, *object);
  }
}

// Foreign code has run, so the set is examined again: only what is still unreachable may be cleared.
void spare_resurrected(Collection& run) noexcept {
  recount(run);
  Rescuer(run).rescue();
  std::size_t kept = 0;
  for (Object* const object : run.trash.all()) {
    if (object == nullptr) continue;
    const std::size_t granule = run.tracking.granule_of(*object);
    OURO_ASSERT_INTERNAL(run.refs[granule] == kRescued || run.refs[granule] == 0, "sound");
    if (run.refs[granule] == kRescued) {
      object->flags &= ~std::uint32_t{kTrashFlag};
      run.refs[granule] = 0;
      if (run.tracking.is_tracked(*object)) run.tracking.promote(granule, run.target());
      ++run.report.resurrected;
    } else {
      run.refs[granule] = static_cast<std::int32_t>(kept);
      run.trash[kept++] = object;
    }
  }
  run.trash.truncate(kept);
  if (clears_new_weak_references(run.settings.compat)) clear_late_weak_references(run);
}

}  // namespace ouro::gc::detail

namespace ouro::gc {

bool Collector::defers_finalizers() const noexcept { return settings_->defers; }

std::size_t Collector::deferred() const noexcept { return settings_->deferred.size(); }

std::size_t Collector::run_deferred() noexcept {
  std::size_t number = 0;
  while (!settings_->deferred.empty()) {
    std::vector<detail::Deferred> queue = std::exchange(settings_->deferred, {});
    number += queue.size();
    for (detail::Deferred& entry : queue) {
      if (entry.callback)
        ouro::detail::call_callback(heap_, *entry.object, *entry.callback);
      else
        detail::finalize_now(heap_, *entry.object);
      entry = {};
    }
  }
  return number;
}

}  // namespace ouro::gc
