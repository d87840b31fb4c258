// Native classes: C++ structs as objects whose references the collector sees. Here without Boost: structs that list their
// edges.
#include <support/fixture.h>
#include <support/tries.h>

#include <array>
#include <deque>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

struct Node {
  Ref<> left, right;
  std::vector<Ref<>> kids;
  std::string name;
  int weight = 0;

  int size() const { return static_cast<int>(kids.size()); }
  void add(Ref<> kid) { kids.push_back(std::move(kid)); }
  static constexpr std::tuple edges{&Node::left, &Node::right, &Node::kids};
};

/// Counts its lives, and holds a reference.
struct Witness {
  explicit Witness(int& alive, Ref<> held = {}) : alive_(alive), held_(std::move(held)) { ++alive_; }
  Witness(const Witness&) = delete;
  ~Witness() { --alive_; }

  int& alive_;
  Ref<> held_;
  static constexpr std::tuple edges{&Witness::held_};
};

/// No references at all.
struct Point {
  double x = 0, y = 0;
  static constexpr std::tuple<> edges{};
};

struct Label {
  std::string text;
  static constexpr std::tuple<> edges{};
};

std::size_t live_containers(Runtime& rt) { return rt.heap().memory.stats().containers.allocated_blocks; }

struct Big {
  std::array<std::uint64_t, 1000> numbers{};
  Ref<> ref;
  static constexpr std::tuple edges{&Big::ref};
};

struct Unknown {
  explicit Unknown(int) {}
  Ref<> hidden;
};

// What does not compile as a member, because the collector could not look into it.
static_assert(detail::Hiding<int*> && detail::Hiding<Object*> && detail::Hiding<std::shared_ptr<Node>> &&
              detail::Hiding<Node&> && detail::Hiding<std::weak_ptr<Node>> && detail::Hiding<std::function<void()>>);
static_assert(!detail::Members<Unknown>::kKnown);
static_assert(!detail::Hiding<Untraced<int*>> && !detail::has_edges<Untraced<Ref<>>>());
static_assert(detail::has_edges<std::map<int, std::vector<std::optional<Ref<>>>>>());
static_assert(!detail::has_edges<std::vector<std::string>>());

/// Every place where an edge can be.
struct Everything {
  Ref<> plain;
  std::array<Ref<>, 2> array;
  Ref<> c_array[2];
  std::vector<std::vector<Ref<>>> nested;
  std::deque<Ref<>> deque;
  std::map<std::string, Ref<>> map;
  std::unordered_map<int, std::pair<Ref<>, int>> hash;
  std::optional<Ref<>> maybe;
  std::variant<int, Ref<>> either;
  std::tuple<int, Ref<>, std::string> tuple;
  std::unique_ptr<Node> owned;
  Weak<> weak;
  static constexpr std::tuple edges{&Everything::plain,  &Everything::array, &Everything::c_array, &Everything::nested,
                                    &Everything::deque,  &Everything::map,   &Everything::hash,    &Everything::maybe,
                                    &Everything::either, &Everything::tuple, &Everything::owned,   &Everything::weak};
};

}  // namespace

TEST_CASE("a struct becomes an object and back", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto tree = rt.class_<Node>("Node");
  const Ref<> list = rt.list(1);
  const Ref<> node = tree.make(list, list);
  REQUIRE(native_cast<Node>(*node) != nullptr);
  CHECK(native_cast<Node>(*node)->left.is(list));
  CHECK(list->refcount == 3);
  CHECK(native_cast<Point>(*node) == nullptr);
  CHECK(native_cast<Node>(*list) == nullptr);
  CHECK(is_instance(*node, *tree.type()));
  CHECK_THAT(std::string(text(*repr(*node))), StartsWith("<Node object at 0x"));
  CHECK(text(*repr(*tree.type())) == "<class 'Node'>");
  CHECK(hash(*node) == hash(*node));
  CHECK(node == node);
}

