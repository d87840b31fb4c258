// Finds the shortest path from a root to an object.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/gc/explain/heap_graph.h>
#include <ouro/gc/explain/why_alive.h>
#include <ouro/objects/model/handle_sites.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro::gc {

namespace {

using Node = HeapGraph::Node;

const char* name_of(Root root) noexcept {
  switch (root) {
    case Root::kHandle:
      return "root handle";
    case Root::kAsker:
      return "no root but the handle that asks";
    case Root::kImmortal:
      return "root immortal";
    case Root::kNone:
      break;
  }
  return "no root";
}

AliveReport of_immortal(const Object& object) {
  AliveReport report;
  report.root = Root::kImmortal;
  report.path.push_back({std::string(object.type->name), &object, {}, false});
  return report;
}

/// The roots, `target` only if more than `asking` references hold it.
std::vector<Node> roots_without(const HeapGraph& graph, Node target, std::uint32_t asking) {
  std::vector<Node> roots = graph.roots();
  if (asking != 0 && graph.from_outside(target) <= asking) std::erase(roots, target);
  return roots;
}

/// From the object along a shortest way back to itself; empty if there is none.
std::vector<Node> cycle_through(const HeapGraph& graph, Node node) {
  std::vector<Node> cycle = graph.shortest_path(graph.targets(node), node);
  if (!cycle.empty()) cycle.insert(cycle.begin(), node);
  return cycle;
}

std::string describe_root(const AliveReport& report) {
  if (report.root != Root::kHandle) return name_of(report.root);
  return fmt::format("{}: {} reference{} that no object accounts for", name_of(report.root), report.from_outside,
                     report.from_outside == 1 ? "" : "s");
}

}  // namespace

std::vector<PathStep> describe_path(const HeapGraph& graph, std::span<const Node> nodes) {
  std::vector<PathStep> steps;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Object& object = graph.object(nodes[i]);
    std::string edge = i + 1 < nodes.size() ? edge_name(object, graph.object(nodes[i + 1])) : std::string();
    steps.push_back({std::string(object.type->name), &object, std::move(edge), heap_of(object).tracking.is_tracked(object)});
  }
  return steps;
}

std::vector<PathStep> describe_holders(const HeapGraph& graph, Node node, std::size_t most) {
  std::vector<PathStep> steps;
  for (const Node holder : graph.holders(node)) {
    if (steps.size() == most) break;
    const Object& object = graph.object(holder);
    const bool is_tracked = heap_of(object).tracking.is_tracked(object);
    for (std::string& edge : edge_names(object, graph.object(node), most - steps.size()))
      steps.push_back({std::string(object.type->name), &object, std::move(edge), is_tracked});
  }
  return steps;
}

AliveReport why_alive(const Heap& heap, const Object& object, std::uint32_t asking) {
  return why_alive(HeapGraph(heap), object, asking);
}

AliveReport why_alive(const HeapGraph& graph, const Object& object, std::uint32_t asking) {
  const Node node = graph.find(&object);
  if (node == HeapGraph::kNone) return of_immortal(object);
  AliveReport report;
  const std::vector<Node> path = graph.shortest_path(roots_without(graph, node, asking), node);
  if (path.empty()) {
    report.root = graph.from_outside(node) != 0 ? Root::kAsker : Root::kNone;
    report.path = describe_path(graph, std::span(&node, 1));
    report.cycle = describe_path(graph, cycle_through(graph, node));
    return report;
  }
  const Node first = path.front();
  report.root = is_immortal(graph.object(first)) ? Root::kImmortal : Root::kHandle;
  report.from_outside = graph.from_outside(first) - (first == node ? asking : 0);
  report.path = describe_path(graph, path);
  report.sites = handle_sites_of(heap_of(object), graph.object(first));
  return report;
}

std::string to_text(std::span<const PathStep> path) {
  std::string text;
  for (const PathStep& step : path) {
    text += fmt::format("{}{}", text.empty() ? "" : " -> ", step.type);
    if (step.edge.empty()) continue;
    text += fmt::format(" {}", step.edge);
  }
  return text;
}

std::string AliveReport::summary() const {
  if (root == Root::kNone || root == Root::kAsker) {
    if (cycle.empty()) return fmt::format("{} -> {}", name_of(root), gc::to_text(path));
    return fmt::format("{}; cycle {}", name_of(root), gc::to_text(cycle));
  }
  return fmt::format("{} -> {}", name_of(root), gc::to_text(path));
}

std::string AliveReport::to_text() const {
  std::string text = describe_root(*this) + "\n";
  for (const std::string& site : sites) text += "  handle made in " + site + "\n";
  const bool has_root = root == Root::kHandle || root == Root::kImmortal;
  for (const PathStep& step : has_root || cycle.empty() ? path : cycle) {
    text += fmt::format("  {}{}{}{}\n", name_and_address(step.type, step.address), step.edge.empty() ? "" : "  ", step.edge,
                        step.is_tracked || step.edge.empty() ? "" : "  (not tracked)");
  }
  return text;
}

}  // namespace ouro::gc
