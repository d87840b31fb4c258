// What a runtime says of its memory, and tracing it by call site.
#include <ouro/allocator/watch/stats_report.h>
#include <ouro/objects/classes/instance.h>
#include <support/fixture.h>
#include <support/json.h>

#include <fmt/format.h>

#include <algorithm>

/// Functions with names, so that a trace can tell them apart.
namespace program {

[[gnu::noinline]] void remember(ouro::Runtime& rt, std::vector<ouro::Ref<>>& cache, int number) {
  cache.push_back(rt.list(number, rt.str("an answer that nobody asks for again")));
}

[[gnu::noinline]] int answer(ouro::Runtime& rt, int number) {
  const auto scratch = rt.list(number, number + 1);
  return static_cast<int>(scratch->size);
}

}  // namespace program

namespace ouro::test {

namespace {

const gc::TypeCensus& of_type(const std::vector<gc::TypeCensus>& types, std::string_view name) {
  const auto found = std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.name == name; });
  REQUIRE(found != types.end());
  return *found;
}

}  // namespace

TEST_CASE("a runtime tells its memory as data, as JSON and for a terminal", "[runtime]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<Ref<>> kept;
  for (int i = 0; i < 300; ++i) kept.push_back(rt.list(rt.from(i + 1000)));
  const std::vector<gc::TypeCensus> types = rt.objects_by_type();
  const gc::TypeCensus& lists = of_type(types, "list");
  const gc::TypeCensus& ints = of_type(types, "int");
  CHECK(lists.objects == 300);
  CHECK(lists.bytes == 300 * 32);
  CHECK(ints.objects == 300);

  const boost::json::value json = parse_json(rt.memory_json());
  std::size_t objects = 0;
  for (const boost::json::value& type : json.at("types").as_array()) objects += type.at("objects").to_number<std::size_t>();
  CHECK(objects == rt.count_objects());
  CHECK(json.at_pointer("/types/0/name").as_string() == types.front().name);
  CHECK(number_at(json, "types/0/bytes") == types.front().bytes);
  CHECK(number_at(json, "allocator/summary/held_bytes") == rt.memory_stats().budget_used);

  const std::string report = rt.memory_report();
  CHECK_THAT(report, ContainsSubstring(fmt::format("{:>48} ={:>21}\n", "300 list objects * 32.0 bytes each", "9,600")));
  CHECK_THAT(report, EndsWith(alloc::stats_report(rt.memory_stats())));
}

TEST_CASE("the report shows the ten types with the most bytes, and the others as one", "[runtime]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  std::vector<Ref<>> kept;
  for (int i = 0; i < 12; ++i) {
    const Ref<Class> made = rt.new_class(fmt::format("Type{:02}", i));
    for (int k = 0; k < 10 * (i + 1); ++k) kept.push_back(make_instance(*made));
  }
  const std::string report = rt.memory_report();
  const std::size_t types = rt.objects_by_type().size();
  REQUIRE(types > 10);
  CHECK_THAT(report, ContainsSubstring("120 Type11 objects * "));
  CHECK_THAT(report, !ContainsSubstring("Type00"));
  CHECK_THAT(report, ContainsSubstring(fmt::format(" objects of {} more types =", types - 10)));
}

TEST_CASE("a trace of a runtime finds the function whose objects stay", "[runtime]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  alloc::AllocationTrace trace(rt.heap().memory);
  REQUIRE(trace.start({.frames = 16}));
  std::vector<Ref<>> cache;
  program::answer(rt, 0);
  const alloc::AllocationSnapshot before = trace.snapshot();
  for (int i = 0; i < 200; ++i) {
    CHECK(program::answer(rt, i + 1000) == 2);
    program::remember(rt, cache, i + 1000);
  }
  const auto changes = compare(before, trace.snapshot(), alloc::GroupBy::kCaller);
  REQUIRE(!changes.empty());
  CHECK_THAT(to_text(changes.front()), StartsWith("program::remember(ouro::Runtime&"));
  // A list, its items, an int and a str for each number.
  CHECK(changes.front().blocks == 800);
  CHECK(changes.front().blocks_diff == 800);
  for (const alloc::Difference& change : changes)
    if (&change != &changes.front()) CHECK_THAT(to_text(change), !StartsWith("program::answer"));
}

TEST_CASE("what is collected is gone from a trace as well", "[runtime]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  rt.gc().collect();
  alloc::AllocationTrace trace(rt.heap().memory);
  REQUIRE(trace.start());
  {
    const alloc::AllocationSite site(rt.heap().memory, "rings");
    for (int i = 0; i < 1000; ++i) {
      const auto ring = rt.list(i + 1000);
      ring->append(*ring);
    }
  }
  const auto rings = [&] {
    std::size_t bytes = 0;
    for (const auto& entry : statistics(trace.snapshot(), alloc::GroupBy::kLabel))
      if (entry.site.label == "rings") bytes += entry.bytes;
    return bytes;
  };
  if (std::getenv("OURO_STRESS") == nullptr) CHECK(rings() > 0);
  rt.gc().collect();
  CHECK(rings() == 0);
}

}  // namespace ouro::test
