// The heap verifier: checks every law of objects and marks, on top of the allocator's own.
//
// Linear in the heap; uses memory of its own, never the heap it checks. A finding names the law, the object's address and
// what was found: type, count, and who points to the object where that matters.
//
// Laws it checks, besides those of the allocator
//   object-typed: every allocated block of the object areas begins with a header whose type belongs to this heap.
//   counts-cover-edges: no object is referred to more often than its count says.
//   edge-alive: every reference leads to an object that is alive.
//   one-runtime: and that belongs to this heap.
//   tracked-alive: every tracked mark belongs to a live container.
//   log-once: a granule stands in a log exactly if its bit is set, and at most once.
//   weak-listed: the weak table and the kWeakFlag of targets agree, and so do the links of the lists.
//   rest: gc_refs are zero and no object has kTrashFlag, unless a collection runs.
//   count-containers: the count of generation 0 is not above the number of containers.
#pragma once

#include <ouro/allocator/space/report.h>
#include <ouro/gc/collector.h>

namespace ouro::gc {

/// Checks the whole heap and notes what is broken.
void verify(const Collector& collector, alloc::Report& findings);

}  // namespace ouro::gc
