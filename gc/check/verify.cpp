// Walks the whole heap and checks the laws of objects, counts and marks.
#include <ouro/allocator/debug/debug_bytes.h>
#include <ouro/allocator/space/os_memory.h>
#include <ouro/gc/check/verify.h>
#include <ouro/gc/detail/dying.h>
#include <ouro/gc/explain/census.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

namespace ouro::gc {

namespace {

using alloc::Report;

/// What the verifier remembers of an object.
struct Seen {
  std::uint64_t references = 0;      ///< edges that lead to it
  const Object* referrer = nullptr;  ///< one of those they come from
};

/// Everything alive, by address.
using Objects = boost::unordered_flat_map<const Object*, Seen>;

int length_of(std::string_view text) noexcept { return static_cast<int>(text.size()); }

bool is_sane(const Heap& heap, const Object& object, Report& findings) {
  const Type* const type = object.type;
  if (type != nullptr && type->heap == &heap) return true;
  findings.add("object-typed", &object, "header's type %p is none of this heap", static_cast<const void*>(type));
  return false;
}

using detail::Dying;

/// Tells objects of other runtimes from places where no object lives.
class Foreign {
 public:
  explicit Foreign(const Heap& heap) noexcept : heap_(heap) {}

  /// The heap of an object that is not in this one; null if it is an immortal of this runtime, or no object.
  [[nodiscard]] const Heap* home_of(const Object& target) {
    if (heap_.memory.is_container(&target) || heap_.memory.atoms().contains(&target)) return nullptr;
    const Type* type = nullptr;
    alloc::copy_bytes(&type, &target.type, sizeof type);
    if (own_types_.contains(type)) return nullptr;
    if (address_of(type) % alignof(Type) != 0 || !alloc::is_mapped(type, sizeof(Type))) return nullptr;
    const Heap* home = nullptr;
    alloc::copy_bytes(&home, &type->heap, sizeof home);
    if (home != &heap_) return home;
    own_types_.insert(type);
    return nullptr;
  }

