// The oracle: which objects a collection ought to find dead, worked out without the collector.
//
// The public face of gc/check/oracle.h, a second implementation of reachability with nothing clever in it. Ask it, collect,
// compare.
#pragma once

#include <ouro/objects/model/object.h>

#include <vector>

namespace ouro {
class Runtime;
}

namespace ouro::testing {

/// The tracked objects of `generation` and all younger ones that a collection would find unreachable now, in address order
/// within each generation. Borrowed; they are alive until somebody collects. Slow, and it makes no object. Finalizers may
/// still save some.
[[nodiscard]] std::vector<Object*> unreachable(Runtime& rt, int generation = 2);

}  // namespace ouro::testing
