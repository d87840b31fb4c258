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
/// the stack, or has been left to the next scan. A reference to the right of the cursor needs no stack, the scan comes by.
/// If the stack grows out of proportion, the rest waits for another scan, which is cheaper than jumping about the heap.
template <class Candidates>
class Marker {
 public:
  Marker(Collection& run, const Candidates candidates) noexcept
      : run_(run),
        tracking_(run.tracking),
        refs_(run.refs),
        candidates_(candidates),
        containers_(run.tracking.containers()),
        stack_(run.stack),
        limit_(run.report.candidates / 8 + 4096) {}

  void mark() noexcept {
    count_unresolved();
    run_.report.roots = run_.report.candidates - unresolved_;
    // Who watches wants to see every object followed.
    const std::size_t enough = run_.watched ? SIZE_MAX : 0;
    while (left_behind_ && unresolved_ != enough) {
      left_behind_ = false;
      candidates_.for_each_until([&](std::size_t granule) {
        if (is_pending(granule)) {
          cursor_ = granule;
          follow(granule);
          if (!stack_.empty()) follow_stack();
        }
        return unresolved_ == enough;
      });
    }
    stack_.truncate(0);
    run_.unresolved = unresolved_;
    run_.report.reached = run_.report.candidates - unresolved_;
    run_.report.edges_followed = edges_;
  }

 private:
  void count_unresolved() noexcept {
    for_each_granule(candidates_, [this](std::size_t granule) { unresolved_ += refs_[granule] == 0; });
  }

  [[nodiscard]] bool is_pending(std::size_t granule) const noexcept {
    const std::int32_t number = refs_[granule];
    return number > 0 && number != GcRefs::kTraversed;
  }

  void follow(std::size_t granule) noexcept {
    refs_[granule] = GcRefs::kTraversed;
    if ((tracking_.marks(granule) & kEdgesMark) == 0) return;
    for_each_edge(tracking_.object_at(granule), [this](Object& target) {
      if (!containers_.contains(&target)) return;
      ++edges_;
      const std::size_t reached = tracking_.granule_of(target);
      if (refs_[reached] != 0 || !candidates_.may_hold(reached)) return;
      refs_[reached] = GcRefs::kReached;
      --unresolved_;
      if (!Candidates::kInAddressOrder || reached < cursor_) put_on_stack(reached, target);
    });
  }

  void put_on_stack(std::size_t granule, Object& object) noexcept {
    if ((tracking_.marks(granule) & kEdgesMark) == 0) {
      refs_[granule] = GcRefs::kTraversed;
      return;
    }
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
    while ((waiting != 0 || !stack_.empty()) && (unresolved_ != 0 || run_.watched)) {
      Object* next = nullptr;
      if (!stack_.empty()) {
        next = stack_.pop();
        __builtin_prefetch(next);
        ++waiting;
      }
      Object* const ready = std::exchange(window[turn++ % kAhead], next);
      if (ready == nullptr) continue;
      --waiting;
      const std::size_t granule = tracking_.granule_of(*ready);
      if (is_pending(granule)) follow(granule);
    }
    limit_ = run_.report.candidates / 8 + 4096;
  }

  Collection& run_;
  Tracking& tracking_;
  GcRefs& refs_;
  const Candidates candidates_;
  const alloc::Space& containers_;
  ObjectStack& stack_;
  std::size_t limit_;
  std::size_t cursor_ = 0;
  std::size_t unresolved_ = 0;
  std::uint64_t edges_ = 0;
  bool left_behind_ = true;
};

}  // namespace

void mark_reachable(Collection& run) noexcept {
  with_candidates(run, [&](const auto candidates) { Marker(run, candidates).mark(); });
}

// If there is no memory to note the unreachable, they are left for another time: nothing is lost but the opportunity.
void gather_unreachable(Collection& run) noexcept {
  if (run.unresolved != 0 && run.trash.reserve(run.unresolved)) {
    run.report.unreachable = run.unresolved;
    with_candidates(run, [&](const auto candidates) {
      for_each_granule(candidates, [&](std::size_t granule) {
        if (run.refs[granule] != 0) return;
        run.refs[granule] = kInTrash;
        static_cast<void>(run.trash.push(&run.tracking.object_at(granule)));
      });
    });
  }
  if ((run.type_flags & kLegacyFinalizerType) != 0) set_aside_uncollectable(run);
}

}  // namespace ouro::gc::detail
