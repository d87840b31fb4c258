// What changing and collecting classes costs: a constant for each class and each of its bases, on however many paths it
// derives.
//
// Each test has a graph on which walking every path would never end.
#include <ouro/objects/classes/detail/class_body.h>
#include <support/fixture.h>

#include <objects/world.h>

using namespace ouro;
using namespace ouro::test;

namespace {

/// A root and `layers` diamonds, one below the other: 2^layers paths lead from the root to the last class.
std::vector<Ref<Class>> make_diamonds(Runtime& rt, int layers) {
  std::vector<Ref<Class>> classes{rt.new_class("Root")};
  for (int i = 0; i < layers; ++i) {
    const Ref<Class> top = classes.back();
    const auto left = rt.new_class("Left", {top.get()});
    const auto right = rt.new_class("Right", {top.get()});
    classes.insert(classes.end(), {left, right, rt.new_class("Bottom", {left.get(), right.get()})});
  }
  return classes;
}

Ref<Function> length_of(Runtime& rt, int value) {
  return make_function(rt.builtins(), "__len__(self)", [value](Object&) { return value; });
}

/// Laws asked-first and cache-below.
void require_class_laws(const std::vector<Ref<Class>>& classes) {
  using detail::Subclasses;
  for (const Ref<Class>& type : classes) {
    const detail::ClassBody& body = *type->body;
    bool still_asked = true;
    for (auto* link = body.derived; link != nullptr; link = Subclasses::after(body.derived, *link)) {
      REQUIRE((still_asked || !link->is_asked));
      still_asked = link->is_asked;
      const bool is_current = link->derived->body->is_current;
      REQUIRE((!is_current || (body.is_current && link->is_asked)));
    }
    REQUIRE(body.next_in_walk == nullptr);
  }
}

std::uint64_t times_forgotten(const std::vector<Ref<Class>>& classes) {
  std::uint64_t times = 0;
  for (const Ref<Class>& type : classes) times += type->body->changes;
  return times;
}

}  // namespace

TEST_CASE("diamonds of classes are collected in no more steps than there are classes",
          "[reports][class][law-visited-once]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().collect();
  for (const bool with_methods : {false, true}) {
    auto classes = make_diamonds(rt, 60);
    if (with_methods)
      for (std::size_t i = 0; i < classes.size(); i += 7) classes[i].attr("__len__") = length_of(rt, int(i));
    static_cast<void>(find_attribute(*classes.back()(), *rt.str("x")));
    Weak<Class> watch(classes.back());
    classes.clear();
    CHECK(rt.gc().collect() > 181);
    CHECK(watch.expired());
  }
}

TEST_CASE("an attribute of the root is seen at once below any number of diamonds", "[reports][class][law-visited-once]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto classes = make_diamonds(rt, 60);
  const Ref<> object = classes.back()();
  const auto& root = classes.front();
  for (int i = 0; i < 50; ++i) {
    root.attr("x") = i;
    CHECK(object.attr("x") == i);
    root.attr("__len__") = length_of(rt, i);
    CHECK(length(*object) == std::size_t(i));
  }
  classes[90].attr("__len__") = length_of(rt, 99);  // a Bottom in the middle
  CHECK(length(*object) == 99);
  root.attr("__len__") = length_of(rt, 1);
  CHECK(length(*object) == 99);
  CHECK(length(*classes[3]()) == 1);
  classes[90].attr("__len__").erase();
  CHECK(length(*object) == 1);
  root.attr("__len__").erase();
  CHECK(error_of([&] { return length(*object); }) == "TypeError: object of type 'Bottom' has no len()");
}

TEST_CASE("of two bases the one that comes first in the MRO gives the special method, whatever is set when",
          "[reports][class][law-special-current]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto root = rt.new_class("Root");
  const auto left = rt.new_class("Left", {root.get()});
  const auto right = rt.new_class("Right", {root.get()});
  const auto bottom = rt.new_class("Bottom", {left.get(), right.get()});
  const auto below = rt.new_class("Below", {bottom.get()});
  const Ref<> object = below();
  root.attr("__len__") = length_of(rt, 1);
  CHECK(length(*object) == 1);
  right.attr("__len__") = length_of(rt, 2);
  CHECK(length(*object) == 2);
  left.attr("__len__") = length_of(rt, 3);
  CHECK(length(*object) == 3);
  right.attr("__len__") = length_of(rt, 4);
  CHECK(length(*object) == 3);
  left.attr("__len__").erase();
  CHECK(length(*object) == 4);
  right.attr("__len__").erase();
  CHECK(length(*object) == 1);
}

