// Why an object lives: the shortest path from a root, with the names of its edges.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/text/intern.h>
#include <ouro/reflect.h>
#include <support/fixture.h>

#include <array>
#include <map>
#include <memory>
#include <optional>

using namespace ouro;
using namespace ouro::test;

namespace {

struct Node {
  Ref<> left, right;
  std::vector<Ref<>> kids;
  std::map<std::string, Ref<>> by_name;
  std::optional<Ref<>> maybe;
  std::unique_ptr<std::pair<int, Ref<>>> owned;
  std::variant<int, Ref<>> either;
};

/// Its members are known by its own word.
struct Listed {
  Ref<> first;
  std::vector<std::tuple<int, Ref<>>> rest;
  static constexpr std::tuple edges{&Listed::first, &Listed::rest};
};

struct DescribedBase {
  Ref<> inherited;
};
BOOST_DESCRIBE_STRUCT(DescribedBase, (), (inherited))
struct Described : DescribedBase {
  Ref<> own;
};
BOOST_DESCRIBE_STRUCT(Described, (DescribedBase), (own))

/// What a function may keep as state.
struct Adder {
  Ref<List> sums;
  int operator()(int a, int b) const { return a + b + static_cast<int>(sums->size); }
};

/// The summary with the handle `held` left out of account, which is the only one besides that of the path's root.
template <class T>
std::string summary(Runtime& rt, const Ref<T>& held) {
  return rt.why_alive(held).summary();
}

}  // namespace

TEST_CASE("a path leads from a handle through dict and list to the object", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto node = rt.dict();
  const auto root = rt.dict({{"tags", rt.list(node)}});
  const gc::AliveReport answer = rt.why_alive(node);
  CHECK(answer.root == gc::Root::kHandle);
  CHECK(answer.from_outside == 1);
  REQUIRE(answer.path.size() == 3);
  CHECK(answer.path[0].address == root.get());
  CHECK(answer.path[0].edge == "['tags']");
  CHECK(answer.path[1].type == "list");
  CHECK(answer.path[1].edge == "[0]");
  CHECK(answer.path[2].address == node.get());
  CHECK(answer.path[2].edge.empty());
  CHECK(answer.summary() == "root handle -> dict ['tags'] -> list [0] -> dict");
  CHECK_THAT(answer.to_text(), StartsWith("root handle: 1 reference that no object accounts for\n"));
  CHECK_THAT(answer.to_text(), ContainsSubstring("  ['tags']\n"));
}

TEST_CASE("of several paths the shortest is given", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto node = rt.dict();
  const auto far = rt.list(rt.list(rt.list(node)));
  CHECK(summary(rt, node) == "root handle -> list [0] -> list [0] -> list [0] -> dict");
  const auto near = rt.tuple(1, far, node);
  CHECK(summary(rt, node) == "root handle -> tuple [2] -> dict");
}

TEST_CASE("asking changes no count and makes no object", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto node = rt.dict();
  const auto root = rt.list(node, node);
  const std::size_t objects = rt.count_objects();
  const std::uint32_t young = rt.heap().young_count;
  CHECK(rt.why_alive(node).path.size() == 2);
  CHECK_FALSE(rt.why_not_collected(node).reasons.empty());
  CHECK(node->refcount == 3);
  CHECK(root->refcount == 1);
  CHECK(rt.count_objects() == objects);
  CHECK(rt.heap().young_count == young);
}

TEST_CASE("the handle that asks does not count, another one does", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto node = rt.list();
  CHECK(rt.why_alive(node).root == gc::Root::kAsker);
  CHECK(summary(rt, node) == "no root but the handle that asks -> list");
  CHECK(rt.why_alive(*node).root == gc::Root::kHandle);
  const auto second = node;
  CHECK(rt.why_alive(node).root == gc::Root::kHandle);
  CHECK(rt.why_alive(node).from_outside == 1);
  CHECK(rt.why_alive(*node).from_outside == 2);
  CHECK(summary(rt, node) == "root handle -> list");
}

