// Makes the report of the objects that are alive when a runtime closes.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/gc/explain/heap_graph.h>
#include <ouro/objects/model/handle_sites.h>
#include <ouro/runtime/leak_report.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace ouro {

namespace {

using gc::HeapGraph;
using Node = HeapGraph::Node;

/// Turns a graph of what is left into a report.
class Reporter {
 public:
  explicit Reporter(const Heap& heap) : graph_(heap) {}

  LeakReport report() {
    sort_nodes();
    for (const Node node : order_) add_leak(node);
    note_holders();
    for (std::size_t i = 0; i < std::min(report_.leaks.size(), LeakReport::kMostNamed); ++i) name_holders(i);
    add_cycles();
    return std::move(report_);
  }

 private:
  void sort_nodes() {
    order_.resize(graph_.size());
    std::iota(order_.begin(), order_.end(), Node{0});
    std::ranges::sort(order_, [&](Node a, Node b) {
      const bool a_is_held = graph_.from_outside(a) != 0;
      const bool b_is_held = graph_.from_outside(b) != 0;
      return a_is_held != b_is_held ? a_is_held : &graph_.object(a) < &graph_.object(b);
    });
    position_.resize(graph_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) position_[order_[i]] = i;
  }

  void add_leak(Node node) {
    const Object& object = graph_.object(node);
    report_.leaks.push_back({std::string(object.type->name), &object, object.refcount, graph_.from_outside(node), {}, {}});
    report_.bytes += block_bytes(object);
  }

  void note_holders() {
    holders_.resize(graph_.size());
    for (Node node = 0; node < graph_.size(); ++node) {
      for (const Node target : graph_.targets(node)) {
        std::vector<Node>& holders = holders_[target];
        if (holders.size() < LeakReport::kMostHolders && (holders.empty() || holders.back() != node))
          holders.push_back(node);
      }
    }
    for (const Node node : order_) add_holders(node);
  }

  void add_holders(Node node) {
    std::vector<gc::PathStep>& steps = report_.leaks[position_[node]].holders;
    for (const Node holder : holders_[node]) {
      const Object& object = graph_.object(holder);
      steps.push_back({std::string(object.type->name), &object, {}, heap_of(object).tracking.is_tracked(object)});
    }
  }

  void name_holders(std::size_t leak) {
    const Node node = order_[leak];
    const Object& leaked = graph_.object(node);
    if (report_.leaks[leak].from_outside != 0) report_.leaks[leak].sites = handle_sites_of(heap_of(leaked), leaked);
    for (std::size_t i = 0; i < holders_[node].size(); ++i)
      report_.leaks[leak].holders[i].edge = gc::edge_name(graph_.object(holders_[node][i]), leaked);
  }

  void add_cycles() {
    for (const std::vector<Node>& component : graph_.cycles()) {
      LeakCycle cycle;
      for (const Node node : component) cycle.members.push_back(position_[node]);
      std::ranges::sort(cycle.members);
      report_.cycles.push_back(std::move(cycle));
    }
    std::ranges::sort(report_.cycles, {}, &LeakCycle::members);
    for (std::size_t i = 0; i < std::min(report_.cycles.size(), LeakReport::kMostPaths); ++i) {
      const Node first = order_[report_.cycles[i].members.front()];
      std::vector<Node> path = graph_.shortest_path(graph_.targets(first), first);
      path.insert(path.begin(), first);
      report_.cycles[i].path = gc::describe_path(graph_, path);
    }
  }

  const HeapGraph graph_;
  LeakReport report_;
  std::vector<Node> order_;            ///< nodes as the report lists them
  std::vector<std::size_t> position_;  ///< where it lists a node
  std::vector<std::vector<Node>> holders_;
};

std::string handles(std::uint32_t number) { return fmt::format("{} handle{}", number, number == 1 ? "" : "s"); }

std::string describe(const Leak& leak) {
  std::string held = leak.from_outside != 0 ? handles(leak.from_outside) : std::string();
  for (const gc::PathStep& step : leak.holders) {
    if (!held.empty()) held += ", ";
    held += gc::name_and_address(step.type, step.address);
    if (!step.edge.empty()) held += " " + step.edge;
  }
  if (leak.holders.size() == LeakReport::kMostHolders) held += ", ...";
  std::string text = fmt::format("  {}: count {}, held by {}\n", gc::name_and_address(leak.type, leak.address),
                                 leak.references, held.empty() ? "nobody" : held);
  for (const std::string& site : leak.sites) text += "    handle made in " + site + "\n";
  return text;
}

std::string describe(const LeakCycle& cycle) {
  const std::string path = gc::to_text(cycle.path);
  return fmt::format("  cycle of {}{}{}\n", cycle.members.size(), path.empty() ? "" : ": ", path);
}

/// A line for each of the first `most`, and one for the others.
template <class T>
std::string describe_first(const std::vector<T>& all, std::size_t most, std::string_view what) {
  std::string text;
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i) text += describe(all[i]);
  if (all.size() > most) text += fmt::format("  ... and {} more {}\n", all.size() - most, what);
  return text;
}

}  // namespace

LeakReport report_leaks(const Heap& heap) { return Reporter(heap).report(); }

std::string LeakReport::summary() const {
  if (leaks.empty()) return "no leaks";
  std::map<std::string_view, std::size_t> by_type;
  for (const Leak& leak : leaks) ++by_type[leak.type];
  std::string types;
  for (const auto& [type, number] : by_type) types += fmt::format("{}{} {}", types.empty() ? "" : ", ", number, type);
  const Leak& first = leaks.front();
  return fmt::format("{} object{} outlived the runtime ({}); {} at {} is held by {}", leaks.size(),
                     leaks.size() == 1 ? "" : "s", types, first.type, first.address, handles(first.from_outside));
}

std::string LeakReport::to_text(std::size_t most) const {
  return summary() + "\n" + describe_first(leaks, most, "objects") + describe_first(cycles, most, "cycles");
}

}  // namespace ouro
