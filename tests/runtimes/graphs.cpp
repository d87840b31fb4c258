// Random graphs that go to another runtime and are the same there, and what is left where memory or a key's hash fails.
#include <ouro/objects/classes/instance.h>
#include <ouro/testing/plan.h>
#include <support/fixture.h>

#include <functional>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include <runtimes/pair.h>

namespace ouro::test {

namespace {

/// Builds graphs of containers that refer to each other at random, cycles included.
class RandomGraph {
 public:
  RandomGraph(Runtime& rt, const Ref<Class>& cls, unsigned seed) : rt_(rt), class_(cls), engine_(seed) {}

  [[nodiscard]] Ref<List> make(int nodes) {
    const Ref<List> root = rt_.list();
    for (int i = 0; i < nodes; ++i) made_.push_back(node());
    for (int i = 0; i < 2 * nodes; ++i) link(*made_[below(made_.size())], *made_[below(made_.size())]);
    for (const Ref<>& object : made_)
      if (below(3) == 0) root->append(*object);
    return root;
  }
  /// Opens every cycle.
  void clear() {
    for (const Ref<>& object : made_)
      if (object->type->slots->clear != nullptr && !is<Tuple>(*object)) object->type->slots->clear(*object);
  }

 private:
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  Ref<> any() { return made_.empty() ? rt_.none() : made_[below(made_.size())]; }
  Ref<> node() {
    switch (below(8)) {
      case 0:
        return rt_.from(static_cast<std::int64_t>(engine_()));
      case 1:
        return rt_.str("text " + std::to_string(below(100)));
      case 2:
        return rt_.tuple(any(), any(), static_cast<int>(below(5)));
      case 3:
        return rt_.dict();
      case 4:
        return class_();
      default:
        return rt_.list(static_cast<int>(below(1000)));
    }
  }
  void link(Object& from, Object& to) {
    if (auto* const list = as<List>(from)) {
      list->append(to);
    } else if (auto* const dict = as<Dict>(from)) {
      dict->set(*rt_.from(static_cast<int>(below(500))), to);
    } else if (is<Instance>(from)) {
      set_attribute(from, *intern(rt_.builtins(), std::string(1, "abcdefgh"[below(8)])), to);
    }
  }

  Runtime& rt_;
  Ref<Class> class_;
  std::mt19937 engine_;
  std::vector<Ref<>> made_;
};

std::vector<Object*> parts_of(Object& object) {
  std::vector<Object*> parts;
  if (is<Instance>(object)) return parts_of(*dict_of(static_cast<Instance&>(object)));
  for_each_edge(object, [&](Object& part) { parts.push_back(&part); });
  return parts;
}

bool same_atom(Object& left, Object& right) {
  if (kind_of(left) != kind_of(right)) return false;
  return !parts_of(left).empty() || is<List>(left) || is<Dict>(left) || is<Instance>(left) || is<Tuple>(left) ||
         shown(share(left)) == shown(share(right));
}

/// True if one graph is the other with each object replaced by exactly one counterpart.
bool isomorphic(Object& left, Object& right) {
  std::unordered_map<Object*, Object*> there{{&left, &right}};
  std::unordered_map<Object*, Object*> back{{&right, &left}};
  std::vector<std::pair<Object*, Object*>> open{{&left, &right}};
  while (!open.empty()) {
    const auto [one, other] = open.back();
    open.pop_back();
    if (!same_atom(*one, *other)) return false;
    const auto mine = parts_of(*one);
    const auto its = parts_of(*other);
    if (mine.size() != its.size()) return false;
    for (std::size_t i = 0; i < mine.size(); ++i) {
      const bool is_new = there.try_emplace(mine[i], its[i]).second;
      if (there[mine[i]] != its[i] || back.try_emplace(its[i], mine[i]).first->second != mine[i]) return false;
      if (is_new) open.emplace_back(mine[i], its[i]);
    }
  }
  return true;
}

/// A class with `__hash__` and `__eq__` by attribute `id`, exported, and how often they were called.
struct KeyClass {
  Ref<Class> type;
  int hashed = 0;

