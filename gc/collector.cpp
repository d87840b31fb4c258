#include <ouro/gc/collector.h>
#include <ouro/gc/detail/collection.h>
#include <ouro/gc/oracle.h>
#include <ouro/gc/verify.h>

#include <chrono>

namespace ouro::gc {

namespace {

/// Adds the time until it is destroyed to one phase of the report.
class PhaseTimer {
 public:
  PhaseTimer(CollectionReport& report, Phase phase) noexcept
      : duration_(report.durations[static_cast<std::size_t>(phase)]), start_(std::chrono::steady_clock::now()) {}
  ~PhaseTimer() { duration_ += std::chrono::steady_clock::now() - start_; }
  PhaseTimer(const PhaseTimer&) = delete;
  PhaseTimer& operator=(const PhaseTimer&) = delete;

 private:
  std::chrono::nanoseconds& duration_;
  std::chrono::steady_clock::time_point start_;
};

/// Above this many candidates checking builds leave the whole-heap checks to the tests: they would be quadratic.
constexpr std::size_t kCheckedHeap = 5000;

}  // namespace

Collector::Collector(Heap& heap, Timing timing)
    : heap_(heap), refs_(heap.tracking.granules()), marks_(heap.tracking.granules()), timing_(timing) {
  if (!refs_ || !marks_) raise_out_of_memory();
  heap_.install(*this);
  set_trigger();
}

Collector::~Collector() { heap_.uninstall(); }

std::size_t Collector::collect(int generation) {
  heap_.assert_locked("gc.collect");
  if (generation < 0 || generation > kOldest) raise(ErrorKind::kValueError, "invalid generation");
  return is_collecting() ? 0 : run(generation);
}

std::size_t Collector::run(int generation) noexcept {
  detail::Collection run(heap_, refs_, marks_, generation);
  running_ = &run;
  set_trigger();
  heap_.young_count = 0;
  generations_.begin(generation);
  CollectionReport& report = run.report;
  const auto timed = [&](Phase phase, void (*step)(detail::Collection&) noexcept) {
    const PhaseTimer timer(report, phase);
    step(run);
  };

  timed(Phase::kCountReferences, [](detail::Collection& r) noexcept { take_candidates(r), count_references(r); });
  timed(Phase::kMarkReachable, detail::mark_reachable);
  timed(Phase::kGatherUnreachable, detail::gather_unreachable);
  if constexpr (kChecks >= CheckLevel::kHeap) check(&run);
  timed(Phase::kPromote, detail::promote_survivors);
  generations_.survived(generation, report.reached - report.untracked);
  if (report.unreachable != 0) reclaim(run);
  put_back(run);
  if (generation == kOldest) heap_.memory.age();

  running_ = nullptr;
  set_trigger();
  generations_.end(generation, report.collected, report.uncollectable);
  last_ = report;
  if constexpr (kChecks >= CheckLevel::kHeap) check(nullptr);
  if (observer_) observer_(last_);
  return report.collected + report.uncollectable;
}

void Collector::reclaim(detail::Collection& run) noexcept {
  CollectionReport& report = run.report;
  if (detail::is_observable(run)) {
    detail::watch_trash(run);
    {
      const PhaseTimer timer(report, Phase::kWeakReferences);
      detail::clear_weak_references(run);
    }
    {
      const PhaseTimer timer(report, Phase::kFinalize);
      detail::run_finalizers(run);
    }
    const PhaseTimer timer(report, Phase::kResurrect);
    detail::spare_resurrected(run);
  }
  report.collected = run.trash.size();
  const PhaseTimer timer(report, Phase::kDelete);
  detail::delete_trash(run);
}

void Collector::collection_due() noexcept {
  if (timing_ == Timing::kAtSafepoint && !stress_) {
    due_ = true;
    set_trigger();
    return;
  }
  collect_due_generation();
}

void Collector::collect_if_due() noexcept {
  if (!due_ || is_collecting()) return;
  due_ = false;
  set_trigger();
  if (enabled_) collect_due_generation();
}

void Collector::collect_due_generation() noexcept {
  if (stress_) {
    const bool small = heap_.tracking.containers().extent() <= alloc::kDefaultGeometry.arena_bytes;
    run(small ? kOldest : 0);
    return;
  }
  const int generation = generations_.due(heap_.young_count);
  if (generation >= 0) run(generation);
}

void Collector::trash_died(Object& object) noexcept { detail::forget(*running_, object); }

// The trigger folds every reason not to collect into one comparison on the allocation path.
void Collector::set_trigger() noexcept {
  const std::uint32_t threshold = generations_.thresholds()[0];
  const bool asleep = !enabled_ || threshold == 0 || is_collecting() || due_;
  heap_.young_trigger = asleep ? UINT32_MAX : stress_ ? 0 : threshold;
}

void Collector::enable() noexcept {
  enabled_ = true;
  set_trigger();
}

void Collector::disable() noexcept {
  enabled_ = false;
  set_trigger();
}

void Collector::set_stress(bool on) noexcept {
  stress_ = on;
  set_trigger();
}

void Collector::set_thresholds(const Generations::Thresholds& thresholds) noexcept {
  generations_.set_thresholds(thresholds);
  set_trigger();
}

Generations::Thresholds Collector::counts() const noexcept {
  return {heap_.young_count, generations_.count(1), generations_.count(2)};
}

// Checking builds compare each collection with a naive one, and look over the heap after it.
void Collector::check(const detail::Collection* run) noexcept {
  if (last_.candidates > kCheckedHeap || (run != nullptr && run->report.candidates > kCheckedHeap)) return;
  if (run != nullptr) return compare_with_oracle(*const_cast<detail::Collection*>(run));
  if (heap_.tracking.containers().extent() > 4 * alloc::kDefaultGeometry.arena_bytes) return;
  alloc::Report findings;
  verify(*this, findings);
  if (findings.clean()) return;
  findings.print(stderr);
  law_broken(findings.begin()->law, "the heap does not verify after a collection", __FILE__, __LINE__);
}

}  // namespace ouro::gc
