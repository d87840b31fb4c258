// Cases of the allocator that replay what real Python programs asked of theirs.
#include <fmt/core.h>

#include "alloc_sides.h"
#include "cases.h"
#include "harness.h"
#include "trace.h"
#include "trace_library.h"
#include "trace_programs.h"

namespace bench {
namespace {

constexpr int kReplays = 5;

/// Asks of `heap` what was asked. Every new block has its first word written; no heap here has blocks smaller than a word.
template <class Heap>
void replay(Heap& heap, const MappedTrace& trace, void** slots) {
  for (const TraceEvent event : trace.events()) {
    void*& slot = slots[event.slot()];
    if (event.is_release()) {
      heap.deallocate(slot, event.size());
    } else {
      slot = heap.allocate(event.size());
      *static_cast<std::size_t*>(slot) = event.size();
      escape(slot);
    }
  }
}

/// ns for an event, in a heap in which the whole trace was replayed before.
template <class Heap>
double alloc_trace(Heap& heap, const std::string& path) {
  const MappedTrace trace(path);
  std::vector<void*> slots(trace.slots());
  std::vector<double> rounds;
  for (int round = -1; round < kReplays; ++round) {
    const Stopwatch watch;
    replay(heap, trace, slots.data());
    if (round >= 0) rounds.push_back(watch.nanoseconds() / static_cast<double>(trace.events().size()));
  }
  return median(std::move(rounds));
}

}  // namespace

void add_alloc_trace_cases(Cases& cases) {
  for (const TraceProgram& program : kTracePrograms) {
    const auto work = [name = std::string(program.name)](auto& heap, const Settings& settings) {
      return alloc_trace(heap, trace_path(settings, name));
    };
    cases.push_back({.name = fmt::format("alloc/trace/{}", program.name),
                     .unit = "ns/event",
                     .what = fmt::format("what CPython's allocator was asked for by a program: {}", program.what),
                     .sides = allocator_sides<OuroHeap, FloorHeapOverMalloc>(work),
                     .bars = {best_peer_over(1.4), peer_over("cpython", 2)},
                     .trace = program.name});
  }
}

}  // namespace bench
