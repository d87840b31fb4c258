// Iterators and views, and what they do when their container changes.
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>

#include <objects/probe.h>

namespace ouro::test {

namespace {

/// What is left in an iterator, shown: "1 2 3".
std::string drain(Object& iterator) {
  std::string result;
  while (const Ref<> item = next(iterator)) result += (result.empty() ? "" : " ") + shown(item);
  return result;
}

}  // namespace

TEST_CASE("an iterator is its own iterator and walks list, tuple and str") {
  World world;
  const Ref<List> list = make_list(world.builtins, {number(world, 1).get(), &world.builtins.none()});
  const Ref<> iterator = iterate(*list);
  CHECK(iterate(*iterator).get() == iterator.get());
  CHECK(drain(*iterator) == "1 None");
  CHECK(drain(*iterate(*tuple_from(*list))) == "1 None");
  CHECK(drain(*iterate(world.builtins.empty_tuple())).empty());
  CHECK(drain(*iterate(*make_str(world.builtins, "aé😀"))) == "'a' 'é' '😀'");
}

TEST_CASE("a list's iterator sees what is appended, and once exhausted stays so", "[law-exhausted-stays]") {
  World world;
  const Ref<List> list = make_list(world.builtins, {number(world, 1).get()});
  const Ref<> iterator = iterate(*list);
  CHECK(shown(next(*iterator)) == "1");
  list->append(number(world, 2));
  CHECK(shown(next(*iterator)) == "2");
  CHECK(list->refcount == 2);
  CHECK_FALSE(next(*iterator));
  CHECK(list->refcount == 1);
  list->append(number(world, 3));
  CHECK_FALSE(next(*iterator));

  const Ref<> shrunk = iterate(*list);
  static_cast<void>(next(*shrunk));
  list->clear();
  CHECK_FALSE(next(*shrunk));
}

TEST_CASE("a dict is iterated by key, value and item, in order") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  for (int i = 0; i < 5; ++i) dict->set(*number(world, i), *number(world, i * i));
  dict->remove(*number(world, 2));
  CHECK(drain(*iterate(*dict)) == "0 1 3 4");
  CHECK(drain(*iterate(*dict->values())) == "0 1 9 16");
  CHECK(drain(*iterate(*dict->items())) == "(0, 0) (1, 1) (3, 9) (4, 16)");
}

TEST_CASE("a dict's iterator refuses a change of size for ever, and one of keys when it notices") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  for (int i = 0; i < 3; ++i) dict->set(*number(world, i), world.builtins.none());
  const Ref<> grown = iterate(*dict);
  dict->set(*number(world, 3), world.builtins.none());
  const std::string refusal = "RuntimeError: dictionary changed size during iteration";
  CHECK(error_of([&] { return next(*grown); }) == refusal);
  dict->remove(*number(world, 3));
  CHECK(error_of([&] { return next(*grown); }) == refusal);

  const Ref<> renamed = iterate(*dict);
  for (int i = 0; i < 3; ++i) static_cast<void>(next(*renamed));
  dict->remove(*number(world, 0));
  dict->set(*number(world, 7), world.builtins.none());
  CHECK(error_of([&] { return next(*renamed); }) == "RuntimeError: dictionary keys changed during iteration");
  CHECK_FALSE(next(*renamed));
}

TEST_CASE("a dict that is emptied under its iterator ends the iteration or refuses, and does no harm") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  for (int i = 0; i < 100; ++i) dict->set(*number(world, i), world.builtins.none());
  const Ref<> iterator = iterate(*dict);
  for (int i = 0; i < 50; ++i) static_cast<void>(next(*iterator));
  dict->clear();
  CHECK(error_of([&] { return next(*iterator); }) == "RuntimeError: dictionary changed size during iteration");
  for (int i = 0; i < 100; ++i) dict->set(*number(world, -i), world.builtins.none());
  CHECK(error_of([&] { return next(*iterator); }) == "RuntimeError: dictionary changed size during iteration");
}

TEST_CASE("views follow their dict and can be iterated again") {
  World world;
  const Ref<Dict> dict = make_dict(world.builtins);
  const Ref<DictView> keys = dict->keys();
  const Ref<DictView> items = dict->items();
  dict->set("a", *number(world, 1));
  dict->set("b", *number(world, 2));
  CHECK(drain(*iterate(*keys)) == "'a' 'b'");
  CHECK(drain(*iterate(*keys)) == "'a' 'b'");
  CHECK(length(*keys) == 2);
  CHECK(shown(keys) == "dict_keys(['a', 'b'])");
  CHECK(shown(dict->values()) == "dict_values([1, 2])");
  CHECK(shown(items) == "dict_items([('a', 1), ('b', 2)])");
  CHECK(contains(*keys, *make_str(world.builtins, "b")));
  CHECK(contains(*dict->values(), *number(world, 2)));
  const Ref<Str> a = make_str(world.builtins, "a");
  CHECK(contains(*items, *make_tuple(world.builtins, {a.get(), number(world, 1).get()})));
  CHECK_FALSE(contains(*items, *make_tuple(world.builtins, {a.get(), number(world, 2).get()})));
  CHECK(error_of([&] { return next(*keys); }) == "TypeError: 'dict_keys' object is not an iterator");
}

TEST_CASE("views of keys and items compare as sets") {
  World world;
  const Ref<Dict> one = make_dict(world.builtins);
  const Ref<Dict> two = make_dict(world.builtins);
  one->set("a", world.builtins.none());
  two->set("b", world.builtins.none());
  two->set("a", world.builtins.none());
  CHECK(compare(*one->keys(), *two->keys(), Comparison::kLess));
  CHECK(compare(*two->items(), *one->items(), Comparison::kGreaterEqual));
  CHECK_FALSE(equal(*one->keys(), *two->keys()));
  one->set("b", *number(world, 1));
  CHECK(equal(*one->keys(), *two->keys()));
  CHECK_FALSE(equal(*one->items(), *two->items()));
}

TEST_CASE("iterators and views name their container as their one edge") {
  World world;
  const Ref<List> list = make_list(world.builtins);
  const Ref<Dict> dict = make_dict(world.builtins);
  const auto only_edge = [](Object& object) {
    std::vector<Object*> edges;
    for_each_edge(object, [&](Object& target) { edges.push_back(&target); });
    return edges.size() == 1 ? edges[0] : nullptr;
  };
  CHECK(only_edge(*iterate(*list)) == list.get());
  CHECK(only_edge(*iterate(*dict)) == dict.get());
  const Ref<DictView> view = dict->items();
  CHECK(only_edge(*view) == dict.get());
  view->type->slots->clear(*view);
  CHECK(only_edge(*view) == nullptr);
  CHECK(length(*view) == 0);
  CHECK(shown(view) == "dict_items([])");
}

}  // namespace ouro::test
