// The graphs that collections are measured on. Each is built by the same text on every side.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "object_side.h"
#include "shuffle.h"

namespace bench {

/// [None]
template <ObjectSide S>
[[nodiscard]] typename S::Handle one_slot_list(S& side) {
  typename S::Handle node = side.list();
  side.append(node, side.none());
  return node;
}

/// A root list first, then the one-slot lists it refers to, in order: the heap of a program that has just started.
template <ObjectSide S>
[[nodiscard]] typename S::Handle fresh_graph(S& side, std::size_t nodes) {
  typename S::Handle root = side.list();
  for (std::size_t i = 0; i < nodes; ++i) side.append(root, one_slot_list(side));
  return root;
}

/// The same graph as a long-running program has it: the nodes were there first, and who refers to them does so in an order
/// that has nothing to do with their addresses.
template <ObjectSide S>
[[nodiscard]] typename S::Handle aged_graph(S& side, std::size_t nodes) {
  std::vector<typename S::Handle> made;
  made.reserve(nodes);
  for (std::size_t i = 0; i < nodes; ++i) made.push_back(one_slot_list(side));
  typename S::Handle root = side.list();
  for (const std::size_t i : shuffled_order(nodes)) side.append(root, made[i]);
  return root;
}

/// `pairs` times: a = [b]; b = [a]; both names deleted.
template <ObjectSide S>
void drop_pairs(S& side, std::size_t pairs) {
  for (std::size_t i = 0; i < pairs; ++i) {
    const typename S::Handle a = side.list();
    const typename S::Handle b = side.list();
    side.append(a, b);
    side.append(b, a);
  }
}

/// One ring of one-slot lists, each referring to the one made after it and the last to the first; all names deleted.
template <ObjectSide S>
void drop_ring(S& side, std::size_t nodes) {
  const typename S::Handle first = side.list();
  typename S::Handle last = side.list();
  side.append(first, last);
  for (std::size_t i = 2; i < nodes; ++i) {
    typename S::Handle next = side.list();
    side.append(last, next);
    last = std::move(next);
  }
  side.append(last, first);
}

/// A complete binary tree of lists [parent, left, right], made level by level; all names deleted.
template <ObjectSide S>
void drop_tree_with_parents(S& side, std::size_t nodes) {
  std::vector<typename S::Handle> made;
  made.reserve(nodes);
  made.push_back(one_slot_list(side));
  for (std::size_t i = 1; i < nodes; ++i) {
    const typename S::Handle& parent = made[(i - 1) / 2];
    typename S::Handle node = side.list();
    side.append(node, parent);
    side.append(parent, node);
    made.push_back(std::move(node));
  }
}

}  // namespace bench
