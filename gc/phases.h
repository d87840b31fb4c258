// The figures of one collection, phase by phase.
#pragma once

#include <ouro/base/standard/clock.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ouro::gc {

/// The steps of a collection, in order. `Collector::collect` is their table of contents.
enum class Phase : std::uint8_t {
  kCountReferences,    ///< gc_refs = count - edges from candidates (CPython: update_refs, subtract_refs)
  kMarkReachable,      ///< what is referred to from outside, and what that refers to (CPython: move_unreachable)
  kGatherUnreachable,  ///< the rest is the unreachable set
  kPromote,            ///< survivors move up; tuples and dicts of atoms are untracked
  kWeakReferences,     ///< weak references to the unreachable die, outside callbacks run (CPython: handle_weakrefs)
  kFinalize,           ///< finalizers run, once each (CPython: finalize_garbage)
  kResurrect,          ///< what a finalizer made reachable again leaves the set (CPython: handle_resurrected_objects)
  kDelete,             ///< the set is freed (CPython: delete_garbage)
  kCount
};
inline constexpr std::size_t kPhases = static_cast<std::size_t>(Phase::kCount);

/// "count references" and so on.
[[nodiscard]] constexpr std::string_view name_of(Phase phase) noexcept {
  constexpr std::array<std::string_view, kPhases> kNames{"count references",  "mark reachable",  "gather unreachable",
                                                         "promote survivors", "weak references", "finalize",
                                                         "resurrect",         "delete"};
  return kNames[static_cast<std::size_t>(phase)];
}

/// An unreachable object that came back to life. Addresses to compare with, for it may be gone by now.
struct Resurrection {
  const void* object;
  const void* root;  ///< what is referred to from outside since the finalizers ran; the object is reached from it
};

/// What one collection saw and did.
struct CollectionReport {
  int generation = -1;                 ///< the oldest generation collected; -1: there was none yet
  std::size_t candidates = 0;          ///< tracked objects of the collected generations
  std::uint64_t counts_added = 0;      ///< sum of their counts; of full collections only
  std::uint64_t edges_subtracted = 0;  ///< references from candidates to containers that may be candidates
  std::size_t roots = 0;               ///< candidates referred to from outside; of full collections only
  std::size_t reached = 0;             ///< candidates reached again from those, the roots among them
  std::size_t unreachable = 0;         ///< candidates that were not
  std::size_t untracked = 0;           ///< survivors that cannot be part of a cycle
  std::size_t weak_references = 0;     ///< weak references that died
  std::size_t callbacks = 0;           ///< of these, with a callback that was called
  std::size_t let_go = 0;              ///< weak references that were reachable until their callbacks let them go
  std::size_t finalized = 0;           ///< finalizers run
  std::size_t deferred = 0;            ///< finalizers and callbacks queued for later
  std::size_t resurrected = 0;         ///< unreachable objects that a finalizer saved
  std::size_t collected = 0;           ///< the collection's result: unreachable less resurrected, and those let go
  std::size_t uncollectable = 0;       ///< not freed because of a legacy finalizer
  std::size_t bytes_freed = 0;         ///< of the objects themselves, without buffers
  bool in_bulk = false;                ///< nobody could observe the deaths, so they were freed in address order
  std::chrono::nanoseconds pause{0};   ///< from beginning to end
  /// By phase: of full collections, and of all while an observer is set.
  std::array<std::chrono::nanoseconds, kPhases> durations{};

  [[nodiscard]] std::chrono::nanoseconds duration(Phase phase) const noexcept {
    return durations[static_cast<std::size_t>(phase)];
  }
  [[nodiscard]] std::chrono::nanoseconds total_duration() const noexcept { return pause; }
};

}  // namespace ouro::gc
