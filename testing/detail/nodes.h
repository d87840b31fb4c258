// What a graph's nodes are made of.
//
//   node       [header | places | mark | edge | edge | ...]        and likewise a list, a dict, an instance
//   weak       a weak reference whose callback is its mark
//
// Every node owns a mark: an object without references that dies with it, or when the collector clears it, and then tells
// the graph. So the graph knows of a death without a weak reference, which would change how the collector goes about it. The
// mark also is what a finalizer finds its graph by.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/weak/weakref.h>
#include <ouro/runtime/runtime.h>
#include <ouro/testing/operations.h>

#include <array>
#include <cstdint>
#include <tuple>
#include <vector>

namespace ouro::testing {

enum class NodeId : std::uint32_t;

namespace detail {

/// Who is told what becomes of the nodes.
class NodeListener {
 public:
  virtual ~NodeListener() = default;
  /// The finalizer runs. May throw ouro::Error.
  virtual void finalizing(NodeId node) = 0;
  /// The weak reference calls back. May throw ouro::Error.
  virtual void calling_back(NodeId reference) = 0;
  /// The node's mark is gone. Must make no objects.
  virtual void died(NodeId node) noexcept = 0;
};

/// The value of a mark.
struct Mark {
  NodeListener* listener;  ///< null once the graph is gone
  NodeId id;

  ~Mark() {
    if (listener != nullptr) listener->died(id);
  }
  static constexpr std::tuple edges{};
};

/// The places of a node that may hold references, each an owned one to None or to a node.
struct Places {
  Object** first;
  std::size_t stride;

  [[nodiscard]] Object*& operator[](std::size_t place) const noexcept { return first[place * stride]; }
};

/// The classes of one graph's nodes. They are ordinary classes, so that a node which outlives its graph keeps its own.
class NodeTypes {
 public:
  /// Nodes have `width` places. ValueError if an instance could not have as many.
  NodeTypes(Runtime& rt, std::size_t width);

  /// A new node and its mark's value. Throws MemoryError.
  struct Made {
    Ref<> object;
    Mark* mark;
  };
  [[nodiscard]] Made make(const NodeSpec& spec, NodeListener& listener, NodeId id);
  [[nodiscard]] Made make_weak(Object& target, NodeListener& listener, NodeId id);

  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  [[nodiscard]] Object& none() const noexcept { return rt_.builtins().none(); }
  /// Puts `value` where something else was, which is dropped. Throws MemoryError.
  void set_place(NodeKind kind, Object& node, std::size_t place, Object& value);

 private:
  [[nodiscard]] Ref<> make_node(Class& type, Object& mark);
  [[nodiscard]] Ref<> make_instance_node(Class& type, Object& mark);
  [[nodiscard]] Ref<> make_list_node(Object& mark);
  [[nodiscard]] Ref<> make_dict_node(Object& mark);

  Runtime& rt_;
  std::size_t width_;
  NativeClass<Mark> mark_;
  std::array<Ref<Class>, 2> node_;      ///< without and with a finalizer
  std::array<Ref<Class>, 2> instance_;  ///< likewise
  std::vector<Ref<Str>> names_;         ///< "mark", "e0", "e1", ...
};

[[nodiscard]] Places places_of(NodeKind kind, const Object& node) noexcept;

}  // namespace detail
}  // namespace ouro::testing
