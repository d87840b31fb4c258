// Foreign code: functions, constructors and destructors that are not the runtime's own.
//
// Foreign code may do anything: clear the list that is being searched, drop the last handle to what is being shown, collect.
// Who calls it must own what it goes on using, and look again at what may have changed. A mistake goes unseen as long as the
// foreign code happens to be harmless, so checking builds tell a hook each time before foreign code runs. What stands there
// does its worst: ForeignCodeStress (objects/core/foreign_code_stress.h) collects and moves buffers, tests clear containers.
//
// Laws
//   held-across: whoever calls foreign code owns the objects that it goes on using, and reads no pointer into a container
//     that it took before.
#pragma once

#include <ouro/base/config.h>
#include <ouro/objects/model/heap.h>

namespace ouro {

/// Is told that foreign code is about to run. May do whatever foreign code may do.
class ForeignCodeHook {
 public:
  virtual ~ForeignCodeHook() = default;
  virtual void foreign_code_runs(Heap& heap) noexcept = 0;
};

namespace detail {

/// Stands before each call of foreign code. Costs nothing where internal facts are not checked.
inline void enter_foreign_code(Heap& heap) noexcept {
  if constexpr (kChecks >= CheckLevel::kInternal)
    if (heap.foreign_code != nullptr) [[unlikely]]
      heap.foreign_code->foreign_code_runs(heap);
}

}  // namespace detail

}  // namespace ouro
