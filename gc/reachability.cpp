// Which candidates are unreachable: count references, mark what is reachable, gather the rest.
//
// CPython's method (trial deletion): what is referred to more often than candidates account for is referred to from
// outside, and what can be reached from such objects lives. Unlike CPython's, the walk is in address order, the numbers
// lie beside the heap, and whether a reference leads to a container at all is decided by its address.
#include <ouro/gc/detail/collection.h>

#include <algorithm>
#include <array>

namespace ouro::gc::detail {

namespace {

/// Objects whose count is too large to work with; they are taken as reached. Each has gigabytes of references.
constexpr std::size_t kMostPinned = 64;

template <class Candidates>
void count_references_of(Collection& run, const Candidates candidates) noexcept {
  const alloc::Space& containers = run.tracking.containers();
  CollectionReport& report = run.report;
  std::array<std::size_t, kMostPinned> pinned;
  std::size_t pins = 0;
  std::uint64_t edges = 0;
  candidates.for_each([&](Object& object, std::size_t granule) {
    ++report.candidates;
    if (object.refcount < GcRefs::kTooMany) {
      run.refs[granule] += static_cast<std::int32_t>(object.refcount);
      report.counts_added += object.refcount;
    } else if (pins < kMostPinned) {
      pinned[pins++] = granule;
    }
    for_each_edge(object, [&](Object& target) {
      if (!containers.contains(&target)) return;
      const std::size_t reached = run.tracking.granule_of(target);
      if (!candidates.may_hold(reached)) return;
      --run.refs[reached];
      ++edges;
    });
  });
  for (std::size_t i = 0; i < pins; ++i) run.refs[pinned[i]] = GcRefs::kReached;
  report.edges_subtracted = edges;
}

/// Follows references from what is known to be reachable.
///
/// Loop invariant of the scan: of the candidates to the left of the cursor, each that was reached has been followed, is on
/// the stack, or has been left to the next scan. A reference to the right of the cursor needs no stack, the scan comes by.
/// If the stack grows out of proportion, the rest waits for another scan, which is cheaper than jumping about the heap.
template <class Candidates>
class Marker {
 public:
  Marker(Collection& run, const Candidates candidates) noexcept
      : run_(run),
        candidates_(candidates),
        containers_(run.tracking.containers()),
        limit_(run.report.candidates / 8 + 4096) {}

  void mark() noexcept {
    do {
      left_behind_ = false;
      candidates_.for_each([&](Object& object, std::size_t granule) {
        if (!is_pending(granule)) return;
        cursor_ = granule;
        follow(object, granule);
        if (!stack_.empty()) follow_stack();
      });
    } while (left_behind_);
    run_.report.reached = followed_;
    run_.report.roots = followed_ - reached_by_edge_;
    run_.report.untracked = untracked_;
  }

 private:
  [[nodiscard]] bool is_pending(std::size_t granule) const noexcept {
    const std::int32_t number = run_.refs[granule];
    return number > 0 && number != GcRefs::kTraversed;
  }

  void follow(Object& object, std::size_t granule) noexcept {
    run_.refs[granule] = GcRefs::kTraversed;
    ++followed_;
    bool holds_candidate = false;
    for_each_edge(object, [&](Object& target) {
      if (!containers_.contains(&target)) return;
      const std::size_t reached = run_.tracking.granule_of(target);
      if (!candidates_.may_hold(reached)) return;
      const std::int32_t number = run_.refs[reached];
      holds_candidate |= number >= 0;
      if (number != 0) return;
      run_.refs[reached] = GcRefs::kReached;
      ++reached_by_edge_;
      if (!Candidates::kInAddressOrder || reached < cursor_) put_on_stack(target);
    });
    if (!holds_candidate) untrack_if_atomic(object);
  }

  // Claim G3: a tuple that holds only atoms cannot be part of a cycle, so the collector need not see it again.
  void untrack_if_atomic(Object& object) noexcept {
    const Type& type = *object.type;
    const bool asks = type.has(kUntrackableType) || (run_.is_full() && type.has(kUntrackableInFullType));
    if (!asks || !type.slots->may_untrack(object)) return;
    run_.tracking.untrack(object);
    ++untracked_;
  }

  void put_on_stack(Object& object) noexcept {
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
      if (is_pending(granule)) follow(*ready, granule);
    }
    limit_ = run_.report.candidates / 8 + 4096;
  }

  Collection& run_;
  const Candidates candidates_;
  const alloc::Space& containers_;
  ObjectStack stack_;
  std::size_t limit_;
  std::size_t cursor_ = 0;
  std::size_t followed_ = 0;
  std::size_t reached_by_edge_ = 0;
  std::size_t untracked_ = 0;
  bool left_behind_ = false;
};

template <class Candidates>
void gather_of(Collection& run, const Candidates candidates) noexcept {
  candidates.for_each([&](Object& object, std::size_t granule) {
    if (run.refs[granule] != 0) return;
    run.refs[granule] = kInTrash;
    static_cast<void>(run.trash.push(&object));
  });
}

}  // namespace

void take_candidates(Collection& run) noexcept {
  run.tracking.take_log(0, run.young);
  if (run.generation > 0) run.tracking.take_log(1, run.middle);
  if (run.is_full()) return run.refs.prepare(run.tracking.containers().extent() / Tracking::kGranule);
  for (const GranuleLog* log : {&run.young, &run.middle})
    for (const std::uint32_t granule : log->entries()) run.marks.set(granule);
}

void count_references(Collection& run) noexcept {
  if (run.is_full()) return count_references_of(run, FullCandidates{run});
  count_references_of(run, YoungCandidates{run});
}

void mark_reachable(Collection& run) noexcept {
  if (run.is_full()) return Marker(run, FullCandidates{run}).mark();
  Marker(run, YoungCandidates{run}).mark();
}

// If there is no memory to note the unreachable, they are left for another time: nothing is lost but the opportunity.
void gather_unreachable(Collection& run) noexcept {
  run.report.unreachable = run.report.candidates - run.report.reached;
  if (run.report.unreachable == 0) return;
  if (!run.trash.reserve(run.report.unreachable)) {
    run.report.unreachable = 0;
    return;
  }
  if (run.is_full()) return gather_of(run, FullCandidates{run});
  gather_of(run, YoungCandidates{run});
}

// The old generation has no list, so what is promoted to it is only forgotten by the logs.
void promote_survivors(Collection& run) noexcept {
  if (run.is_full()) return;
  for (const GranuleLog* log : {&run.young, &run.middle}) {
    for (const std::uint32_t granule : log->entries()) {
      const bool survived = run.refs[granule] != kInTrash && run.tracking.tracked().test(granule);
      if (survived) run.tracking.promote(granule, run.target());
    }
  }
}

void put_back(Collection& run) noexcept {
  if (run.is_full()) return run.refs.reset(run.tracking.containers().extent() / Tracking::kGranule);
  for (const GranuleLog* log : {&run.young, &run.middle}) {
    for (const std::uint32_t granule : log->entries()) {
      run.refs[granule] = 0;
      run.marks.clear(granule);
    }
  }
}

}  // namespace ouro::gc::detail
