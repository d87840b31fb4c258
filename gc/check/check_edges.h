// The edge check: does a type report every reference that its objects own, and each once?
//
// A native type whose traverse misses an edge leaks, one that doubles an edge frees an object early, and neither shows where
// it is wrong. Two looks at the heap tell:
//
//   block scan     a word of an object's block that is the address of a live object, which traverse does not report, and
//                  whose count nothing else accounts for                                                  [law-edge-missed]
//   count          more references to an object than its count says: some are doubled               [law-counts-cover-edges]
//
// The scan reads the block alone, not what it points to (a std::vector's items), and passes over types that hold borrowed
// addresses by design (kBorrowerType). An edge-missed is a suspicion: a stale word, as in an empty std::optional, may look
// like a reference to an object that a handle holds. So `verify`, which aborts in checking builds, does not ask for it.
#pragma once

#include <ouro/allocator/space/report.h>
#include <ouro/objects/model/heap.h>

namespace ouro::gc {

/// Looks at every object of the heap and notes what is wrong, naming type, object and word or edge. Linear in the heap and
/// the bytes of its containers; changes nothing. May throw std::bad_alloc. Needs the lock.
void check_edges(const Heap& heap, alloc::Report& findings);

}  // namespace ouro::gc
