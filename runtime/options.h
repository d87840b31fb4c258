// Options: how a runtime is made.
#pragma once

#include <ouro/allocator/allocator.h>
#include <ouro/base/standard/clock.h>
#include <ouro/gc/collector.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/runtime/leak_report.h>
#include <ouro/runtime/threads/thread_list.h>

#include <cstdint>
#include <optional>

namespace ouro {

/// Everything about a runtime that can be chosen. The defaults are CPython 3.11's.
struct Options {
  /// The smallest memory limit: what a runtime needs to begin with, and as much again to work.
  static constexpr std::size_t kLeastMemoryLimit = std::size_t{2} << 20;

  /// Bytes that the runtime may hold in all; 0: no limit. ValueError below kLeastMemoryLimit. When the limit is near, the
  /// next container that is made lets a full collection run first; at the limit an allocation throws MemoryError, one of a
  /// container after a collection of its own.
  std::size_t memory_limit = 0;
  /// Reservations, reserve of empty arenas and huge pages of the three areas.
  alloc::SpaceOptions space{};
  /// Guards, records and checks around every block of memory; slow (docs/debugging-memory.md). Not set: what the
  /// environment variable OURO_MALLOC says.
  std::optional<bool> debug_memory{};
  /// Whose rules hold where versions of CPython differ (gc/compat.h).
  gc::Compat compat = gc::Compat::kPy311;
  /// Not set: what `compat` says.
  std::optional<gc::Generations::Thresholds> thresholds{};
  std::optional<gc::Timing> collection_timing{};
  /// Finalizers and callbacks that a collection would run wait for `rt.collector().run_deferred()` (PEP 556).
  bool deferred_finalizers = false;
  /// Collect at every allocation of a container. For tests: slow, and finds every reference somebody forgot to own.
  bool collect_at_every_allocation = false;
  std::chrono::microseconds switch_interval = Gil::kDefaultSwitchInterval;
  /// How long a holder of the lock may run before a thread that comes back from blocking code interrupts it
  /// (docs/threads.md).
  std::chrono::microseconds min_run = Gil::kDefaultMinRun;
  /// A seed: every safepoint draws which thread runs next, so that a race happens again. Not set: threads switch by time.
  std::optional<std::uint64_t> schedule_seed{};
  /// Gets what started threads throw. By default CPython's lines on standard error.
  ThreadHook thread_hook{};
  /// The key str objects are hashed with. Random by default, so that nobody can choose keys that collide.
  std::optional<HashKey> hash_key{};
  std::uint32_t recursion_limit = 1000;
  /// The most digits that int(text), str(int) and formats take; 0: any. ValueError "maxdigits must be 0 or larger than 640".
  std::uint32_t int_max_str_digits = 4300;
  /// Gets what finalizers and weak reference callbacks throw. By default one line on standard error.
  UnraisableHook unraisable{};
  /// Gets the objects that are alive when the runtime closes; not called if there are none. By default one line on
  /// standard error.
  LeakHandler leak_handler{};
  /// Note where each handle is made, so that why_alive and the leak report can tell. Checking builds only, and slow
  /// (handle_sites.h); other builds pass over it.
  bool trace_handles = false;
  /// For tests: if anything is alive when the runtime closes, the handler is told, the full report goes to standard error
  /// and the process aborts.
  bool abort_on_leak = false;
};

}  // namespace ouro
