// The phases of a collection in order, when collections run, and what the collector counts.
#include <ouro/gc/check/oracle.h>
#include <ouro/gc/check/verify.h>
#include <ouro/gc/collector.h>
#include <ouro/gc/detail/collection.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ouro::gc {

namespace {

/// Above this many candidates checking builds leave the whole-heap checks to the tests: they would be quadratic.
constexpr std::size_t kCheckedHeap = 5000;

}  // namespace

Collector::Collector(Heap& heap, const CollectorOptions& options)
    : heap_(heap),
      refs_(heap.tracking.granules()),
      timing_(options.timing                           ? *options.timing
              : collects_at_safepoints(options.compat) ? Timing::kAtSafepoint
                                                       : Timing::kAtAllocation) {
  if (!refs_) raise_out_of_memory();
  try {
    space_ = make_owned<detail::Workspace>();
    settings_ = make_owned<detail::Settings>();
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  settings_->compat = options.compat;
  settings_->defers = options.defers_finalizers;
  Generations::Thresholds thresholds = Generations::kDefaultThresholds;
  thresholds[0] = static_cast<std::int32_t>(young_threshold_of(options.compat));
  generations_.set_thresholds(thresholds);
  heap_.install(*this);
  set_trigger();
}

Collector::~Collector() {
  run_deferred();
  heap_.uninstall();
}

std::size_t Collector::collect(int generation) {
  heap_.assert_locked("gc.collect");
  if (generation < 0 || generation > kOldest) raise(ErrorKind::kValueError, "invalid generation");
  return is_collecting() ? 0 : run(generation);
}

std::size_t Collector::run(int generation) noexcept {
  detail::Collection run(heap_, refs_, *space_, *settings_, generation);
  run.timed = generation == kOldest || observer_ != nullptr;
  begin(run);
  while (run.next != Phase::kCount) perform(run);
  return finish(run);
}

void Collector::begin(detail::Collection& run) noexcept {
  OURO_ASSERT_INTERNAL(running_ == nullptr, "one-collection");
  running_ = &run;
  set_trigger();
  if (settings_->listener != nullptr) settings_->listener->collection_starts(run.report);
  began_ = std::chrono::steady_clock::now();
  if (run.debugs(kDebugStats)) detail::print_beginning(run);
  heap_.young_count = 0;
  generations_.begin(run.generation);
}

void Collector::perform(detail::Collection& run) noexcept {
  if (!run.timed) return perform_phase(run);
  std::chrono::nanoseconds& duration = run.report.durations[static_cast<std::size_t>(run.next)];
  const auto start = std::chrono::steady_clock::now();
  perform_phase(run);
  duration += std::chrono::steady_clock::now() - start;
}

void Collector::prepare_reclaiming(detail::Collection& run) noexcept {
  generations_.survived(run.generation, run.report.reached - run.report.untracked);
  if (run.trash.empty()) return void(run.next = Phase::kCount);
  run.observable = detail::is_observable(run);
  if (run.observable) detail::watch_trash(run);
  run.next = run.observable ? Phase::kWeakReferences : Phase::kDelete;
}

// The table of contents of a collection. The last four phases have nothing to do if all is reachable, and only the very
// last has if nobody can observe the deaths. A young collection that nobody watches gathers and promotes in one pass.
void Collector::perform_phase(detail::Collection& run) noexcept {
  switch (run.next) {
    case Phase::kCountReferences:
      detail::count_references(run);
      run.next = Phase::kMarkReachable;
      return;
    case Phase::kMarkReachable:
      detail::mark_reachable(run);
      run.next = Phase::kGatherUnreachable;
      return;
    case Phase::kGatherUnreachable:
      if constexpr (kChecks >= CheckLevel::kHeap) check(&run);
      if (!run.is_full() && !run.watched) {
        detail::sort_out_young(run);
        return prepare_reclaiming(run);
      }
      detail::gather_unreachable(run);
      run.next = Phase::kPromote;
      return;
    case Phase::kPromote:
      detail::promote_survivors(run);
      return prepare_reclaiming(run);
    case Phase::kWeakReferences:
      if (run.debugs(kDebugCollectable)) detail::print_collectable(run);
      detail::clear_weak_references(run);
      run.next = Phase::kFinalize;
      return;
    case Phase::kFinalize:
      detail::run_finalizers(run);
      run.next = Phase::kResurrect;
      return;
    case Phase::kResurrect:
      detail::spare_resurrected(run);
      run.next = Phase::kDelete;
      return;
    case Phase::kDelete:
      if (run.watched) detail::spare_resurrected(run);  // who watches may have taken one since
      run.report.collected = run.trash.size() + run.report.let_go;
      run.next = Phase::kCount;
      detail::delete_trash(run);
      return;
    case Phase::kCount:
      return;
  }
}

std::size_t Collector::finish(detail::Collection& run) noexcept {
  OURO_ASSERT_INTERNAL(running_ == &run, "one-collection");
  detail::put_back(run);
  if (!run.uncollectable.empty()) detail::report_uncollectable(run);
  if (run.is_full()) {
    heap_.memory.age();
    heap_.memory.budget().arm();
    tight_ = false;
  }
  CollectionReport& report = run.report;
  report.pause = std::chrono::steady_clock::now() - began_;
  pauses_[static_cast<std::size_t>(run.generation)].add(report.pause);
  generations_.end(run.generation, report.collected, report.uncollectable);
  if (run.debugs(kDebugStats)) detail::print_end(run);
  last_ = report;
  resurrections_ = std::move(run.resurrections);
  if (settings_->listener != nullptr) settings_->listener->collection_stops(last_);
  running_ = nullptr;
  set_trigger();
  if constexpr (kChecks >= CheckLevel::kHeap) check(nullptr);
  tell_observer(report);
  return report.collected + report.uncollectable;
}

void Collector::tell_observer(const CollectionReport& report) noexcept {
  const auto observer = observer_;
  if (!observer) return;
  try {
    (*observer)(report);
  } catch (...) {
    if (settings_->listener != nullptr)
      settings_->listener->observer_failed();
    else
      detail::print(*settings_, "Exception ignored in collection observer");
  }
}

void Collector::collection_due() noexcept {
  if (timing_ == Timing::kAtSafepoint && !stress_) return set_due(true);
  collect_due_generation();
}

void Collector::collect_if_due() noexcept {
  if (!due_ || is_collecting()) return;
  set_due(false);
  if (enabled_) collect_due_generation();
}

void Collector::set_due(bool due) noexcept {
  due_ = due;
  heap_.gil().set_collection_due(due);
  set_trigger();
}

void Collector::collect_due_generation() noexcept {
  if (tight_) return void(run(kOldest));
  if (stress_) {
    const bool small = heap_.tracking.containers().extent() <= alloc::kDefaultGeometry.arena_bytes;
    run(small ? kOldest : 0);
    return;
  }
  const int generation = generations_.due(heap_.young_count);
  if (generation >= 0) run(generation);
}

void Collector::trash_died(Object& object) noexcept {
  OURO_ASSERT_INTERNAL(running_ != nullptr, "one-collection");
  detail::forget(*running_, object);
}

void Collector::memory_tight() noexcept {
  tight_ = true;
  set_trigger();
}

bool Collector::memory_short() noexcept {
  if (!is_automatic() || timing_ == Timing::kAtSafepoint || is_collecting()) return false;
  run(kOldest);
  return true;
}

void Collector::trim() noexcept {
  if (is_collecting()) return;
  space_->release();
  refs_.trim(heap_.tracking.granules());  // a huge page may reach beyond those in use
}

// The trigger folds every reason not to collect into one comparison on the allocation path.
void Collector::set_trigger() noexcept {
  const bool asleep = !is_automatic() || is_collecting() || due_;
  const std::int32_t threshold = stress_ || tight_ ? 0 : std::max(generations_.thresholds()[0], 0);
  heap_.young_trigger = asleep ? UINT32_MAX : static_cast<std::uint32_t>(threshold);
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

void Collector::freeze() noexcept {
  heap_.tracking.freeze();
  heap_.young_count = 0;
  generations_.forget_counts();
}

void Collector::unfreeze() noexcept { heap_.tracking.unfreeze(); }

std::size_t Collector::freeze_count() const noexcept {
  std::size_t count = 0;
  heap_.tracking.for_each_tracked([&](const Object& object) { count += heap_.tracking.is_frozen(object); });
  return count;
}

void Collector::set_debug(unsigned flags) noexcept { settings_->debug = flags; }

unsigned Collector::debug() const noexcept { return settings_->debug; }

void Collector::set_debug_output(DebugOutput output) { settings_->output = detail::shared(std::move(output)); }

void Collector::set_observer(ReportObserver observer) { observer_ = detail::shared(std::move(observer)); }

void Collector::print_debug(std::string_view line) const noexcept { detail::print(*settings_, line); }

void Collector::set_listener(CollectionListener* listener) noexcept { settings_->listener = listener; }

Compat Collector::compat() const noexcept { return settings_->compat; }

Generations::Thresholds Collector::counts() const noexcept {
  const auto number = [](std::uint32_t count) { return static_cast<std::int32_t>(count); };
  return {number(heap_.young_count), number(generations_.count(1)), number(generations_.count(2))};
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
