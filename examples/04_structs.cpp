// Structs: a C++ struct that refers to objects, as a class whose references the collector sees.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <string>
#include <vector>

using namespace ouro;

namespace {

struct Node {
  std::string name;
  Ref<> parent;
  std::vector<Ref<>> children;

  explicit Node(std::string called) : name(std::move(called)) {}
  static constexpr std::tuple edges{&Node::parent, &Node::children};
};

void add(const Ref<>& parent, const Ref<>& child) {
  native_cast<Node>(*parent)->children.push_back(child);
  native_cast<Node>(*child)->parent = parent;
}

}  // namespace

int main() {
  Runtime rt;
  const auto node = rt.class_<Node>("Node")
                        .init<std::string>("(name)")
                        .prop("name", &Node::name)
                        .prop("parent", &Node::parent)
                        .def("__len__", [](const Node& self) { return self.children.size(); })
                        .def("__repr__", [](const Node& self) { return "Node " + self.name; });
  Ref<> root = node("root");
  for (const char* name : {"left", "right"}) add(root, node(name));
  const Ref<> right = native_cast<Node>(*root)->children.back();
  fmt::print("{} has {} children; {} hangs from {}\n", root, length(*root), right, right.attr("parent"));

  right.attr("name") = "other";
  fmt::print("{}\n", right);
  root.reset();
  fmt::print("kept by: {}\n", rt.why_alive(*native_cast<Node>(*right)->parent).summary());
}

// prints:
//   Node root has 2 children; Node right hangs from Node root
//   Node other
//   kept by: root handle -> Node .parent -> Node
