// Gives every container of a document a reference to the one it lies in.
#include "graph.h"

#include <algorithm>
#include <vector>

namespace object_graph {

namespace {

using ouro::as;
using ouro::Dict;
using ouro::List;
using ouro::Object;

/// A container to be linked. Borrowed: the graph owns it.
struct Todo {
  Object* container;
  Object* parent;
  std::size_t depth;
};

[[nodiscard]] bool is_container(const Object& object) { return ouro::is<Dict>(object) || ouro::is<List>(object); }

void link(ouro::Runtime& runtime, const Todo& todo, Links& links) {
  if (List* const list = as<List>(*todo.container)) {
    list->append(*todo.parent);
  } else {
    Dict& dict = static_cast<Dict&>(*todo.container);
    const bool taken = dict.find(kParentKey) != nullptr;
    links.renamed += taken;
    dict.set(*ouro::intern(runtime.builtins(), taken ? kOtherParentKey : kParentKey), *todo.parent);
  }
  ++links.links;
}

}  // namespace

Links link_parents(ouro::Runtime& runtime, Object& root) {
  Links links;
  if (!is_container(root)) return links;
  std::vector<Todo> stack{{&root, &root, 1}};
  while (!stack.empty()) {
    const Todo todo = stack.back();
    stack.pop_back();
    ++links.containers;
    links.deepest = std::max(links.deepest, todo.depth);
    ouro::for_each_edge(*todo.container, [&](Object& child) {
      if (is_container(child)) stack.push_back({&child, todo.container, todo.depth + 1});
    });
    link(runtime, todo, links);
    ouro::for_each_edge(*todo.container, [&](const Object&) { ++links.edges; });
    runtime.safepoint();
  }
  return links;
}

}  // namespace object_graph
