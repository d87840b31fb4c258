// What a list does, with which errors, and how it grows.
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>

#include <algorithm>

#include <objects/numbers.h>
#include <objects/probe.h>

namespace ouro::test {

TEST_CASE("a list is 32 bytes and its items lie where the edges say", "[law-list-32]") {
  World world;
  const Numbers numbers(world, {1, 2, 3});
  const EdgeRun run = edge_run(*numbers, numbers->type->edges);
  CHECK(run.first == numbers->items);
  CHECK(run.count == 3);
}

TEST_CASE("appending shares the object, clearing gives it back", "[claim-C1][claim-C6]") {
  World world;
  const Ref<Int> item = make_int(world.builtins, 1000);
  const Ref<List> list = make_list(world.builtins);
  list->append(*item);
  list->append(item);
  CHECK(item->refcount == 3);
  list->set(0, world.builtins.none());
  CHECK(item->refcount == 2);
  list->clear();
  CHECK(item->refcount == 1);
  CHECK(world.live_buffers() == 0);
}

TEST_CASE("the room of a list grows as CPython's does") {
  // Lengths at which CPython 3.11's list reallocates, and the room it has then.
  constexpr std::pair<std::size_t, std::size_t> kSteps[] = {{1, 4},   {5, 8},   {9, 16},  {17, 24},
                                                            {25, 32}, {33, 40}, {41, 52}, {53, 64}};
  World world;
  const Ref<List> list = make_list(world.builtins);
  for (const auto& [size, room] : kSteps) {
    while (list->size < size) list->append(world.builtins.none());
    CHECK(list->capacity == room);
  }
}

TEST_CASE("a list is indexed from both ends and refuses what lies outside") {
  World world;
  const Numbers numbers(world, {10, 20, 30});
  CHECK(shown(numbers->get(0)) == "10");
  CHECK(shown(numbers->get(-1)) == "30");
  CHECK(error_of([&] { return &numbers->get(3); }) == "IndexError: list index out of range");
  CHECK(error_of([&] { return &numbers->get(-4); }) == "IndexError: list index out of range");
  CHECK(error_of([&] { return numbers->set(3, *numbers.number(0)), 0; }) ==
        "IndexError: list assignment index out of range");
  CHECK(error_of([&] { return numbers->erase(-4), 0; }) == "IndexError: list assignment index out of range");
  CHECK(error_of([&] { return get_item(*numbers, world.builtins.none()); }) ==
        "TypeError: list indices must be integers or slices, not NoneType");
  set_item(*numbers, *numbers.number(-1), *numbers.number(31));
  delete_item(*numbers, *numbers.number(0));
  CHECK(numbers.text() == "[20, 31]");
}

TEST_CASE("insert and pop work anywhere, pop refuses nothing to pop") {
  World world;
  const Numbers numbers(world, {1, 2});
  numbers->insert(0, *numbers.number(0));
  numbers->insert(99, *numbers.number(9));
  numbers->insert(-1, *numbers.number(8));
  numbers->insert(-99, *numbers.number(-1));
  CHECK(numbers.text() == "[-1, 0, 1, 2, 8, 9]");
  CHECK(shown(numbers->pop()) == "9");
  CHECK(shown(numbers->pop(0)) == "-1");
  CHECK(shown(numbers->pop(-2)) == "2");
  CHECK(numbers.text() == "[0, 1, 8]");
  CHECK(error_of([&] { return numbers->pop(3); }) == "IndexError: pop index out of range");
  numbers->clear();
  CHECK(error_of([&] { return numbers->pop(); }) == "IndexError: pop from empty list");
}

TEST_CASE("searching and removing, in CPython's words") {
  World world;
  const Numbers numbers(world, {5, 7, 5});
  CHECK(numbers->index(*numbers.number(5)) == 0);
  CHECK(numbers->index(*numbers.number(5), 1) == 2);
  CHECK(numbers->index(*numbers.number(5), -1) == 2);
  CHECK(numbers->count(*numbers.number(5)) == 2);
  CHECK(contains(*numbers, *numbers.number(7)));
  CHECK_FALSE(numbers->contains(*numbers.number(8)));
  CHECK(error_of([&] { return numbers->index(*numbers.number(5), 1, 2); }) == "ValueError: 5 is not in list");
  numbers->remove(*numbers.number(5));
  CHECK(numbers.text() == "[7, 5]");
  CHECK(error_of([&] { return numbers->remove(*numbers.number(6)), 0; }) == "ValueError: list.remove(x): x not in list");
}

TEST_CASE("extending takes lists, tuples, text and the list itself") {
  World world;
  const Numbers numbers(world, {1, 2});
  numbers->extend(*numbers);
  CHECK(numbers.text() == "[1, 2, 1, 2]");
  numbers->extend(numbers->view().subspan(1, 2));
  CHECK(numbers.text() == "[1, 2, 1, 2, 2, 1]");
  numbers->extend(*make_str(world.builtins, "aé"));
  numbers->extend(*make_tuple(world.builtins, {&world.builtins.none()}));
  CHECK(numbers.text() == "[1, 2, 1, 2, 2, 1, 'a', 'é', None]");
  CHECK(error_of([&] { return numbers->extend(world.builtins.none()), 0; }) ==
        "TypeError: 'NoneType' object is not iterable");
}

TEST_CASE("sums and products of lists") {
  World world;
  const Numbers numbers(world, {1, 2});
  CHECK(shown(numbers->concatenate(*Numbers(world, {3}))) == "[1, 2, 3]");
  CHECK(shown(numbers->repeat(3)) == "[1, 2, 1, 2, 1, 2]");
  CHECK(shown(numbers->repeat(-1)) == "[]");
  CHECK(shown(apply(Operator::kMultiply, *numbers.number(2), *numbers)) == "[1, 2, 1, 2]");
  CHECK(error_of([&] { return apply(Operator::kAdd, *numbers, *numbers.number(1)); }) ==
        "TypeError: can only concatenate list (not \"int\") to list");
  CHECK(error_of([&] { return numbers->repeat(std::numeric_limits<std::int64_t>::max()); }) == "MemoryError");
  numbers->repeat_in_place(2);
  CHECK(numbers.text() == "[1, 2, 1, 2]");
  numbers->repeat_in_place(0);
  CHECK(numbers.text() == "[]");
}

TEST_CASE("lists compare item by item, then by length") {
  World world;
  const Numbers small(world, {1, 2});
  const Numbers large(world, {1, 2, 0});
  CHECK(equal(*small, *Numbers(world, {1, 2})));
  CHECK_FALSE(equal(*small, *large));
  CHECK(compare(*small, *large, Comparison::kLess));
  CHECK(compare(*Numbers(world, {2}), *large, Comparison::kGreaterEqual));
  CHECK_FALSE(truth(*Numbers(world, {})));
  CHECK(error_of([&] { return compare(*small, *small.number(1), Comparison::kLess); }) ==
        "TypeError: '<' not supported between instances of 'list' and 'int'");
  CHECK(error_of([&] { return hash(*small); }) == "TypeError: unhashable type: 'list'");
}

TEST_CASE("a list that contains itself shows dots") {
  World world;
  const Numbers numbers(world, {1});
  numbers->append(*numbers);
  CHECK(numbers.text() == "[1, [...]]");
  CHECK(numbers->refcount == 2);
  numbers->clear();
}

TEST_CASE("slices of a list are read, replaced and deleted") {
  World world;
  const auto fresh = [&] { return Numbers(world, {0, 1, 2, 3, 4, 5}); };
  CHECK(shown(fresh()->slice({2, -1, 1})) == "[2, 3, 4]");
  CHECK(shown(fresh()->slice({{}, {}, -2})) == "[5, 3, 1]");
  CHECK(shown(fresh()->slice({100, -100, -1})) == "[5, 4, 3, 2, 1, 0]");
  CHECK(error_of([&] { return fresh()->slice({{}, {}, 0}); }) == "ValueError: slice step cannot be zero");

  const Numbers numbers = fresh();
  numbers->set_slice({1, 3}, *Numbers(world, {7, 8, 9}));
  CHECK(numbers.text() == "[0, 7, 8, 9, 3, 4, 5]");
  numbers->set_slice({2, 2}, *numbers);
  CHECK(numbers.text() == "[0, 7, 0, 7, 8, 9, 3, 4, 5, 8, 9, 3, 4, 5]");
  numbers->erase_slice({4, 99});
  CHECK(numbers.text() == "[0, 7, 0, 7]");
  numbers->set_slice({{}, {}, 2}, *Numbers(world, {1, 2}));
  CHECK(numbers.text() == "[1, 7, 2, 7]");
  numbers->set_slice({{}, {}, -1}, *numbers);
  CHECK(numbers.text() == "[7, 2, 7, 1]");
  CHECK(error_of([&] {
          return numbers->set_slice({{}, {}, 2}, *Numbers(world, {1})), 0;
        }) == "ValueError: attempt to assign sequence of size 1 to extended slice of size 2");
  CHECK(error_of([&] { return numbers->set_slice({}, world.builtins.none()), 0; }) ==
        "TypeError: can only assign an iterable");
  CHECK(error_of([&] {
          return numbers->set_slice({{}, {}, 2}, world.builtins.none()), 0;
        }) == "TypeError: must assign iterable to extended slice");
  const Numbers again = fresh();
  again->erase_slice({{}, {}, -2});
  CHECK(again.text() == "[0, 2, 4]");
}

TEST_CASE("a loop over a list sees what is appended meanwhile and ends early when it shrinks") {
  World world;
  const Numbers numbers(world, {1, 2, 3});
  std::int64_t sum = 0;
  for (Object& item : *numbers) {
    sum += static_cast<Int&>(item).value;
    if (numbers->size < 5) numbers->append(*numbers.number(10));
  }
  CHECK(sum == 26);
  std::size_t steps = 0;
  for ([[maybe_unused]] Object& item : *numbers) {
    ++steps;
    static_cast<void>(numbers->pop());
  }
  CHECK(steps == 3);
}

TEST_CASE("a comparison that empties the list does no harm", "[law-list-recheck]") {
  World world;
  Probes probes(world);
  const Ref<List> list = make_list(world.builtins);
  const Ref<Probe> wanted = probes.make(99);
  const auto fill = [&] {
    list->clear();
    for (int i = 0; i < 10; ++i) list->append(probes.make(i));
  };
  probes.hooks.equal = [&](Object&, Object&) { return list->clear(), false; };
  fill();
  CHECK_FALSE(list->contains(*wanted));
  fill();
  CHECK(list->count(*wanted) == 0);
  fill();
  CHECK(error_of([&] { return list->index(*wanted); }) == "ValueError: <99> is not in list");
  fill();
  CHECK(error_of([&] { return list->remove(*wanted), 0; }) == "ValueError: list.remove(x): x not in list");
  const Ref<List> other = make_list(world.builtins, {wanted.get(), wanted.get()});
  fill();
  list->erase_slice({2, {}});
  CHECK_FALSE(equal(*list, *other));

  probes.hooks.equal = [&](Object&, Object&) { return list->clear(), true; };
  fill();
  list->remove(*wanted);
  CHECK(list->size == 0);
  probes.hooks.shown = [&] { list->clear(); };
  fill();
  CHECK(shown(list) == "[<0>]");
}

TEST_CASE("dropping an item may change the list it was in", "[law-store-first]") {
  // The dying item appends to the list that is just losing it: every slot must be in order by then.
  World world;
  struct Dying : Object {
    List* list;
  };
  static const TypeSlots kDyingSlots{.name = "dying",
                                     .kind = Kind::kNative,
                                     .flags = kFinalizerType,
                                     .size = sizeof(Dying),
                                     .finalize = [](Object& object) {
                                       List& list = *static_cast<Dying&>(object).list;
                                       for (int i = 0; i < 50; ++i) list.append(builtins_of(object).none());
                                     }};
  Type type{};
  type.refcount = kImmortalCount;
  type.describe(kDyingSlots, world.heap(), &world.builtins.type(Kind::kObject));
  const Ref<List> list = make_list(world.builtins);
  const auto add = [&] {
    list->append(make<Dying>(type, sizeof(Dying), [&](Dying& made) noexcept { made.list = list.get(); }));
  };
  add();
  list->set(0, world.builtins.none());
  CHECK(list->size == 51);
  add();
  list->erase(-1);
  CHECK(list->size == 101);
  add();
  list->clear();
  CHECK(list->size == 50);
  add();
  add();
  list->erase_slice({{}, {}, -1});
  CHECK(list->size == 100);
  add();
  list->set_slice({{}, {}, -1}, *list->repeat(1));
  CHECK(list->size == 101);
  add();
  list->set_slice({}, world.builtins.empty_tuple());
  CHECK(list->size == 100);
}

}  // namespace ouro::test