TEST_CASE("methods and members of a struct are attributes", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto tree =
      rt.class_<Node>("Node")
          .def("size", &Node::size)
          .def("add(self, kid)", &Node::add)
          .def("heavier(self, by)", [](Node& self, int by) { return self.weight + by; })
          .def("__len__", &Node::size)
          .prop("name", &Node::name)
          .prop("left", &Node::left)
          .prop(
              "weight", [](const Node& self) { return self.weight; }, [](Node& self, int to) { self.weight = to; })
          .prop("kid_count", &Node::size)
          .init();
  const Ref<> node = tree.type()();
  static_cast<void>(node.attr("add")(5));
  CHECK(node.attr("size")() == 1);
  CHECK(length(*node) == 1);
  node.attr("name") = "root";
  CHECK(node.attr("name") == "root");
  CHECK(node.attr("left").get().is(rt.none()));
  node.attr("left") = rt.list(1);
  CHECK(node.attr("left") == rt.list(1));
  node.attr("weight") = 7;
  CHECK(node.attr("heavier")(3) == 10);
  CHECK(node.attr("kid_count") == 1);
  CHECK(error_of([&] {
          node.attr("kid_count") = 4;
          return 0;
        }) == "AttributeError: property 'kid_count' of 'Node' object has no setter");
  CHECK(error_of([&] {
          node.attr("other") = 4;
          return 0;
        }) == "AttributeError: 'Node' object has no attribute 'other'");
  CHECK(error_of([&] {
          node.attr("size") = 4;
          return 0;
        }) == "AttributeError: 'Node' object attribute 'size' is read-only");
  CHECK(error_of([&] { return node.attr("add")(); }) ==
        "TypeError: Node.add() missing 1 required positional argument: 'kid'");
  CHECK(error_of([&] { return tree.type().attr("size")(5); }) ==
        "TypeError: descriptor 'size' for 'Node' objects doesn't apply to a 'int' object");
  CHECK(error_of([&] {
          node.attr("name") = 5;
          return 0;
        }) == "TypeError: Node.name() argument 1 must be str, not int");
}

TEST_CASE("a class without a constructor cannot be called", "[native]") {
  Fixture fixture;
  const auto tree = fixture.rt.class_<Node>("Node");
  CHECK(error_of([&] { return tree.type()(); }) == "TypeError: cannot create 'Node' instances");
}

TEST_CASE("a class with a constructor is called with its arguments", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto point = rt.class_<Point>("Point").init<double, double>().prop("x", &Point::x);
  CHECK(point.type()(2, 3.5).attr("x") == 2.0);
  CHECK(error_of([&] { return point.type()(2); }) == "TypeError: Point() missing 1 required positional argument: 'arg2'");
}

