// Plans: before which objects a collection or another operation comes, and which allocations fail.
//
//   Plan plan(graph, "container:3=collect:0 allocation:7=fail a.finalizer=resurrect");
//
//   plan = { word }                       white space divides words; # begins a comment
//   word     = "container:" k "=" operations  before the k-th container from now is made, they are done (operations.h)
//            | "every:" k "=" operations      before every k-th
//            | "allocation:" k "=fail" [ ":" n ]     the k-th allocation from now fails, and the n - 1 after it
//            | name ".finalizer=" operations  the finalizer of a node that has one does this instead
//
// Where a plan has "container" or "every", nothing else makes the collector run while the plan
// exists, so that the same plan always does the same. Containers made while a collection runs are not counted.
#pragma once

#include <ouro/objects/model/heap.h>
#include <ouro/runtime/runtime.h>
#include <ouro/testing/graph.h>
#include <ouro/testing/operations.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace ouro::testing {

/// In force from its making to its end; plans do not overlap. Needs the runtime's lock.
class Plan final : private CollectorHook {
 public:
  /// A plan without names: its operations may collect, allocate and throw. Failure with line and column.
  Plan(Runtime& rt, std::string_view text);
  Plan(Graph& graph, std::string_view text);
  ~Plan() override;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  /// Containers asked for so far.
  [[nodiscard]] std::uint64_t containers() const noexcept { return containers_; }
  /// How many of its actions were done so far.
  [[nodiscard]] std::uint64_t actions() const noexcept { return actions_; }
  /// Allocations made to fail so far.
  [[nodiscard]] std::uint64_t failures() const noexcept { return rt_.heap().memory.faults().failures(); }

 private:
  struct Action {
    std::uint64_t container;
    bool repeats;
    Operations operations;
  };

  Plan(Runtime& rt, Graph* graph, std::string_view text);
  void read(std::string_view text);
  void take_over();
  void collection_due() noexcept override;
  void trash_died(Object& object) noexcept override;
  void memory_tight() noexcept override;
  bool memory_short() noexcept override;
  void collect_if_due() noexcept override;
  void trim() noexcept override;
  void run(const Operations& operations);

  Runtime& rt_;
  Graph* graph_;
  CollectorHook* collector_ = nullptr;  ///< whose place this takes; null: none
  bool was_enabled_ = false;
  bool was_stressed_ = false;
  bool running_ = false;
  std::uint64_t containers_ = 0;
  std::uint64_t actions_ = 0;
  std::vector<Action> listed_;
};

/// Calls `act` with its first allocation failing, then its second, and so on, until none is left to fail; `act` must let
/// MemoryError pass if it cannot do without. Returns how many allocations were made to fail.
template <class F>
std::size_t fail_each_allocation(Runtime& rt, F&& act) {
  alloc::FaultPlan& faults = rt.heap().memory.faults();
  for (std::size_t nth = 1;; ++nth) {
    faults.fail_at(nth);
    try {
      act();
    } catch (const Error& error) {
      faults.clear();
      if (error.kind() != ErrorKind::kMemoryError) throw;
      continue;
    }
    const bool was_reached = !faults.armed();
    faults.clear();
    if (!was_reached) return nth - 1;
  }
}

}  // namespace ouro::testing
