// Reads the heap into a graph, and finds the cycles in it.
#include <ouro/gc/detail/dying.h>
#include <ouro/gc/explain/heap_graph.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>

namespace ouro::gc {

struct HeapGraph::Index {
  boost::unordered_flat_map<const void*, Node> nodes;
};

namespace {

using Node = HeapGraph::Node;

/// Calls `function(Object&)` for every reference that `object` owns, edge or hidden.
template <class F>
void for_each_reference(const Object& object, F& function) {
  for_each_edge(object, function);
  if (object.type->slots->hidden != nullptr) object.type->slots->hidden(object, Visitor(function));
}

/// Tarjan's search, one node after the other. `low` is the oldest node on the stack that can be reached.
class CycleSearch {
 public:
  explicit CycleSearch(const HeapGraph& graph)
      : graph_(graph), number_(graph.size(), 0), low_(graph.size(), 0), done_(graph.size()) {}

  std::vector<std::vector<Node>> run() {
    for (Node node = 0; node < graph_.size(); ++node)
      if (number_[node] == 0) search_from(node);
    return std::move(cycles_);
  }

 private:
  /// A node whose targets are being looked at, and how many have been.
  struct Frame {
    Node node;
    std::size_t next;
  };

  void enter(Node node) {
    number_[node] = low_[node] = ++last_;
    frames_.push_back({node, 0});
    open_.push_back(node);
  }

  void search_from(Node start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const Node node = frame.node;
      const std::span<const Node> targets = graph_.targets(node);
      if (frame.next == targets.size()) {
        leave(node);
        continue;
      }
      const Node target = targets[frame.next++];
      if (number_[target] == 0) {
        enter(target);
      } else if (!done_[target]) {
        low_[node] = std::min(low_[node], number_[target]);
      }
    }
  }

  void leave(Node node) {
    frames_.pop_back();
    if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    if (low_[node] != number_[node]) return;
    const auto first = std::find(open_.rbegin(), open_.rend(), node).base() - 1;
    std::vector<Node> component(first, open_.end());
    open_.erase(first, open_.end());
    for (const Node member : component) done_[member] = true;
    const bool refers_to_itself = std::ranges::count(graph_.targets(node), node) != 0;
    if (component.size() == 1 && !refers_to_itself) return;
    std::ranges::sort(component);
    cycles_.push_back(std::move(component));
  }

  const HeapGraph& graph_;
  std::vector<Node> number_, low_;
  std::vector<bool> done_;
  std::vector<Node> open_;  ///< visited, component not known yet
  std::vector<Frame> frames_;
  std::vector<std::vector<Node>> cycles_;
  Node last_ = 0;
};

}  // namespace

HeapGraph::HeapGraph(const Heap& heap) : index_(make_owned<Index>()) {
  heap.assert_held("looking at the heap");
  gather(heap);
  follow_edges();
}

HeapGraph::~HeapGraph() = default;

void HeapGraph::gather(const Heap& heap) {
  heap.for_each_object([&](Object& object) { objects_.push_back(&object); });
  index_->nodes.reserve(objects_.size());
  for (const Object* const object : objects_) index_->nodes.emplace(object, static_cast<Node>(index_->nodes.size()));
  dying_.assign(objects_.size(), false);
  for (const Object* const object : detail::find_dying(heap)) dying_[find(object)] = true;
}

// A traversal must not be left by an exception.
void HeapGraph::make_room(const Object& object) {
  std::size_t references = 0;
  const auto count = [&](const Object&) { ++references; };
  for_each_reference(object, count);
  const std::size_t needed = targets_.size() + references;
  if (needed > targets_.capacity()) targets_.reserve(std::max(needed, 2 * targets_.capacity()));
}

void HeapGraph::follow_edges() {
  seen_.assign(objects_.size(), 0);
  starts_.reserve(objects_.size() + 1);
  const auto note = [&](const Object& target) {
    const Node node = find(&target);
    if (node == kNone) return;
    targets_.push_back(node);
    ++seen_[node];
  };
  for (Node node = 0; node < objects_.size(); ++node) {
    starts_.push_back(targets_.size());
    if (dying_[node]) continue;
    make_room(*objects_[node]);
    for_each_reference(*objects_[node], note);
  }
  starts_.push_back(targets_.size());
}

Node HeapGraph::find(const void* object) const noexcept {
  const auto found = index_->nodes.find(object);
  return found == index_->nodes.end() ? kNone : found->second;
}

std::uint32_t HeapGraph::from_outside(Node node) const noexcept {
  const Object& held = object(node);
  if (dying_[node] || is_immortal(held)) return 0;
  return held.refcount > seen_[node] ? held.refcount - seen_[node] : 0;
}

std::vector<Node> HeapGraph::roots() const {
  std::vector<Node> found;
  for (Node node = 0; node < size(); ++node)
    if (from_outside(node) != 0 || (is_immortal(object(node)) && !dying_[node])) found.push_back(node);
  return found;
}

std::vector<Node> HeapGraph::holders(Node target) const {
  std::vector<Node> found;
  for (Node node = 0; node < size(); ++node)
    if (std::ranges::find(targets(node), target) != targets(node).end()) found.push_back(node);
  return found;
}

std::vector<Node> HeapGraph::shortest_path(std::span<const Node> sources, Node target) const {
  std::vector<Node> before(size(), kNone);  // a source comes before itself
  std::vector<Node> queue;
  const auto reach = [&](Node node, Node from) {
    if (before[node] != kNone) return;
    before[node] = from;
    queue.push_back(node);
  };
  for (const Node source : sources) reach(source, source);
  for (std::size_t next = 0; next < queue.size() && before[target] == kNone; ++next)
    for (const Node reached : targets(queue[next])) reach(reached, queue[next]);
  std::vector<Node> path;
  if (before[target] == kNone) return path;
  for (Node node = target; path.push_back(node), before[node] != node;) node = before[node];
  std::ranges::reverse(path);
  return path;
}

std::vector<bool> HeapGraph::reachable_from(std::span<const Node> sources) const {
  std::vector<bool> reached(size());
  std::vector<Node> queue;
  const auto reach = [&](Node node) {
    if (reached[node]) return;
    reached[node] = true;
    queue.push_back(node);
  };
  for (const Node source : sources) reach(source);
  for (std::size_t next = 0; next < queue.size(); ++next)
    for (const Node target : targets(queue[next])) reach(target);
  return reached;
}

std::vector<std::vector<Node>> HeapGraph::cycles() const { return CycleSearch(*this).run(); }

}  // namespace ouro::gc