TEST_CASE("an object in a dead cycle has no root, and the cycle is given", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const List* dead = nullptr;
  {
    const auto list = rt.list(1);
    list->append(*rt.dict({{"up", list}}));
    dead = list.get();
  }
  const gc::AliveReport answer = rt.why_alive(*dead);
  CHECK(answer.root == gc::Root::kNone);
  CHECK(answer.path.size() == 1);
  REQUIRE(answer.cycle.size() == 3);
  CHECK(answer.summary() == "no root; cycle list [1] -> dict ['up'] -> list");
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("an immortal object is its own root", "[answers][why-alive]") {
  Fixture world;
  CHECK(world.rt.why_alive(world.rt.none()).root == gc::Root::kImmortal);
  CHECK(summary(world.rt, world.rt.from(7)) == "root immortal -> int");
}

TEST_CASE("a holder that is not tracked is found, and said not to be", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto atom = rt.from(12345.5);
  const auto holder = rt.tuple(atom);
  rt.gc().collect();
  REQUIRE_FALSE(rt.gc().is_tracked(*holder));
  const gc::AliveReport answer = rt.why_alive(atom);
  CHECK(answer.summary() == "root handle -> tuple [0] -> float");
  CHECK_FALSE(answer.path[0].is_tracked);
  CHECK_THAT(answer.to_text(), ContainsSubstring("  [0]  (not tracked)\n"));
}

TEST_CASE("edges of a dict are named by their keys", "[answers][edge-names]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto value = rt.list();
  const auto named = [&](const Ref<>& key) {
    const auto dict = rt.dict();
    dict->set(*rt.none(), *rt.none());
    dict->set(*key, *value);
    return gc::edge_name(*dict, *value);
  };
  CHECK(named(rt.str("it's")) == "[\"it's\"]");
  CHECK(named(rt.from(-3)) == "[-3]");
  CHECK(named(rt.from(2.5)) == "[2.5]");
  CHECK(named(rt.from(true)) == "[True]");
  CHECK(named(rt.tuple(1, "x")) == "[(1, 'x')]");
  CHECK(named(rt.tuple(1)) == "[(1,)]");
  CHECK_THAT(named(rt.str(std::string(100, 'x'))), EndsWith("xxx...]"));
  CHECK_THAT(named(rt.new_class("Foo")), StartsWith("[<type at 0x"));
  const auto key = rt.str("a key of its own");
  CHECK(gc::edge_name(*rt.dict({{key, value}}), *key) == "(key 'a key of its own')");
  CHECK(gc::edge_name(*rt.dict(), *value).empty());
  CHECK(gc::edge_names(*rt.list(value, 1, value), *value) == std::vector<std::string>{"[0]", "[2]"});
}

TEST_CASE("edges of instances, classes, functions, methods, iterators and weak references have names",
          "[answers][edge-names]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto value = rt.list();
  const auto Foo = rt.new_class("Foo");
  const Ref<> foo = Foo();
  foo.attr("first") = 1;
  foo.attr("held") = value;
  CHECK(gc::edge_name(*foo, *value) == ".held");
  CHECK(gc::edge_name(*foo, *Foo) == ".__class__");
  const Ref<> attributes = foo.attr("__dict__");
  CHECK(gc::edge_name(*foo, *attributes) == ".__dict__");
  CHECK(gc::edge_name(*attributes, *value) == "['held']");
  CHECK(gc::edge_name(*Foo, *Foo->mro) == ".__mro__");
  CHECK(gc::edge_name(*Foo, *Foo->attributes) == ".__dict__");

  const auto keeps = make_function(
      rt.builtins(), "f(x)", [](Object&, Object&) {}, value);
  CHECK(gc::edge_name(*keeps, *value) == ".kept[0]");
  CHECK(gc::edge_name(*keeps, *keeps->name) == ".__name__");
  CHECK(gc::edge_name(*keeps, *keeps->parameters) == ".parameters");
  const auto adds = make_function(rt.builtins(), "add", Adder{value});
  CHECK(gc::edge_name(*adds, *value) == ".sums");
  Foo.attr("run") = keeps;
  const Ref<> bound = foo.attr("run");
  CHECK(gc::edge_name(*bound, *foo) == ".__self__");
  CHECK(gc::edge_name(*bound, *keeps) == ".__func__");

  const auto watch = make_weakref(*foo, keeps.get());
  CHECK(gc::edge_name(*watch, *keeps) == ".__callback__");
  CHECK(gc::edge_name(*make_sequence_iterator(*value), *value) == ".sequence");
  const auto dict = rt.dict();
  CHECK(gc::edge_name(*make_dict_view(*dict, DictPart::kKeys), *dict) == ".mapping");
  CHECK(gc::edge_name(*make_dict_iterator(*dict, DictPart::kKeys), *dict) == ".dict");
}

TEST_CASE("edges of native objects are named by their members", "[answers][edge-names][native]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto type = rt.class_<Node>("Node");
  const auto named = [&](auto fill) {
    const Ref<> value = rt.list();
    const Ref<> object = type.make();
    fill(*native_cast<Node>(*object), value);
    return gc::edge_name(*object, *value);
  };
  const Ref<> other = rt.dict();
  CHECK(named([](Node& node, const Ref<>& value) { node.right = value; }) == ".right");
  CHECK(named([&](Node& node, const Ref<>& value) {
          node.left = node.right = other;
          node.kids = {other, {}, value};
        }) == ".kids[2]");
  CHECK(named([](Node& node, const Ref<>& value) { node.by_name["x"] = value; }) == ".by_name['x']");
  CHECK(named([](Node& node, const Ref<>& value) { node.maybe = value; }) == ".maybe");
  CHECK(named([](Node& node, const Ref<>& value) { node.owned = std::make_unique<std::pair<int, Ref<>>>(1, value); }) ==
        ".owned.second");
  CHECK(named([](Node& node, const Ref<>& value) { node.either = value; }) == ".either");
  CHECK(gc::edge_name(*type.make(), *type.type()) == ".__class__");

  const Ref<> value = rt.list();
  const Ref<> listed = rt.class_<Listed>("Listed").make();
  native_cast<Listed>(*listed)->rest.emplace_back(1, value);
  CHECK(gc::edge_name(*listed, *value) == ".rest[0].get<1>()");
  const Ref<> described = rt.class_<Described>("Described").make();
  native_cast<Described>(*described)->own = other;
  native_cast<Described>(*described)->inherited = value;
  CHECK(gc::edge_name(*described, *value) == ".inherited");
  CHECK(gc::edge_name(*described, *other) == ".own");
}

TEST_CASE("names of attributes are held by their class, not from outside", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  const auto Foo = rt.new_class("Foo");
  const Ref<> foo = Foo();
  const Ref<Str> name = intern(rt.builtins(), "an_attribute");
  foo.attr("an_attribute") = 1;
  CHECK(summary(rt, name) == "root handle -> type (hidden) -> str");
}

TEST_CASE("a path of a hundred thousand objects is found without recursion", "[answers][why-alive]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.gc().disable();
  const auto node = rt.dict();
  auto chain = rt.list(node);
  for (int i = 1; i < 100'000; ++i) {
    auto longer = rt.list();
    longer->append(std::move(chain));
    chain = std::move(longer);
  }
  CHECK(rt.why_alive(node).path.size() == 100'001);
}

TEST_CASE("where handles are traced, a path names the calls that made them", "[answers][handle-sites]") {
  Options options;
  options.trace_handles = true;
  Fixture world(std::move(options));
  Runtime& rt = world.rt;
  const auto node = rt.dict();
  const auto root = rt.list(node);
  const gc::AliveReport answer = rt.why_alive(node);
  REQUIRE(answer.path.size() == 2);
  CHECK(answer.sites.size() == (HandleSites::kAvailable ? 1 : 0));
  if (HandleSites::kAvailable) CHECK_THAT(answer.to_text(), ContainsSubstring("  handle made in "));
}

TEST_CASE("a handle is noted from its making to its end, wherever it moves", "[answers][handle-sites]") {
  Fixture world;
  Runtime& rt = world.rt;
  if (!HandleSites::kAvailable) return;
  const auto old = rt.list();
  HandleSites sites(rt.heap());
  const auto noted = [&](const Object& object) { return sites.sites_of(object).size(); };
  CHECK(noted(*old) == 0);
  auto list = rt.list();
  const List& object = *list;
  const std::size_t one = sites.size();
  CHECK(noted(object) == 1);
  {
    const auto copy = list;
    CHECK(noted(object) == 2);
    std::vector<Ref<>> several(10, copy);
    several.shrink_to_fit();
    several.resize(5);
    CHECK(noted(object) == 7);
    std::swap(list, several[0].is(list) ? list : list);
    Ref<> empty;
    empty.swap(several[1]);
    CHECK(noted(object) == 7);
  }
  CHECK(noted(object) == 1);
  CHECK(sites.size() == one);
  auto moved = std::move(list);
  CHECK(noted(object) == 1);
  List* const raw = moved.release();
  CHECK(noted(object) == 0);
  moved = Ref<List>::adopt(raw);
  CHECK(noted(object) == 1);
  const Ref<> member = rt.class_<Node>("Node").make();
  native_cast<Node>(*member)->left = moved;
  CHECK(noted(object) == 1);
  CHECK(sites.lost() == 0);
}
