// One running collection: its candidates, its unreachable set and its figures.
#pragma once

#include <ouro/gc/detail/object_stack.h>
#include <ouro/gc/gc_refs.h>
#include <ouro/gc/generations.h>
#include <ouro/gc/phases.h>
#include <ouro/objects/model/heap.h>

namespace ouro::gc::detail {

/// What the phases of a collection share. Lives on the stack of Collector::run.
///
/// A full collection has all tracked objects as candidates and walks them in address order. A young one has the entries of
/// the young logs; `is_candidate` tells them from the old objects they refer to.
struct Collection {
  Collection(Heap& heap_, GcRefs& refs_, GranuleBits& marks_, int generation_) noexcept
      : heap(heap_), tracking(heap_.tracking), refs(refs_), marks(marks_), generation(generation_) {
    report.generation = generation_;
  }

  [[nodiscard]] bool is_full() const noexcept { return generation == kOldest; }
  /// Where the survivors go.
  [[nodiscard]] int target() const noexcept { return generation < kOldest ? generation + 1 : kOldest; }

  Heap& heap;
  Tracking& tracking;
  GcRefs& refs;
  GranuleBits& marks;  ///< the candidates of a young collection; all clear between collections
  const int generation;
  GranuleLog young, middle;  ///< the logs taken out of Tracking
  ObjectStack trash;         ///< the unreachable set; null where an object died meanwhile
  CollectionReport report;
};

/// Candidates of a full collection: everything tracked, in address order.
struct FullCandidates {
  Collection& run;
  /// An untracked container is no candidate either; its number in gc_refs is negative then, which is test enough.
  [[nodiscard]] bool may_hold(std::size_t) const noexcept { return true; }
  template <class F>
  void for_each(F&& function) const {
    run.tracking.for_each_tracked([&](Object& object) { function(object, run.tracking.granule_of(object)); });
  }
  static constexpr bool kInAddressOrder = true;
};

/// Candidates of a young collection: the entries of the logs, about in the order of their birth.
struct YoungCandidates {
  Collection& run;
  [[nodiscard]] bool may_hold(std::size_t granule) const noexcept { return run.marks.test(granule); }
  template <class F>
  void for_each(F&& function) const {
    for (const GranuleLog* log : {&run.young, &run.middle})
      for (const std::uint32_t granule : log->entries()) function(run.tracking.object_at(granule), granule);
  }
  static constexpr bool kInAddressOrder = false;
};

/// A number in gc_refs that no counting produces: the object is in the unreachable set.
inline constexpr std::int32_t kInTrash = INT32_MIN;

// The phases, each in the file named after it. All but the last three run no code but the collector's own.

void take_candidates(Collection& run) noexcept;  // reachability.cpp
void count_references(Collection& run) noexcept;
void mark_reachable(Collection& run) noexcept;
void gather_unreachable(Collection& run) noexcept;
void promote_survivors(Collection& run) noexcept;
void put_back(Collection& run) noexcept;

/// True if some object's death could be noticed: it has a finalizer, weak references, or foreign code to free it.
[[nodiscard]] bool is_observable(Collection& run) noexcept;  // deletion.cpp
/// Flags the set's objects, so that one that dies by its count is struck out.
void watch_trash(Collection& run) noexcept;
void forget(Collection& run, Object& object) noexcept;
void clear_weak_references(Collection& run) noexcept;  // weak_references.cpp
void run_finalizers(Collection& run) noexcept;         // finalization.cpp
void spare_resurrected(Collection& run) noexcept;
void delete_trash(Collection& run) noexcept;  // deletion.cpp

}  // namespace ouro::gc::detail
