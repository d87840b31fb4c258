// Counting: gc_refs = count - edges from candidates (CPython: update_refs and subtract_refs).
//
// The sum commutes, so one pass adds each candidate's count and takes away the edges that leave it. The pass reads every
// candidate's header and edges once; what later phases want to know of them is noted on the way.
#include <ouro/gc/detail/collection.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace ouro::gc::detail {

namespace {

/// Takes one from the number of `target`, if it may be a candidate; returns how many were taken.
template <class Candidates>
[[gnu::always_inline]] inline std::uint32_t subtract(const Lookup lookup, const Candidates candidates,
                                                     const Object& target) noexcept {
  std::size_t granule;
  if (!lookup.finds(target, granule) || !candidates.may_hold(lookup, granule)) return 0;
  --lookup.refs[granule];
  return 1;
}

[[nodiscard]] bool refers_to_tracked(const Tracking& tracking, const Object& object) noexcept {
  if (has_plain_edges(*object.type)) {
    const EdgeRun run = edge_run(object, object.type->edges);
    return std::any_of(run.first, run.first + run.count,
                       [&](const Object* target) { return target != nullptr && tracking.is_tracked(*target); });
  }
  bool refers = false;
  for_each_edge(object, [&](const Object& target) { refers = refers || tracking.is_tracked(target); });
  return refers;
}

/// What an object's type adds: it is an edge if the object owns it, and some are asked whether the object may be untracked.
/// Returns the edges taken. Without memory to note it, an object is asked another time.
template <class Candidates>
[[gnu::noinline]] std::uint32_t count_by_type(Collection& run, const Lookup lookup, const Candidates candidates,
                                              Object& object, std::uint32_t edges) noexcept {
  const Type& type = *object.type;
  if ((type.instance_flags & run.untrackable) != 0 && (edges == 0 || !refers_to_tracked(run.tracking, object)))
    static_cast<void>(run.atomic.push(&object));
  return type.has(kOwnsType) ? subtract(lookup, candidates, type) : 0;
}

template <class Candidates>
[[gnu::noinline]] std::uint32_t subtract_custom(const Lookup lookup, const Candidates candidates,
                                                const Object& object) noexcept {
  std::uint32_t edges = 0;
  const auto take = [&](const Object& target) { edges += subtract(lookup, candidates, target); };
  object.type->slots->traverse(object, Visitor(take));
  return edges;
}

[[gnu::noinline]] void pin(Collection& run, std::size_t granule) noexcept {
  OURO_ASSERT_INTERNAL(run.pinned.size() < run.pinned.capacity(), "sound");  // each has gigabytes of references
  if (run.pinned.size() < run.pinned.capacity()) run.pinned.push_back(granule);
}

// The loop's sums stay in registers as long as no function gets their addresses: hence plain values, by value, and special
// types by a road of their own.
template <class Candidates>
void count(Collection& run, const Candidates candidates) noexcept {
  const Lookup lookup(run);
  const std::uint32_t special = kOwnsType | run.untrackable;
  std::uint64_t all_edges = 0;
  std::uint64_t all_counts = 0;
  std::size_t objects = 0;
  std::uint32_t object_flags = 0;
  std::uint32_t type_flags = 0;
  candidates.for_each_first([&](std::size_t granule) __attribute__((always_inline)) {
    Object& object = Tracking::object_at(lookup.base, granule, lookup.marks[granule]);
    const Type& type = *object.type;
    OURO_ASSERT_INTERNAL(type.heap == &run.heap, "object-typed");
    OURO_ASSERT_INTERNAL(object.refcount != 0, "built-then-tracked");
    OURO_ASSERT_INTERNAL(lookup.refs[granule] <= 0, "rest");  // nothing but edges to it has been counted so far
    std::uint32_t edges = 0;
    if (has_plain_edges(type)) [[likely]] {
      const EdgeRun targets = edge_run(object, type.edges);
      for (std::size_t i = 0; i < targets.count; ++i)
        if (targets.first[i] != nullptr) edges += subtract(lookup, candidates, *targets.first[i]);
    } else {
      edges = subtract_custom(lookup, candidates, object);
    }
    if ((type.instance_flags & special) != 0) edges += count_by_type(run, lookup, candidates, object, edges);
    const std::uint32_t refcount = object.refcount;
    if (refcount < GcRefs::kTooMany) [[likely]]
      lookup.refs[granule] += static_cast<std::int32_t>(refcount) + (edges != 0 ? GcRefs::kHolder : GcRefs::kLeaf);
    else
      pin(run, granule);
    if (edges != 0) candidates.note_holder(granule);
    all_edges += edges;
    if constexpr (Candidates::kInAddressOrder) {
      ++objects;
      all_counts += refcount;
      object_flags |= object.flags;
      type_flags |= type.instance_flags;
    }
  });
  for (const std::size_t granule : run.pinned) run.refs[granule] = GcRefs::kHolder | GcRefs::kReached;
  run.report.candidates = objects;
  run.report.counts_added = all_counts;
  run.report.edges_subtracted = all_edges;
  if (!Candidates::kInAddressOrder) return;
  run.object_flags = object_flags;
  run.type_flags = type_flags;
}

[[nodiscard]] std::size_t entries_of(const Collection& run) noexcept {
  std::size_t entries = 0;
  for (int log = 0; log <= run.generation; ++log) entries += run.tracking.log(log).size();
  return entries;
}

/// Notes the candidates in the filter, if the heap is so large that its marks do not stay in the cache. A filter that finds
/// no memory is done without.
void fill_filter(Collection& run, std::size_t entries) noexcept {
  constexpr std::size_t kLargeHeap = std::size_t{1} << 20;  // marks in bytes; 32 MiB of containers
  if (run.tracking.granules_in_use() <= kLargeHeap || !run.filter.prepare(entries)) return;
  for (int log = 0; log <= run.generation; ++log)
    for (const std::uint32_t granule : run.tracking.log(log)) run.filter.add(granule);
  run.filtered = true;
}

}  // namespace

void uncovered(const Collection& run, std::size_t granule) noexcept {
  const Object& object = run.tracking.object_at(granule);
  const std::string_view type = object.type->name;
  char detail[160];
  std::snprintf(detail, sizeof detail, "%.*s at %p has count %u, and more references", static_cast<int>(type.size()),
                type.data(), static_cast<const void*>(&object), object.refcount);
  law_broken("counts-cover-edges", detail, __FILE__, __LINE__);
}

void count_references(Collection& run) noexcept {
  OURO_ASSERT_INTERNAL(run.trash.empty() && run.stack.empty() && run.atomic.empty(), "one-collection");
  run.untrackable = kUntrackableType;
  if (run.is_full()) {
    if (untracks_dicts(run.settings.compat)) run.untrackable |= kUntrackableInFullType;
    run.refs.prepare(run.tracking.granules_in_use());
    return count(run, FullCandidates(run));
  }
  const std::size_t entries = entries_of(run);
  // Without memory for the list of holders nothing is a candidate and everything moves up: it is collected another time.
  if (!run.holders.reserve(entries)) return;
  fill_filter(run, entries);
  if (run.filtered)
    count(run, FilteredCandidates(run));
  else
    count(run, YoungCandidates(run));
  run.report.candidates += entries_of(run);
}

}  // namespace ouro::gc::detail
