// Random graphs through a message into another runtime and back. Messages are made by packing only, so no damaged bytes can
// enter; what may fail is memory, at any step.
#include <ouro/objects/classes/instance.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fuzz/stage.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

/// A class "Point" that both runtimes export, with keys that hash and compare by what they hold if `keyed`.
Ref<Class> export_class(Runtime& rt) {
  Ref<Class> type = rt.new_class("Point");
  rt.exports().add("Point", *type);
  return type;
}

Ref<> atom(Runtime& rt, Input& input) {
  switch (input.below(6)) {
    case 0:
      return rt.from(input.number());
    case 1: {
      const Ref<> number = rt.from(input.number()), bits = rt.from(static_cast<int>(input.below(200)));
      return apply(Operator::kLeftShift, *number, *bits);
    }
    case 2:
      return rt.from(static_cast<double>(input.number()) / 7);
    case 3:
      return rt.from(input.flag());
    case 4: {
      const std::size_t length = input.below(80);
      return rt.str(std::string(length, 'x') + std::to_string(input.byte()));
    }
    default:
      return rt.none();
  }
}

/// Containers with edges among each other, in any direction but into tuples that exist.
Ref<> make_graph(Runtime& rt, Class& type, Input& input) {
  std::vector<Ref<>> nodes{rt.list()};
  const auto any = [&]() -> Ref<> { return input.flag() ? nodes[input.below(nodes.size())] : atom(rt, input); };
  while (!input.empty() && nodes.size() < 60) {
    switch (input.below(8)) {
      case 0:
        nodes.push_back(rt.list());
        break;
      case 1:
        nodes.push_back(rt.dict());
        break;
      case 2:
        nodes.push_back(make_instance(type));
        break;
      case 3: {
        const Ref<> first = any(), second = any();
        nodes.push_back(rt.tuple(first, second, first));
        break;
      }
      default: {
        const Ref<> node = nodes[input.below(nodes.size())], value = any();
        if (List* const list = as<List>(*node)) list->append(*value);
        if (Dict* const dict = as<Dict>(*node)) attempt([&] { dict->set(*atom(rt, input), *value); });
        if (class_of(*node) != nullptr) set_attribute(*node, *rt.str("a" + std::to_string(input.below(9))), *value);
        if (input.below(16) == 0 && class_of(*node) != nullptr) static_cast<void>(dict_of(static_cast<Instance&>(*node)));
      }
    }
  }
  Ref<List> root = rt.list();
  for (const Ref<>& node : nodes)
    if (input.below(4) != 1) root->append(*node);
  root->append(*nodes[0]);
  return root;
}

/// Walks two graphs side by side; each object of the one must have one object of the other, and the same contents.
class Twins {
 public:
  void expect_same(Object& left, Object& right) {
    to_do_.emplace_back(&left, &right);
    while (!to_do_.empty()) {
      const auto [a, b] = to_do_.back();
      to_do_.pop_back();
      compare(*a, *b);
    }
  }

 private:
  void compare(Object& a, Object& b) {
    require(kind_of(a) == kind_of(b), "the kind of a copy");
    const bool is_node = as<List>(a) || as<Dict>(a) || class_of(a) != nullptr || (as<Tuple>(a) && as<Tuple>(a)->size > 0);
    if (!is_node) return require(text(*repr(a)) == text(*repr(b)), "an atom of a copy");
    const auto [known, is_new] = twin_.emplace(&a, &b);
    require(known->second == &b, "an object that was shared");
    if (!is_new) return;
    require(back_.emplace(&b, &a).second, "two objects that were one");
    if (List* const list = as<List>(a)) return sequence(list->view(), as<List>(b)->view());
    if (Tuple* const tuple = as<Tuple>(a)) return sequence(tuple->view(), as<Tuple>(b)->view());
    if (Dict* const dict = as<Dict>(a)) return entries(*dict, *as<Dict>(b));
    keep_.push_back(dict_of(static_cast<Instance&>(a)));
    keep_.push_back(dict_of(static_cast<Instance&>(b)));
    entries(static_cast<Dict&>(*keep_[keep_.size() - 2]), static_cast<Dict&>(*keep_.back()));
  }
  void sequence(std::span<Object* const> left, std::span<Object* const> right) {
    require(left.size() == right.size(), "the length of a copy");
    for (std::size_t i = 0; i < left.size(); ++i) to_do_.emplace_back(left[i], right[i]);
  }
  void entries(Dict& left, Dict& right) {
    require(left.size == right.size, "the size of a copied dict");
    auto at = right.begin();
    for (const auto [key, value] : left) {
      to_do_.emplace_back(&key, &(*at).key);
      to_do_.emplace_back(&value, &(*at).value);
      require(right.find((*at).key) == &(*at).value, "a key of a copy");
      ++at;
    }
  }

  std::vector<std::pair<Object*, Object*>> to_do_;
  std::map<Object*, Object*> twin_, back_;
  std::vector<Ref<>> keep_;
};

}  // namespace

void messages(Bytes bytes) {
  Input input(bytes);
  Stage from, to;
  {
    const Ref<Class> source = export_class(from.rt), target = export_class(to.rt);
    const std::size_t failing = input.below(3) == 0 ? input.below(200) + 1 : 0;
    const Ref<> root = make_graph(from.rt, *source, input);
    const Message message(root);
    if (failing != 0) {
      static_cast<void>(message.unpack(to.rt.builtins()));  // what the class learns it keeps: names of attributes
      to.rt.gc().collect();
      const std::size_t before = to.rt.count_objects();
      to.rt.heap().memory.faults().fail_at(failing);
      const bool made = attempt([&] { static_cast<void>(message.unpack(to.rt.builtins())); });
      const bool failed = !to.rt.heap().memory.faults().armed();
      to.rt.heap().memory.faults().clear();
      require(made || failed, "an error needs a failing allocation");
      to.rt.gc().collect();
      require(to.rt.count_objects() <= before, "what a failing copy leaves");
    }
    const Ref<> copy = message.unpack(to.rt.builtins());
    const Message again(copy);
    const Ref<> back = again.unpack(from.rt.builtins());
    Twins().expect_same(*root, *copy);
    Twins().expect_same(*root, *back);
    from.verify();
    to.verify();
  }
  to.finish();
  from.finish();
}

}  // namespace ouro::fuzz
