// One running collection: its candidates, its unreachable set and its figures.
#pragma once

#include <ouro/base/or_out_of_memory.h>
#include <ouro/base/shared.h>
#include <ouro/gc/compat.h>
#include <ouro/gc/debug.h>
#include <ouro/gc/detail/candidate_filter.h>
#include <ouro/gc/gc_refs.h>
#include <ouro/gc/generations.h>
#include <ouro/gc/listener.h>
#include <ouro/gc/phases.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <boost/container/static_vector.hpp>

#include <array>
#include <new>
#include <utility>
#include <vector>

namespace ouro::gc::detail {

/// Objects that the collector has noted; it copes if there is no memory for more.
using ObjectStack = GrowingArray<Object*, std::size_t{64} * 1024>;

/// Memory that one collection leaves for the next.
struct Workspace {
  ObjectStack trash;   ///< the unreachable set; null where an object died meanwhile
  ObjectStack stack;   ///< reached, to be followed
  ObjectStack atomic;  ///< candidates that may be untracked if they live
  GranuleLog holders;  ///< candidates of a young collection that refer to others
  CandidateFilter filter;

  /// Gives all of it back.
  void release() noexcept {
    for (ObjectStack* const objects : {&trash, &stack, &atomic}) objects->release();
    holders.release();
    filter.release();
  }
};

/// A finalizer or a callback that waits for the embedder (PEP 556).
struct Deferred {
  Ref<> object;    ///< to be finalized, or the weak reference
  Ref<> callback;  ///< empty for a finalizer
};

/// A callable of the embedder's that may be replaced while it is being called; null if it is empty. Throws MemoryError.
template <class F>
[[nodiscard]] Shared<const F> shared(F callable) {
  return or_out_of_memory([&] { return callable ? make_counted<const F>(std::move(callable)) : Shared<const F>(); });
}

/// What the embedder has chosen, and where to report.
struct Settings {
  Compat compat = Compat::kPy311;
  unsigned debug = 0;
  Shared<const DebugOutput> output;  ///< null: standard error
  CollectionListener* listener = nullptr;
  bool defers = false;
  std::vector<Deferred> deferred;
};

/// What the phases of a collection share.
///
/// A full collection has all tracked objects that are not frozen as candidates and walks them in address order. A young one
/// has the entries of the young logs; their marks tell them from the old objects they refer to.
struct Collection {
  Collection(Heap& heap_, GcRefs& refs_, Workspace& space, Settings& settings_, int generation_) noexcept
      : heap(heap_),
        tracking(heap_.tracking),
        refs(refs_),
        settings(settings_),
        trash(space.trash),
        stack(space.stack),
        atomic(space.atomic),
        holders(space.holders),
        filter(space.filter),
        generation(generation_) {
    report.generation = generation_;
  }
  ~Collection() {
    trash.clear();
    stack.clear();
    atomic.clear();
    holders.clear();
    filter.clear();
  }
  Collection(const Collection&) = delete;
  Collection& operator=(const Collection&) = delete;

  [[nodiscard]] bool is_full() const noexcept { return generation == kOldest; }
  /// Where the survivors go.
  [[nodiscard]] int target() const noexcept { return generation < kOldest ? generation + 1 : kOldest; }
  [[nodiscard]] bool debugs(DebugFlag flag) const noexcept { return (settings.debug & flag) != 0; }

