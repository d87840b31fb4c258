// The allocation trace: which calls allocated what is alive. What tracemalloc gives Python programs.
//
//   AllocationTrace trace(runtime.heap().memory);
//   trace.start();                                           // from now on every block is noted with its site
//   const AllocationSnapshot before = trace.snapshot();
//   ...
//   const auto changes = compare(before, trace.snapshot(), GroupBy::kCaller);     // allocation_snapshot.h
//
// A trace is a hook: while it runs, every request takes the slow road and walks the stack, which takes some microseconds for
// eight frames (docs/tracing-allocations.md); before start() and after stop() it costs nothing.
//
// Its own tables come from the general-purpose allocator, so they never disturb what they describe. If there is no memory
// for them, allocations go unnoted and are counted as lost; no allocation fails for the trace's sake [law-trace-lost].
//
// [law-trace-sum] The live bytes of all sites add up to the current bytes, which are never above the peak.
//
// Under the runtime's lock, as all of the allocator.
#pragma once

#include <ouro/allocator/watch/allocation_snapshot.h>
#include <ouro/base/owned.h>

#include <optional>

namespace ouro::alloc {

/// How much a trace notes.
struct TraceOptions {
  unsigned frames = 8;          ///< of the call stack, from 1 to kMostFrames; 1 needs no walk and is by far the fastest
  std::size_t table_bytes = 0;  ///< the most that the trace's own tables may take; 0: no limit
};

/// What is noted of a block.
struct TracedBlock {
  std::size_t bytes;  ///< as they were asked for
  TraceSite site;
};

/// Notes who allocates, while it is started. Must not outlive the allocator while it is.
class AllocationTrace final : public MemoryHook {
 public:
  explicit AllocationTrace(Allocator& allocator) noexcept;
  AllocationTrace(const AllocationTrace&) = delete;
  AllocationTrace& operator=(const AllocationTrace&) = delete;
  ~AllocationTrace() override;

  /// Begins to note allocations; nothing if it has begun. What is alive already stays unknown, and its end unnoticed. False
  /// if the allocator has no room for a hook or the system no memory; nothing is traced then.
  bool start(const TraceOptions& options = {}) noexcept;
  /// Ends, and forgets everything: take a snapshot before. The allocator is as fast as ever again.
  void stop() noexcept;
  [[nodiscard]] bool is_tracing() const noexcept { return tables_ != nullptr; }

  /// Bytes of the traced blocks; zeros if nothing is traced.
  [[nodiscard]] TracedMemory memory() const noexcept;
  /// The peak is what is now.
  void reset_peak() noexcept;
  /// Forgets everything, and goes on.
  void clear() noexcept;
  /// Allocations that could not be noted.
  [[nodiscard]] std::size_t lost() const noexcept;
  /// What the trace's own tables take: tracemalloc's get_tracemalloc_memory().
  [[nodiscard]] std::size_t table_bytes() const noexcept;

  /// Everything that is known now. Empty if nothing is traced. May throw std::bad_alloc.
  [[nodiscard]] AllocationSnapshot snapshot() const;
  /// What is known of one block, given its start. Linear in the sites. May throw std::bad_alloc.
  [[nodiscard]] std::optional<TracedBlock> find(const void* block) const;

  void allocated(const MemoryRequest& request, void* block) noexcept override;
  void freeing(const MemoryRequest& request, void* block) noexcept override;
  void reallocated(const MemoryRequest& before, void* block, const MemoryRequest& after, void* moved) noexcept override;

 private:
  struct Tables;

  [[nodiscard]] CallStack calls(unsigned& own_frames) noexcept;
  void note(const MemoryRequest& request, void* block, const CallStack& stack) noexcept;

  Allocator& allocator_;
  Owned<Tables> tables_;  ///< null: not tracing
  unsigned frames_ = 0;
  // How many of the allocator's own frames were on the stack the last time.
  unsigned frames_of_allocation_ = 0;
  unsigned frames_of_resizing_ = 0;
};

}  // namespace ouro::alloc
