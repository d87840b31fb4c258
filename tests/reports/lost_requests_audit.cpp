// Errors and counts that were lost on their way.
#include <ouro/objects/text/str_methods.h>
#include <ouro/runtime/sync/classes.h>

#include <limits>

#include <reports/defined_class.h>

namespace ouro::test {

namespace {

/// Something whose `__getitem__`, by which it is iterated, raises a TypeError of its own.
Ref<> failing_sequence(Runtime& rt) {
  Defined type(rt, "Fails");
  type("__getitem__", [](Object&, Object&) -> Ref<> { raise(ErrorKind::kTypeError, "mine"); });
  return type.make();
}

}  // namespace

TEST_CASE("a TypeError of the items is not taken for a missing iterator", "[lost-requests]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const Ref<> fails = failing_sequence(rt);
  const Ref<List> list = rt.list(1, 2, 3);
  CHECK(error_of([&] { return join(*rt.str(","), *fails); }) == "TypeError: mine");
  CHECK(error_of([&] { return list->set_slice({}, *fails), 0; }) == "TypeError: mine");
  CHECK(error_of([&] { return list->set_slice({{}, {}, 2}, *fails), 0; }) == "TypeError: mine");
  CHECK(shown(list) == "[1, 2, 3]");
}

TEST_CASE("a missing iterator is named whatever __iter__ says of it", "[lost-requests]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  Defined type(rt, "Refuses");
  type("__iter__", [](Object&) -> Ref<> { raise(ErrorKind::kTypeError, "mine"); });
  const Ref<> refuses = type.make();
  const Ref<List> list = rt.list(1, 2, 3);
  CHECK(error_of([&] { return join(*rt.str(","), *refuses); }) == "TypeError: can only join an iterable");
  CHECK(error_of([&] { return list->set_slice({}, *refuses), 0; }) == "TypeError: can only assign an iterable");
  CHECK(error_of([&] {
          return list->set_slice({{}, {}, 2}, *rt.from(5)), 0;
        }) == "TypeError: must assign iterable to extended slice");
}

TEST_CASE("a list that grows at the memory limit lets dead ones go first", "[lost-requests]") {
  Options options;
  options.memory_limit = 64 << 20;
  Fixture fixture(options);
  Runtime& rt = fixture.rt;
  const Ref<List> chunk = rt.list();
  for (int i = 0; i < 100'000; ++i) chunk->append(rt.none());
  for (int round = 0; round < 40; ++round) {
    const Ref<List> list = rt.list();
    list->append(list);
    for (int i = 0; i < 10; ++i) list->extend(*chunk);
    CHECK(list->size == 1'000'001);
  }
}

TEST_CASE("a semaphore is never released into nothing", "[lost-requests]") {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const sync::Classes sync(rt);
  const Ref<> bounded = sync.bounded_semaphore(2);
  CHECK(error_of([&] { return bounded.attr("release")(kMost); }) == "ValueError: Semaphore released too many times");
  const Ref<> plain = sync.semaphore(2);
  CHECK(error_of([&] { return plain.attr("release")(kMost); }) ==
        "OverflowError: the value of a semaphore has at most 63 bits");
  for (const Ref<>& semaphore : {bounded, plain}) {
    for (int i = 0; i < 2; ++i) CHECK(semaphore.attr("acquire")(false) == true);
    CHECK(semaphore.attr("acquire")(false) == false);
  }
}

}  // namespace ouro::test
