// Which instances of a program's classes are alive when it ends, and who holds them.
#include <ouro/gc/explain/heap_graph.h>
#include <ouro/gc/explain/why_alive.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/runtime.h>
#include <ouro/script/program/reports.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace ouro::program {

namespace {

using Node = gc::HeapGraph::Node;

/// True if the class was written in the program or in a file that it imported.
bool is_of_program(script::Interpreter& interpreter, const Class& type) {
  const Class* const base = as_class(*type.base);
  const bool is_native = type.native != nullptr && (base == nullptr || base->native != type.native);
  if (is_native || type.attributes == nullptr) return false;
  Object* const module_name = static_cast<Dict&>(*type.attributes).find("__module__");
  if (module_name == nullptr || !is<Str>(*module_name)) return false;
  if (text(static_cast<const Str&>(*module_name)) == "__main__") return true;
  Object* const module = interpreter.modules().find(*module_name);
  return module != nullptr && is<Module>(*module) && static_cast<Module&>(*module).find("__file__") != nullptr;
}

/// The instances of one class.
struct Instances {
  std::vector<Node> nodes{};
  std::size_t unreachable = 0;
};

/// By class, in the order in which they were first found.
std::vector<std::pair<const Class*, Instances>> instances_by_class(script::Interpreter& interpreter,
                                                                   const gc::HeapGraph& graph) {
  std::map<const Class*, std::size_t> known;
  std::vector<std::pair<const Class*, Instances>> found;
  const std::vector<bool> reachable = graph.reachable_from(graph.roots());
  for (Node node = 0; node < graph.size(); ++node) {
    const Class* const type = class_of(graph.object(node));
    if (type == nullptr || graph.is_dying(node) || !is_of_program(interpreter, *type)) continue;
    const auto [place, is_new] = known.try_emplace(type, found.size());
    if (is_new) found.emplace_back(type, Instances{});
    Instances& instances = found[place->second].second;
    if (!reachable[node]) ++instances.unreachable;
    instances.nodes.push_back(node);
  }
  std::ranges::stable_sort(found, std::greater<>(), [](const auto& entry) { return entry.second.nodes.size(); });
  return found;
}

/// The first step of a path, as the program knows it.
std::string beginning_of(script::Engine& engine, const gc::PathStep& step) {
  const auto* const object = static_cast<const Object*>(step.address);
  if (object == engine.globals().get()) return "globals of __main__";
  return object == &engine.interpreter().modules() ? "sys.modules" : step.type;
}

std::string path_of(script::Engine& engine, const gc::AliveReport& report) {
  if (report.root == gc::Root::kNone) {
    return report.cycle.empty() ? "unreachable, and waits for a collection"
                                : "unreachable, and waits for a collection, in the cycle " + gc::to_text(report.cycle);
  }
  const gc::PathStep& first = report.path.front();
  std::string path = beginning_of(engine, first);
  if (!first.edge.empty()) path += ' ' + first.edge;
  if (report.path.size() == 1) return "held by native code or by running code";
  return "held by " + path + " -> " + gc::to_text(std::span(report.path).subspan(1));
}

std::string line_of(script::Engine& engine, const gc::HeapGraph& graph, const Class& type, const Instances& instances) {
  const bool is_one = instances.nodes.size() == 1;
  const gc::AliveReport why = gc::why_alive(graph, graph.object(instances.nodes.front()));
  std::string line = fmt::format("  {} {}{}{}\n", instances.nodes.size(), std::string_view(type.name),
                                 is_one ? ": " : ", of which one is ", path_of(engine, why));
  if (instances.unreachable != 0 && !is_one)
    line += fmt::format("    {} of them unreachable, and waiting for a collection\n", instances.unreachable);
  return line;
}

}  // namespace

std::string living_instances(script::Engine& engine) {
  const gc::HeapGraph graph(engine.interpreter().heap());
  const auto found = instances_by_class(engine.interpreter(), graph);
  if (found.empty()) return "no instances of the program's classes are alive at its end\n";
  std::string report = "instances of the program's classes that are alive at its end, and what holds them:\n";
  for (const auto& [type, instances] : found) report += line_of(engine, graph, *type, instances);
  return report;
}

}  // namespace ouro::program
