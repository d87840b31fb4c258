// Shapes: instances that get their attributes in different orders keep them in slots.
#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/classes/instance.h>
#include <support/fixture.h>

#include <algorithm>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

Instance& instance(const Ref<>& object) { return static_cast<Instance&>(*object); }

/// Gives an object attributes in this order, each the number of its turn.
void give(const Ref<>& object, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) object.attr(names[i]) = i;
}

std::string expected(const std::vector<std::string>& names) {
  std::string shown = "{";
  for (std::size_t i = 0; i < names.size(); ++i) shown += (i == 0 ? "'" : ", '") + names[i] + "': " + std::to_string(i);
  return shown + "}";
}

TEST_CASE("instances share a shape for each order of their attributes", "[classes][instance][shape][law-shape-prefix]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  std::vector<std::string> names{"x", "y", "z"};
  give(type(), names);
  do {
    for (int again = 0; again < 2; ++again) {
      const Ref<> object = type();
      give(object, names);
      CHECK(instance(object).dict == nullptr);
      CHECK(block_bytes(*object) == instance_bytes(3));
      for (std::size_t i = 0; i < names.size(); ++i) CHECK(object.attr(names[i]) == i);
      CHECK(shown(object.attr("__dict__").get()) == expected(names));
    }
  } while (std::next_permutation(names.begin(), names.end()));
  CHECK(type->body->shapes.count() == 6);
  fixture.verify();
}

TEST_CASE("a class has a bounded number of shapes", "[classes][instance][shape][law-shape-bounded]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  std::vector<std::string> names{"a", "b", "c", "d", "e"};
  int in_dicts = 0;
  do {
    const Ref<> object = type();
    give(object, names);
    in_dicts += instance(object).dict != nullptr ? 1 : 0;
    for (std::size_t i = 0; i < names.size(); ++i) REQUIRE(object.attr(names[i]) == i);
    REQUIRE(shown(object.attr("__dict__").get()) == expected(names));
  } while (std::next_permutation(names.begin(), names.end()));
  CHECK(type->body->shapes.count() == detail::Shapes::kMost);
  CHECK(in_dicts > 0);
  fixture.verify();
}

TEST_CASE("an attribute that was deleted and set again goes to the end, in a slot", "[classes][instance][shape]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  for (int round = 0; round < 20; ++round) {
    const Ref<> object = type();
    give(object, {"x", "y", "z"});
    object.attr("x").erase();
    object.attr("x") = 7;
    object.attr("z").erase();
    object.attr("z") = 8;
    CHECK(instance(object).dict == nullptr);
    CHECK(shown(object.attr("__dict__").get()) == "{'y': 1, 'x': 7, 'z': 8}");
  }
  CHECK(type->body->shapes.count() <= 4);
}

TEST_CASE("shapes begin with the members that slots name", "[classes][instance][shape]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto body = rt.dict();
  body["__slots__"] = rt.tuple("p", "q", "__dict__");
  const auto type = make_class(rt.builtins(), "Foo", {}, static_cast<Dict*>(body.get()));
  std::vector<std::string> names{"x", "y", "z"};
  do {
    const Ref<> object = type();
    object.attr("q") = 10;
    give(object, names);
    object.attr("p") = 11;
    CHECK(instance(object).dict == nullptr);
    CHECK(object.attr("p") == 11);
    CHECK(object.attr("q") == 10);
    CHECK(shown(object.attr("__dict__").get()) == expected(names));
    CHECK(object.attr("p") == 11);
  } while (std::next_permutation(names.begin(), names.end()));
}

TEST_CASE("an object that gets another class begins with that one's first shape", "[classes][instance][shape]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto type = rt.new_class("Foo");
  const auto other = rt.new_class("Bar");
  give(type(), {"x", "y"});
  const Ref<> object = type();
  give(object, {"y", "x"});
  CHECK(instance(object).shape != 0);
  object.attr("__class__") = other;
  CHECK(instance(object).shape == 0);
  object.attr("z") = 5;
  CHECK(shown(object.attr("__dict__").get()) == "{'y': 0, 'x': 1, 'z': 5}");
}

TEST_CASE("a class keeps what was found of many names, and forgets it when it changes", "[classes][lookup-cache]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto base = rt.new_class("Base");
  const auto type = rt.new_class("Foo", {base.get()});
  const Ref<> object = type();
  std::vector<Ref<Str>> names;
  for (int i = 0; i < 3000; ++i) names.push_back(intern(rt.builtins(), "name_" + std::to_string(i)));
  for (int i = 0; i < 3000; i += 2) set_attribute(*base, *names[std::size_t(i)], *rt.from(i));
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3000; ++i) {
      const Ref<> found = find_attribute(*object, *names[std::size_t(i)]);
      REQUIRE(static_cast<bool>(found) == (i % 2 == 0));
      if (found) REQUIRE(from_object<int>(*found) == i + (i == 40 ? round : 0));
    }
    set_attribute(*base, *names[40], *rt.from(41 + round));
  }
  fixture.verify();
}

TEST_CASE("out of memory, shapes and caches do without", "[classes][instance][shape]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  int turn = 0;
  const auto type = rt.new_class("Foo");
  give(type(), {"x", "y", "z"});
  const std::vector<std::vector<std::string>> orders{{"z", "x"}, {"y", "z", "x"}, {"z", "y"}, {"w", "x"}};
  fail_each_allocation(rt.builtins().heap, [&] {
    const auto& order = orders[static_cast<std::size_t>(turn++) % orders.size()];
    const Ref<> object = type();
    give(object, order);
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(object.attr(order[i]) == i);
  });
}

}  // namespace

}  // namespace ouro::test
