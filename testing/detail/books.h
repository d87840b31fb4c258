// The books of a graph: what it was told, node by node, and what became of it.
#pragma once

#include <ouro/testing/detail/nodes.h>
#include <ouro/testing/graph.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ouro::testing::detail {

/// No node: what the books have for a place that holds None.
inline constexpr NodeId kNobody{UINT32_MAX};

/// One node. Stays when the node dies; a new node of its name has a new record.
struct Record {
  std::string name;
  NodeSpec spec;
  Object* object =
      nullptr;           ///< null once dead; of a weak reference that has called back: valid while something refers to it
  Mark* mark = nullptr;  ///< null once dead, or once the weak reference has called back
  std::vector<Ref<>> holds;
  std::vector<NodeId> edges;  ///< by place
  std::size_t calls = 0;
  std::uint32_t round = 0;  ///< of the last search that came by

  [[nodiscard]] bool is_weak() const noexcept { return spec.kind == NodeKind::kWeak; }
};

class GraphBooks final : private NodeListener {
 public:
  GraphBooks(Runtime& rt, std::size_t width) : rt_(rt), types_(rt, width) {}
  ~GraphBooks() override;

  // ---- Acting (books.cpp). The nodes are known to be usable. ----

  NodeId make(std::string_view name, const NodeSpec& spec);
  NodeId watch(std::string_view name, NodeId target, const NodeSpec& spec);
  /// False if there is no place left.
  [[nodiscard]] bool link(NodeId from, NodeId to);
  /// False if there is no such edge.
  [[nodiscard]] bool unlink(NodeId from, NodeId to);
  void hold(NodeId node);
  /// False if the graph has no handle to it.
  [[nodiscard]] bool drop(NodeId node);
  void clear(NodeId node);
  std::size_t collect(int generation);
  void forget();
  /// `self` is the node whose finalizer or callback does it; nobody for what is done from outside.
  bool perform(const Operation& operation, NodeId self);

  // ---- Looking (graph_check.cpp) ----

  [[nodiscard]] std::optional<NodeId> find(std::string_view name) const;
  [[nodiscard]] Record& at(NodeId node) { return records_.at(static_cast<std::size_t>(node)); }
  [[nodiscard]] const Record& at(NodeId node) const { return records_.at(static_cast<std::size_t>(node)); }
  [[nodiscard]] bool is_alive(NodeId node) const;
  /// True if a handle, or `self`, leads to the node.
  [[nodiscard]] bool can_reach(NodeId node, NodeId self) const;
  /// The node an object is, or nobody.
  [[nodiscard]] NodeId node_of(const Object& object) const;
  [[nodiscard]] std::string text() const;
  void check() const;

  [[nodiscard]] const std::deque<Record>& records() const noexcept { return records_; }
  [[nodiscard]] std::size_t width() const noexcept { return types_.width(); }
  [[nodiscard]] Runtime& runtime() const noexcept { return rt_; }
  /// Throws what went wrong in a finalizer, where nobody could catch it.
  void rethrow() const;
  /// Where a place's reference leads, by the object; null for None.
  [[nodiscard]] Object* target_at(const Record& record, std::size_t place) const;

  std::vector<Event> events;
  bool asks_oracle = false;
  Operations* recorder = nullptr;

 private:
  void finalizing(NodeId node) override;
  void calling_back(NodeId reference) override;
  void died(NodeId node) noexcept override;

  NodeId enter(std::string_view name, const NodeSpec& spec);
  void run(const Operations& operations, NodeId self);
  bool perform_on(const Operation& operation, NodeId self, NodeId first, NodeId second);
  bool perform_new(const Operation& operation, NodeId self);
  void compare(std::size_t unreachable, std::size_t answer);
  void check_count(NodeId node, std::size_t expected) const;

  Runtime& rt_;
  NodeTypes types_;
  std::deque<Record> records_;
  std::unordered_map<std::string, NodeId> names_;
  std::string failure_;
  mutable std::uint32_t round_ = 0;
};

}  // namespace ouro::testing::detail