 private:
  const Heap& heap_;
  boost::unordered_flat_set<const Type*> own_types_;
};

Objects gather(const Heap& heap, Report& findings) {
  Objects objects;
  heap.for_each_object([&](Object& object) {
    if (is_sane(heap, object, findings)) objects.emplace(&object, Seen{});
  });
  return objects;
}

void follow_edges(const Heap& heap, const Dying& dying, Objects& objects, Report& findings) {
  Foreign foreign(heap);
  for (const auto& entry : objects) {
    const Object& object = *entry.first;
    if (dying.contains(&object)) continue;
    for_each_edge(object, [&](Object& target) {
      const auto found = objects.find(&target);
      if (found != objects.end()) {
        ++found->second.references;
        found->second.referrer = &object;
      } else if (const Heap* const other = foreign.home_of(target); other != nullptr) {
        findings.add("one-runtime", &object, "%.*s of runtime %p refers to %p of runtime %p", length_of(object.type->name),
                     object.type->name.data(), static_cast<const void*>(&heap), static_cast<const void*>(&target),
                     static_cast<const void*>(other));
      } else if (heap.memory.is_container(&target) || !is_immortal(target)) {
        findings.add("edge-alive", &object, "%.*s refers to %p, where no object lives", length_of(object.type->name),
                     object.type->name.data(), static_cast<const void*>(&target));
      }
    });
  }
}

void check_counts(const Dying& dying, const Objects& objects, Report& findings) {
  for (const auto& [object, seen] : objects) {
    if (is_immortal(*object) || object->refcount >= seen.references) continue;
    if (dying.contains(object)) continue;
    findings.add("counts-cover-edges", object, "%.*s has count %u but %llu references, one from %.*s at %p",
                 length_of(object->type->name), object->type->name.data(), object->refcount,
                 static_cast<unsigned long long>(seen.references), length_of(seen.referrer->type->name),
                 seen.referrer->type->name.data(), static_cast<const void*>(seen.referrer));
  }
}

void check_marks(const Heap& heap, const Objects& objects, Report& findings) {
  const Tracking& tracking = heap.tracking;
  std::size_t marked = 0;
  tracking.for_each_tracked([&](const Object&) { ++marked; });
  std::size_t tracked = 0;
  for (const auto& entry : objects) tracked += tracking.is_tracked(*entry.first);
  if (marked != tracked)
    findings.add("tracked-alive", tracking.containers().base(), "%zu tracked marks for %zu tracked objects", marked,
                 tracked);
}

void check_log(const Heap& heap, int generation, Report& findings) {
  const Tracking& tracking = heap.tracking;
  const std::uint8_t mark = generation == 0 ? kYoungMark : kMiddleMark;
  boost::unordered_flat_map<std::uint32_t, int> entries;
  for (const std::uint32_t granule : tracking.log(generation)) {
    if (++entries[granule] == 2)
      findings.add("log-once", tracking.containers().base() + granule * Tracking::kGranule,
                   "twice in the log of generation %d", generation);
    if ((tracking.marks(granule) & mark) == 0)
      findings.add("log-once", tracking.containers().base() + granule * Tracking::kGranule,
                   "in the log of generation %d without its mark", generation);
  }
  std::size_t marks = 0;
  for (std::size_t granule = 0; granule < tracking.granules_in_use(); ++granule)
    marks += (tracking.marks(granule) & mark) != 0;
  if (marks != entries.size())
    findings.add("log-once", tracking.containers().base(), "%zu marks for %zu entries of generation %d", marks,
                 entries.size(), generation);
}

// Each one has to know both neighbours, so a walk that finds nothing wrong comes back to the newest.
void check_ring(const Object& target, const WeakRef& newest, const Objects& objects, Report& findings) {
  const WeakRef* reference = &newest;
  do {
    const WeakRef* const older = objects.contains(reference) ? reference->older : nullptr;
    if (older == nullptr || reference->target != &target || !objects.contains(older) || older->newer != reference) {
      findings.add("weak-listed", reference, "a weak reference in the list of %p is not linked to it",
                   static_cast<const void*>(&target));
      return;
    }
    reference = older;
  } while (reference != &newest);
}

/// How many immortal objects have weak references. They are no objects of the heap: the references lead to them.
std::size_t check_immortal_targets(const Heap& heap, const Objects& objects, Report& findings) {
  boost::unordered_flat_set<const Object*> targets;
  for (const auto& entry : objects) {
    if (!entry.first->type->has(kWeakRefType)) continue;
    const Object* const target = static_cast<const WeakRef*>(entry.first)->target;
    if (target == nullptr || !is_immortal(*target) || !targets.insert(target).second) continue;
    const WeakRef* const newest = heap.weak.newest(*target);
    if (newest != nullptr) check_ring(*target, *newest, objects, findings);
  }
  return targets.size();
}

void check_weak_references(const Heap& heap, const Dying& dying, const Objects& objects, Report& findings) {
  std::size_t targets = check_immortal_targets(heap, objects, findings);
  for (const auto& entry : objects) {
    const Object& object = *entry.first;
    if (dying.contains(&object)) continue;
    const bool flagged = (object.flags & kWeakFlag) != 0;
    const WeakRef* const newest = heap.weak.newest(object);
    targets += newest != nullptr;
    if (flagged != (newest != nullptr))
      findings.add("weak-listed", &object, "kWeakFlag is %d but the table has %s entry", flagged,
                   newest == nullptr ? "no" : "an");
    if (newest != nullptr) check_ring(object, *newest, objects, findings);
  }
  if (targets != heap.weak.targets())
    findings.add("weak-listed", &heap, "%zu targets live, %zu stand in the table", targets, heap.weak.targets());
}

void check_rest(const Collector& collector, const Dying& dying, const Objects& objects, Report& findings) {
  const Heap& heap = collector.heap();
  std::size_t containers = 0;
  for (const auto& entry : objects) {
    const Object& object = *entry.first;
    if (!heap.memory.is_container(&object)) continue;
    ++containers;
    if (collector.is_collecting() || dying.contains(&object)) continue;
    if ((object.flags & kTrashFlag) != 0) findings.add("rest", &object, "kTrashFlag is set though no collection runs");
    if (const std::int32_t number = collector.gc_refs()[heap.tracking.granule_of(object)]; number != 0)
      findings.add("rest", &object, "gc_refs is %d though no collection runs", number);
  }
  if (heap.young_count > containers && !collector.is_collecting())
    findings.add("count-containers", &heap, "count of generation 0 is %u with %zu containers", heap.young_count, containers);
}

}  // namespace

void verify(const Collector& collector, Report& findings) {
  const Heap& heap = collector.heap();
  heap.memory.verify(findings);
  if (!findings.clean()) return;  // the walks below would trip over a damaged allocator
  Objects objects = gather(heap, findings);
  if (!findings.clean()) return;
  const Dying dying = detail::find_dying(heap);
  follow_edges(heap, dying, objects, findings);
  check_counts(dying, objects, findings);
  check_marks(heap, objects, findings);
  check_log(heap, 0, findings);
  check_log(heap, 1, findings);
  check_weak_references(heap, dying, objects, findings);
  check_rest(collector, dying, objects, findings);
}

}  // namespace ouro::gc
