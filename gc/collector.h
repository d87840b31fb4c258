// The collector: finds dead cycles of containers, which counting alone cannot reclaim (claim G1).
//
// Three generations; a collection of one includes all younger ones; survivors move up. Everything else in the runtime stops
// while it runs. It knows headers, slots and edge layouts, never a list or a dict. CPython's collector (Modules/gcmodule.c,
// 3.11) defines what can be observed; how it is done differs: see docs/architecture.md.
//
// Laws
//   sound: only what cannot be reached from outside the candidates is freed (the oracle checks it).
//   one-collection: at most one collection of a heap runs, and it begins with an empty workspace.
//   followed-once: a collection looks at the edges of an object once to count, and once more at most to follow them.
//   once: a finalizer runs at most once in an object's life.
//   rest: between collections all gc_refs are zero and no object has kTrashFlag.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/base/shared.h>
#include <ouro/base/standard/function.h>
#include <ouro/gc/compat.h>
#include <ouro/gc/debug.h>
#include <ouro/gc/gc_refs.h>
#include <ouro/gc/generations.h>
#include <ouro/gc/pauses.h>
#include <ouro/gc/phases.h>
#include <ouro/objects/model/heap.h>

#include <optional>
#include <utility>
#include <vector>

namespace ouro::gc {

namespace detail {
struct Collection;
struct Settings;
struct Workspace;
}  // namespace detail
class CollectionListener;
class Stepper;

/// Where an automatic collection may happen.
enum class Timing : std::uint8_t {
  kAtAllocation,  ///< inside the allocation that exceeds the threshold (CPython up to 3.11)
  kAtSafepoint,   ///< at the next safepoint of a thread that holds the lock (CPython from 3.12)
};

/// How a collector is made.
struct CollectorOptions {
  Compat compat = Compat::kPy311;
  std::optional<Timing> timing{};  ///< not set: what `compat` says
  bool defers_finalizers = false;  ///< queue them and callbacks for `run_deferred` (PEP 556)
};

/// The collector of one runtime. Every call needs the runtime's lock.
class Collector : private CollectorHook {
 public:
  explicit Collector(Heap& heap, const CollectorOptions& options = {});
  ~Collector() override;
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  /// Collects `generation` and all younger ones now, enabled or not, and returns the number of unreachable objects found
  /// (those a finalizer saved excepted). ValueError "invalid generation". 0 if a collection is already running.
  std::size_t collect(int generation = kOldest);
  /// The same, phase by phase: `observer(phase, stepper)` is called before each phase and, with Phase::kCount, at the end.
  /// The objects can be looked at meanwhile, see Stepper. Collections without an observer pay nothing for this.
  template <class Observer>
  std::size_t collect(int generation, Observer&& observer);

  /// Automatic collection on and off. Explicit collection works either way (claim G7).
  void enable() noexcept;
  void disable() noexcept;
  [[nodiscard]] bool is_enabled() const noexcept { return enabled_; }

  /// Generation 0 is due when its count exceeds the first threshold; 0 turns automatic collection off.
  [[nodiscard]] const Generations::Thresholds& thresholds() const noexcept { return generations_.thresholds(); }
  void set_thresholds(const Generations::Thresholds& thresholds) noexcept;
  /// Containers made less freed since the last collection, and collections of the next younger generation.
  [[nodiscard]] Generations::Thresholds counts() const noexcept;
  [[nodiscard]] const GenerationStats& stats(int generation) const noexcept { return generations_.stats(generation); }
  [[nodiscard]] const Generations& generations() const noexcept { return generations_; }

  /// Moves everything tracked into a permanent generation that no collection looks at (`gc.freeze`); sets the counts to
  /// zero. A frozen object still dies by its count. Linear in the heap; writes to no object.
  void freeze() noexcept;
  /// Moves the permanent generation back into the oldest one. Linear in the heap.
  void unfreeze() noexcept;
  /// Objects in the permanent generation. Linear in the heap.
  [[nodiscard]] std::size_t freeze_count() const noexcept;
  [[nodiscard]] bool is_frozen(const Object& object) const noexcept { return heap_.tracking.is_frozen(object); }

  /// `DebugFlag` bits, and where the lines go: standard error if `output` is empty.
  void set_debug(unsigned flags) noexcept;
  [[nodiscard]] unsigned debug() const noexcept;
  void set_debug_output(DebugOutput output);
  /// Writes a line where the others go.
  void print_debug(std::string_view line) const noexcept;

