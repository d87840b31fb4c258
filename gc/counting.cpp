// Counting: gc_refs = count - edges from candidates (CPython: update_refs and subtract_refs).
//
// The sum commutes, so one pass adds each candidate's count and takes away the edges that leave it. The pass reads every
// candidate's header and edges once; what later phases want to know of them is noted on the way.
#include <ouro/gc/detail/collection.h>

#include <array>

namespace ouro::gc::detail {

namespace {

/// Objects whose count is too large to work with; they are taken as reached. Each has gigabytes of references.
constexpr std::size_t kMostPinned = 64;

template <class Candidates>
class Counter {
 public:
  Counter(Collection& run, const Candidates candidates) noexcept
      : run_(run),
        tracking_(run.tracking),
        refs_(run.refs),
        containers_(run.tracking.containers()),
        candidates_(candidates),
        untrackable_(kUntrackableType |
                     (run.is_full() && untracks_dicts(run.settings.compat) ? std::uint32_t{kUntrackableInFullType} : 0)) {}

  void count() noexcept {
    for_each_granule(candidates_, [this](std::size_t granule) { add(tracking_.object_at(granule), granule); });
    for (std::size_t i = 0; i < pins_; ++i) refs_[pinned_[i]] = GcRefs::kReached;
    run_.report.candidates = objects_;
    run_.report.counts_added = counts_;
    run_.report.edges_subtracted = edges_;
    run_.object_flags = object_flags_;
    run_.type_flags = type_flags_;
  }

 private:
  void add(Object& object, std::size_t granule) noexcept {
    const Type& type = *object.type;
    ++objects_;
    object_flags_ |= object.flags;
    type_flags_ |= type.instance_flags;
    if (object.refcount < GcRefs::kTooMany) [[likely]] {
      refs_[granule] += static_cast<std::int32_t>(object.refcount);
      counts_ += object.refcount;
    } else if (pins_ < kMostPinned) {
      pinned_[pins_++] = granule;
    }
    const std::uint64_t before = edges_;
    for_each_edge(object, [this](Object& target) {
      if (!containers_.contains(&target)) return;
      const std::size_t reached = tracking_.granule_of(target);
      if (!candidates_.may_hold(reached)) return;
      --refs_[reached];
      ++edges_;
    });
    tracking_.note_edges(granule, edges_ != before);
    if ((type.instance_flags & untrackable_) != 0 && (edges_ == before || !refers_to_tracked(object)))
      static_cast<void>(run_.atomic.push(&object));  // without memory it is asked another time
  }

  [[nodiscard]] bool refers_to_tracked(const Object& object) const noexcept {
    bool refers = false;
    for_each_edge(object, [&](const Object& target) { refers = refers || tracking_.is_tracked(target); });
    return refers;
  }

  Collection& run_;
  Tracking& tracking_;
  GcRefs& refs_;
  const alloc::Space& containers_;
  const Candidates candidates_;
  const std::uint32_t untrackable_;
  std::uint32_t object_flags_ = 0;
  std::uint32_t type_flags_ = 0;
  std::size_t objects_ = 0;
  std::uint64_t counts_ = 0;
  std::uint64_t edges_ = 0;
  std::array<std::size_t, kMostPinned> pinned_;
  std::size_t pins_ = 0;
};

}  // namespace

void count_references(Collection& run) noexcept {
  if (run.is_full()) run.refs.prepare(run.tracking.granules_in_use());
  with_candidates(run, [&](const auto candidates) { Counter(run, candidates).count(); });
}

}  // namespace ouro::gc::detail
