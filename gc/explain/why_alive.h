// Why is this object alive? The shortest path of references from a root to it.
//
//   why_alive(heap, node).summary()        "root handle -> dict ['tags'] -> list [0] -> Node"
//
// Roots are what no object of the heap accounts for: counts beyond the references that objects own, which handles (`Ref`)
// hold, and objects that never die. The heap is walked, not the collector's lists, so a holder that is not tracked is found
// too. (objgraph's find_backref_chain asks the same of CPython's collector, one walk of the heap a step, and sees tracked
// holders only.)
//
// Linear in the heap, without recursion; changes no count and makes no object. May throw std::bad_alloc. Needs the lock.
#pragma once

#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ouro::gc {

class HeapGraph;

/// What a path begins with.
enum class Root : std::uint8_t {
  kNone,      ///< nothing that lives leads to the object: it waits for a collection
  kHandle,    ///< a reference from outside the heap: a `Ref`, or one that was never dropped
  kAsker,     ///< only the handle that was used to ask
  kImmortal,  ///< the first object never dies
};

/// One object on the way. Data, not a handle: it may be read when the objects are gone.
struct PathStep {
  std::string type;     ///< name of its type
  const void* address;  ///< of its header
  std::string edge;     ///< how it refers to the next step, "['tags']"; "" for the last one
  bool is_tracked;      ///< false: the collector does not see this holder
};

/// The answer.
struct AliveReport {
  Root root = Root::kNone;
  std::uint32_t from_outside = 0;  ///< references to the first object that no object accounts for, the asker's apart
  std::vector<PathStep> path;      ///< from the root to the object, both included; the object alone if there is no root
  std::vector<PathStep>
      cycle;  ///< without a root: a shortest cycle through the object, which ends as it began, if there is one
  std::vector<std::string> sites;  ///< where handles to the first object were made, if that is known (handle_sites.h)

  /// One line: "root handle -> dict ['tags'] -> list [0] -> Node".
  [[nodiscard]] std::string summary() const;
  /// Some lines, with addresses and sites.
  [[nodiscard]] std::string to_text() const;
};

/// Why `object` is alive, if `asking` of the references to it from outside do not count: those of the caller's own handles.
[[nodiscard]] AliveReport why_alive(const Heap& heap, const Object& object, std::uint32_t asking = 0);

/// The same for what a handle holds; the handle itself does not count. An object that dies without it has Root::kAsker.
template <class T>
[[nodiscard]] AliveReport why_alive(const Heap& heap, const Ref<T>& handle) {
  return why_alive(heap, *handle, 1);
}

/// The same when the graph is there already.
[[nodiscard]] AliveReport why_alive(const HeapGraph& graph, const Object& object, std::uint32_t asking = 0);

/// The steps along nodes of a graph (HeapGraph::Node), with names.
[[nodiscard]] std::vector<PathStep> describe_path(const HeapGraph& graph, std::span<const std::uint32_t> nodes);

/// Who owns references to a node, a step for each, at most `most`.
[[nodiscard]] std::vector<PathStep> describe_holders(const HeapGraph& graph, std::uint32_t node, std::size_t most = 16);

/// "dict ['tags'] -> list [0] -> Node".
[[nodiscard]] std::string to_text(std::span<const PathStep> path);

}  // namespace ouro::gc
