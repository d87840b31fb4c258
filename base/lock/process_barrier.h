// A full memory barrier in every running thread of the process, paid by the one that asks for it.
//
// Of two threads that each store to one place and then load from the other's, both may miss the other's store, unless each
// has a fence in between. If one of them runs a million times as often, the other can run this in place of both fences: what
// the often one stored before is seen here, and what was stored here is seen by what it loads after. See membarrier(2).
//
// Law process-barrier: the barrier that the system gave once it gives always.
#pragma once

namespace ouro {

/// True if the system has it. False as well before the library's own variables are initialized.
[[nodiscard]] bool has_process_barrier() noexcept;
/// The barrier: some microseconds. `has_process_barrier()` must have said yes.
void process_barrier() noexcept;

}  // namespace ouro
