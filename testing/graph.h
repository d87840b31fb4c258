// A graph of named objects in a runtime.
//
//   Graph graph(rt, "root->a a->b b->a b.finalizer=resurrect");
//   graph.drop("a");
//   graph.collect();                     // 0: b's finalizer saved it, and with it a
//   graph.text();                        // "a root->b a->b b->a"
//
// `build` reads a graph from a text (docs/testing-kit.md has the grammar), `text()` writes what is there now. Nodes are
// nodes, instances, lists, dicts and weak references (operations.h); a handle is an edge from `root`. Finalizers and
// callbacks are lists of operations. The graph keeps books of its own of what it was told, knows which nodes have died
// without asking the collector, and `check()` compares books and objects.
//
// A node the collector has cleared counts as dead. Needs the runtime's lock; one thread.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/model/ref.h>
#include <ouro/testing/failure.h>
#include <ouro/testing/operations.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ouro {
class Runtime;
}

namespace ouro::testing {

namespace detail {
class GraphBooks;
}

/// A node of one graph. Stays its name's for good, but another node of that name may take it over when it is dead.
enum class NodeId : std::uint32_t {};

/// What happened to a node.
struct Event {
  enum class Kind : std::uint8_t { kFinalized, kCalledBack, kDied } kind;
  NodeId node;
};

/// Owns the handles to its nodes. At its end it drops them, empties the nodes and collects.
class Graph {
 public:
  /// An empty graph whose nodes have `width` places for references each (at most 29).
  explicit Graph(Runtime& rt, std::size_t width = 8);
  /// The graph of a text.
  Graph(Runtime& rt, std::string_view text, std::size_t width = 8);
  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  // ---- Acting. Failure if the node is dead, unknown, or has no place left; ouro::Error as the objects throw it. ----

  /// Makes everything the text says: nodes in the order they are named in, then edges, then the handles not asked for are
  /// dropped in that order. Failure with line and column.
  void build(std::string_view text);
  /// A new node, held once.
  NodeId make(std::string_view name, const NodeSpec& spec = {});
  /// A new weak reference to `target`, held once. Its callback is counted, and does `operations`.
  NodeId watch(std::string_view name, NodeId target, const Operations& operations = {});
  void link(NodeId from, NodeId to);
  void unlink(NodeId from, NodeId to);
  void hold(NodeId node);
  void drop(NodeId node);
  void clear(NodeId node);
  /// From now on the node's finalizer does this. Failure if it has none; one is given when a node is made.
  void set_finalizer(NodeId node, Operations operations);
  /// The collector's answer. Where `compare_with_oracle` is on, Failure if the oracle expected otherwise.
  std::size_t collect(int generation = 2);
  /// What a finalizer and a history do: false, and nothing happens, if the operation cannot be done or its nodes cannot be
  /// reached from a handle.
  bool apply(const Operation& operation);
  /// The same for several, without recording them.
  void run(const Operations& operations);
  /// Drops all handles and empties all nodes, without a collection, and forgets every name.
  void forget();

  NodeId watch(std::string_view name, std::string_view target, const Operations& operations = {}) {
    return watch(name, id(target), operations);
  }
  void link(std::string_view from, std::string_view to) { link(id(from), id(to)); }
  void unlink(std::string_view from, std::string_view to) { unlink(id(from), id(to)); }
  void hold(std::string_view node) { hold(id(node)); }
  void drop(std::string_view node) { drop(id(node)); }
  void clear(std::string_view node) { clear(id(node)); }

  /// From now on `collect` asks the oracle first which objects are dead.
  void compare_with_oracle(bool on) noexcept;
  /// From now on what is done to the graph from outside is appended to `operations`, which is borrowed; null ends that.
  void record(Operations* operations) noexcept;

  // ---- Looking ----

  [[nodiscard]] NodeId id(std::string_view name) const;
  [[nodiscard]] std::string_view name(NodeId node) const;
  [[nodiscard]] bool is_alive(NodeId node) const;
  [[nodiscard]] bool is_alive(std::string_view node) const { return is_alive(id(node)); }
  /// How often the node's finalizer ran, or the weak reference called back.
  [[nodiscard]] std::size_t calls(NodeId node) const;
  [[nodiscard]] std::size_t calls(std::string_view node) const { return calls(id(node)); }
  /// Handles the graph has to the node.
  [[nodiscard]] std::size_t holds(NodeId node) const;
  /// The object, borrowed; null if it is dead.
  [[nodiscard]] Object* object(NodeId node) const;
  [[nodiscard]] Object* object(std::string_view node) const { return object(id(node)); }
  /// What a collection of `generation` would find unreachable, by the oracle: names, in the order they were made in.
  [[nodiscard]] std::vector<std::string> unreachable(int generation = 2) const;
  /// The names of the living.
  [[nodiscard]] std::vector<std::string> alive() const;
  /// Everything that happened since `forget_events`.
  [[nodiscard]] const std::vector<Event>& events() const noexcept;
  void forget_events() noexcept;
  /// The living as a text that `build` reads. Finalizers that have run are left out.
  [[nodiscard]] std::string text() const;
  /// Failure if a node's count or references are not those of the books.
  void check() const;

  [[nodiscard]] Runtime& runtime() const noexcept;

 private:
  Owned<detail::GraphBooks> books_;
};

}  // namespace ouro::testing
