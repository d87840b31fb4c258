// The memory of a runtime, told to people and to programs: the allocator's statistics and the live objects by type.
//
//   puts(rt.memory_report().c_str());           // or memory_report(rt.heap()), which says the same
//
// As data the two halves are rt.memory_stats() and rt.objects_by_type(). Linear in the heap; needs the lock. Makes no object
// and asks the runtime's own allocator for nothing.
#pragma once

#include <string>

namespace ouro {

class Heap;

/// The ten types whose objects take the most bytes, then the areas of the allocator in the manner of CPython's
/// sys._debugmallocstats(). May throw std::bad_alloc.
[[nodiscard]] std::string memory_report(const Heap& heap);

/// {"types": [{"name": "...", "objects": n, "bytes": n}, ...], "allocator": {...}} on one line: all types, most bytes first,
/// and what alloc::to_json writes. May throw std::bad_alloc.
[[nodiscard]] std::string memory_json(const Heap& heap);

}  // namespace ouro
