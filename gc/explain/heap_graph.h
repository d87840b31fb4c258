// HeapGraph: the heap at one moment as a graph, for questions about it.
//
//   nodes    every live object, tracked or not, in the order of the heap's walk
//   targets  for each node the nodes it refers to                    | 3 7 | 7 | | 0 1 2 | ...     one array, by node
//   seen     how many references to the node the heap accounts for
//
// What a count says beyond `seen` is held from outside the heap: by handles, mostly. Objects in teardown are nodes without
// edges, for their references may be gone.
//
// Takes 40 to 60 bytes an object and 4 an edge from the general-purpose allocator; changes no count and makes no object.
// Everything is linear in the heap and without recursion. It describes the heap as it was: let nothing live or die while you
// use it. May throw std::bad_alloc.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/model/heap.h>

#include <cstdint>
#include <span>
#include <vector>

namespace ouro::gc {

/// See above. Needs the runtime's lock while it is made.
class HeapGraph {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNone = ~Node{0};

  explicit HeapGraph(const Heap& heap);
  ~HeapGraph();
  HeapGraph(const HeapGraph&) = delete;
  HeapGraph& operator=(const HeapGraph&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
  [[nodiscard]] Object& object(Node node) const noexcept { return *objects_[node]; }
  /// The node of an object, or kNone: immortal objects are not in the heap.
  [[nodiscard]] Node find(const void* object) const noexcept;

  /// What a node refers to, in its own order, a target as often as it is referred to.
  [[nodiscard]] std::span<const Node> targets(Node node) const noexcept {
    return {targets_.data() + starts_[node], starts_[node + 1] - starts_[node]};
  }
  /// References to the node that objects of the heap own.
  [[nodiscard]] std::uint32_t seen(Node node) const noexcept { return seen_[node]; }
  /// References to the node that none of them accounts for.
  [[nodiscard]] std::uint32_t from_outside(Node node) const noexcept;
  /// True if the object's teardown has begun.
  [[nodiscard]] bool is_dying(Node node) const noexcept { return dying_[node]; }

  /// The nodes that are held from outside, and those whose count is so high that they never die.
  [[nodiscard]] std::vector<Node> roots() const;
  /// The nodes that refer to `target`, each once.
  [[nodiscard]] std::vector<Node> holders(Node target) const;
  /// A shortest path from one of `sources` to `target`, both included; empty if there is none. Breadth first.
  [[nodiscard]] std::vector<Node> shortest_path(std::span<const Node> sources, Node target) const;
  /// For each node whether it can be reached from `sources`.
  [[nodiscard]] std::vector<bool> reachable_from(std::span<const Node> sources) const;
  /// The strongly connected components that are cycles: of several nodes, or of one that refers to itself. Each in the order
  /// of its nodes. (Tarjan's algorithm with a stack of its own.)
  [[nodiscard]] std::vector<std::vector<Node>> cycles() const;

 private:
  struct Index;

  void gather(const Heap& heap);
  void make_room(const Object& object);
  void follow_edges();

  std::vector<Object*> objects_;
  Owned<Index> index_;
  std::vector<std::size_t> starts_;
  std::vector<Node> targets_;
  std::vector<std::uint32_t> seen_;
  std::vector<bool> dying_;
};

}  // namespace ouro::gc
