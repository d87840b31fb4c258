// What changing and collecting classes costs: a constant for each class and each of its bases, on however many paths it
// derives.
//
// Each test has a graph on which walking every path would never end.
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
