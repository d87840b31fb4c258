// Which objects are in teardown: they have no counts, and references that may be gone already.
//
// Law deleted-unlisted: no listing has an object that is being deleted, for who gets hold of one would keep it no longer
// than its deletion takes. So whoever walks the heap asks here, and leaves out the unreachable set of a collection
// (kTrashFlag).
#pragma once

#include <ouro/objects/model/heap.h>

#include <boost/unordered/unordered_flat_set.hpp>

namespace ouro::gc::detail {

using Dying = boost::unordered_flat_set<const Object*>;

/// The objects whose teardown has begun or waits. There are none unless a finalizer or a callback inside a teardown is
/// looking. Linear in the heap then.
[[nodiscard]] Dying find_dying(const Heap& heap);

}  // namespace ouro::gc::detail