  /// True if finalizers and callbacks that a collection would run are queued, so that they run where the embedder says
  /// and never inside whatever code a collection happened to interrupt (PEP 556).
  [[nodiscard]] bool defers_finalizers() const noexcept;
  [[nodiscard]] std::size_t deferred() const noexcept;
  /// Runs what is queued, in order, also what is queued meanwhile; returns how many. An object that its finalizer does not
  /// save dies at once or in the next collection.
  std::size_t run_deferred() noexcept;

  /// The figures of the last collection that ran to its end.
  [[nodiscard]] const CollectionReport& last_report() const noexcept { return last_; }
  /// How long the collections of a generation took.
  [[nodiscard]] const PauseHistogram& pauses(int generation) const noexcept {
    return pauses_[static_cast<std::size_t>(generation)];
  }
  /// What finalizers of that collection brought back, each with what it was reached from.
  [[nodiscard]] const std::vector<Resurrection>& last_resurrections() const noexcept { return resurrections_; }
  using ReportObserver = std::function<void(const CollectionReport&)>;
  /// Is called after each collection with its figures. An empty function ends that. The observer may replace itself; what it
  /// throws goes to the unraisable hook. Throws MemoryError.
  void set_observer(ReportObserver observer);
  /// Tells `listener`, if any, when collections start and stop. It must outlive the collector or be taken back.
  void set_listener(CollectionListener* listener) noexcept;

  [[nodiscard]] bool is_collecting() const noexcept { return running_ != nullptr; }
  [[nodiscard]] Timing timing() const noexcept { return timing_; }
  [[nodiscard]] Compat compat() const noexcept;
  /// True if an automatic collection waits for a safepoint.
  [[nodiscard]] bool is_due() const noexcept { return due_; }
  /// Runs an automatic collection that waits for a safepoint. Every safepoint calls it then.
  void collect_if_due() noexcept override;

  /// Collects before every container that is made (all generations while the heap is small, the youngest otherwise), so
  /// that a reference somebody forgot to own shows at once. For tests.
  void set_stress(bool on) noexcept;
  [[nodiscard]] bool is_stressed() const noexcept { return stress_; }

  /// True if the object is watched. Atoms never are; a tuple or dict of atoms need not be.
  [[nodiscard]] bool is_tracked(const Object& object) const noexcept { return heap_.tracking.is_tracked(object); }
  /// True once the object's finalizer has run.
  [[nodiscard]] static bool is_finalized(const Object& object) noexcept { return (object.flags & kFinalizedFlag) != 0; }
  /// 0, 1 or 2; -1 if the object is not tracked. A frozen object counts as old.
  [[nodiscard]] int generation_of(const Object& object) const noexcept {
    return is_tracked(object) ? heap_.tracking.generation_of(object) : -1;
  }

  [[nodiscard]] Heap& heap() const noexcept { return heap_; }
  /// The working numbers, for tests and the verifier.
  [[nodiscard]] const GcRefs& gc_refs() const noexcept { return refs_; }

 private:
  friend class Stepper;

  void collection_due() noexcept override;
  void trash_died(Object& object) noexcept override;
  void memory_tight() noexcept override;
  bool memory_short() noexcept override;
  void trim() noexcept override;

  std::size_t run(int generation) noexcept;
  void begin(detail::Collection& run) noexcept;
  void perform(detail::Collection& run) noexcept;
  void perform_phase(detail::Collection& run) noexcept;
  void prepare_reclaiming(detail::Collection& run) noexcept;
  std::size_t finish(detail::Collection& run) noexcept;
  void set_due(bool due) noexcept;
  void collect_due_generation() noexcept;
  [[nodiscard]] bool is_automatic() const noexcept { return enabled_ && generations_.thresholds()[0] != 0; }
  void set_trigger() noexcept;
  void check(const detail::Collection* run) noexcept;
  void tell_observer(const CollectionReport& report) noexcept;

  Heap& heap_;
  GcRefs refs_;
  Generations generations_;
  Owned<detail::Workspace> space_;
  Owned<detail::Settings> settings_;
  CollectionReport last_;
  std::array<PauseHistogram, kGenerations> pauses_;
  std::vector<Resurrection> resurrections_;
  Shared<const ReportObserver> observer_;  ///< shared, for it may be replaced while it is being called
  detail::Collection* running_ = nullptr;
  std::chrono::steady_clock::time_point began_;
  Timing timing_;
  bool enabled_ = true;
  bool stress_ = false;
  bool due_ = false;
  bool tight_ = false;  ///< the memory limit is near: the next automatic collection is a full one, and due
};

}  // namespace ouro::gc

#include <ouro/gc/stepper.h>