TEST_CASE("a cycle through a struct is collected", "[native][claim-G1]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto tree = rt.class_<Node>("Node");
  Ref<> node = tree.make();
  native_cast<Node>(*node)->kids.push_back(node);
  node.reset();
  CHECK(rt.gc().collect() == 1);
  Ref<> first = tree.make();
  Ref<List> list = rt.list(first);
  native_cast<Node>(*first)->left = list;
  first.reset();
  list.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("every reference in a struct is visited, and none is left after clear", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Everything>("Everything");
  Ref<> object = type.make();
  Everything& all = *native_cast<Everything>(*object);
  Ref<List> target = rt.list();
  const Ref<> t = target;
  all.plain = t;
  all.array = {t, t};
  all.c_array[0] = all.c_array[1] = t;
  all.nested = {{t}, {t, t}};
  all.deque = {t};
  all.map = {{"a", t}, {"b", t}};
  all.hash = {{1, {t, 2}}};
  all.maybe = t;
  all.either = t;
  all.tuple = {1, t, "x"};
  all.owned = std::make_unique<Node>();
  all.owned->right = t;
  all.weak = Weak<>(t);
  std::size_t visited = 0;
  for_each_edge(*object, [&](Object& edge) { visited += &edge == target.get() ? 1 : 0; });
  CHECK(visited == 16);
  CHECK(target->refcount == 16 + 2);
  object->type->slots->clear(*object);
  CHECK(target->refcount == 2);
  visited = 0;
  for_each_edge(*object, [&](Object& edge) { visited += &edge == object->type ? 0 : 1; });
  CHECK(visited == 0);
}

TEST_CASE("a struct's destructor runs when the object dies, by its count or in a collection", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int alive = 0;
  const auto type = rt.class_<Witness>("Witness");
  Ref<> witness = type.make(alive);
  CHECK(alive == 1);
  witness.reset();
  CHECK(alive == 0);
  Ref<List> list = rt.list();
  list->append(type.make(alive, list));
  CHECK(alive == 1);
  list.reset();
  CHECK(alive == 1);
  CHECK(rt.gc().collect() == 2);
  CHECK(alive == 0);
}

namespace {

struct Refuser {
  explicit Refuser(bool refuse) {
    if (refuse) throw std::runtime_error("not today");
  }
  Ref<> member;
  static constexpr std::tuple edges{&Refuser::member};
};

}  // namespace

TEST_CASE("a constructor that throws leaves nothing behind", "[native][law-native-built]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Refuser>("Refuser").init<bool>();
  const std::size_t before = live_containers(rt);
  const std::uint32_t count = type.type()->refcount;
  CHECK_THROWS_AS(type.make(true), std::runtime_error);
  CHECK(live_containers(rt) == before);
  CHECK(type.type()->refcount == count);
  CHECK(error_of([&] { return type.type()(true); }) == "RuntimeError: not today");
  static_cast<void>(type.make(false));
}

TEST_CASE("a struct without references is an atom", "[native][claim-G2]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto point = rt.class_<Point>("Point");
  const auto label = rt.class_<Label>("Label");
  CHECK_FALSE(point.type()->has(kContainerType));
  CHECK_FALSE(point.type()->has(kForeignType));
  const std::uint32_t count = point.type()->refcount;
  {
    const Ref<> made = point.make(1.0, 2.0);
    const Ref<> text = label.make(std::string(100, 'x'));
    CHECK_FALSE(rt.gc().is_tracked(*made));
    CHECK(point.type()->refcount == count + 1);
    CHECK(native_cast<Point>(*made)->y == 2.0);
  }
  CHECK(point.type()->refcount == count);
}

TEST_CASE("native objects can be referred to weakly", "[native][weakref]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto tree = rt.class_<Node>("Node");
  Ref<> node = tree.make();
  int calls = 0;
  const Ref<WeakRef> weak =
      make_weakref(*node, make_function(rt.builtins(), "callback", [&calls](Object&) { ++calls; }).get());
  node.reset();
  CHECK(calls == 1);
  CHECK(weak->target == nullptr);
}

TEST_CASE("special methods of a native class do what they do in Python", "[native][special]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto point = rt.class_<Point>("Point")
                         .def("__add__", [](Point& a, Point& b) { return a.x + b.x; })
                         .def("__repr__", [](const Point& self) { return "Point(" + std::to_string(int(self.x)) + ")"; })
                         .def("__eq__", [](const Point& a, const Point& b) { return a.x == b.x; })
                         .def("__hash__", [](const Point& self) { return std::int64_t(self.x); });
  const Ref<> a = point.make(1.0, 0.0);
  const Ref<> b = point.make(1.0, 5.0);
  CHECK(a + b == 2.0);
  CHECK(text(*repr(*a)) == "Point(1)");
  CHECK(a == b);
  CHECK(rt.dict({{a, "found"}})[b] == "found");
}

TEST_CASE("a struct may be of any size", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.class_<Big>("Big");
  Ref<> big = type.make();
  native_cast<Big>(*big)->ref = big;
  native_cast<Big>(*big)->numbers.back() = 7;
  big.reset();
  CHECK(rt.gc().collect() == 1);
}

TEST_CASE("a callback that runs while a struct is cleared sees no half of it", "[native][law-store-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto tree = rt.class_<Node>("Node");
  const auto mortal = rt.new_class("Mortal");
  Ref<> node = tree.make();
  std::vector<int> sizes;
  const Node* const inside = native_cast<Node>(*node);
  for (int i = 0; i < 3; ++i) {
    const Ref<> kid = mortal();
    native_cast<Node>(*node)->kids.push_back(kid);
  }
  // Not part of the dead cycle, so its finalizer runs when the struct is cleared.
  mortal.attr("__del__") = make_function(rt.builtins(), "__del__", [&](Object&) { sizes.push_back(inside->size()); });
  const Ref<> keep = node;
  node->type->slots->clear(*node);
  CHECK(sizes == std::vector<int>{0, 0, 0});
}

TEST_CASE("structs nested deep are dropped in constant stack", "[native][nesting]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.collector().set_stress(false);  // depth is what counts here, and a million collections would take a minute
  const auto tree = rt.class_<Node>("Node");
  const std::size_t before = live_containers(rt);
  Ref<> chain = tree.make();
  for (int i = 0; i < tries(1'000'000); ++i) chain = tree.make(std::move(chain));
  chain.reset();
  CHECK(live_containers(rt) == before);
}

TEST_CASE("a registered class can die, and one that is alive is kept by its objects", "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Ref<> object;
  Weak<Class> watch;
  {
    const auto tree = rt.class_<Node>("Node").def("size", &Node::size);
    watch = Weak<Class>(tree.type());
    object = tree.make();
  }
  rt.gc().collect();
  CHECK(object.attr("size")() == 0);
  object.reset();
  rt.gc().collect();
  CHECK(watch.expired());
}

TEST_CASE("a class that derives from a registered one holds the same struct, and inherits or replaces its methods",
          "[native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto tree = rt.class_<Node>("Node").def("size", &Node::size).def("kind", [](Node&) { return "tree"; });
  const auto leaf = tree.derive("Leaf").def("kind", [](Node&) { return "leaf"; });
  const Ref<> object = leaf.make();
  CHECK(is_instance(*object, *tree.type()));
  CHECK_FALSE(is_instance(*tree.make(), *leaf.type()));
  CHECK(native_cast<Node>(*object) != nullptr);
  CHECK(object.attr("size")() == 0);
  CHECK(object.attr("kind")() == "leaf");
  CHECK(tree.make().attr("kind")() == "tree");
  native_cast<Node>(*object)->kids.push_back(object);  // a cycle that the collector has to see
}
