// A runtime's beginning and end, and handles that outlive it.
#include <support/fixture.h>

namespace ouro::test {

namespace {

/// Options whose leak report goes into `report`.
Options reporting_to(LeakReport& report) {
  Options options = test_options();
  options.leak_handler = [&report](const LeakReport& leaks) { report = leaks; };
  return options;
}

}  // namespace

TEST_CASE("a runtime that is made and destroyed leaves nothing behind", "[runtime]") {
  LeakReport report;
  { const Runtime runtime(reporting_to(report)); }
  CHECK(report.empty());
  CHECK(report.summary() == "no leaks");
}

TEST_CASE("dead cycles are collected when a runtime closes", "[runtime][rule-119]") {
  LeakReport report;
  {
    Runtime rt(reporting_to(report));
    rt.gc().disable();
    for (int i = 0; i < 100; ++i) {
      const auto list = rt.list(i);
      list->append(*list);
    }
  }
  CHECK(report.empty());
}

TEST_CASE("finalizers of dead cycles run when a runtime closes", "[runtime][rule-119]") {
  LeakReport report;
  int finalized = 0;
  {
    Runtime rt(reporting_to(report));
    const auto Foo = rt.new_class("Foo");
    Foo.attr("__del__") = make_function(rt.builtins(), "__del__", [address = &finalized](Object&) { ++*address; });
    const auto foo = Foo();
    foo.attr("self") = foo;
  }
  CHECK(finalized == 1);
  CHECK(report.empty());
}

TEST_CASE("the leak report names what is alive, who is held from outside first", "[runtime]") {
  LeakReport report;
  Ref<List> outer;
  {
    Runtime rt(reporting_to(report));
    outer = rt.list(rt.dict(), 12345.5);
  }
  REQUIRE(report.leaks.size() == 3);
  CHECK(report.leaks[0].type == "list");
  CHECK(report.leaks[0].references == 1);
  CHECK(report.leaks[0].from_outside == 1);
  CHECK(report.leaks[1].from_outside == 0);
  CHECK(report.summary().find("3 objects outlived the runtime (1 dict, 1 float, 1 list); list at 0x") == 0);
  CHECK(report.bytes > 0);
}

TEST_CASE("a handle that outlives its runtime is harmless, whatever it holds", "[runtime][law-orphan]") {
  LeakReport report;
  std::vector<Ref<>> handles;
  {
    Runtime rt(reporting_to(report));
    const auto Foo = rt.new_class("Foo");
    const auto foo = Foo();
    foo.attr("bar") = rt.list(foo, "text", 3);
    const auto cycle = rt.dict({{"id", 7}});
    cycle->set("self", *cycle);
    handles = {foo,
               Foo,
               cycle,
               rt.none(),
               rt.from(5),
               rt.from(1 << 20),
               rt.from(2.5),
               rt.str("short"),
               rt.str(std::string(3000, 'x')),
               rt.tuple(cycle, 1),
               rt.from(true),
               foo.attr("bar"),
               make_function(rt.builtins(), "f", [](Object&) {}),
               Ref<>::share(rt.builtins().type(Kind::kList))};
    const Weak<> watch(foo);
    CHECK_FALSE(watch.expired());
  }
  CHECK_FALSE(report.empty());
  const std::vector<Ref<>> copies = handles;
  handles.clear();
  for (const auto& copy : copies) CHECK(copy);
}

TEST_CASE("handles of several dead runtimes may be dropped in any order", "[runtime][law-orphan]") {
  std::vector<Ref<>> handles;
  for (int round = 0; round < 5; ++round) {
    LeakReport report;
    Runtime rt(reporting_to(report));
    handles.push_back(rt.list(round, "kept"));
    handles.push_back(rt.none());
  }
  std::swap(handles.front(), handles.back());
  while (!handles.empty()) handles.pop_back();
}

TEST_CASE("a weak handle that outlives its runtime is harmless", "[runtime][law-orphan]") {
  LeakReport report;
  Weak<List> watch;
  {
    Runtime rt(reporting_to(report));
    const auto list = rt.list();
    watch = Weak<List>(list);
    CHECK(watch.lock().is(list));
  }
  CHECK(watch.expired());
}

TEST_CASE("several runtimes live side by side and know nothing of each other", "[runtime]") {
  Fixture one;
  Fixture two;
  const auto a = one.rt.list(1, 2);
  const auto b = two.rt.list(1, 2);
  CHECK(&one.rt.none()->type[0] != &two.rt.none()->type[0]);
  CHECK(one.rt.count_objects() == 1);
  CHECK(two.rt.count_objects() == 1);
  CHECK(&heap_of(*a) == &one.rt.heap());
  CHECK(&heap_of(*b) == &two.rt.heap());
}

TEST_CASE("a hundred runtimes one after the other take no more memory than one", "[runtime]") {
  const auto live_once = [] {
    Runtime rt(test_options());
    const auto list = rt.list();
    for (int i = 0; i < 2000; ++i) list->append(*rt.from(i * 1000));
  };
  for (int i = 0; i < 10; ++i) live_once();
  const std::size_t before = alloc::resident_bytes_of_process();
  for (int i = 0; i < 100; ++i) live_once();
  // The sanitizers keep what is freed, and shadows of what was mapped.
  if constexpr (!kAddressSanitizer && !kThreadSanitizer)
    CHECK(alloc::resident_bytes_of_process() < before + (std::size_t{8} << 20));
}

TEST_CASE("a switch interval must be positive", "[runtime][claim-L3]") {
  Fixture world;
  CHECK(world.rt.switch_interval() == std::chrono::milliseconds(5));
  world.rt.set_switch_interval(std::chrono::microseconds(100));
  CHECK(world.rt.switch_interval() == std::chrono::microseconds(100));
  CHECK_THROWS_WITH(world.rt.set_switch_interval(std::chrono::microseconds(0)),
                    "ValueError: switch interval must be strictly positive");
  CHECK(world.rt.switch_interval() == std::chrono::microseconds(100));
}

TEST_CASE("with a full heap the next allocation throws MemoryError and the runtime goes on", "[runtime]") {
  Options options;
  options.memory_limit = 4 << 20;
  Fixture world(std::move(options));
  world.rt.collector().set_stress(false);
  const auto list = world.rt.list();
  const auto fill = [&] {
    for (std::int64_t i = 1000;; ++i) list->append(*world.rt.list(i));
  };
  CHECK_THROWS_WITH(fill(), "MemoryError");
  CHECK(list->size > 10'000);
  CHECK_THROWS_WITH(world.rt.str(std::string(1 << 23, 'x')), "MemoryError");
  world.verify();
  const std::size_t most = list->size;
  for (int i = 0; i < 1000; ++i) static_cast<void>(list->pop());
  for (int i = 0; i < 900; ++i) list->append(*world.rt.list(i));
  CHECK(list->size == most - 100);
}

TEST_CASE("closing twice is once, and says so", "[runtime]") {
  LeakReport report;
  Runtime rt(reporting_to(report));
  const auto kept = rt.list();
  CHECK(rt.close().leaks.size() == 1);
  CHECK(rt.close().empty());
}

}  // namespace ouro::test
