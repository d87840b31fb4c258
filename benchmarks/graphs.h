// The graphs that collections are measured on. Each is built by the same text on every side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "object_side.h"
#include "shuffle.h"

namespace bench {

/// [None]
template <GraphSide S>
[[nodiscard]] typename S::Handle one_slot_list(S& side) {
  return side.list_of(side.none());
}

/// Makes instances of one class, each with two attributes of its own.
template <GraphSide S>
class PointMaker {
 public:
  explicit PointMaker(S& side)
      : side_(side), class_(side.new_class("Point")), x_(side.interned("x")), y_(side.interned("y")) {}

  [[nodiscard]] typename S::Handle operator()() {
    typename S::Handle made = side_.instance(class_);
    side_.set_attribute(made, x_, side_.integer(++next_));
    side_.set_attribute(made, y_, side_.integer(-next_));
    return made;
  }

 private:
  S& side_;
  typename S::Handle class_, x_, y_;
  std::int64_t next_ = 1'000'000;  ///< no small int, which would be shared
};

/// A root list first, then the nodes it refers to, in order: the heap of a program that has just started.
template <GraphSide S, class MakeNode>
[[nodiscard]] typename S::Handle fresh_graph(S& side, std::size_t nodes, MakeNode make) {
  typename S::Handle root = side.list();
  for (std::size_t i = 0; i < nodes; ++i) side.append(root, make());
  return root;
}
template <GraphSide S>
[[nodiscard]] typename S::Handle fresh_graph(S& side, std::size_t nodes) {
  return fresh_graph(side, nodes, [&] { return one_slot_list(side); });
}

/// The same graph as a long-running program has it: the nodes were there first, and who refers to them does so in an order
/// that has nothing to do with their addresses.
template <GraphSide S, class MakeNode>
[[nodiscard]] typename S::Handle aged_graph(S& side, std::size_t nodes, MakeNode make) {
  std::vector<typename S::Handle> made;
  made.reserve(nodes);
  for (std::size_t i = 0; i < nodes; ++i) made.push_back(make());
  typename S::Handle root = side.list();
  for (const std::size_t i : shuffled_order(nodes)) side.append(root, made[i]);
  return root;
}
template <GraphSide S>
[[nodiscard]] typename S::Handle aged_graph(S& side, std::size_t nodes) {
  return aged_graph(side, nodes, [&] { return one_slot_list(side); });
}

/// `pairs` times: a = [b]; b = [a]; both names deleted.
template <GraphSide S>
void drop_pairs(S& side, std::size_t pairs) {
  for (std::size_t i = 0; i < pairs; ++i) {
    const typename S::Handle a = side.list();
    const typename S::Handle b = side.list();
    side.append(a, b);
    side.append(b, a);
  }
}

/// One ring of one-slot lists, made in order: the one at order[i] refers to the one at order[i + 1], the last to the first.
/// All names deleted.
template <GraphSide S>
void drop_ring(S& side, const std::vector<std::size_t>& order) {
  const std::size_t nodes = order.size();
  std::vector<typename S::Handle> made;
  made.reserve(nodes);
  for (std::size_t i = 0; i < nodes; ++i) made.push_back(one_slot_list(side));
  for (std::size_t i = 0; i < nodes; ++i) side.set_item(made[order[i]], 0, made[order[(i + 1) % nodes]]);
}

/// A complete binary tree of lists [parent, left, right], made level by level: its root. Counting alone reclaims none of it.
template <GraphSide S>
[[nodiscard]] typename S::Handle tree_with_parents(S& side, std::size_t nodes) {
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
  return std::move(made.front());
}

}  // namespace bench