  Heap& heap;
  Tracking& tracking;
  GcRefs& refs;
  Settings& settings;
  ObjectStack& trash;
  ObjectStack& stack;
  ObjectStack& atomic;
  GranuleLog& holders;
  CandidateFilter& filter;
  std::vector<Ref<>> uncollectable;  ///< set aside because of legacy finalizers
  const int generation;
  Phase next = Phase::kCountReferences;
  bool filtered = false;           ///< the filter knows the candidates
  bool watched = false;            ///< somebody looks at the objects between the phases
  bool timed = false;              ///< the phases are timed one by one
  bool all_reached = false;        ///< a full collection has found nothing unreachable
  bool observable = false;         ///< somebody could notice the deaths
  std::uint32_t untrackable = 0;   ///< flags of types that are asked whether an object may be untracked
  std::uint32_t object_flags = 0;  ///< of all candidates, or of the unreachable, or-ed
  std::uint32_t type_flags = 0;    ///< of their types
  /// Granules of objects whose count is too large to work with; each has gigabytes of references.
  boost::container::static_vector<std::size_t, 64> pinned;
  CollectionReport report;
  std::vector<Resurrection> resurrections;  ///< for who asks later; incomplete if memory runs out
};

/// What the inner loops of a collection read: plain values, so that they stay in registers. Hand it on by value, or it is
/// read from memory again after every byte that is written.
struct Lookup {
  explicit Lookup(Collection& run) noexcept
      : base(address_of(run.tracking.containers().base())),
        bytes(run.tracking.containers().reserved()),
        marks(run.tracking.all_marks()),
        refs(run.refs.data()) {}

  std::uintptr_t base;
  std::size_t bytes;
  const std::uint8_t* marks;
  std::int32_t* refs;

