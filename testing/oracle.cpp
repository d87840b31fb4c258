// The unreachable objects of a runtime, found in the simplest way.
#include <ouro/gc/check/oracle.h>
#include <ouro/runtime/runtime.h>
#include <ouro/testing/oracle.h>

namespace ouro::testing {

std::vector<Object*> unreachable(Runtime& rt, int generation) {
  std::vector<Object*> candidates;
  for (int each = 0; each <= generation; ++each) {
    const std::vector<Object*> objects = gc::get_objects(rt.collector(), each);
    candidates.insert(candidates.end(), objects.begin(), objects.end());
  }
  return gc::unreachable_by_oracle(candidates);
}

}  // namespace ouro::testing
