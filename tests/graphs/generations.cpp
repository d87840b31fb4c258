// The claims about generations, on a program as a user writes it.
#include <support/fixture.h>

namespace ouro::test {

namespace {

/// Answers a request: a document of twenty parts, each of which refers to the whole.
Ref<Dict> answer(Runtime& rt, int number) {
  const auto document = rt.dict({{"number", number}});
  const auto parts = rt.list();
  for (int i = 0; i < 20; ++i) parts->append(*rt.dict({{"part", i}, {"of", document}}));
  document->set("parts", *parts);
  return document;
}

}  // namespace

TEST_CASE("most objects die in the first generation", "[claim-G9]") {
  Fixture world;
  Runtime& rt = world.rt;
  rt.collector().set_stress(false);
  std::size_t young = 0;
  std::size_t dead_young = 0;
  rt.collector().set_observer([&](const gc::CollectionReport& report) {
    if (report.generation != 0) return;
    young += report.candidates;
    dead_young += report.collected;
  });
  // A program that serves requests: of what it makes it keeps the last few answers.
  const auto kept = rt.list();
  for (int i = 0; i < 5; ++i) kept->append(*rt.none());
  for (int i = 0; i < 5000; ++i) kept->set(i % 5, *answer(rt, i));
  rt.collector().set_observer({});
  CHECK(young > 50'000);
  CHECK(dead_young * 10 > young * 7);
  CHECK(rt.count_objects() < 11'000);  // of 110'000
}

TEST_CASE("thresholds, counts and statistics can be read, and thresholds set", "[claim-G10]") {
  Fixture world;
  gc::Collector& gc = world.rt.collector();
  gc.set_stress(false);
  using Three = gc::Generations::Thresholds;
  CHECK(gc.thresholds() == Three{700, 10, 10});
  gc.set_thresholds({50, 3, 2});
  CHECK(gc.thresholds() == Three{50, 3, 2});
  gc.disable();
  gc.collect();
  CHECK(gc.counts() == Three{0, 0, 0});
  const gc::GenerationStats before = gc.stats(1);
  for (int i = 0; i < 3; ++i) {
    const auto list = world.rt.list();
    list->append(*list);
  }
  CHECK(gc.counts() == Three{3, 0, 0});
  CHECK(gc.collect(1) == 3);
  CHECK(gc.counts() == Three{0, 0, 1});
  CHECK(gc.stats(1).collections == before.collections + 1);
  CHECK(gc.stats(1).collected == before.collected + 3);
  CHECK(gc.stats(1).uncollectable == 0);
}

}  // namespace ouro::test