  explicit KeyClass(Runtime& rt) : type(rt.new_class("Key")) {
    const auto name = [&](const char* text) { return intern(rt.builtins(), text); };
    const auto hash = make_function(rt.builtins(), "__hash__", [this](const Ref<>& self) {
      ++hashed;
      return self.attr("id").to_ref();
    });
    const auto same = make_function(rt.builtins(), "__eq__", [](const Ref<>& self, const Ref<>& other) {
      return equal(*self.attr("id").to_ref(), *other.attr("id").to_ref());
    });
    set_class_attribute(*type, *name("__hash__"), hash.get());
    set_class_attribute(*type, *name("__eq__"), same.get());
    rt.exports().add(*type);
  }
};

}  // namespace

TEST_CASE("Random graphs arrive with every object, every reference and every order", "[runtimes]") {
  Pair two;
  const auto here = two.from.new_class("Node");
  const auto there = two.to.new_class("Node");
  two.from.exports().add(*here);
  two.to.exports().add(*there);
  for (unsigned seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    RandomGraph graph(two.from, here, seed);
    const Ref<List> root = graph.make(static_cast<int>(seed));
    const Ref<> copy = two.copy(root);
    CHECK(isomorphic(*root, *copy));
    const Ref<> returned = copy_to(two.from, copy);
    CHECK(isomorphic(*copy, *returned));
    graph.clear();
    root->clear();
  }
  static_cast<void>(two.to.gc().collect());
  static_cast<void>(two.from.gc().collect());
}

TEST_CASE("Wherever memory runs out, the target is left as it was", "[runtimes][law-message-whole]") {
  Pair two;
  two.to.collector().set_stress(false);
  two.from.collector().set_stress(false);
  const auto here = two.from.new_class("Node");
  const auto there = two.to.new_class("Node");
  two.from.exports().add(*here);
  two.to.exports().add(*there);
  int finalized = 0;
  const auto note = make_function(two.to.builtins(), "__del__", [&finalized](const Ref<>&) { ++finalized; });
  set_class_attribute(*there, *intern(two.to.builtins(), "__del__"), note.get());
  RandomGraph graph(two.from, here, 7);
  const Ref<List> root = graph.make(30);
  const auto by_tuple = two.from.dict();
  by_tuple->set(*two.from.tuple(1, "two"), *root);
  root->append(*by_tuple);
  const Message message(root);
  static_cast<void>(message.unpack(two.to.builtins()));  // the class learns what attributes its instances have
  static_cast<void>(two.to.gc().collect());
  finalized = 0;
  const std::size_t before = two.to.count_objects();
  std::size_t after = before;
  Ref<> copy;
  const std::size_t failures = testing::fail_each_allocation(two.to, [&] {
    after = two.to.count_objects();
    copy = message.unpack(two.to.builtins());
  });
  CHECK(failures > 30);
  CHECK(after == before);
  CHECK(finalized == 0);
  CHECK(isomorphic(*root, *copy));
  graph.clear();
  root->clear();
}

TEST_CASE("Keys that are instances are hashed by the target alone, with their attributes in place", "[runtimes]") {
  Pair two;
  KeyClass here(two.from);
  KeyClass there(two.to);
  const auto dict = two.from.dict();
  const auto key = here.type();
  key.attr("id") = 1000;
  key.attr("dict") = dict;
  dict->set(*key, *two.from.str("by key"));
  dict->set(*two.from.tuple(key, 1), *two.from.str("by tuple"));
  const int before = here.hashed;
  const Ref<> copy = two.copy(two.from.list(key, dict));
  CHECK(here.hashed == before);
  CHECK(there.hashed == 2);
  const auto items = static_cast<List&>(*copy).view();
  auto& copied = static_cast<Dict&>(*items[1]);
  CHECK(share(*items[0]).attr("dict").to_ref().is(copied));
  const auto asked = there.type();
  asked.attr("id") = 1000;
  CHECK(from_object<std::string>(copied.get(*asked)) == "by key");
  CHECK(from_object<std::string>(copied.get(*two.to.tuple(asked, 1))) == "by tuple");
  copied.clear();
  dict->clear();
}

TEST_CASE("A key whose hash fails takes the whole copy with it, and no finalizer of it runs",
          "[runtimes][law-message-whole]") {
  Pair two;
  KeyClass here(two.from);
  KeyClass there(two.to);
  int finalized = 0;
  const auto note = make_function(two.to.builtins(), "__del__", [&finalized](const Ref<>&) { ++finalized; });
  set_class_attribute(*there.type, *intern(two.to.builtins(), "__del__"), note.get());
  const auto key = here.type();
  key.attr("id") = 1;
  const auto dict = two.from.dict();
  dict->set(*key, *dict);
  key.attr("id").erase();
  const auto fail = [&] { return error_of([&] { return two.copy(dict); }); };
  CHECK(fail() == "AttributeError: 'Key' object has no attribute 'id'");  // the class remembers the name it looked for
  const std::size_t before = two.to.count_objects();
  CHECK(fail() != "no error");
  CHECK(two.to.count_objects() == before);
  CHECK(finalized == 0);
  dict->clear();
}

TEST_CASE("A copy of a graph is alive while it is held, and no longer", "[runtimes]") {
  Pair two;
  const auto here = two.from.new_class("Node");
  const auto there = two.to.new_class("Node");
  two.from.exports().add(*here);
  two.to.exports().add(*there);
  const auto node = here();
  node.attr("list") = two.from.list(1000, "text", node);
  const Message message(node);
  const std::size_t before = two.to.count_objects();
  Ref<> copy = message.unpack(two.to.builtins());
  const Weak<> watched(copy);
  copy.reset();
  CHECK_FALSE(watched.expired());
  static_cast<void>(two.to.gc().collect());
  CHECK(watched.expired());
  CHECK(two.to.count_objects() <= before + 2);  // the names of its attribute stay with the class, and the weak reference
  node.attr("list").erase();
}

}  // namespace ouro::test
