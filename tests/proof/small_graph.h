// Small digraphs: each once, whichever way its nodes are numbered.
//
// A graph of n nodes is a number whose bit `from * n + to` says that there is an edge. Two graphs that differ only in the
// numbering of their nodes are one; the smallest number of those stands for all. So 2^25 graphs of five nodes become
// 291,968. Roots and what else the nodes have are then tried in all combinations.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <vector>

namespace ouro::test {

struct SmallGraph {
  unsigned nodes;
  std::uint32_t edges;

  [[nodiscard]] bool has_edge(unsigned from, unsigned to) const { return (edges >> (from * nodes + to) & 1U) != 0; }
  /// Where the edges of a node lead, as a set of bits.
  [[nodiscard]] unsigned targets(unsigned from) const { return edges >> (from * nodes) & ((1U << nodes) - 1); }
  /// What a reader with a pencil would mark, beginning with `marked`.
  [[nodiscard]] unsigned reach(unsigned marked) const {
    for (unsigned before = 0; before != marked;) {
      before = marked;
      for (unsigned from = 0; from < nodes; ++from)
        if ((before >> from & 1U) != 0) marked |= targets(from);
    }
    return marked;
  }
};

/// The graph with its nodes numbered otherwise.
[[nodiscard]] inline std::uint32_t renumbered(const SmallGraph& graph, const std::vector<unsigned>& order) {
  std::uint32_t edges = 0;
  for (std::uint32_t left = graph.edges; left != 0; left &= left - 1) {
    const auto bit = static_cast<unsigned>(std::countr_zero(left));
    edges |= 1U << (order[bit / graph.nodes] * graph.nodes + order[bit % graph.nodes]);
  }
  return edges;
}

/// All digraphs of `nodes` nodes, loops included, one for each set of graphs that differ in numbering alone.
[[nodiscard]] inline std::vector<SmallGraph> all_graphs(unsigned nodes) {
  std::vector<std::vector<unsigned>> orders(1, std::vector<unsigned>(nodes));
  std::iota(orders[0].begin(), orders[0].end(), 0);
  for (std::vector<unsigned> next = orders[0]; std::next_permutation(next.begin(), next.end());) orders.push_back(next);
  std::vector<bool> seen(std::size_t{1} << (nodes * nodes));
  std::vector<SmallGraph> graphs;
  for (std::uint32_t edges = 0; edges < seen.size(); ++edges) {
    if (seen[edges]) continue;
    graphs.push_back({nodes, edges});
    for (const std::vector<unsigned>& order : orders) seen[renumbered(graphs.back(), order)] = true;
  }
  return graphs;
}

}  // namespace ouro::test
