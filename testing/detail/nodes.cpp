// The kinds of a graph's nodes: how each is made and linked.
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/testing/detail/nodes.h>

#include <fmt/format.h>

namespace ouro::testing::detail {

namespace {

/// The kit's own container.
struct NodeObject : Object {
  std::uint32_t count;  ///< of the edges, the mark among them
  std::uint32_t unused;
  Object* edges[];
};

constexpr std::size_t node_bytes(std::size_t edges) noexcept { return sizeof(NodeObject) + edges * sizeof(Object*); }

std::size_t bytes_of_node(const Object& object) noexcept { return node_bytes(static_cast<const NodeObject&>(object).count); }
void clear_node(Object& object) noexcept {
  auto& node = static_cast<NodeObject&>(object);
  for (std::uint32_t i = 0; i < node.count; ++i) store(node.edges[i], nullptr);
}

constexpr TypeSlots kNodeSlots{.name = "node",
                               .kind = Kind::kNative,
                               .flags = kContainerType | kWeakableType,
                               .edges = EdgeLayout::inline_array(sizeof(NodeObject), sizeof(Object)),
                               .block_bytes = bytes_of_node,
                               .clear = clear_node};
const ouro::detail::NativeType kNodeType{&typeid(NodeObject), &kNodeSlots, {}, nullptr, nullptr};

/// The value of the mark that `node` owns, or null once it was cleared. It is the first edge that is one.
Mark* mark_of(const Object& node) noexcept {
  const EdgeRun run = edge_run(node, node.type->edges);
  for (std::size_t i = 0; i < run.count; ++i)
    if (run.first[i] != nullptr)
      if (Mark* const mark = native_cast<Mark>(*run.first[i])) return mark;
  return nullptr;
}

void finalize(Object& node) {
  Mark* const mark = mark_of(node);
  if (mark != nullptr && mark->listener != nullptr) mark->listener->finalizing(mark->id);
}

void call_back(Mark& mark, Object&) {
  if (mark.listener != nullptr) mark.listener->calling_back(mark.id);
}

void give_finalizer(Builtins& builtins, Class& type) {
  const auto method = make_function(builtins, "Node.__del__(self)", finalize);
  set_class_attribute(type, *intern(builtins, "__del__"), method.get());
}

}  // namespace

NodeTypes::NodeTypes(Runtime& rt, std::size_t width) : rt_(rt), width_(width), mark_(rt.class_<Mark>("mark")) {
  mark_.def("__call__", call_back);
  names_.push_back(intern(rt.builtins(), "mark"));
  for (std::size_t i = 0; i < width; ++i) names_.push_back(intern(rt.builtins(), fmt::format("e{}", i)));
  for (const bool finalizes : {false, true}) {
    node_[finalizes] = ouro::detail::make_native_class(rt.builtins(), "node", kNodeType);
    instance_[finalizes] = rt.new_class("Node");
    // A class learns from its first instance how many attributes the others will have.
    static_cast<void>(make_instance_node(*instance_[finalizes], none()));
    if (finalizes) give_finalizer(rt.builtins(), *node_[finalizes]), give_finalizer(rt.builtins(), *instance_[finalizes]);
  }
  const Ref<> probe = make_instance_node(*instance_[0], none());
  if (static_cast<const Instance&>(*probe).dict != nullptr)
    raise(ErrorKind::kValueError, fmt::format("an instance has no {} places", width));
}

NodeTypes::Made NodeTypes::make(const NodeSpec& spec, NodeListener& listener, NodeId id) {
  const Ref<> mark = mark_.make(nullptr, id);
  const bool finalizes = spec.operations.has_value();
  Ref<> node = spec.kind == NodeKind::kNode       ? make_node(*node_[finalizes], *mark)
               : spec.kind == NodeKind::kInstance ? make_instance_node(*instance_[finalizes], *mark)
               : spec.kind == NodeKind::kList     ? make_list_node(*mark)
                                                  : make_dict_node(*mark);
  Mark* const value = native_cast<Mark>(*mark);
  value->listener = &listener;
  return {std::move(node), value};
}

NodeTypes::Made NodeTypes::make_weak(Object& target, NodeListener& listener, NodeId id) {
  const Ref<> mark = mark_.make(nullptr, id);
  Ref<> reference = make_weakref(target, mark.get());
  Mark* const value = native_cast<Mark>(*mark);
  value->listener = &listener;
  return {std::move(reference), value};
}

Ref<> NodeTypes::make_node(Class& type, Object& mark) {
  return ouro::make<NodeObject>(type, node_bytes(width_ + 1), [&](NodeObject& node) noexcept {
    node.count = static_cast<std::uint32_t>(width_ + 1);
    node.unused = 0;
    node.edges[0] = Ref<>::share(mark).release();
    for (std::size_t i = 1; i <= width_; ++i) node.edges[i] = &none();
  });
}

Ref<> NodeTypes::make_instance_node(Class& type, Object& mark) {
  Ref<Instance> node = make_instance(type);
  set_instance_attribute(*node, *names_[0], &mark);
  for (std::size_t i = 1; i < names_.size(); ++i) set_instance_attribute(*node, *names_[i], &none());
  return node;
}

Ref<> NodeTypes::make_list_node(Object& mark) {
  Ref<List> node = make_list(rt_.builtins(), width_ + 1);
  node->append(mark);
  for (std::size_t i = 0; i < width_; ++i) node->append(none());
  return node;
}

Ref<> NodeTypes::make_dict_node(Object& mark) {
  Ref<Dict> node = make_dict(rt_.builtins());
  node->set(*names_[0], mark);
  for (std::size_t i = 0; i < width_; ++i) node->set(*make_int(rt_.builtins(), static_cast<std::int64_t>(i)), none());
  return node;
}

void NodeTypes::set_place(NodeKind kind, Object& node, std::size_t place, Object& value) {
  if (kind == NodeKind::kDict)  // only the dict's own door begins to track it
    return static_cast<Dict&>(node).set(*make_int(rt_.builtins(), static_cast<std::int64_t>(place)), value);
  store(places_of(kind, node)[place], Ref<>::share(value).release());
}

Places places_of(NodeKind kind, const Object& node) noexcept {
  const EdgeRun run = edge_run(node, node.type->edges);
  switch (kind) {
    case NodeKind::kInstance:
      return {run.first + 2, 1};  // behind the dict and the mark
    case NodeKind::kDict:
      return {run.first + 3, 2};  // the value behind the first key, its mark and the second key
    default:
      return {run.first + 1, 1};
  }
}

}  // namespace ouro::testing::detail
