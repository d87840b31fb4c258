// Which candidates are unreachable: mark what is reachable, gather the rest.
//
// CPython's method (trial deletion): what is referred to more often than candidates account for is referred to from
// outside, and what can be reached from such objects lives. Unlike CPython's, the walk is in address order, the numbers
// lie beside the heap, whether a reference leads to a container at all is decided by its address, and the walk ends when
// nothing is left to be reached.
#include <ouro/gc/detail/collection.h>

#include <array>
#include <utility>

namespace ouro::gc::detail {

namespace {

/// Follows references from what is known to be reachable.
///
/// Loop invariant of the scan: of the candidates to the left of the cursor, each that was reached has been followed, is on
/// the stack, or has been left to the next scan. So the edges of each are looked at once (law followed-once). A reference to
/// the right of the cursor needs no stack, the scan comes by. If the stack grows out of proportion, the rest waits for
/// another scan, which is cheaper than jumping about the heap.
template <class Candidates>
class Marker {
 public:
  Marker(Collection& run, const Candidates candidates) noexcept
      : run_(run), lookup_(run), candidates_(candidates), stack_(run.stack), limit_(run.report.candidates / 8 + 4096) {}

  void mark() noexcept {
    // A large heap is looked over once for what is to be reached at all, so that nothing is followed when all is. A young
    // one is in the cache, where following costs no more than that.
    if (kMayStop) count_unresolved();
    while (left_behind_ && !is_done()) {
      left_behind_ = false;
      candidates_.for_each_holder_until([&](std::size_t granule) __attribute__((always_inline)) {
        if (!GcRefs::is_pending(lookup_.refs[granule])) return false;
        cursor_ = granule;
        follow(granule);
        if (!stack_.empty()) follow_stack();
        return is_done();
      });
    }
    OURO_ASSERT_INTERNAL(stack_.empty() || is_done(), "followed-once");
    stack_.truncate(0);
    if (!kMayStop) return;
    run_.report.roots = run_.report.candidates - at_first_;
    run_.all_reached = unresolved_ == 0;
  }

 private:
  static constexpr bool kMayStop = Candidates::kInAddressOrder;
  [[nodiscard]] bool is_done() const noexcept { return kMayStop && unresolved_ == 0 && !run_.watched; }

  void count_unresolved() noexcept {
    std::size_t number = 0;
    for_each_granule(candidates_, [&](std::size_t granule) {
      expect_covered(run_, granule);
      number += GcRefs::is_unreached(lookup_.refs[granule]);
    });
    unresolved_ = at_first_ = number;
  }

  [[gnu::noinline]] void follow(std::size_t granule) noexcept {
    OURO_ASSERT_INTERNAL(GcRefs::is_pending(lookup_.refs[granule]), "followed-once");
    lookup_.refs[granule] |= GcRefs::kFollowed;
    const Object& object = run_.tracking.object_at(granule);
    if (has_plain_edges(*object.type)) [[likely]] {
      follow_plain(object, *object.type);
    } else {
      for_each_edge(object, [this](Object& target) { unresolved_ -= reach(lookup_, target); });
    }
  }

  void follow_plain(const Object& object, const Type& type) noexcept {
    const Lookup lookup = lookup_;
    std::size_t reached = 0;
    for_each_plain_edge(
        object, type, [&](Object & target) __attribute__((always_inline)) { reached += reach(lookup, target); });
    OURO_ASSERT_INTERNAL(!kMayStop || reached <= unresolved_, "followed-once");
    unresolved_ -= reached;
  }

  /// Notes that `target` is reached; 1 if that is news.
  [[gnu::always_inline]] std::size_t reach(const Lookup lookup, Object& target) noexcept {
    std::size_t granule;
    if (!lookup.finds(target, granule) || !candidates_.may_contain(granule)) return 0;
    const std::int32_t number = lookup.refs[granule];
    if (number == GcRefs::kLeaf) {
      lookup.refs[granule] = GcRefs::kLeaf | GcRefs::kReached;
      return 1;
    }
    if (number != GcRefs::kHolder) return 0;
    lookup.refs[granule] = GcRefs::kHolder | GcRefs::kReached;
    if (!Candidates::kInAddressOrder || granule < cursor_) put_on_stack(target);
    return 1;
  }

  [[gnu::noinline]] void put_on_stack(Object& object) noexcept {
    if (stack_.size() < limit_ && stack_.push(&object)) return;
    left_behind_ = true;
    if (Candidates::kInAddressOrder) limit_ = 0;
  }

  // A few objects are on their way into the cache while others are followed.
  void follow_stack() noexcept {
    constexpr std::size_t kAhead = 8;
    std::array<Object*, kAhead> window{};
    std::size_t turn = 0;
    std::size_t waiting = 0;
    while (waiting != 0 || !stack_.empty()) {
      if (is_done()) return;
      Object* next = nullptr;
      if (!stack_.empty()) {
        next = stack_.pop();
        __builtin_prefetch(next);
        ++waiting;
      }
      Object* const ready = std::exchange(window[turn++ % kAhead], next);
      if (ready == nullptr) continue;
      --waiting;
      const std::size_t granule = run_.tracking.granule_of(*ready);
      OURO_ASSERT_INTERNAL(GcRefs::is_reached(lookup_.refs[granule]), "followed-once");
      if (GcRefs::is_pending(lookup_.refs[granule])) follow(granule);
    }
    limit_ = run_.report.candidates / 8 + 4096;
  }

  Collection& run_;
  const Lookup lookup_;
  const Candidates candidates_;
  ObjectStack& stack_;
  std::size_t limit_;
  std::size_t cursor_ = 0;
  std::size_t unresolved_ = 0;  ///< not reached yet, where that is counted
  std::size_t at_first_ = 0;    ///< ... before any edge was followed
  bool left_behind_ = true;
};

// What a full collection has noted of all candidates on the way is here found out of the few that are unreachable.
void note_flags(Collection& run) noexcept {
  run.object_flags = run.type_flags = 0;
  for (const Object* const object : run.trash.all()) {
    run.object_flags |= object->flags;
    run.type_flags |= object->type->instance_flags;
  }
}

}  // namespace

void mark_reachable(Collection& run) noexcept {
  with_candidates(run, [&](const auto candidates) { Marker(run, candidates).mark(); });
}

// If there is no memory to note the unreachable, they are left for another time: nothing is lost but the opportunity.
void gather_unreachable(Collection& run) noexcept {
  const Lookup lookup(run);
  if (run.all_reached) return note_result(run);
  with_candidates(run, [&](const auto candidates) {
    for_each_granule(candidates, [&](std::size_t granule) {
      if (GcRefs::is_unreached(lookup.refs[granule]) && run.trash.push(&run.tracking.object_at(granule)))
        lookup.refs[granule] = GcRefs::kInTrash;
    });
  });
  note_result(run);
}

void note_result(Collection& run) noexcept {
  run.report.unreachable = run.trash.size();
  OURO_ASSERT_INTERNAL(run.report.unreachable <= run.report.candidates, "sound");
  run.report.reached = run.report.candidates - run.report.unreachable;
  if (!run.is_full()) note_flags(run);
  if ((run.type_flags & kLegacyFinalizerType) != 0) set_aside_uncollectable(run);
}

}  // namespace ouro::gc::detail
