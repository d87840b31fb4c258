// The collector: finds dead cycles of containers, which counting alone cannot reclaim (claim G1).
//
// Three generations; a collection of one includes all younger ones; survivors move up. Everything else in the runtime stops
// while it runs. It knows headers, slots and edge layouts, never a list or a dict. CPython's collector (Modules/gcmodule.c,
// 3.11) defines what can be observed; how it is done differs: see docs/architecture.md.
//
// Laws
//   sound: only what cannot be reached from outside the candidates is freed (the oracle checks it).
//   once: a finalizer runs at most once in an object's life.
//   rest: between collections all gc_refs are zero and no object has kTrashFlag.
#pragma once

#include <ouro/gc/gc_refs.h>
#include <ouro/gc/generations.h>
#include <ouro/gc/phases.h>
#include <ouro/objects/model/heap.h>

#include <functional>

namespace ouro::gc {

namespace detail {
struct Collection;
}

/// Where an automatic collection may happen.
enum class Timing : std::uint8_t {
  kAtAllocation,  ///< inside the allocation that exceeds the threshold (CPython up to 3.11)
  kAtSafepoint,   ///< at the next safepoint of a thread that holds the lock (CPython from 3.12)
};

/// The collector of one runtime. Every call needs the runtime's lock.
class Collector final : private CollectorHook {
 public:
  explicit Collector(Heap& heap, Timing timing = Timing::kAtAllocation);
  ~Collector() override;
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  /// Collects `generation` and all younger ones now, enabled or not, and returns the number of unreachable objects found
  /// (those a finalizer saved excepted). ValueError "invalid generation". 0 if a collection is already running.
  std::size_t collect(int generation = kOldest);

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

  /// The figures of the last collection that ran to its end.
  [[nodiscard]] const CollectionReport& last_report() const noexcept { return last_; }
  /// Is called after each collection with its figures; must not throw. An empty function ends that.
  void set_observer(std::function<void(const CollectionReport&)> observer) { observer_ = std::move(observer); }

  [[nodiscard]] bool is_collecting() const noexcept { return running_ != nullptr; }
  [[nodiscard]] Timing timing() const noexcept { return timing_; }
  /// True if an automatic collection waits for a safepoint.
  [[nodiscard]] bool is_due() const noexcept { return due_; }
  /// Runs an automatic collection that waits for a safepoint.
  void collect_if_due() noexcept;

  /// Collects before every container that is made (all generations while the heap is small, the youngest otherwise), so
  /// that a reference somebody forgot to own shows at once. For tests.
  void set_stress(bool on) noexcept;
  [[nodiscard]] bool is_stressed() const noexcept { return stress_; }

  /// True if the object is watched. Atoms never are; a tuple or dict of atoms need not be.
  [[nodiscard]] bool is_tracked(const Object& object) const noexcept { return heap_.tracking.is_tracked(object); }
  /// True once the object's finalizer has run.
  [[nodiscard]] static bool is_finalized(const Object& object) noexcept { return (object.flags & kFinalizedFlag) != 0; }
  /// 0, 1 or 2; -1 if the object is not tracked.
  [[nodiscard]] int generation_of(const Object& object) const noexcept {
    return is_tracked(object) ? heap_.tracking.generation_of(object) : -1;
  }

  [[nodiscard]] Heap& heap() const noexcept { return heap_; }
  /// The working numbers, for tests and the verifier.
  [[nodiscard]] const GcRefs& gc_refs() const noexcept { return refs_; }

 private:
  void collection_due() noexcept override;
  void trash_died(Object& object) noexcept override;

  std::size_t run(int generation) noexcept;
  void reclaim(detail::Collection& run) noexcept;
  void collect_due_generation() noexcept;
  void set_trigger() noexcept;
  void check(const detail::Collection* run) noexcept;

  Heap& heap_;
  GcRefs refs_;
  GranuleBits marks_;
  Generations generations_;
  CollectionReport last_;
  std::function<void(const CollectionReport&)> observer_;
  detail::Collection* running_ = nullptr;
  Timing timing_;
  bool enabled_ = true;
  bool stress_ = false;
  bool due_ = false;
};

}  // namespace ouro::gc
