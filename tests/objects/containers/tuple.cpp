// What a tuple does, with which errors, and when it is tracked.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <support/fixture.h>

#include <objects/probe.h>

namespace ouro::test {

namespace {

Ref<Tuple> numbers(World& world, std::initializer_list<int> values) {
  std::vector<Ref<>> made;
  for (const int value : values) made.push_back(make_int(world.builtins, value));
  return build_tuple(world.builtins, made.size(), [&](std::size_t i) noexcept { return made[i]; });
}

bool may_untrack(const Tuple& tuple) { return tuple.type->slots->may_untrack(tuple); }

}  // namespace

TEST_CASE("the empty tuple is one immortal object", "[claim-O1]") {
  World world;
  CHECK(numbers(world, {}).get() == &world.builtins.empty_tuple());
  CHECK(numbers(world, {}).get() == slice(*numbers(world, {1, 2}), {.start = 2}).get());
  CHECK(numbers(world, {}).get() == repeat(*numbers(world, {1, 2}), -3).get());
  CHECK(shown(world.builtins.empty_tuple()) == "()");
}

TEST_CASE("a tuple shows as Python shows it") {
  World world;
  CHECK(shown(numbers(world, {1})) == "(1,)");
  CHECK(shown(numbers(world, {1, -2, 300})) == "(1, -2, 300)");
  const Ref<Str> name = make_str(world.builtins, "it's");
  CHECK(shown(make_tuple(world.builtins, {name.get(), &world.builtins.none()})) == "(\"it's\", None)");
}

TEST_CASE("a tuple that contains itself through a list shows dots") {
  World world;
  const Ref<List> list = make_list(world.builtins);
  const Ref<Tuple> tuple = make_tuple(world.builtins, {list.get()});
  list->append(*tuple);
  CHECK(shown(tuple) == "([(...)],)");
  CHECK(shown(list) == "[([...],)]");
  list->clear();
}

TEST_CASE("the hash of a tuple is CPython 3.11's") {
  World world;
  CHECK(hash(world.builtins.empty_tuple()) == 5740354900026072187);
  CHECK(hash(*numbers(world, {1})) == -6644214454873602895);
  CHECK(hash(*numbers(world, {1, 2, 3})) == 529344067295497451);
  const Ref<Tuple> inner = numbers(world, {1, 2});
  CHECK(hash(*make_tuple(world.builtins, {inner.get(), inner.get()})) == -6691073308888366521);
  const Ref<List> list = make_list(world.builtins);
  CHECK(error_of([&] { return hash(*make_tuple(world.builtins, {list.get()})); }) == "TypeError: unhashable type: 'list'");
}

TEST_CASE("tuples compare item by item, then by length") {
  World world;
  const auto less = [&](const Ref<Tuple>& a, const Ref<Tuple>& b) { return compare(*a, *b, Comparison::kLess); };
  CHECK(equal(*numbers(world, {1, 2}), *numbers(world, {1, 2})));
  CHECK_FALSE(equal(*numbers(world, {1, 2}), *numbers(world, {1, 2, 3})));
  CHECK(less(numbers(world, {1, 2}), numbers(world, {1, 3})));
  CHECK(less(numbers(world, {1, 2}), numbers(world, {1, 2, 0})));
  CHECK_FALSE(less(numbers(world, {2}), numbers(world, {1, 9})));
  CHECK(compare(*numbers(world, {}), *numbers(world, {}), Comparison::kGreaterEqual));
  const Ref<List> list = make_list(world.builtins);
  CHECK_FALSE(equal(*numbers(world, {}), *list));
  CHECK(error_of([&] { return compare(*numbers(world, {}), *list, Comparison::kLess); }) ==
        "TypeError: '<' not supported between instances of 'tuple' and 'list'");
}

TEST_CASE("a tuple is indexed from both ends and refuses what lies outside") {
  World world;
  const Ref<Tuple> tuple = numbers(world, {10, 20, 30});
  CHECK(shown(get(*tuple, 0)) == "10");
  CHECK(shown(get(*tuple, -1)) == "30");
  CHECK(shown(get_item(*tuple, *number(world, -3))) == "10");
  CHECK(error_of([&] { return &get(*tuple, 3); }) == "IndexError: tuple index out of range");
  CHECK(error_of([&] { return get_item(*tuple, *number(world, -4)); }) == "IndexError: tuple index out of range");
  CHECK(error_of([&] { return get_item(*tuple, *make_str(world.builtins, "a")); }) ==
        "TypeError: tuple indices must be integers or slices, not str");
  CHECK(error_of([&] { return set_item(*tuple, *number(world, 0), *tuple), 0; }) ==
        "TypeError: 'tuple' object does not support item assignment");
}

TEST_CASE("slices, sums and products of tuples") {
  World world;
  const Ref<Tuple> tuple = numbers(world, {0, 1, 2, 3, 4});
  CHECK(slice(*tuple, {}).get() == tuple.get());
  CHECK(shown(slice(*tuple, {1, -1, 1})) == "(1, 2, 3)");
  CHECK(shown(slice(*tuple, {{}, {}, -2})) == "(4, 2, 0)");
  CHECK(shown(concatenate(*tuple, *numbers(world, {9}))) == "(0, 1, 2, 3, 4, 9)");
  CHECK(shown(repeat(*numbers(world, {1, 2}), 3)) == "(1, 2, 1, 2, 1, 2)");
  CHECK(shown(apply(Operator::kMultiply, *number(world, 2), *numbers(world, {7}))) == "(7, 7)");
  CHECK(error_of([&] { return repeat(*tuple, std::numeric_limits<std::int64_t>::max()); }) == "MemoryError");
  CHECK(error_of([&] { return apply(Operator::kAdd, *tuple, *make_list(world.builtins)); }) ==
        "TypeError: can only concatenate tuple (not \"list\") to tuple");
}

TEST_CASE("searching a tuple") {
  World world;
  const Ref<Tuple> tuple = numbers(world, {5, 7, 5});
  const Ref<Int> five = number(world, 5);
  CHECK(index_of(*tuple, *five) == 0);
  CHECK(index_of(*tuple, *five, 1) == 2);
  CHECK(count_of(*tuple, *five) == 2);
  CHECK(contains(*tuple, *number(world, 7)));
  CHECK(error_of([&] { return index_of(*tuple, *number(world, 8)); }) == "ValueError: tuple.index(x): x not in tuple");
}

TEST_CASE("a tuple is made from anything iterable") {
  World world;
  const Ref<Str> word = make_str(world.builtins, "aé€");
  CHECK(shown(tuple_from(*word)) == "('a', 'é', '€')");
  const Ref<Tuple> tuple = numbers(world, {1});
  CHECK(tuple_from(*tuple).get() == tuple.get());
  CHECK(error_of([&] { return tuple_from(*number(world, 1)); }) == "TypeError: 'int' object is not iterable");
}

TEST_CASE("a tuple of atoms may be untracked, one of containers may not", "[claim-G3][rule-114]") {
  World world;
  const Ref<Tuple> atoms = numbers(world, {1, 1000});
  CHECK(world.heap().tracking.is_tracked(*atoms));
  CHECK(may_untrack(*atoms));
  const Ref<List> list = make_list(world.builtins);
  CHECK_FALSE(may_untrack(*make_tuple(world.builtins, {list.get()})));

  // A tuple of tuples takes one collection more: the inner one must have been untracked before.
  const Ref<Tuple> outer = make_tuple(world.builtins, {atoms.get()});
  CHECK_FALSE(may_untrack(*outer));
  world.heap().tracking.untrack(*atoms);
  CHECK(may_untrack(*outer));

  // A built-in type is immortal and leads nowhere.
  CHECK(may_untrack(*make_tuple(world.builtins, {&world.builtins.type(Kind::kList)})));
}

TEST_CASE("nobody sees a tuple before all its items are in place", "[law-tuple-whole]") {
  World world;
  const auto tracked = [&]() noexcept {
    int count = 0;
    world.heap().tracking.for_each_tracked([&](const Object&) { ++count; });
    return count;
  };
  const Ref<List> item = make_list(world.builtins);
  const int before = tracked();
  bool was_seen = false;
  const Ref<Tuple> made = build_tuple(world.builtins, 3, [&](std::size_t) noexcept {
    was_seen = was_seen || tracked() != before;
    return share(*item);
  });
  CHECK_FALSE(was_seen);
  CHECK(tracked() == before + 1);
}

TEST_CASE("a tuple of a list has what the list has when it is made, whatever making it ends", "[tuple-of-list]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Builtins& builtins = rt.builtins();
  const Ref<List> list = rt.list(1000, 2000, 3000);
  CHECK(shown(tuple_from(*list)) == "(1000, 2000, 3000)");
  // What dies while the tuple is made shortens the list.
  const Ref<Class> type = rt.new_class("Shortens");
  define(type, "__del__(self)", [](Object& self) {
    static_cast<void>(static_cast<List&>(*get_attribute(self, *intern(builtins_of(self), "list"))).pop());
  });
  {
    const Ref<> one = type();
    one.attr("list") = list;
    one.attr("self") = one;
  }
  rt.collector().set_stress(true);
  const Ref<Tuple> made = tuple_from(*list);
  rt.collector().set_stress(false);
  CHECK(made->size == list->size);
  CHECK(shown(made) == "(1000, 2000)");
  CHECK(tuple_from(*make_list(builtins)).get() == &builtins.empty_tuple());
}

TEST_CASE("making tuples survives every failing allocation") {
  World world;
  const Ref<Tuple> tuple = numbers(world, {1, 2, 3});
  const Ref<Str> word = make_str(world.builtins, "word");
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(concatenate(*tuple, *tuple)); }) >= 1);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(tuple_from(*word)); }) >= 3);
  CHECK(fail_each_allocation(world.heap(), [&] { static_cast<void>(repr(*tuple)); }) >= 1);
}

}  // namespace ouro::test
