// What a list does with memory: how much it keeps, and what happens without.
#include <ouro/objects/containers/detail/list_buffer.h>
#include <ouro/objects/containers/list.h>

#include <objects/numbers.h>

namespace ouro::test {

TEST_CASE("a list gives room back when it becomes short") {
  World world;
  const Ref<List> list = make_list(world.builtins);
  for (int i = 0; i < 1000; ++i) list->append(world.builtins.none());
  while (list->size > 10) static_cast<void>(list->pop());
  CHECK(list->capacity < 40);
  while (list->size > 0) static_cast<void>(list->pop());
  CHECK(list->capacity == 0);
  CHECK(world.live_buffers() == 0);
}

TEST_CASE("a failing allocation leaves a list as it was") {
  World world;
  const Numbers numbers(world, {3, 1, 2, 0});
  REQUIRE(numbers->size == numbers->capacity);
  const Ref<Int> five = numbers.number(5);
  const Ref<Str> word = make_str(world.builtins, "abc");
  const auto fails = [&](auto act) {
    world.heap().memory.faults().fail_from(1);
    CHECK(error_of([&] { return act(), 0; }) == "MemoryError");
    world.heap().memory.faults().clear();
    CHECK(numbers.text() == "[3, 1, 2, 0]");
  };
  fails([&] { numbers->append(*five); });
  fails([&] { numbers->insert(0, *five); });
  fails([&] { numbers->extend(*numbers); });
  fails([&] { numbers->sort(); });
  fails([&] { numbers->repeat_in_place(9); });
  fails([&] { numbers->set_slice({1, 2}, *word); });
  fails([&] { numbers->erase_slice({1, 3}); });
  fails([&] { static_cast<void>(numbers->copy()); });
  fails([&] { static_cast<void>(numbers->concatenate(*numbers)); });
  fails([&] { static_cast<void>(repr(*numbers)); });
}

TEST_CASE("replacing a slice fails at each of its allocations in turn and changes nothing before the last") {
  World world;
  const Ref<Str> word = make_str(world.builtins, "abcdefgh");
  const auto attempt = [&](std::uint64_t nth) {
    const Numbers numbers(world, {3, 1, 2, 0});
    world.heap().memory.faults().fail_at(nth);
    const std::string error = error_of([&] { return numbers->set_slice({1, 3}, *word), 0; });
    world.heap().memory.faults().clear();
    const bool done = error == "no error";
    CHECK(numbers.text() == (done ? "[3, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 0]" : "[3, 1, 2, 0]"));
    CHECK((done || error == "MemoryError"));
    return done;
  };
  std::uint64_t nth = 1;
  while (!attempt(nth)) ++nth;
  CHECK(nth > 4);
}

TEST_CASE("without memory a list still becomes shorter") {
  World world;
  const Numbers numbers(world, {0, 1, 2, 3, 4, 5, 6, 7, 8});
  world.heap().memory.faults().fail_from(1);
  while (numbers->size > 1) static_cast<void>(numbers->pop(0));
  world.heap().memory.faults().clear();
  CHECK(numbers.text() == "[8]");
}

}  // namespace ouro::test
