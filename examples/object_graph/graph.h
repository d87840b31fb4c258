// The document as a graph: every container refers to the one it lies in.
#pragma once

#include <ouro/ouro.h>

#include <cstddef>

namespace object_graph {

/// The key under which a dict refers to its container. A list has it as its last item.
inline constexpr std::string_view kParentKey = "parent";
/// The same for a dict of the document that has a "parent" of its own.
inline constexpr std::string_view kOtherParentKey = "__parent__";

/// What was linked.
struct Links {
  std::size_t containers = 0;
  std::size_t links = 0;    ///< references to a parent that were added
  std::size_t renamed = 0;  ///< of these, under kOtherParentKey
  std::size_t edges = 0;    ///< references from containers, the new ones included
  std::size_t deepest = 0;  ///< levels of containers
};

/// Adds to every container in `root` a reference to the container it lies in; to the outermost one a reference to itself.
/// So each object can be reached from each container: one tangle of cycles. Costs no stack, whatever the depth.
Links link_parents(ouro::Runtime& runtime, ouro::Object& root);

}  // namespace object_graph