  /// Whether `target` lies in the container space, and in which granule.
  [[nodiscard]] bool finds(const Object& target, std::size_t& granule) const noexcept {
    const std::uintptr_t offset = address_of(&target) - base;
    granule = offset / Tracking::kGranule;
    return offset < bytes;
  }
};

/// Candidates of a full collection: everything tracked and not frozen, in address order.
struct FullCandidates {
  const Tracking& tracking;
  explicit FullCandidates(const Collection& run) noexcept : tracking(run.tracking) {}
  /// An untracked container is no candidate either; its number in gc_refs is negative then, which is test enough.
  [[nodiscard]] bool may_hold(Lookup, std::size_t) const noexcept { return true; }
  [[nodiscard]] bool may_contain(std::size_t) const noexcept { return true; }
  template <class F>
  void for_each_until(F&& function) const {
    tracking.for_each_granule_until<Tracking::Scope::kUnfrozen>(function);
  }
  template <class F>
  [[gnu::always_inline]] void for_each_first(F&& function) const {
    for_each_until([&](std::size_t granule) __attribute__((always_inline)) {
      function(granule);
      return false;
    });
  }
  template <class F>
  [[gnu::always_inline]] void for_each_holder_until(F&& function) const {
    for_each_until(function);
  }
  void note_holder(std::size_t) const noexcept {}
  static constexpr bool kInAddressOrder = true;
};

/// Candidates of a young collection: the entries of the logs, about in the order of their birth. After the first pass each
/// stands there once.
struct YoungCandidates {
  Tracking& tracking;
  GranuleLog& holders;
  const int oldest;  ///< the oldest log to look at
  /// The marks that make a candidate. One comparison tells: tracked, and at least one of the logs' marks.
  const std::uint8_t marks;
  explicit YoungCandidates(Collection& run) noexcept
      : tracking(run.tracking),
        holders(run.holders),
        oldest(run.generation),
        marks(static_cast<std::uint8_t>(kTrackedMark | kYoungMark | (run.generation > 0 ? kMiddleMark : 0))) {}
  static_assert(kTrackedMark > (kYoungMark | kMiddleMark));
  [[nodiscard]] bool may_hold(Lookup lookup, std::size_t granule) const noexcept {
    return (lookup.marks[granule] & marks) > kTrackedMark;
  }
  /// Whether it is worth a look at the granule's number.
  [[nodiscard]] bool may_contain(std::size_t) const noexcept { return true; }
  template <class F>
  void for_each_until(F&& function) const {
    for (int log = 0; log <= oldest; ++log)
      for (const std::uint32_t granule : tracking.log(log))
        if (function(granule)) return;
  }
  /// For the first pass: drops what has died or stands in both logs.
  template <class F>
  [[gnu::always_inline]] void for_each_first(F&& function) const {
    for (int log = 0; log <= oldest; ++log) tracking.compact_log(log, function);
  }
  /// Where references have to be followed, if anywhere.
  template <class F>
  void for_each_holder_until(F&& function) const {
    for (const std::uint32_t granule : holders.all())
      if (function(granule)) return;
  }
  /// Needs room, see `make_room`.
  void note_holder(std::size_t granule) const noexcept { holders.push_reserved(static_cast<std::uint32_t>(granule)); }
  static constexpr bool kInAddressOrder = false;
};

/// The same in a large heap, where to look at anything of an old object is a cache miss.
struct FilteredCandidates : YoungCandidates {
  const std::uint64_t* words;
  std::size_t mask;
  explicit FilteredCandidates(Collection& run) noexcept
      : YoungCandidates(run), words(run.filter.words()), mask(run.filter.mask()) {}
  [[nodiscard]] bool may_hold(Lookup lookup, std::size_t granule) const noexcept {
    return may_contain(granule) && YoungCandidates::may_hold(lookup, granule);
  }
  [[nodiscard]] bool may_contain(std::size_t granule) const noexcept {
    return CandidateFilter::may_contain(words, mask, granule);
  }
};

/// Calls `function(granule)` for each of the candidates.
template <class Candidates, class F>
[[gnu::always_inline]] inline void for_each_granule(const Candidates& candidates, F&& function) {
  candidates.for_each_until([&](std::size_t granule) __attribute__((always_inline)) {
    function(granule);
    return false;
  });
}

/// Calls `function(candidates)` with the candidates of the collection.
template <class F>
void with_candidates(Collection& run, F&& function) {
  if (run.is_full()) return function(FullCandidates(run));
  if (run.filtered) return function(FilteredCandidates(run));
  function(YoungCandidates(run));
}

/// Breaks the law counts-cover-edges and names the object.
[[noreturn, gnu::cold]] void uncovered(const Collection& run, std::size_t granule) noexcept;  // counting.cpp

/// Law counts-cover-edges for a candidate all references to which have been counted.
inline void expect_covered([[maybe_unused]] const Collection& run, [[maybe_unused]] std::size_t granule) noexcept {
  if constexpr (kChecks >= CheckLevel::kInternal)
    if (!GcRefs::is_covered(run.refs[granule])) [[unlikely]]
      uncovered(run, granule);
}

// The phases and their parts. Up to promote_survivors they run no code but the collector's own.

void count_references(Collection& run) noexcept;  // counting.cpp
void mark_reachable(Collection& run) noexcept;    // reachability.cpp
void gather_unreachable(Collection& run) noexcept;
void note_result(Collection& run) noexcept;
/// Both in one pass over the logs of a young collection.
void sort_out_young(Collection& run) noexcept;  // promotion.cpp
void promote_survivors(Collection& run) noexcept;
void put_back(Collection& run) noexcept;

/// Sets aside what a legacy finalizer forbids to free, and reports it at the end.
void set_aside_uncollectable(Collection& run) noexcept;  // uncollectable.cpp
void report_uncollectable(Collection& run) noexcept;
void print(const Settings& settings, std::string_view line) noexcept;
void print_collectable(const Collection& run) noexcept;
void print_beginning(const Collection& run) noexcept;
void print_end(const Collection& run) noexcept;

/// True if some object's death could be noticed: it has a finalizer, weak references, or foreign code to free it.
[[nodiscard]] bool is_observable(const Collection& run) noexcept;  // deletion.cpp
/// Flags the set's objects, so that one that dies by its count is struck out.
void watch_trash(Collection& run) noexcept;
void forget(Collection& run, Object& object) noexcept;
void clear_weak_references(Collection& run) noexcept;  // weak_references.cpp
void clear_late_weak_references(Collection& run) noexcept;
void run_finalizers(Collection& run) noexcept;  // finalization.cpp
void spare_resurrected(Collection& run) noexcept;
void delete_trash(Collection& run) noexcept;  // deletion.cpp

/// Runs the finalizer of an object that has one and whose has not run.
void finalize_now(Heap& heap, Object& object) noexcept;  // finalization.cpp

}  // namespace ouro::gc::detail