TEST_CASE("a class whose base the collector cleared still has its own methods, and its other bases'",
          "[reports][class][law-special-current]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto root = rt.new_class("Root");
  const auto middle = rt.new_class("Middle", {root.get()});
  const auto last = rt.new_class("Last", {middle.get()});
  root.attr("__len__") = length_of(rt, 1);
  middle.attr("__len__") = length_of(rt, 2);
  last.attr("__call__") = make_function(rt.builtins(), "__call__(self)", [](Object&) { return 5; });
  const Ref<> object = last();
  CHECK(length(*object) == 2);
  middle->type->slots->clear(*middle);
  CHECK(length(*object) == 1);
  CHECK(object() == 5);
  root->type->slots->clear(*root);
  CHECK(error_of([&] { return length(*object); }) == "TypeError: object of type 'Last' has no len()");
  CHECK(object() == 5);
}

TEST_CASE("what was found in a class is not asked for again below a class that has changed",
          "[reports][class][law-cache-below]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto classes = make_diamonds(rt, 5);
  std::vector<Ref<>> objects;
  for (const Ref<Class>& type : classes) objects.push_back(type());
  for (std::size_t changed = 0; changed < classes.size(); ++changed) {
    classes[changed].attr("x") = changed;
    const Ref<Str> name = intern(rt.builtins(), "x");
    for (std::size_t i = changed % 3; i < objects.size(); i += 3) {  // the others are not asked between two changes
      const Ref<>& object = objects[i];
      const Ref<Tuple> order = mro_of(*object->type);
      Object* expected = nullptr;
      for (Object* const step : order->view())
        if (Class* const type = as_class(*step); type != nullptr && expected == nullptr)
          expected = static_cast<Dict*>(type->attributes)->find(*name);
      CHECK(lookup(*object->type, *name) == expected);
      CHECK(lookup(*object->type, *name) == expected);
    }
  }
}

TEST_CASE("a change of a class looks at no derived classes but those that were asked since the last one",
          "[reports][class][law-asked-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Str> name = intern(rt.builtins(), "x");
  std::vector<Ref<Class>> classes{rt.new_class("Root")};
  for (int i = 0; i < 40; ++i) classes.push_back(rt.new_class("Derived", {classes.front().get()}));
  const auto set = [&](std::size_t changed, int value) {
    const std::uint64_t before = times_forgotten(classes);
    classes[changed].attr("x") = value;
    require_class_laws(classes);
    return times_forgotten(classes) - before;
  };
  set(0, 0);
  for (const std::size_t asked : {1u, 40u, 20u, 21u, 3u, 20u}) {
    CHECK(set(0, int(asked)) == 0);
    CHECK(classes[asked].attr("x") == int(asked));
    CHECK(classes[5].attr("x") == int(asked));
    require_class_laws(classes);
    CHECK(set(0, int(asked) + 1) == 3);
    CHECK(classes[5].attr("x") == int(asked) + 1);
    CHECK(set(5, 1) == 1);
    classes[5].attr("x").erase();
    CHECK(classes[5].attr("x") == int(asked) + 1);
    CHECK(set(0, 7) == 2);
  }
}

TEST_CASE("classes below several bases may be asked, changed and dropped in any order",
          "[reports][class][law-asked-first]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<Str> name = intern(rt.builtins(), "x");
  std::vector<Ref<Class>> classes = make_diamonds(rt, 8);
  std::uint64_t state = 1;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  for (int i = 0; i < 2'000; ++i) {
    Class& type = *classes[random(classes.size())];
    const std::size_t step = random(10);
    if (step < 6) static_cast<void>(lookup(type, *name));
    if (step == 6) set_class_attribute(type, *name, rt.from(i).get());
    if (step == 7) classes.push_back(rt.new_class("New", {&type}));
    if (step == 8 && classes.size() > 26) {
      classes.erase(classes.begin() + 25 + static_cast<std::ptrdiff_t>(random(classes.size() - 25)));
      rt.gc().collect();
    }
    require_class_laws(classes);
  }
}
