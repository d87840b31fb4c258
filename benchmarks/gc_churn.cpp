// Cases of programs that run while their garbage is collected: what automatic collection costs them all in all, and how long
// it keeps them waiting at the worst; and what a container costs in memory.
#include <algorithm>

#include "gc_cases.h"
#include "graphs.h"
#include "random.h"

namespace bench {
namespace {

constexpr std::size_t kChurnSteps = 2'000'000;  ///< enough for a full collection to fall due
constexpr std::size_t kStepsPerReplacement = 4;

/// A million live lists, all of them old, in a program that makes a dead pair at each step and replaces an old list now and
/// then.
template <GraphSide S>
class Churn {
 public:
  explicit Churn(S& side) : side_(side), root_(fresh_graph(side, kNodes)) { side.collect(); }

  void step() {
    drop_pairs(side_, 1);
    if (++steps_ % kStepsPerReplacement == 0)
      side_.set_item(root_, scaled(RandomPair(random_.next()).high, kNodes), one_slot_list(side_));
  }

 private:
  S& side_;
  typename S::Handle root_;
  Random random_;
  std::size_t steps_ = 0;
};

constexpr auto build_tree = [](GraphSide auto& side, auto& root) { root = tree_with_parents(side, kNodes); };

constexpr auto run_churn = [](GraphSide auto&, auto& churn) {
  for (std::size_t i = 0; i < kChurnSteps; ++i) churn.step();
};

/// Milliseconds of the longest step: whatever a collection does, the step that it falls into waits for.
constexpr auto longest_pause = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  Churn churn(side);
  side.resume_collector();
  double longest = 0;
  double before = 0;
  const Stopwatch watch;
  for (std::size_t i = 0; i < kChurnSteps; ++i) {
    churn.step();
    const double now = watch.nanoseconds();
    longest = std::max(longest, now - before);
    before = now;
  }
  return longest / 1e6;
};

constexpr auto bytes_per_list = [](GraphSide auto& side, const Settings&) {
  side.pause_collector();
  const double before = resident_bytes();
  const auto root = fresh_graph(side, kNodes);
  return (resident_bytes() - before) / static_cast<double>(kNodes);
};

}  // namespace

void add_gc_churn_cases(Cases& cases) {
  cases.push_back({"gc/tax/build_tree",
                   "ratio",
                   "building a binary tree of a million lists with parent links: automatic collection on over off",
                   object_sides_by([]<class S>(std::type_identity<S>) {
                     return tax_on_side<S>([](S&) { return typename S::Handle(); }, build_tree);
                   }),
                   {at_most(1.4)}});
  cases.push_back({"gc/churn/throughput",
                   "ratio",
                   "a dead pair a step and a replaced list each fourth, beside a million: collection on over off",
                   graph_sides_by([]<class S>(std::type_identity<S>) {
                     return tax_on_side<S>([](S& side) { return Churn<S>(side); }, run_churn);
                   }),
                   {at_most(1.3)}});
  cases.push_back({"gc/churn/longest_pause",
                   "ms",
                   "the longest of the same steps",
                   graph_sides(longest_pause),
                   {peer_over("cpython", 8)}});
  cases.push_back({"gc/space/one_slot_list",
                   "bytes",
                   "growth of resident memory for each of a million one-slot lists in a root list",
                   graph_sides(bytes_per_list),
                   {at_most(72)}});
}

}  // namespace bench
